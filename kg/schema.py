"""What the ontology knows: which classes and properties there are, and what may relate to what.

The ontology is data: a class or property that a user adds to the file is known everywhere
without a line of Python.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import get_args

from kg.errors import OntologyError
from kg.model import ValueKind
from kg.resources import resource

KGO = "https://example.org/kg/ontology#"
"""The namespace of classes and properties (``kgo:``); fixed, since every query names it."""


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
    from kg.ontology import read_ontology

    return read_ontology(path)


def _unknown(place: str, what: str, name: str, known: Iterable[str]) -> OntologyError:
    return OntologyError(f"{place}: unknown {what} '{name}'; known: {', '.join(sorted(known))}")
