"""Walks over a graph: what is near a thing, and how two things hang together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from kg.api.facts import known_facts
from kg.model import Entity, Knowledge, Statement

Links = Mapping[str, tuple[tuple[str, Statement], ...]]


def links_of(knowledge: Knowledge) -> Links:
    """The neighbours of each thing with the fact that leads there, either way; the surest fact first."""
    links: dict[str, list[tuple[str, Statement]]] = defaultdict(list)
    for statement in (*knowledge.statements, *known_facts(knowledge)):
        if isinstance(statement.object, str):
            links[statement.subject].append((statement.object, statement))
            links[statement.object].append((statement.subject, statement))
    return {
        thing: tuple(sorted(found, key=lambda link: (-link[1].confidence, link[0], link[1].order)))
        for thing, found in links.items()
    }


def within(links: Links, starts: Iterable[str], hops: int) -> frozenset[str]:
    """The things at most ``hops`` facts away from one of ``starts``, themselves among them."""
    reached = set(starts)
    edge = set(reached)
    for _ in range(hops):
        edge = {other for thing in edge for other, _ in links.get(thing, ())} - reached
        reached |= edge
    return frozenset(reached)


def shortest(links: Links, start: str, goal: str) -> tuple[Statement, ...]:
    """The facts of a shortest way, in order; empty where there is none.

    Of several ways one is taken by the confidence of its first facts, the same at every run.
    """
    came: dict[str, tuple[str, Statement] | None] = {start: None}
    edge = [start]
    while edge and goal not in came:
        after = []
        for thing in edge:
            for other, statement in links.get(thing, ()):
                if other not in came:
                    came[other] = (thing, statement)
                    after.append(other)
        edge = after
    way = []
    step = came.get(goal)
    while step is not None:
        way.append(step[1])
        step = came[step[0]]
    return tuple(reversed(way))


def part_of(knowledge: Knowledge, things: frozenset[str]) -> Knowledge:
    """The graph of some of its things: their facts with one another and with values, and the documents of these."""
    statements = tuple(
        statement
        for statement in knowledge.statements
        if statement.subject in things and (not isinstance(statement.object, str) or statement.object in things)
    )
    told = {item.doc_id for statement in statements for item in statement.evidence}
    return Knowledge(
        entities=tuple(_entity(entity, things) for entity in knowledge.entities if entity.id in things),
        statements=statements,
        documents=tuple(document for document in knowledge.documents if document.id in told),
    )


def _entity(entity: Entity, things: frozenset[str]) -> Entity:
    """A thing without what leads out of the part, such as the series of a forum."""
    kept = tuple(fact for fact in entity.properties if not isinstance(fact[1], str) or fact[1] in things)
    return entity if kept == entity.properties else replace(entity, properties=kept)
