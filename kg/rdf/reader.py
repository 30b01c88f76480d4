"""Reads a graph back from Turtle, as :func:`kg.rdf.write_turtle` wrote it or another tool saved it."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.errors import InputError, OntologyError
from kg.ids import KGR
from kg.model import Document, Entity, Evidence, Knowledge, Span, Statement, Value
from kg.rdf.nodes import PART_TERMS
from kg.rdf.terms import XSD, term
from kg.schema import KGO, Schema, load_schema

Term = Literal | NamedNode
Fact = tuple[str, str | Value]

_SPAN = re.compile(r"char=([0-9]+),([0-9]+)")
_OBJECT = term("rdf:object").value
_NOT_QUALIFIERS = frozenset({"confidence", "evidence", "number"})
_INNER = frozenset({"Statement", "Evidence", "Document", "Specification"})
# what resolution knows without a sentence, see Entity.properties
_WORKED_OUT = frozenset({"editionOf", "editionNumber"})
_DATES = frozenset(f"{XSD}{name}" for name in ("date", "gYearMonth", "gYear"))
_NUMBERS = frozenset(f"{XSD}{name}" for name in ("decimal", "integer", "nonNegativeInteger", "positiveInteger"))


def read_turtle(source: Path | str, *, schema: Schema | None = None) -> Knowledge:
    """The graph in a Turtle file, or in Turtle text.

    All comes back but the texts of the documents. A graph without statements (``--provenance none``)
    gives each plain fact as a statement that has no evidence.

    Args:
        source: a :class:`~pathlib.Path` to a file; a str is Turtle itself.
        schema: the ontology, where it is not the one that ships with kg.

    Raises:
        InputError: where it can't be read, is no Turtle, or a node lacks what it must have.
        OntologyError: where a thing is of no class that the ontology knows.
    """
    place = str(source) if isinstance(source, Path) else "<turtle>"
    about: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    try:
        text = source.read_text("utf-8") if isinstance(source, Path) else source
        parser = parse(text, format=RdfFormat.TURTLE)
        for quad in parser:
            about[quad.subject.value][quad.predicate.value].append(quad.object)
    except OSError as error:
        raise InputError(f"{place}: can't be read ({error.strerror}); give the path of a Turtle file") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{place}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    except SyntaxError as error:
        raise InputError(f"{place}:{error.lineno or 1}: is not Turtle: {error.msg}; build the graph again") from error
    return _Graph(place, about, _base(parser.prefixes), schema or load_schema()).knowledge()


def read_base(path: Path) -> str:
    """What the ids of things follow in a Turtle file that :func:`read_turtle` reads."""
    with path.open("rb") as file:
        parser = parse(file, format=RdfFormat.TURTLE)
        next(parser, None)
        return _base(parser.prefixes)


class _Graph:
    """The triples of one file, by subject and predicate, and how to read them."""

    def __init__(self, place: str, about: dict[str, dict[str, list[Term]]], base: str, schema: Schema) -> None:
        self._place, self._about, self._base, self._schema = place, about, base, schema
        self._classes = {iri: self._own(iri) for iri in about}

    def knowledge(self) -> Knowledge:
        documents = [self._document(iri) for iri in self._all("Document")]
        evidence = {iri: self._evidence(iri) for iri in self._all("Evidence")}
        statements = [self._statement(iri, evidence) for iri in self._all("Statement")]
        stated = {self._triple(iri) for iri in self._all("Statement")}
        known = {
            iri: self._facts(iri, stated)
            for iri, classes in self._classes.items()
            if classes and _INNER.isdisjoint(classes)
        }
        if not statements:
            for iri, facts in known.items():
                plain = [fact for fact in facts if fact[0] not in _WORKED_OUT]
                statements += [_unproven(self._id(iri), *fact) for fact in plain]
                known[iri] = [fact for fact in facts if fact[0] in _WORKED_OUT]
        entities = [self._entity(iri, facts) for iri, facts in known.items()]
        return Knowledge(
            entities=tuple(sorted(entities, key=lambda entity: entity.id)),
            statements=tuple(sorted(statements)),
            documents=tuple(sorted(documents, key=lambda document: document.id)),
        )

    def _entity(self, iri: str, facts: list[Fact]) -> Entity:
        classes = self._classes[iri]
        depths = {cls: len(self._schema.classes[cls].ancestors) for cls in classes if cls in self._schema.classes}
        tops = sorted({self._schema.top(cls) for cls in depths})
        if len(tops) != 1:
            of = " and ".join(f"kgo:{cls}" for cls in tops or classes)
            raise OntologyError(f"{self._place}: <{iri}> is of {of}; give it one top class of {self._schema.path}")
        return Entity(
            id=self._id(iri),
            type=tops[0],
            # a class that only the user's ontology has says more than those known here
            cls=max(classes, key=lambda cls: (depths.get(cls, len(self._schema.classes)), cls)),
            label=self._one(iri, "rdfs:label"),
            aliases=tuple(sorted(self._words(iri, "skos:altLabel"))),
            same_as=tuple(sorted(self._id(other) for other in self._words(iri, "owl:sameAs"))),
            properties=tuple(sorted(facts, key=lambda fact: (fact[0], str(fact[1])))),
        )

    def _document(self, iri: str) -> Document:
        title, date, source = (self._perhaps(iri, f"dcterms:{name}") for name in ("title", "date", "source"))
        return Document(id=self._one(iri, "dcterms:identifier"), text="", title=title, date=date, source=source)

    def _evidence(self, iri: str) -> Evidence:
        document = self._one(iri, "kgo:document")
        known = self._perhaps(document, "dcterms:identifier")
        begin, end = self._one(iri, "nif:beginIndex"), self._one(iri, "nif:endIndex")
        return Evidence(
            doc_id=self._id(document) if known is None else known,
            span=self._span(iri, f"char={begin},{end}"),
            text=self._one(iri, "nif:anchorOf"),
            rule=self._one(iri, "kgo:rule"),
            subject=self._mark(iri, "kgo:subjectSpan"),
            object=self._mark(iri, "kgo:objectSpan"),
            trigger=self._mark(iri, "kgo:triggerSpan"),
        )

    def _mark(self, iri: str, curie: str) -> Span | None:
        text = self._perhaps(iri, curie)
        return None if text is None else self._span(iri, text)

    def _span(self, iri: str, text: str) -> Span:
        found = _SPAN.fullmatch(text)
        if not found:
            raise InputError(f"{self._place}: <{iri}> has the offsets {text!r}; write them as char=12,15")
        return Span(int(found[1]), int(found[2]))

    def _statement(self, iri: str, evidence: dict[str, Evidence]) -> Statement:
        subject, predicate, end = self._triple(iri)
        confidence, number = self._one(iri, "kgo:confidence"), self._perhaps(iri, "kgo:number")
        sources = self._words(iri, "kgo:evidence")
        for source in sources:
            if source not in evidence:
                raise InputError(
                    f"{self._place}: <{iri}> names <{source}>, which is no kgo:Evidence; build the graph again"
                )
        try:
            certainty = float(confidence)
        except ValueError:
            raise InputError(f"{self._place}: <{iri}> has kgo:confidence {confidence!r}; write a number") from None
        return Statement(
            subject=self._id(subject),
            predicate=predicate.removeprefix(KGO),
            object=self._end(predicate.removeprefix(KGO), end, number),
            confidence=certainty,
            evidence=tuple(sorted(evidence[source] for source in sources)),
            qualifiers=self._qualifiers(iri),
        )

    def _qualifiers(self, iri: str) -> tuple[tuple[str, str], ...]:
        found = ((p.removeprefix(KGO), ends) for p, ends in self._about[iri].items() if p.startswith(KGO))
        return tuple(sorted((name, end.value) for name, ends in found if name not in _NOT_QUALIFIERS for end in ends))

    def _facts(self, iri: str, stated: set[tuple[str, str, Term]]) -> list[Fact]:
        """The plain facts of a thing that no statement tells."""
        return [
            (predicate.removeprefix(KGO), self._end(predicate.removeprefix(KGO), end))
            for predicate, ends in self._about[iri].items()
            for end in ends
            if predicate.startswith(KGO) and (iri, predicate, end) not in stated
        ]

    def _triple(self, iri: str) -> tuple[str, str, Term]:
        self._one(iri, "rdf:object")
        return (self._one(iri, "rdf:subject"), self._one(iri, "rdf:predicate"), self._about[iri][_OBJECT][0])

    def _end(self, predicate: str, end: Term, number: str | None = None) -> str | Value:
        """The object of a fact; ``number`` is what the statement says of a count."""
        if not isinstance(end, Literal):
            return self._specification(end.value) if "Specification" in self._own(end.value) else self._id(end.value)
        datatype = end.datatype.value
        if datatype in _DATES:
            return Value("date", end.value)
        if datatype == f"{XSD}dateTime":
            return Value("dateTime", end.value)
        if datatype in _NUMBERS:
            return Value("count", end.value, (("number", end.value),))
        known = self._schema.properties.get(predicate)
        if known and known.kinds == {"count"}:
            return Value("count", end.value, (("number", number),) if number is not None else ())
        return Value("text", end.value)

    def _specification(self, iri: str) -> Value:
        parts = ((name, self._perhaps(iri, curie)) for name, curie in PART_TERMS.items())
        known = tuple(sorted((name, text) for name, text in parts if text is not None))
        return Value("specification", self._one(iri, "rdfs:label"), known)

    def _id(self, iri: str) -> str:
        return iri.removeprefix(self._base)

    def _all(self, cls: str) -> list[str]:
        return [iri for iri, classes in self._classes.items() if cls in classes]

    def _own(self, iri: str) -> list[str]:
        """Names of the classes of kgo: that a node has."""
        return sorted(c.removeprefix(KGO) for c in self._words(iri, "rdf:type") if c.startswith(KGO))

    def _words(self, iri: str, curie: str) -> list[str]:
        return [end.value for end in self._about.get(iri, {}).get(term(curie).value, ())]

    def _perhaps(self, iri: str, curie: str) -> str | None:
        found = self._words(iri, curie)
        return found[0] if found else None

    def _one(self, iri: str, curie: str) -> str:
        found = self._words(iri, curie)
        if len(found) != 1:
            raise InputError(f"{self._place}: <{iri}> has {len(found)} of {curie}, not one; build the graph again")
        return found[0]


def _base(prefixes: dict[str, str]) -> str:
    """What the ids follow; a tool that saved the graph may have dropped ``kgr:``, which no term uses by itself."""
    of_folders = (iri.removesuffix(f"{name}/") for name, iri in prefixes.items() if iri.endswith(f"/{name}/"))
    return prefixes.get("kgr") or next(of_folders, KGR)


def _unproven(subject: str, predicate: str, object: str | Value) -> Statement:
    return Statement(subject=subject, predicate=predicate, object=object, confidence=1.0, evidence=())
