"""What changed between two graphs: things and facts added, removed, changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.model import Entity, Knowledge, Statement, Value
from kg.terminal import safe

Change = Literal["added", "removed", "changed"]

_SIGNS: dict[Change, str] = {"added": "+", "removed": "-", "changed": "~"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One change.

    Args:
        what: ``thing`` or ``fact``.
        name: how a reader knows it.
        key: how a program knows it: an id, or subject, predicate and object.
        details: (what, before, after) of each part that changed, sorted; empty unless ``changed``.
    """

    change: Change
    what: Literal["thing", "fact"]
    name: str
    key: tuple[str, ...]
    details: tuple[tuple[str, str, str], ...] = ()

    def __str__(self) -> str:
        parts = "; ".join(f"{part}: {before or '∅'} → {after or '∅'}" for part, before, after in self.details)
        return safe(f"{_SIGNS[self.change]} {self.what} {self.name}{f'  ({parts})' if parts else ''}")

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        details = {part: {"old": before, "new": after} for part, before, after in self.details}
        row: dict[str, object] = {"change": self.change, "what": self.what, "name": self.name, "key": list(self.key)}
        return {**row, "details": details} if details else row


def compare(old: Knowledge, new: Knowledge) -> tuple[Difference, ...]:
    """The differences, things before facts, each in the order of names.

    Things are the same where their ids are; facts where subject, predicate and object are. A thing that
    was renamed, retyped or merged shows so where its new self says what it was (``same_as``).
    """
    return (*_things(old, new), *_facts(old, new))


def _things(old: Knowledge, new: Knowledge) -> Iterator[Difference]:
    before, after = ({entity.id: entity for entity in graph.entities} for graph in (old, new))
    found = [
        *(_thing("removed", before[id]) for id in before.keys() - after.keys()),
        *(_thing("added", after[id]) for id in after.keys() - before.keys()),
        *(
            _thing("changed", after[id], details)
            for id in before.keys() & after.keys()
            if (details := _details(_entity_parts(before[id]), _entity_parts(after[id])))
        ),
    ]
    return iter(sorted(found, key=lambda each: (each.name, each.key, each.change)))


def _thing(change: Change, entity: Entity, details: tuple[tuple[str, str, str], ...] = ()) -> Difference:
    return Difference(
        change=change, what="thing", name=f"{entity.label} ({entity.cls})", key=(entity.id,), details=details
    )


def _entity_parts(entity: Entity) -> dict[str, str]:
    """What may change in a thing, as text."""
    known = sorted(f"{name}={value.text if isinstance(value, Value) else value}" for name, value in entity.properties)
    return {
        "class": entity.cls,
        "label": entity.label,
        "aliases": "、".join(entity.aliases),
        "formerly": "、".join(entity.same_as),
        "known": "、".join(known),
    }


def _facts(old: Knowledge, new: Knowledge) -> Iterator[Difference]:
    names = {entity.id: entity.label for graph in (old, new) for entity in graph.entities}
    before, after = ({statement.order: statement for statement in graph.statements} for graph in (old, new))
    found = [
        *(_fact("removed", before[key], names) for key in before.keys() - after.keys()),
        *(_fact("added", after[key], names) for key in after.keys() - before.keys()),
        *(
            _fact("changed", after[key], names, details)
            for key in before.keys() & after.keys()
            if (details := _details(_statement_parts(before[key]), _statement_parts(after[key])))
        ),
    ]
    return iter(sorted(found, key=lambda each: (each.name, each.key, each.change)))


def _fact(
    change: Change,
    statement: Statement,
    names: Mapping[str, str],
    details: tuple[tuple[str, str, str], ...] = (),
) -> Difference:
    end = statement.object
    text = end.text if isinstance(end, Value) else end
    shown = text if isinstance(end, Value) else names.get(end, end)
    return Difference(
        change=change,
        what="fact",
        name=f"{names.get(statement.subject, statement.subject)} —{statement.predicate}→ {shown}",
        key=(statement.subject, statement.predicate, text),
        details=details,
    )


def _statement_parts(statement: Statement) -> dict[str, str]:
    """What may change in a fact, as text; evidence by document, place and rule."""
    qualifiers: dict[str, list[str]] = {}
    for name, text in statement.qualifiers:
        qualifiers.setdefault(name, []).append(text)
    told = (f"{e.doc_id}@{e.span.start}-{e.span.end}/{e.rule}" for e in statement.evidence)
    return {
        "confidence": f"{statement.confidence:g}",
        "evidence": " ".join(sorted(told)),
        **{name: "、".join(sorted(texts)) for name, texts in qualifiers.items()},
    }


def _details(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[tuple[str, str, str], ...]:
    parts = sorted(before.keys() | after.keys())
    rows = ((part, before.get(part, ""), after.get(part, "")) for part in parts)
    return tuple(row for row in rows if row[1] != row[2])
