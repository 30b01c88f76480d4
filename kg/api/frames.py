"""A graph as pandas frames: facts, entities, evidence. pandas is imported when a frame is asked for."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kg.api.facts import Fact
from kg.errors import InputError
from kg.model import Entity, Knowledge, Span, Value

if TYPE_CHECKING:
    import pandas


def facts_frame(facts: Sequence[Fact]) -> pandas.DataFrame:
    """One row a fact.

    ``date`` and ``reported`` are datetimes; of a month or a year the first day. The first eight columns are
    what a reader wants; the rest are for joins and counts.
    """
    pd = _pandas()
    rows = {
        "subject": [fact.subject.label for fact in facts],
        "predicate": pd.Categorical([fact.predicate for fact in facts]),
        "object": [fact.object_label for fact in facts],
        "role": [fact.role for fact in facts],
        "date": _times(fact.date for fact in facts),
        "confidence": [fact.confidence for fact in facts],
        "document": [next(iter(fact.documents), None) for fact in facts],
        "sentence": [fact.sentence for fact in facts],
        "reported": _times(fact.reported for fact in facts),
        "documents": [len(fact.documents) for fact in facts],
        "subject_id": [fact.subject.id for fact in facts],
        "subject_type": pd.Categorical([fact.subject.type for fact in facts]),
        "object_id": [None if isinstance(fact.object, Value) else fact.object.id for fact in facts],
        "object_type": pd.Categorical(
            [fact.object.kind if isinstance(fact.object, Value) else fact.object.type for fact in facts]
        ),
    }
    return pd.DataFrame(rows)


def entities_frame(knowledge: Knowledge) -> pandas.DataFrame:
    """One row a thing; ``facts`` counts those that it takes part in."""
    pd = _pandas()
    counts: dict[str, int] = {}
    for statement in knowledge.statements:
        for end in {statement.subject, statement.object}:
            if isinstance(end, str):
                counts[end] = counts.get(end, 0) + 1
    things: tuple[Entity, ...] = knowledge.entities
    rows = {
        "id": [thing.id for thing in things],
        "label": [thing.label for thing in things],
        "type": pd.Categorical([thing.type for thing in things]),
        "class": pd.Categorical([thing.cls for thing in things]),
        "aliases": [thing.aliases for thing in things],
        "facts": [counts.get(thing.id, 0) for thing in things],
    }
    return pd.DataFrame(rows)


def evidence_frame(facts: Sequence[Fact], knowledge: Knowledge) -> pandas.DataFrame:
    """One row a sentence of a fact; offsets count code points of the document's text.

    ``fact`` is the row of the fact in :func:`facts_frame`. The words that named the two ends and told the
    relation stand in columns of their own, empty where the sentence has none.
    """
    pd = _pandas()
    told = [(number, fact, item) for number, fact in enumerate(facts) for item in fact.evidence]
    about = {document.id: document for document in knowledge.documents}
    known = [about.get(item.doc_id) for _, _, item in told]
    rows = {
        "fact": [number for number, _, _ in told],
        "subject": [fact.subject.label for _, fact, _ in told],
        "predicate": pd.Categorical([fact.predicate for _, fact, _ in told]),
        "object": [fact.object_label for _, fact, _ in told],
        "document": [item.doc_id for _, _, item in told],
        "begin": [item.span.start for _, _, item in told],
        "end": [item.span.end for _, _, item in told],
        "sentence": [item.text for _, _, item in told],
        "rule": pd.Categorical([item.rule for _, _, item in told]),
        "subject_words": [_words(item.text, item.span, item.subject) for _, _, item in told],
        "object_words": [_words(item.text, item.span, item.object) for _, _, item in told],
        "trigger_words": [_words(item.text, item.span, item.trigger) for _, _, item in told],
        "title": [document.title if document else None for document in known],
        "source": [document.source if document else None for document in known],
        "published": _times(document.date if document else None for document in known),
    }
    return pd.DataFrame(rows)


def frame(rows: Iterable[Sequence[object]], columns: Sequence[str]) -> pandas.DataFrame:
    """Rows of Python values; a column of days or hours becomes one of datetimes."""
    pd = _pandas()
    built: pandas.DataFrame = pd.DataFrame([list(row) for row in rows], columns=list(columns))
    for name in dict.fromkeys(columns):
        cells = [cell for cell in built[name] if cell is not None]
        if cells and all(isinstance(cell, datetime.date) for cell in cells):
            built[name] = _times(cell.isoformat() if isinstance(cell, datetime.date) else None for cell in built[name])
    return built


def _words(sentence: str, place: Span, mark: Span | None) -> str | None:
    if mark is None or not place.contains(mark):
        return None
    return sentence[mark.start - place.start : mark.end - place.start]


def _times(dates: Iterable[str | None]) -> Any:
    """ISO dates as datetimes to the second, which reach beyond the years 1677 to 2262 of nanoseconds."""
    import numpy

    # the hour as it was told: an offset (+08:00) is left out
    return numpy.array([(date or "NaT")[:19] for date in dates], dtype="datetime64[s]")


def _pandas() -> Any:
    try:
        import pandas
    except ImportError as error:
        raise InputError("to_pandas: pandas is not installed; pip install 'wuzhen-kg[tables]'") from error
    return pandas
