"""Reads ``ontology/kg.ttl`` into a :class:`kg.schema.Schema`, and says what is wrong with a bad one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from kg.errors import OntologyError
from kg.model import ValueKind
from kg.schema import KGO, OntologyClass, OntologyProperty, Schema

if TYPE_CHECKING:
    from pyoxigraph import Triple

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_XSD = "http://www.w3.org/2001/XMLSchema#"

_KINDS_OF_RANGE: Mapping[str, frozenset[ValueKind]] = {
    f"{_RDF}langString": frozenset({"text"}),
    f"{_XSD}string": frozenset({"text"}),
    f"{KGO}Date": frozenset({"date", "dateTime"}),
    f"{_XSD}date": frozenset({"date"}),
    f"{_XSD}dateTime": frozenset({"dateTime"}),
    f"{_XSD}integer": frozenset({"count"}),
    f"{_XSD}nonNegativeInteger": frozenset({"count"}),
    f"{_XSD}positiveInteger": frozenset({"count"}),
    f"{_XSD}decimal": frozenset({"count"}),
    f"{KGO}Specification": frozenset({"specification"}),
}


def read_ontology(path: Path) -> Schema:
    """The schema in the Turtle file ``path``.

    Raises:
        OntologyError: where the file is no Turtle, lacks a term that it names, or contradicts itself.
    """
    return _Reader(path).read()


class _Reader:
    """One reading of one file: its triples by subject, and the checks on the way."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._text = ""
        self._about: dict[str, dict[str, list[str]]] = {}
        self._words: dict[tuple[str, str, str], str] = {}

    def read(self) -> Schema:
        for triple in self._parse():
            self._note(triple)
        of_things, of_words = self._named("ObjectProperty"), self._named("DatatypeProperty")
        names, properties = self._named("Class"), of_things | of_words
        if not names:
            raise OntologyError(f"{self._path}: declares no class in <{KGO}>; start from the ontology/kg.ttl of kg")
        for name in sorted(of_things & of_words):
            raise self._error(name, "is both an object and a datatype property; keep one")
        self._check_declared(names, properties)
        classes = {name: self._class(name, names) for name in sorted(names)}
        self._check_tops(classes)
        return Schema(
            path=str(self._path),
            classes=MappingProxyType(classes),
            properties=MappingProxyType({p: self._property(p, properties, classes) for p in sorted(properties)}),
            disjoint_pairs=self._disjoint(),
        )

    def _parse(self) -> list[Triple]:
        from pyoxigraph import RdfFormat, parse

        try:
            self._text = self._path.read_text("utf-8")
            return [quad.triple for quad in parse(self._text, format=RdfFormat.TURTLE)]
        except OSError as error:
            raise OntologyError(
                f"{self._path}: can't be read ({error.strerror}); give the path of a Turtle file"
            ) from error
        except UnicodeDecodeError as error:
            raise OntologyError(f"{self._path}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
        except SyntaxError as error:
            raise OntologyError(
                f"{self._path}:{error.lineno or 1}: is not Turtle: {error.msg}; mend that line"
            ) from error

    def _note(self, triple: Triple) -> None:
        from pyoxigraph import Literal

        subject, predicate, found = str(triple.subject).strip("<>"), triple.predicate.value, triple.object
        if isinstance(found, Literal):
            if found.language:
                self._words[subject, predicate, found.language] = found.value
            value = found.value
        else:
            value = str(found).strip("<>")
        self._about.setdefault(subject, {}).setdefault(predicate, []).append(value)

    def _get(self, subject: str, predicate: str) -> list[str]:
        return self._about.get(subject, {}).get(predicate, [])

    def _named(self, kind: str) -> set[str]:
        wanted = _OWL + kind
        return {
            iri.removeprefix(KGO)
            for iri, about in self._about.items()
            if iri.startswith(KGO) and wanted in about.get(f"{_RDF}type", ())
        }

    def _list(self, node: str) -> list[str]:
        items = []
        while node != f"{_RDF}nil":
            items += self._get(node, f"{_RDF}first")
            node = (self._get(node, f"{_RDF}rest") or [f"{_RDF}nil"])[0]
        return items

    def _class(self, name: str, known: set[str]) -> OntologyClass:
        above = self._get(KGO + name, f"{_RDFS}subClassOf")
        return OntologyClass(
            name=name,
            parents=tuple(sorted(self._known(name, "class", above, known))),
            ancestors=self._ancestors(name, f"{_RDFS}subClassOf"),
            aligned=tuple(sorted(iri for iri in above if not iri.startswith((KGO, "_:")))),
            **self._wording(name),
        )

    def _property(self, name: str, known: set[str], classes: Mapping[str, OntologyClass]) -> OntologyProperty:
        above = self._get(KGO + name, f"{_RDFS}subPropertyOf")
        is_literal = f"{_OWL}DatatypeProperty" in self._get(KGO + name, f"{_RDF}type")
        ends = self._union(name, f"{_RDFS}range")
        kinds = self._kinds(name, ends, is_literal)
        return OntologyProperty(
            name=name,
            domain=tuple(sorted(self._known(name, "class", self._union(name, f"{_RDFS}domain"), classes))),
            range=() if is_literal else tuple(sorted(self._known(name, "class", ends, classes))),
            kinds=kinds,
            datatype=(ends or [f"{_RDF}langString"])[0] if is_literal else None,
            parents=tuple(sorted(self._known(name, "property", above, known))),
            ancestors=self._ancestors(name, f"{_RDFS}subPropertyOf"),
            aligned=self._aligned(above),
            symmetric=f"{_OWL}SymmetricProperty" in self._get(KGO + name, f"{_RDF}type"),
            **self._wording(name),
        )

    def _kinds(self, name: str, ends: list[str], is_literal: bool) -> frozenset[ValueKind]:
        if not is_literal:
            return _KINDS_OF_RANGE.get(ends[0], frozenset()) if len(ends) == 1 else frozenset()
        said = self._get(KGO + name, f"{KGO}valueKind")
        for kind in get_args(ValueKind):
            if kind in said:
                return frozenset({kind})
        if said:
            raise self._error(name, f"has unknown kgo:valueKind '{said[0]}'; known: {', '.join(get_args(ValueKind))}")
        if len(ends) > 1 or (ends and ends[0] not in _KINDS_OF_RANGE):
            known = sorted(iri for iri in _KINDS_OF_RANGE if iri != f"{KGO}Specification")
            raise self._error(name, f"has unknown range {' '.join(ends)}; known: {', '.join(map(_short, known))}")
        return _KINDS_OF_RANGE[ends[0]] if ends else frozenset({"text"})

    def _aligned(self, above: list[str]) -> tuple[tuple[str, bool], ...]:
        direct = [(iri, False) for iri in above if not iri.startswith((KGO, "_:"))]
        inverse = [(iri, True) for node in above for iri in self._get(node, f"{_OWL}inverseOf") if node[:2] == "_:"]
        return tuple(sorted(direct + inverse))

    def _union(self, name: str, predicate: str) -> list[str]:
        nodes, found = self._get(KGO + name, predicate), []
        if len(nodes) > 1:
            raise self._error(name, f"has {len(nodes)} of {_short(predicate)}; join them in one owl:unionOf")
        for node in nodes:
            lists = self._get(node, f"{_OWL}unionOf")
            found += [item for head in lists for item in self._list(head)] if lists else [node]
        return found

    def _known(self, name: str, what: str, iris: Iterable[str], known: Iterable[str]) -> list[str]:
        found = [iri.removeprefix(KGO) for iri in iris if iri.startswith(KGO)]
        for each in found:
            if each not in known:
                raise self._error(name, f"names an unknown {what} 'kgo:{each}'; known: {', '.join(sorted(known))}")
        return found

    def _ancestors(self, name: str, via: str) -> frozenset[str]:
        seen, todo = {name}, [name]
        while todo:
            above = {iri.removeprefix(KGO) for iri in self._get(KGO + todo.pop(), via) if iri.startswith(KGO)}
            if name in above:
                raise self._error(name, "lies above itself; take one link of the circle out")
            todo += above - seen
            seen |= above
        return frozenset(seen)

    def _wording(self, name: str) -> dict[str, str]:
        """Labels and comments; a term that a user adds may do without: its name stands in."""

        def words(predicate: str, language: str, default: str) -> str:
            return self._words.get((KGO + name, _RDFS + predicate, language), default)

        label = words("label", "en", name)
        return {
            "label_en": label,
            "label_zh": words("label", "zh", label),
            "comment_en": words("comment", "en", ""),
            "comment_zh": words("comment", "zh", ""),
        }

    def _disjoint(self) -> frozenset[frozenset[str]]:
        groups = [self._list(head) for about in self._about.values() for head in about.get(f"{_OWL}members", ())]
        groups += [[iri, other] for iri, about in self._about.items() for other in about.get(f"{_OWL}disjointWith", ())]
        return frozenset(
            frozenset({a.removeprefix(KGO), b.removeprefix(KGO)})
            for group in groups
            for a in group
            for b in group
            if a != b and a.startswith(KGO) and b.startswith(KGO)
        )

    def _check_declared(self, classes: set[str], properties: set[str]) -> None:
        """A term that is described and not declared would be dropped without a word: say so instead."""
        of_class, of_property = {f"{_RDFS}subClassOf"}, {f"{_RDFS}subPropertyOf", f"{_RDFS}domain", f"{_RDFS}range"}
        for iri, about in sorted(self._about.items()):
            name = iri.removeprefix(KGO)
            if name == iri:
                for parent in (p for via in of_class | of_property for p in about.get(via, ()) if p.startswith(KGO)):
                    raise OntologyError(
                        f"{self._path}: <{iri}> names {_short(parent)} but is not in kgo:; name it kgo:…"
                    )
            elif name not in classes and of_class & about.keys():
                raise self._error(name, "has a superclass but is no class; add 'a owl:Class'")
            elif name not in properties and of_property & about.keys():
                raise self._error(name, "is no property; add 'a owl:ObjectProperty' or 'a owl:DatatypeProperty'")

    def _check_tops(self, classes: Mapping[str, OntologyClass]) -> None:
        for name, each in classes.items():
            tops = sorted(above for above in each.ancestors if not classes[above].parents)
            if len(tops) > 1:
                raise self._error(name, f"lies below {' and '.join(tops)}; give it one top class")

    def _error(self, name: str, problem: str) -> OntologyError:
        line = re.search(rf"^kgo:{re.escape(name)}\b", self._text, re.MULTILINE)
        place = f"{self._path}:{self._text.count(chr(10), 0, line.start()) + 1}" if line else str(self._path)
        return OntologyError(f"{place}: kgo:{name} {problem}")


def _short(iri: str) -> str:
    for prefix, namespace in (("kgo", KGO), ("xsd", _XSD), ("rdf", _RDF), ("rdfs", _RDFS)):
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"
