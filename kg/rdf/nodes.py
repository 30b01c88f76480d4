"""Lays a :class:`Knowledge` out as RDF: which triples say what, and in which order.

Every writer shares this order: things by class and label, then specifications, statements,
evidence, documents. RDF 1.1, no blank nodes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import attrgetter

from pyoxigraph import Literal, NamedNode, Triple

from kg import ids
from kg.errors import OutputError
from kg.model import Document, Entity, Evidence, Knowledge, Statement, Value
from kg.rdf.align import Alignment
from kg.rdf.terms import XSD, chinese, moment, moment_or_none, number, number_or_plain, plain, term, typed
from kg.schema import KGO, Schema

Pair = tuple[NamedNode, NamedNode | Literal]

PART_TERMS = {"name": "schema:name", "value": "schema:value", "unit": "schema:unitText", "comparison": "kgo:comparison"}
"""The property of each part of a specification."""

_PART_WRITERS: dict[str, Callable[[str], Literal]] = {"value": number_or_plain, "unit": plain}
_WRITERS: dict[str, Callable[[str], Literal]] = {f"{KGO}Date": moment, f"{XSD}date": moment, f"{XSD}dateTime": moment}


@dataclass(frozen=True, slots=True)
class Node:
    """One subject and all that is said of it: (predicate, object) pairs in order, none twice."""

    subject: NamedNode
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The nodes of one kind, under a title for readers."""

    title: str
    nodes: Iterator[Node]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a graph is laid out.

    Args:
        base_iri: what the ids of things follow.
        provenance: whether statements, evidence and documents are written.
        alignment: the terms of schema.org to add, or None.
    """

    schema: Schema
    base_iri: str
    provenance: bool
    alignment: Alignment | None

    def node(self, id: str) -> NamedNode:
        """The node of an id; an id that is itself an IRI, as of a thing from another graph, stays so."""
        try:
            return NamedNode(id if "://" in id else self.base_iri + id)
        except ValueError as error:
            raise OutputError(f"id {id!r}: {error}; make ids by kg.ids") from error


def sections(knowledge: Knowledge, layout: Layout) -> Iterator[Section]:
    """The graph, section by section.

    Raises:
        OntologyError: where it uses a class or property that the ontology lacks.
        OutputError: where an id, a date or a number can't be written.
    """
    facts = _facts_by_subject(knowledge, layout)
    statements = _one_each(knowledge.statements)
    for cls in _top_classes(knowledge, layout.schema):
        about = layout.schema.class_(cls)
        entities = sorted((e for e in knowledge.entities if e.type == cls), key=attrgetter("label", "id"))
        yield Section(
            " ".join(f"{about.label_en} {about.label_zh}".split()), (_entity(e, facts, layout) for e in entities)
        )
    values = {ids.specification_id(v): v for v in _values(knowledge) if v.kind == "specification"}
    yield Section("Specifications 技术指标", (_specification(i, values[i], layout) for i in sorted(values)))
    if not layout.provenance:
        return
    yield Section("Statements 陈述", (_statement(s, layout) for s in statements))
    evidence = {ids.evidence_id(e): e for s in statements for e in s.evidence}
    in_order = sorted(evidence, key=lambda id: evidence[id].order)
    yield Section("Evidence 出处", (_evidence(i, evidence[i], layout) for i in in_order))
    documents = sorted(knowledge.documents, key=attrgetter("id"))
    yield Section("Documents 文档", (_document(d, layout) for d in documents))


def triples(knowledge: Knowledge, layout: Layout) -> Iterator[Triple]:
    """The graph as triples, in the order of :func:`sections`."""
    for section in sections(knowledge, layout):
        for node in section.nodes:
            for predicate, end in node.pairs:
                yield Triple(node.subject, predicate, end)


def _top_classes(knowledge: Knowledge, schema: Schema) -> list[str]:
    """Those in use, in the order that a reader looks for them; a user's own come last."""
    order = ("Person", "Organization", "Forum", "ForumSeries", "Product", "Place")
    used = {entity.type for entity in knowledge.entities}
    return [cls for cls in order if cls in used] + sorted(used.difference(order))


def _one_each(statements: Iterable[Statement]) -> list[Statement]:
    in_order = sorted(statements)
    for one, next_one in pairwise(in_order):
        if one.order == next_one.order:
            raise ValueError(f"two statements of one fact, {one.order}: resolution must merge them")
    return in_order


def _values(knowledge: Knowledge) -> Iterator[Value]:
    for statement in knowledge.statements:
        if isinstance(statement.object, Value):
            yield statement.object
    for entity in knowledge.entities:
        yield from (value for _, value in entity.properties if isinstance(value, Value))


def _facts_by_subject(knowledge: Knowledge, layout: Layout) -> dict[str, list[Pair]]:
    """The plain triples of each thing, and the aligned ones; those may point the other way."""
    facts: dict[str, list[Pair]] = defaultdict(list)
    stated = ((s.subject, s.predicate, s.object) for s in knowledge.statements)
    known = ((e.id, predicate, value) for e in knowledge.entities for predicate, value in e.properties)
    things = {entity.id for entity in knowledge.entities}
    for subject, predicate, value in chain(stated, known):
        for id in (subject, value):
            if isinstance(id, str) and id not in things:
                raise ValueError(f"kgo:{predicate} names {id!r}, which is no entity of this graph")
        end = object_term(predicate, value, layout)
        facts[subject].append((term(f"kgo:{predicate}"), end))
        for iri, inverse in layout.alignment.properties(predicate) if layout.alignment else ():
            if not inverse:
                facts[subject].append((NamedNode(iri), end))
            elif isinstance(value, str):
                facts[value].append((NamedNode(iri), layout.node(subject)))
    return facts


def object_term(predicate: str, value: str | Value, layout: Layout) -> NamedNode | Literal:
    """The object of a fact: a node for an id or a specification, else a literal of the property's datatype.

    Raises:
        OntologyError: where the ontology lacks the property.
        OutputError: where it takes no such value.
    """
    found = layout.schema.property_(predicate)
    if isinstance(value, str):
        return layout.node(value)
    if value.kind not in found.kinds:
        takes = " or ".join(sorted(found.kinds)) or "a thing"
        raise OutputError(
            f"kgo:{predicate}: takes {takes}, not {value.kind} {value.text!r}; mend the rule that made it"
        )
    if value.kind == "specification":
        return layout.node(ids.specification_id(value))
    return literal(value.text, found.datatype)


def literal(text: str, datatype: str | None) -> Literal:
    """``text`` as the ontology wants it: ``@zh`` where the datatype is rdf:langString."""
    if datatype in _WRITERS:
        return _WRITERS[datatype](text)
    if datatype == f"{XSD}string":
        return plain(text)
    if datatype and datatype.startswith(XSD):
        return typed(number(text).value, datatype.removeprefix(XSD))
    return chinese(text)


def _in_order(pairs: Iterable[Pair]) -> list[Pair]:
    """By predicate and object, kgo: terms before those of other vocabularies, none twice."""
    return sorted(set(pairs), key=lambda pair: (not pair[0].value.startswith(KGO), pair[0].value, str(pair[1])))


def _types(*curies: str) -> list[Pair]:
    return [(term("rdf:type"), term(curie)) for curie in dict.fromkeys(curies)]


def _entity(entity: Entity, facts: dict[str, list[Pair]], layout: Layout) -> Node:
    layout.schema.class_(entity.cls)
    pairs = _types(f"kgo:{entity.cls}", f"kgo:{entity.type}")
    pairs.append((term("rdfs:label"), chinese(entity.label)))
    pairs += [(term("skos:altLabel"), chinese(alias)) for alias in sorted(entity.aliases)]
    pairs += [(term("owl:sameAs"), layout.node(id)) for id in sorted(entity.same_as)]
    if layout.alignment:
        pairs += layout.alignment.of_thing(entity.cls, pairs)
    return Node(layout.node(entity.id), tuple(pairs + _in_order(facts.get(entity.id, ()))))


def _specification(id: str, value: Value, layout: Layout) -> Node:
    pairs = [*_types("kgo:Specification", "schema:PropertyValue"), (term("rdfs:label"), chinese(value.text))]
    for name, text in value.parts:
        if name not in PART_TERMS:
            raise OutputError(f"specification {value.text!r}: unknown part {name!r}; known: {', '.join(PART_TERMS)}")
        pairs.append((term(PART_TERMS[name]), _PART_WRITERS.get(name, chinese)(text)))
    return Node(layout.node(id), tuple(pairs))


def _statement(statement: Statement, layout: Layout) -> Node:
    id = ids.statement_id(statement.subject, statement.predicate, statement.object)
    pairs: list[Pair] = [
        *_types("kgo:Statement", "rdf:Statement"),
        (term("rdf:subject"), layout.node(statement.subject)),
        (term("rdf:predicate"), term(f"kgo:{statement.predicate}")),
        (term("rdf:object"), object_term(statement.predicate, statement.object, layout)),
    ]
    if isinstance(statement.object, Value) and statement.object.kind == "count":
        pairs += [(term("kgo:number"), number(text)) for name, text in statement.object.parts if name == "number"]
    for name, text in statement.qualifiers:
        pairs.append((term(f"kgo:{name}"), literal(text, layout.schema.property_(name).datatype)))
    pairs.append((term("kgo:confidence"), typed(f"{statement.confidence:.3f}".rstrip("0").ljust(3, "0"), "decimal")))
    pairs += [(term("kgo:evidence"), layout.node(ids.evidence_id(e))) for e in sorted(statement.evidence)]
    return Node(layout.node(id), tuple(pairs))


def _evidence(id: str, evidence: Evidence, layout: Layout) -> Node:
    marks = {"subjectSpan": evidence.subject, "objectSpan": evidence.object, "triggerSpan": evidence.trigger}
    pairs: list[Pair] = [
        *_types("kgo:Evidence", "nif:Phrase"),
        (term("kgo:document"), layout.node(ids.document_id(evidence.doc_id))),
        (term("nif:beginIndex"), typed(str(evidence.span.start), "nonNegativeInteger")),
        (term("nif:endIndex"), typed(str(evidence.span.end), "nonNegativeInteger")),
        (term("nif:anchorOf"), plain(evidence.text)),
        (term("kgo:rule"), plain(evidence.rule)),
    ]
    # RFC 5147: positions lie between characters, as in Python's slices
    pairs += [(term(f"kgo:{name}"), plain(f"char={s.start},{s.end}")) for name, s in marks.items() if s is not None]
    return Node(layout.node(id), tuple(pairs))


def _document(document: Document, layout: Layout) -> Node:
    pairs = [*_types("kgo:Document"), (term("dcterms:identifier"), plain(document.id))]
    if document.title is not None:
        pairs.append((term("dcterms:title"), chinese(document.title)))
    if document.date is not None:
        # a date from outside that is none is kept as it stands, and `kg validate` reports it
        pairs.append((term("dcterms:date"), moment_or_none(document.date) or plain(document.date)))
    if document.source is not None:
        pairs.append((term("dcterms:source"), plain(document.source)))
    if layout.alignment:
        pairs += layout.alignment.of_thing("Document", pairs)
    return Node(layout.node(ids.document_id(document.id)), tuple(pairs))
