"""Reads ``ontology/kg.ttl``: which classes and properties there are, and what may relate to what.

The ontology is data: a class or property that a user adds to the file is known everywhere
without a line of Python.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, get_args

from kg.errors import OntologyError
from kg.model import ValueKind
from kg.resources import resource

if TYPE_CHECKING:
    from pyoxigraph import Triple

KGO = "https://example.org/kg/ontology#"
"""The namespace of classes and properties (``kgo:``); fixed, since every query names it."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class OntologyClass:
    """A class of the ontology.

    Args:
        name: its local name (``Company``).
        parents: names of its direct superclasses in the ontology.
        ancestors: itself and every superclass in the ontology.
        aligned: IRIs of its superclasses in other vocabularies, sorted.
    """

    name: str
    parents: tuple[str, ...]
    ancestors: frozenset[str]
    aligned: tuple[str, ...]
    label_zh: str
    label_en: str
    comment_zh: str
    comment_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OntologyProperty:
    """A property of the ontology.

    Args:
        name: its local name (``worksFor``).
        domain: classes of which a subject has at least one; empty where any will do.
        range: classes of which an object has at least one; empty for a literal.
        kinds: kinds of :class:`kg.model.Value` that it takes; empty where its object is a thing.
        datatype: IRI of the literals' datatype, None where its object is a node.
        parents: names of its direct superproperties in the ontology.
        ancestors: itself and every superproperty in the ontology.
        aligned: (IRI, inverse) of its superproperties in other vocabularies, sorted;
            ``inverse`` where subject and object change places.
        symmetric: whether it holds both ways.
    """

    name: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    kinds: frozenset[ValueKind]
    datatype: str | None
    parents: tuple[str, ...]
    ancestors: frozenset[str]
    aligned: tuple[tuple[str, bool], ...]
    symmetric: bool
    label_zh: str
    label_en: str
    comment_zh: str
    comment_en: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Schema:
    """The ontology, ready to be asked; made by :func:`load_schema`.

    Args:
        path: the file it was read from, for messages.
        classes: by name, in the order of names.
        properties: by name, in the order of names.
        disjoint_pairs: unordered pairs of class names declared disjoint.
    """

    path: str
    classes: Mapping[str, OntologyClass]
    properties: Mapping[str, OntologyProperty]
    disjoint_pairs: frozenset[frozenset[str]]

    def class_(self, name: str) -> OntologyClass:
        """The class called ``name``.

        Raises:
            OntologyError: where there is none.
        """
        try:
            return self.classes[name]
        except KeyError:
            raise _unknown(self.path, "class", name, self.classes) from None

    def property_(self, name: str) -> OntologyProperty:
        """The property called ``name``.

        Raises:
            OntologyError: where there is none.
        """
        try:
            return self.properties[name]
        except KeyError:
            raise _unknown(self.path, "property", name, self.properties) from None

    def top(self, cls: str) -> str:
        """The top class above ``cls``: ``Organization`` for ``Hospital``, itself for ``Person``."""
        return min(name for name in self.class_(cls).ancestors if not self.classes[name].parents)

    def is_subclass(self, cls: str, of: str) -> bool:
        """Whether ``cls`` is ``of`` or lies below it."""
        return of in self.class_(cls).ancestors

    def subclasses(self, cls: str) -> frozenset[str]:
        """``cls`` and every class below it."""
        return frozenset(name for name, each in self.classes.items() if cls in each.ancestors)

    def is_subproperty(self, predicate: str, of: str) -> bool:
        """Whether ``predicate`` is ``of`` or lies below it, as speaksAt lies below attends."""
        return of in self.property_(predicate).ancestors

    def are_disjoint(self, a: str, b: str) -> bool:
        """Whether nothing can be both an ``a`` and a ``b``."""
        return any(
            frozenset({x, y}) in self.disjoint_pairs
            for x in self.class_(a).ancestors
            for y in self.class_(b).ancestors
            if x != y
        )

    def allows(self, predicate: str, subject: str, object: str) -> bool:
        """Whether ``predicate`` may lead from a ``subject`` to an ``object``.

        Args:
            predicate: name of a property.
            subject: class of the subject.
            object: class of the object, or the kind of a value (``text``, ``date`` …).

        Raises:
            OntologyError: where the ontology lacks one of them.
        """
        found = self.property_(predicate)
        if found.domain and self.class_(subject).ancestors.isdisjoint(found.domain):
            return False
        if object in get_args(ValueKind):
            return object in found.kinds
        if found.datatype or found.kinds:
            self.class_(object)
            return False
        return not found.range or not self.class_(object).ancestors.isdisjoint(found.range)

    def facts(self) -> frozenset[str]:
        """Names of the properties that say something of the world, not of statements and evidence."""
        inner = {"Statement", "Evidence", "Document", "Specification"}
        return frozenset(name for name, each in self.properties.items() if inner.isdisjoint(each.domain))


def load_schema(path: Path | str | None = None) -> Schema:
    """The schema in ``path``, or in the ontology that ships with kg; read once a process.

    Raises:
        OntologyError: where the file is no Turtle or contradicts itself.
    """
    return _load(Path(path) if path else resource("ontology/kg.ttl"))


@lru_cache(maxsize=8)
def _load(path: Path) -> Schema:
    return _Reader(path).read()


def _unknown(place: str, what: str, name: str, known: Iterable[str]) -> OntologyError:
    return OntologyError(f"{place}: unknown {what} '{name}'; known: {', '.join(sorted(known))}")


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
        names = {kind: self._named(kind) for kind in ("Class", "ObjectProperty", "DatatypeProperty")}
        self._refuse_foreign(names["Class"])
        for both in names["ObjectProperty"] & names["DatatypeProperty"]:
            raise self._error(both, "is both an object and a datatype property; keep one")
        if not names["Class"]:
            raise OntologyError(f"{self._path}: declares no class in <{KGO}>; start from the ontology/kg.ttl of kg")
        classes = {name: self._class(name, names["Class"]) for name in sorted(names["Class"])}
        properties = names["ObjectProperty"] | names["DatatypeProperty"]
        schema = Schema(
            path=str(self._path),
            classes=MappingProxyType(classes),
            properties=MappingProxyType({p: self._property(p, properties, classes) for p in sorted(properties)}),
            disjoint_pairs=self._disjoint(),
        )
        self._check(schema)
        return schema

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
        inverse = [
            (iri, True) for node in above if node.startswith("_:") for iri in self._get(node, f"{_OWL}inverseOf")
        ]
        return tuple(sorted(direct + inverse))

    def _union(self, name: str, predicate: str) -> list[str]:
        found = []
        for node in self._get(KGO + name, predicate):
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

    def _refuse_foreign(self, known: set[str]) -> None:
        """A class of one's own outside kgo: would be dropped without a word: say so instead."""
        for iri, about in sorted(self._about.items()):
            for parent in about.get(f"{_RDFS}subClassOf", ()):
                if not iri.startswith(KGO) and parent.startswith(KGO):
                    raise OntologyError(
                        f"{self._path}: <{iri}> is a subclass of {_short(parent)} but not in kgo:; name it kgo:…"
                    )
                if iri.startswith(KGO) and iri.removeprefix(KGO) not in known:
                    raise self._error(iri.removeprefix(KGO), "has a superclass but is no class; add 'a owl:Class'")

    def _check(self, schema: Schema) -> None:
        for name, each in schema.classes.items():
            tops = sorted(a for a in each.ancestors if not schema.classes[a].parents)
            if len(tops) > 1:
                raise self._error(name, f"lies below {' and '.join(tops)}; give it one top class")

    def _error(self, name: str, problem: str) -> OntologyError:
        line = re.search(rf"^kgo:{re.escape(name)}\b", self._text, re.MULTILINE)
        place = f"{self._path}:{self._text.count(chr(10), 0, line.start()) + 1}" if line else str(self._path)
        return OntologyError(f"{place}: kgo:{name} {problem}")


def _short(iri: str) -> str:
    for prefix, namespace in (("kgo", KGO), ("xsd", _XSD), ("rdf", _RDF)):
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return f"<{iri}>"
