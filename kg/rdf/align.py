"""The terms of schema.org that ``kg build --align`` adds, so that its users need no reasoner."""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kg.rdf.terms import SCHEMA, term
from kg.schema import Schema

# what our labels and catalogue terms are called in schema.org
_SAME = {
    "rdfs:label": "schema:name",
    "skos:altLabel": "schema:alternateName",
    "owl:sameAs": "schema:sameAs",
    "dcterms:identifier": "schema:identifier",
    "dcterms:title": "schema:headline",
    "dcterms:date": "schema:datePublished",
}


class Alignment:
    """What the ontology's alignments to schema.org make of each class and property."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._same = {term(ours): term(theirs) for ours, theirs in _SAME.items()}
        self.properties = lru_cache(maxsize=None)(self._properties)
        self._classes = lru_cache(maxsize=None)(self._find_classes)

    def of_thing(
        self, cls: str, pairs: list[tuple[NamedNode, NamedNode | Literal]]
    ) -> list[tuple[NamedNode, NamedNode | Literal]]:
        """Types of schema.org for a thing of class ``cls``, and its names again in schema.org's terms."""
        types = [(term("rdf:type"), NamedNode(iri)) for iri in self._classes(cls)]
        return [*types, *((self._same[p], end) for p, end in pairs if p in self._same)]

    def _find_classes(self, cls: str) -> tuple[str, ...]:
        above = self._schema.class_(cls).ancestors
        return tuple(
            sorted({iri for name in above for iri in self._schema.classes[name].aligned if iri.startswith(SCHEMA)})
        )

    def _properties(self, predicate: str) -> tuple[tuple[str, bool], ...]:
        """(IRI, inverse) of the properties of schema.org that hold wherever ``predicate`` does."""
        above = self._schema.property_(predicate).ancestors
        found = {pair for name in above for pair in self._schema.properties[name].aligned}
        return tuple(sorted(pair for pair in found if pair[0].startswith(SCHEMA)))
