"""The facts of a graph as Python sees them: things with names instead of ids, dates, evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, overload

from kg.api.html import block, table, text_html
from kg.model import Entity, Evidence, Knowledge, Statement, Value
from kg.render.dating import fact_dates

if TYPE_CHECKING:
    import pandas


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One fact with all that the graph knows of it.

    Args:
        predicate: a property of the ontology (``worksFor``).
        object: a thing, or a value such as a day or a theme.
        confidence: 0 to 1.
        date: when it holds: the date that was told with it, else that of the forum or release at one of
            its ends; ISO 8601, perhaps a month or a year alone.
        reported: the day of the first document that tells it, where documents have days.
        qualifiers: (name, value) pairs: ``role``, ``date``, ``amount``.
        evidence: the sentences that tell it.
    """

    subject: Entity
    predicate: str
    object: Entity | Value
    confidence: float
    date: str | None = None
    reported: str | None = None
    qualifiers: tuple[tuple[str, str], ...] = ()
    evidence: tuple[Evidence, ...] = ()

    @property
    def object_label(self) -> str:
        """The name of the object, or the words of the value."""
        return self.object.text if isinstance(self.object, Value) else self.object.label

    @property
    def role(self) -> str | None:
        """The posts that were told with the fact (院长), joined by 、."""
        return "、".join(value for name, value in self.qualifiers if name == "role") or None

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that tell it, each once."""
        return tuple(dict.fromkeys(item.doc_id for item in self.evidence))

    @property
    def sentence(self) -> str | None:
        """The first sentence that tells it."""
        return self.evidence[0].text if self.evidence else None

    def __str__(self) -> str:
        role = f"（{self.role}）" if self.role else ""
        return f"{self.subject.label} —{self.predicate}→ {self.object_label}{role}"


@dataclass(frozen=True, slots=True, repr=False)
class Facts(Sequence[Fact]):
    """Facts in an order that means something; a notebook shows them as a table."""

    items: tuple[Fact, ...] = ()

    @overload
    def __getitem__(self, index: int) -> Fact: ...
    @overload
    def __getitem__(self, index: slice) -> Facts: ...
    def __getitem__(self, index: int | slice) -> Fact | Facts:
        return Facts(self.items[index]) if isinstance(index, slice) else self.items[index]

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.items)

    def __repr__(self) -> str:
        return "\n".join(map(str, self.items)) or "no facts"

    def to_pandas(self) -> pandas.DataFrame:
        """One row a fact; the columns are those of :meth:`kg.KnowledgeGraph.to_pandas`."""
        from kg.api.frames import facts_frame

        return facts_frame(self.items)

    def _repr_html_(self) -> str:
        header = ("subject", "predicate", "object", "role", "date", "confidence", "sentence")
        rows = (
            (
                *map(text_html, (f.subject.label, f.predicate, f.object_label, f.role or "", f.date or "")),
                f"{f.confidence:.2f}",
                text_html(f.sentence or ""),
            )
            for f in self.items
        )
        return block(table(header, rows, len(self.items)))


def facts_of(knowledge: Knowledge, statements: Sequence[Statement] | None = None) -> tuple[Fact, ...]:
    """The facts of a graph in its order, or those of some of its ``statements``."""
    chosen = knowledge.statements if statements is None else statements
    things = {entity.id: entity for entity in knowledge.entities}
    published = {document.id: document.date for document in knowledge.documents if document.date}
    # without documents, what comes back is when a fact holds, never when it was reported
    dates = dict(zip(knowledge.statements, _event_dates(knowledge), strict=True))
    return tuple(_fact(s, things, dates.get(s), published) for s in chosen)


def known_facts(knowledge: Knowledge) -> tuple[Statement, ...]:
    """What resolution knows and no text states (editionOf), between things, as statements without evidence."""
    return tuple(
        Statement(subject=entity.id, predicate=predicate, object=end, confidence=1.0, evidence=())
        for entity in knowledge.entities
        for predicate, end in entity.properties
        if isinstance(end, str)
    )


def _event_dates(knowledge: Knowledge) -> list[str | None]:
    return fact_dates(replace(knowledge, documents=()), knowledge.statements)


def _fact(statement: Statement, things: Mapping[str, Entity], date: str | None, published: Mapping[str, str]) -> Fact:
    end = statement.object
    days = (published[e.doc_id] for e in statement.evidence if e.doc_id in published)
    return Fact(
        subject=things[statement.subject],
        predicate=statement.predicate,
        object=things[end] if isinstance(end, str) else end,
        confidence=statement.confidence,
        date=date,
        reported=min(days, default=None),
        qualifiers=statement.qualifiers,
        evidence=statement.evidence,
    )
