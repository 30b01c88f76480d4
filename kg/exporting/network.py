"""The graph as tools for networks see it: nodes with attributes, edges between them.

A fact between two things is an edge; one that ends in words, a date or a number is an attribute of
its subject. Evidence goes with the edge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Entity, Knowledge, Statement, Value
from kg.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkNode:
    """A thing.

    Args:
        values: (predicate, texts) of its facts that end in words, dates or numbers, sorted.
    """

    id: str
    label: str
    type: str
    cls: str
    aliases: tuple[str, ...]
    values: tuple[tuple[str, tuple[str, ...]], ...]

    def value(self, predicate: str) -> tuple[str, ...]:
        """The texts of one predicate, empty where there are none."""
        return dict(self.values).get(predicate, ())


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkEdge:
    """A fact between two things.

    Args:
        label: the predicate in Chinese, as the ontology names it.
        confidence: None for what resolution knows without a sentence, such as editionOf.
        sentences, documents: of its evidence, in step.
    """

    source: str
    target: str
    predicate: str
    label: str
    confidence: float | None = None
    role: str = ""
    date: str = ""
    amount: str = ""
    sentences: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """Nodes by id; edges by source, predicate, target."""

    nodes: tuple[NetworkNode, ...]
    edges: tuple[NetworkEdge, ...]

    @property
    def predicates(self) -> tuple[str, ...]:
        """The predicates that nodes have as attributes, sorted."""
        return tuple(sorted({name for node in self.nodes for name, _ in node.values}))


def network_of(knowledge: Knowledge, schema: Schema) -> Network:
    """The network of a graph; documents and evidence are on its edges, not among its nodes."""
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, predicate, value in _literals(knowledge):
        values[subject][predicate].append(value.text)
    nodes = tuple(_node(entity, values[entity.id]) for entity in sorted(knowledge.entities, key=lambda e: e.id))
    edges = [_edge(s, s.object, schema) for s in knowledge.statements if isinstance(s.object, str)]
    edges += [
        NetworkEdge(source=entity.id, target=end, predicate=predicate, label=_zh(schema, predicate))
        for entity in knowledge.entities
        for predicate, end in entity.properties
        if isinstance(end, str)
    ]
    return Network(nodes, tuple(sorted(edges, key=lambda e: (e.source, e.predicate, e.target))))


def _literals(knowledge: Knowledge) -> Iterator[tuple[str, str, Value]]:
    for statement in knowledge.statements:
        if isinstance(statement.object, Value):
            yield statement.subject, statement.predicate, statement.object
    for entity in knowledge.entities:
        for predicate, end in entity.properties:
            if isinstance(end, Value):
                yield entity.id, predicate, end


def _node(entity: Entity, values: dict[str, list[str]]) -> NetworkNode:
    return NetworkNode(
        id=entity.id,
        label=entity.label,
        type=entity.type,
        cls=entity.cls,
        aliases=entity.aliases,
        values=tuple((name, tuple(sorted(texts))) for name, texts in sorted(values.items())),
    )


def _edge(statement: Statement, target: str, schema: Schema) -> NetworkEdge:
    qualifiers: dict[str, list[str]] = defaultdict(list)
    for name, text in statement.qualifiers:
        qualifiers[name].append(text)
    return NetworkEdge(
        source=statement.subject,
        target=target,
        predicate=statement.predicate,
        label=_zh(schema, statement.predicate),
        confidence=statement.confidence if statement.evidence else None,
        role="、".join(qualifiers["role"]),
        date=min(qualifiers["date"], default=""),
        amount="、".join(qualifiers["amount"]),
        sentences=tuple(evidence.text for evidence in statement.evidence),
        documents=tuple(evidence.doc_id for evidence in statement.evidence),
    )


def _zh(schema: Schema, predicate: str) -> str:
    known = schema.properties.get(predicate)
    return known.label_zh if known else predicate
