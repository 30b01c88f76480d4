"""When a fact holds, for the page's timeline."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model import Knowledge, Statement, Value

_BEGINNINGS = ("startDate", "releaseDate", "endDate")


def fact_dates(knowledge: Knowledge, statements: Sequence[Statement]) -> list[str | None]:
    """One ISO date (or month, or year) a statement, None where nothing tells it.

    The statement's own date comes first, then that of an event or a release at one of its ends,
    then that of the first document that tells it.
    """
    of_thing = _thing_dates(statements)
    of_document = {document.id: document.date for document in knowledge.documents if document.date}
    return [_date(statement, of_thing, of_document) for statement in statements]


def _thing_dates(statements: Sequence[Statement]) -> dict[str, str]:
    dates: dict[str, str] = {}
    for predicate in reversed(_BEGINNINGS):
        for statement in reversed(statements):
            if statement.predicate == predicate and isinstance(statement.object, Value):
                dates[statement.subject] = statement.object.text[:10]
    return dates


def _date(statement: Statement, of_thing: dict[str, str], of_document: dict[str, str]) -> str | None:
    own = dict(statement.qualifiers).get("date")
    if own:
        return own[:10]
    if isinstance(statement.object, Value):
        if statement.object.kind in ("date", "dateTime"):
            return statement.object.text[:10]
        ends: tuple[str, ...] = (statement.subject,)
    else:
        ends = (statement.object, statement.subject)
    for end in ends:
        if end in of_thing:
            return of_thing[end]
    return min((of_document[item.doc_id] for item in statement.evidence if item.doc_id in of_document), default=None)
