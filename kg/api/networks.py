"""A graph as networkx graphs: the whole one, and a simple one of things that share others."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Set
from itertools import combinations
from typing import TYPE_CHECKING

from kg.errors import OntologyError
from kg.exporting import NetworkEdge, NetworkNode, network_of
from kg.model import Knowledge
from kg.schema import Schema

if TYPE_CHECKING:
    import networkx

# GraphML and GEXF are XML 1.0, which has no escape for these
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_JOINT = " | "


def to_multigraph(knowledge: Knowledge, schema: Schema) -> networkx.MultiDiGraph:
    """See :meth:`kg.KnowledgeGraph.to_networkx`."""
    import networkx

    network = network_of(knowledge, schema)
    graph = networkx.MultiDiGraph()
    graph.add_nodes_from((_clean(node.id), _node(node)) for node in network.nodes)
    for edge in network.edges:
        graph.add_edge(_clean(edge.source), _clean(edge.target), key=edge.predicate, **_edge(edge))
    return graph


def _node(node: NetworkNode) -> dict[str, str]:
    # "class" is what the ontology calls it; networkx takes any name, and so do both formats
    named = {"label": node.label, "type": node.type, "class": node.cls, "aliases": _JOINT.join(node.aliases)}
    values = {predicate: _JOINT.join(texts) for predicate, texts in node.values}
    return {name: _clean(text) for name, text in (values | named).items()}


def _edge(edge: NetworkEdge) -> dict[str, str | float]:
    texts = {
        "label": edge.label,
        "predicate": edge.predicate,
        "role": edge.role,
        "date": edge.date,
        "amount": edge.amount,
        "document": _JOINT.join(dict.fromkeys(edge.documents)),
        "evidence": _JOINT.join(dict.fromkeys(edge.sentences)),
    }
    sure = 1.0 if edge.confidence is None else edge.confidence
    return {**{name: _clean(text) for name, text in texts.items()}, "confidence": sure}


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\ufffd", text)


def project(knowledge: Knowledge, schema: Schema, of: str, through: str) -> networkx.Graph:
    """See :meth:`kg.KnowledgeGraph.project`."""
    import networkx

    if schema.property_(through).kinds:
        raise OntologyError(f"{through}: leads to words, not to things; choose a property such as attends or worksFor")
    schema.class_(of)  # says so where there is none
    labels = {entity.id: entity.label for entity in knowledge.entities}
    members = _members(knowledge, schema, schema.subclasses(of), through)
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for end, things in sorted(members.items()):
        for pair in combinations(sorted(things), 2):
            shared[pair].append(end)
    graph = networkx.Graph()
    for thing in sorted(set().union(*members.values())):
        graph.add_node(_clean(thing), label=_clean(labels[thing]), type=of)
    for (one, other), ends in sorted(shared.items()):
        graph.add_edge(
            _clean(one),
            _clean(other),
            weight=len(ends),
            strength=sum(1 / (len(members[end]) - 1) for end in ends),
            shared=_clean(_JOINT.join(labels[end] for end in ends)),
        )
    return graph


def _members(knowledge: Knowledge, schema: Schema, classes: Set[str], through: str) -> Mapping[str, set[str]]:
    """What is shared -> the things of ``classes`` that share it."""
    things = {entity.id for entity in knowledge.entities if entity.cls in classes or entity.type in classes}
    members: dict[str, set[str]] = defaultdict(set)
    for statement in knowledge.statements:
        predicate, end = statement.predicate, statement.object
        if isinstance(end, str) and statement.subject in things and _leads(predicate, through, schema):
            members[end].add(statement.subject)
    return members


def _leads(predicate: str, through: str, schema: Schema) -> bool:
    return predicate == through or (predicate in schema.properties and schema.is_subproperty(predicate, through))
