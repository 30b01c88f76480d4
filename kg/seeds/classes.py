"""The classes that lexicon rows may name, read off ``ontology/kg.ttl``.

Only class names and their superclasses are needed, at every start: a regular expression
finds them in under a millisecond, where an RDF parser would have to be imported first.
``tests/test_seeds.py`` holds the two readings against each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from kg.errors import OntologyError
from kg.model import ENTITY_TYPES
from kg.resources import resource

# A series of forums is not a forum, but names one: 世界互联网大会 without its edition.
_SERIES = {"ForumSeries": "Forum"}
_TERM = re.compile(r"^kgo:(\w+)\s+(?:a|rdf:type)\s+([^;.]*owl:Class\b.*?)\s\.\s*$", re.MULTILINE | re.DOTALL)
_SUPER = re.compile(r"rdfs:subClassOf\s+([^;]+)")
_CLASS = re.compile(r"kgo:(\w+)")


@cache
def known_classes() -> Mapping[str, str]:
    """Class name -> entity type (``Company`` -> ``Organization``), for classes of named things.

    Raises:
        OntologyError: where the ontology lacks one of the five entity types.
    """
    return classes_of(resource("ontology/kg.ttl").read_text(encoding="utf-8"))


def classes_of(turtle: str) -> dict[str, str]:
    """The same, for the text of an ontology written as one paragraph a term."""
    parents = {term: _parents(body) for term, body in _TERM.findall(turtle)}
    missing = [name for name in ENTITY_TYPES if name not in parents]
    if missing:
        raise OntologyError(f"ontology/kg.ttl: no class kgo:{missing[0]}; declare it as owl:Class")
    types: dict[str, str] = {}
    for term in sorted(parents):
        top = _SERIES.get(term) or _top(term, parents)
        if top:
            types[term] = top
    return types


def _parents(body: str) -> list[str]:
    return [parent for clause in _SUPER.findall(body) for parent in _CLASS.findall(clause)]


def _top(term: str, parents: Mapping[str, list[str]]) -> str | None:
    open_terms, seen = [term], set()
    while open_terms:
        term = open_terms.pop()
        if term in ENTITY_TYPES:
            return term
        if term not in seen:
            seen.add(term)
            open_terms.extend(parents.get(term, ()))
    return None
