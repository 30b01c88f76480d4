"""Finds the things that a user means by a name or an IRI."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kg.errors import QueryError
from kg.query.graph import OpenGraph
from kg.rdf.terms import term

_IGNORED = re.compile(r"[\s“”‘’\"'《》「」『』·•]+")
_PREFIXED = re.compile(r"([\w.-]*):(\S+)")
_LABEL, _ALIAS = "rdfs:label", "skos:altLabel"


@dataclass(frozen=True, slots=True, order=True)
class Named:
    """A thing of the graph with its name."""

    iri: str
    label: str


def find_thing(graph: OpenGraph, name: str) -> Named:
    """The one thing that ``name`` means: a label, another form, an IRI, or a prefixed name.

    What is written alike but for quotation marks, 《》, blanks and full-width letters counts too, where
    nothing is called exactly so.

    Raises:
        QueryError: where nothing is called so, or several things are.
    """
    found = find_things(graph, name)
    if len(found) == 1:
        return found[0]
    place = graph.path
    if not found:
        near = ", ".join(_near(graph, name))
        remedy = f"did you mean {near}?" if near else "see 'kg query GRAPH things' for all names"
        raise QueryError(f"{place}: nothing is called {name!r}; {remedy}")
    each = ", ".join(f"{graph.short(thing.iri)} ({thing.label})" for thing in found)
    raise QueryError(f"{place}: {len(found)} things are called {name!r}; give one of {each}")


def find_things(graph: OpenGraph, name: str) -> tuple[Named, ...]:
    """All things that ``name`` may mean, by the nearest way of reading that finds any; sorted."""
    by_iri = _by_iri(graph, name)
    if by_iri:
        return (by_iri,)
    for curie in (_LABEL, _ALIAS):
        exact = {quad.subject.value for quad in _called(graph, curie, name)}
        if exact:
            return _named(graph, exact)
    folded = _fold(name)
    for curie in (_LABEL, _ALIAS) if folded else ():
        alike = {iri for iri, text in _names(graph, curie) if _fold(text) == folded}
        if alike:
            return _named(graph, alike)
    return ()


def label_of(graph: OpenGraph, iri: str) -> str:
    """The name of a thing; its short IRI where it has none."""
    ends = graph.store.quads_for_pattern(NamedNode(iri), term(_LABEL), None, None)
    labels = sorted(quad.object.value for quad in ends if isinstance(quad.object, Literal))
    return labels[0] if labels else graph.short(iri)


def _by_iri(graph: OpenGraph, name: str) -> Named | None:
    prefixed = _PREFIXED.fullmatch(name)
    iris = [name.removeprefix("<").removesuffix(">")]
    if prefixed and prefixed[1] in graph.prefixes:
        iris.append(graph.prefixes[prefixed[1]] + prefixed[2])
    for iri in iris:
        try:
            node = NamedNode(iri)
        except ValueError:
            continue
        if next(iter(graph.store.quads_for_pattern(node, None, None, None)), None):
            return Named(iri, label_of(graph, iri))
    return None


def _called(graph: OpenGraph, curie: str, name: str) -> Iterator:  # type: ignore[type-arg]
    for literal in (Literal(name, language="zh"), Literal(name), Literal(name, language="en")):
        yield from graph.store.quads_for_pattern(None, term(curie), literal, None)


def _names(graph: OpenGraph, curie: str) -> Iterator[tuple[str, str]]:
    for quad in graph.store.quads_for_pattern(None, term(curie), None, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            yield quad.subject.value, quad.object.value


def _named(graph: OpenGraph, iris: set[str]) -> tuple[Named, ...]:
    return tuple(sorted(Named(iri, label_of(graph, iri)) for iri in iris))


def _near(graph: OpenGraph, name: str, most: int = 3) -> list[str]:
    """Names that hold ``name`` or are held by it, shortest first, else those of like spelling."""
    labels = sorted({text for _, text in _names(graph, _LABEL)}, key=lambda text: (len(text), text))
    holding = [text for text in labels if name and (name in text or (len(text) > 1 and text in name))]
    return holding[:most] or difflib.get_close_matches(name, labels, n=most, cutoff=0.5)


def _fold(text: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).casefold()
