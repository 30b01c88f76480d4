"""One text with what was read in it, as data and as a picture in the running text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import TYPE_CHECKING

from kg.api.html import block, marked, mention, running, table, text_html
from kg.model import Evidence, Extraction, Relation, Value

if TYPE_CHECKING:
    import pandas


class TextExtraction(Extraction):
    """What one text says: mentions and relations with their offsets, and what was rejected.

    Offsets count code points: ``reading.text[m.span.start:m.span.end] == m.text`` for each mention ``m``.
    """

    __slots__ = ()

    @classmethod
    def of(cls, extraction: Extraction) -> TextExtraction:
        """The same extraction."""
        return cls(**{field.name: getattr(extraction, field.name) for field in fields(extraction)})

    @property
    def text(self) -> str:
        """The text as it was given."""
        return self.document.text

    def to_pandas(self) -> pandas.DataFrame:
        """One row a relation: subject, predicate, object, role, confidence, rule, begin, end, sentence."""
        from kg.api.frames import frame

        columns = ("subject", "predicate", "object", "role", "confidence", "rule", "begin", "end", "sentence")
        return frame((_row(relation) for relation in self.relations), columns)

    def __repr__(self) -> str:
        lines = [f"{m.span.start}-{m.span.end} {m.text} {m.cls or m.type}" for m in self.mentions]
        lines += [f"{r.subject.name} —{r.predicate}→ {_end(r)}" for r in self.relations]
        return "\n".join(lines) or "nothing was read in this text"

    def _repr_html_(self) -> str:
        rows = (
            (
                *map(text_html, (relation.subject.name, relation.predicate, _end(relation))),
                f"{relation.confidence:.2f}",
                marked(_pieces(relation.evidence)),
            )
            for relation in self.relations
        )
        header = ("subject", "predicate", "object", "confidence", "sentence")
        facts = table(header, rows, len(self.relations)) if self.relations else ""
        return block(f'<div style="line-height:2.2">{"".join(self._inline())}</div>', facts)

    def _inline(self) -> Iterator[str]:
        at = 0
        for found in self.mentions:
            yield running(self.text[at : found.span.start])
            # of a short form, whom it stands for tells more than its class
            yield mention(found.text, found.type, f"→ {found.name}" if found.anaphor else found.cls or found.type)
            at = found.span.end
        yield running(self.text[at:])


def _end(relation: Relation) -> str:
    return relation.object.text if isinstance(relation.object, Value) else relation.object.name


def _row(relation: Relation) -> tuple[object, ...]:
    told = relation.evidence
    role = "、".join(value for name, value in relation.qualifiers if name == "role") or None
    place = (told.rule, told.span.start, told.span.end, told.text)
    return (relation.subject.name, relation.predicate, _end(relation), role, relation.confidence, *place)


def _pieces(told: Evidence) -> Iterator[tuple[str, str]]:
    from kg.explain import Source

    begin = told.span.start
    marks = (mark.shift(-begin) if mark else None for mark in (told.subject, told.object, told.trigger))
    names = dict(zip(("subject", "object", "trigger"), marks, strict=True))
    return Source(document=told.doc_id, begin=begin, sentence=told.text, rule=told.rule, **names).pieces()
