"""Chooses what a page shows first, and what it leaves out when a graph is too large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.model import Entity, Knowledge, Statement
from kg.render.options import PageOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The part of a graph that goes into a page.

    Args:
        entities: best connected first; their places in this tuple are their numbers in the page.
        statements: those between kept things, or of a kept thing and a value.
        number: the place of each kept entity, by id.
        degree: facts a thing takes part in, in the same order as ``entities``.
        left_out: things that did not fit.
    """

    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    number: Mapping[str, int]
    degree: tuple[int, ...]
    left_out: int


def select(knowledge: Knowledge, options: PageOptions) -> Selection:
    """Ranks the things by their facts and keeps as many as the page holds."""
    statements = (*knowledge.statements, *_known_properties(knowledge))
    degree: Counter[str] = Counter()
    for statement in statements:
        degree[statement.subject] += 1
        if isinstance(statement.object, str):
            degree[statement.object] += 1
    ranked = sorted(knowledge.entities, key=lambda entity: (-degree[entity.id], entity.id))
    rank = {entity.id: index for index, entity in enumerate(ranked)}
    latest = [_later_end(statement, rank) for statement in statements]
    kept = tuple(ranked[: _fitting(latest, len(ranked), options)])
    facts = tuple(
        statement for statement, end in zip(statements, latest, strict=True) if end is not None and end < len(kept)
    )
    return Selection(
        entities=kept,
        statements=facts,
        number={entity.id: index for index, entity in enumerate(kept)},
        degree=tuple(degree[entity.id] for entity in kept),
        left_out=len(ranked) - len(kept),
    )


def _later_end(statement: Statement, rank: Mapping[str, int]) -> int | None:
    """The rank of the less connected end of a fact: the fact is shown once that thing is."""
    subject = rank.get(statement.subject)
    if subject is None or not isinstance(statement.object, str):
        return subject
    return max(subject, rank.get(statement.object, 0))


def _fitting(latest: Sequence[int | None], count: int, options: PageOptions) -> int:
    """How many of the ranked things fit, one at least."""
    by_thing = Counter(end for end in latest if end is not None)
    facts = 0
    for index in range(min(count, options.most_things)):
        facts += by_thing[index]
        if facts > options.most_facts:
            return max(1, index)
    return min(count, options.most_things)


def page_notice(knowledge: Knowledge, options: PageOptions | None = None) -> str | None:
    """What to tell the user when a page can't hold a whole graph, else None."""
    selection = select(knowledge, options or PageOptions())
    if not selection.left_out:
        return None
    return (
        f"graph.html: {len(knowledge.entities):,} things are more than a page holds well; "
        f"it shows the {len(selection.entities):,} best connected; all are in graph.ttl"
    )


def main_thing(selection: Selection) -> int | None:
    """The thing that stands in the middle: the best connected forum, else the best connected thing."""
    forums = (index for index, entity in enumerate(selection.entities) if entity.type == "Forum")
    return next(forums, 0 if selection.entities else None)


def _known_properties(knowledge: Knowledge) -> tuple[Statement, ...]:
    """What resolution knows and no text states, as statements without evidence."""
    return tuple(
        Statement(subject=entity.id, predicate=predicate, object=value, confidence=1.0, evidence=())
        for entity in knowledge.entities
        for predicate, value in entity.properties
    )
