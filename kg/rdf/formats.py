"""A graph's file in the other formats of RDF: the same triples, in the same order.

N-Quads and TriG hold a named graph for each document: the facts that it tells, its evidence and
itself. What holds whoever tells it (names, classes, statements) is in the default graph.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.errors import InputError, OutputError
from kg.rdf.bridge import load_triples, nothing_in
from kg.rdf.terms import PREFIXES, RDF, XSD, clean, term

Subject = NamedNode | BlankNode | Triple
Node = Subject | Literal
Graph = NamedNode | BlankNode | DefaultGraph

_TOLD_BY = ("rdf:subject", "rdf:predicate", "rdf:object", "kgo:evidence", "kgo:document")
_QNAME = re.compile(r"(.*[^\w.-]|)([^\W\d][\w.-]*)", re.DOTALL)


def declared_prefixes(path: Path) -> dict[str, str]:
    """The prefixes at the head of a file; empty where its format has none.

    Raises:
        InputError: where it can't be read, does not parse or holds nothing.
    """
    format = RdfFormat.from_extension(path.suffix.removeprefix(".")) or RdfFormat.TURTLE
    try:
        with path.open("rb") as file:
            parser = parse(file, format=format)
            if next(parser, None) is None and not parser.prefixes:
                raise nothing_in(path)
            return dict(parser.prefixes)
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}); give the path of a graph") from error
    except SyntaxError as error:
        place = f"{path}:{error.lineno or 1}"
        raise InputError(f"{place}: is not {format.name}: {error.msg}; build the graph again") from error


def rdf_pieces(path: Path, format: str) -> Iterator[str]:
    """The graph of ``path`` in another format, piece by piece.

    Args:
        path: a file in any RDF format.
        format: a key of :data:`RDF_FORMATS`.

    Raises:
        InputError: where the file can't be read or does not parse.
        OutputError: where the format can't hold what it says.
    """
    return RDF_FORMATS[format](path)


def _ntriples(path: Path) -> Iterator[str]:
    return (f"{triple} .\n" for triple in load_triples(path))


def _nquads(path: Path) -> Iterator[str]:
    return (f"{quad} .\n" for quad in _quads(path))


def _trig(path: Path) -> Iterator[str]:
    prefixes = {prefix: iri for prefix, iri in {**PREFIXES, **declared_prefixes(path)}.items() if prefix}
    yield bytes(serialize(_quads(path), format=RdfFormat.TRIG, prefixes=prefixes) or b"").decode("utf-8")


def _quads(path: Path) -> Iterator[Quad]:
    """The triples with their graphs: the default graph first, then a document each."""
    triples = list(dict.fromkeys(load_triples(path)))
    homes = _Homes(triples)
    by_graph: dict[Graph, list[Triple]] = defaultdict(list)
    for triple in triples:
        for graph in homes.of(triple):
            by_graph[graph].append(triple)
    for graph in sorted(by_graph, key=lambda graph: (isinstance(graph, NamedNode), str(graph))):
        for triple in by_graph[graph]:
            yield Quad(triple.subject, triple.predicate, triple.object, graph)


class _Homes:
    """In which documents' graphs a triple belongs."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        said: dict[str, dict[Node, list[Node]]] = {name: defaultdict(list) for name in _TOLD_BY}
        by_term = {term(name): ends for name, ends in said.items()}
        self._document: dict[Node, NamedNode] = {}
        for triple in triples:
            if triple.predicate in by_term:
                by_term[triple.predicate][triple.subject].append(triple.object)
            if triple.object == term("kgo:Document") and isinstance(triple.subject, NamedNode):
                self._document[triple.subject] = triple.subject
        for evidence, ends in said["kgo:document"].items():
            if isinstance(ends[0], NamedNode):
                self._document[evidence] = ends[0]
        self._facts: dict[tuple[Node | None, ...], list[NamedNode]] = {}
        for fact, told in said["kgo:evidence"].items():
            parts = tuple(next(iter(said[name].get(fact, ())), None) for name in _TOLD_BY[:3])
            homes = {self._document[evidence] for evidence in told if evidence in self._document}
            self._facts[parts] = sorted(homes, key=str)

    def of(self, triple: Triple) -> Sequence[Graph]:
        """The graphs of a triple: those of the documents that tell it, else the default graph."""
        if triple.subject in self._document:
            return [self._document[triple.subject]]
        return self._facts.get((triple.subject, triple.predicate, triple.object)) or [DefaultGraph()]


def _jsonld(path: Path) -> Iterator[str]:
    """Compact JSON-LD, one node a line; the context tells the kind of each property's values."""
    prefixes = {prefix: iri for prefix, iri in {**PREFIXES, **declared_prefixes(path)}.items() if prefix}
    words = _Compact(prefixes, load_triples(path))
    yield '{"@context": ' + json.dumps(words.context, ensure_ascii=False, indent=1) + ',\n"@graph": ['
    before = "\n"
    for subject, group in groupby(load_triples(path), key=lambda triple: triple.subject):
        yield before + json.dumps(words.node(subject, group), ensure_ascii=False)
        before = ",\n"
    yield "\n]}\n"


class _Compact:
    """The short forms of one JSON-LD file."""

    def __init__(self, prefixes: dict[str, str], triples: Iterable[Triple]) -> None:
        self._by_namespace = {iri: prefix for prefix, iri in prefixes.items()}
        kinds: dict[str, set[str]] = defaultdict(set)
        for triple in triples:
            kinds[triple.predicate.value].add(_kind(triple.object))
        kinds.pop(f"{RDF}type", None)
        # a property whose values are all of one kind says so once, here
        self._kinds = {predicate: found.pop() for predicate, found in kinds.items() if len(found) == 1}
        terms = {self._short(p): {"@id": p, **self._coerced(kind)} for p, kind in self._kinds.items()}
        self.context: dict[str, object] = {**prefixes, **dict(sorted(terms.items()))}

    def node(self, subject: Node, triples: Iterable[Triple]) -> dict[str, object]:
        """All that is said of one subject."""
        said: dict[str, list[object]] = defaultdict(list)
        for triple in dict.fromkeys(triples):
            predicate = triple.predicate.value
            if predicate == f"{RDF}type" and isinstance(triple.object, NamedNode):
                said["@type"].append(self._short(triple.object.value))
            else:
                said[self._short(predicate)].append(self._value(predicate, triple.object))
        values = {key: ends if len(ends) > 1 else ends[0] for key, ends in said.items()}
        return {"@id": self._short_node(subject), **values}

    def _coerced(self, kind: str) -> dict[str, str]:
        if kind.startswith("@") and kind != "@id":
            return {"@language": kind[1:]}
        return {} if kind == f"{XSD}string" else {"@type": kind if kind == "@id" else self._short(kind)}

    def _value(self, predicate: str, end: Node) -> object:
        alone = predicate in self._kinds
        if not isinstance(end, Literal):
            return self._short_node(end) if alone else {"@id": self._short_node(end)}
        if alone or (not end.language and end.datatype.value == f"{XSD}string"):
            return end.value
        if end.language:
            return {"@value": end.value, "@language": end.language}
        return {"@value": end.value, "@type": self._short(end.datatype.value)}

    def _short_node(self, node: Node) -> str:
        return self._short(node.value) if isinstance(node, NamedNode) else str(node)

    def _short(self, iri: str) -> str:
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        prefix = self._by_namespace.get(iri[:cut])
        return f"{prefix}:{iri[cut:]}" if prefix else iri


def _kind(end: Node) -> str:
    if not isinstance(end, Literal):
        return "@id"
    return f"@{end.language}" if end.language else end.datatype.value


def _rdfxml(path: Path) -> Iterator[str]:
    """RDF/XML; written here, since pyoxigraph leaves carriage returns bare, which XML parsers drop."""
    used = {_qname(triple.predicate.value)[0] for triple in load_triples(path)}
    known = {iri: prefix for prefix, iri in PREFIXES.items()}
    names = {namespace: known.get(namespace) or f"ns{number}" for number, namespace in enumerate(sorted(used))}
    names[RDF] = "rdf"
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    yield "".join(f"\n    xmlns:{prefix}={_quoted(iri)}" for iri, prefix in sorted(names.items(), key=lambda n: n[1]))
    yield ">\n"
    for subject, group in groupby(load_triples(path), key=lambda triple: triple.subject):
        yield f"<rdf:Description {_reference(subject, 'about')}>\n"
        for triple in group:
            namespace, local = _qname(triple.predicate.value)
            yield _element(f"{names[namespace]}:{local}", triple.object)
        yield "</rdf:Description>\n"
    yield "</rdf:RDF>\n"


def _qname(iri: str) -> tuple[str, str]:
    found = _QNAME.fullmatch(iri)
    if not found:
        raise OutputError(f"<{iri}>: RDF/XML can't name this property; export to another format, such as ntriples")
    return found[1], found[2]


def _element(name: str, end: Node) -> str:
    if not isinstance(end, Literal):
        return f"  <{name} {_reference(end, 'resource')}/>\n"
    kind = f" xml:lang={_quoted(end.language)}" if end.language else ""
    if not kind and end.datatype.value != f"{XSD}string":
        kind = f" rdf:datatype={_quoted(end.datatype.value)}"
    text = escape(clean(end.value), {"\r": "&#13;"})
    return f"  <{name}{kind}>{text}</{name}>\n"


def _reference(node: Node, attribute: str) -> str:
    if isinstance(node, NamedNode):
        return f"rdf:{attribute}={_quoted(node.value)}"
    if isinstance(node, BlankNode):
        return f"rdf:nodeID={_quoted(f'b{node.value}')}"  # an XML name may not begin with a digit
    raise OutputError(f"{node}: is a term of RDF 1.2, which RDF/XML lacks; export to ntriples")


def _quoted(text: str) -> str:
    return quoteattr(clean(text))


RDF_FORMATS: dict[str, Callable[[Path], Iterator[str]]] = {
    "jsonld": _jsonld,
    "trig": _trig,
    "nquads": _nquads,
    "ntriples": _ntriples,
    "rdfxml": _rdfxml,
}
"""Each format's name and what writes it."""
