"""The things and facts of a graph, told in the terms of the annotations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Container, Mapping
from dataclasses import dataclass

from kg.evaluation.gold import LITERALS, PREDICATES, Fact, Gold, Key, Name, fold, fold_value, is_short_form
from kg.model import ENTITY_TYPES, Entity, Knowledge, Statement, Value
from kg.schema import Schema

_NARROWER = {"attends": ("speaksAt", "exhibitsAt"), "organizer": ("coOrganizer",)}
"""A predicate on the left is right too wherever one on its right is wanted."""

_SYMMETRIC = frozenset(("cooperatesWith",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A thing of a graph that is of a scored type.

    Args:
        match: the gold entity it stands for and whether that is wanted; None for neither.
        document: the first document that tells a fact of it, where one does.
    """

    entity: Entity
    types: frozenset[str]
    match: tuple[bool, Key] | None
    document: str | None

    @property
    def key(self) -> Key:
        """The gold entity's key, else one of its own."""
        return self.match[1] if self.match else ("?", self.entity.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A fact of a graph, with the statements that make it.

    Args:
        optional: whether an end is an entity that a reader may or may not want.
    """

    fact: Fact
    statements: tuple[Statement, ...]
    optional: bool


def things_of(knowledge: Knowledge, gold: Gold, schema: Schema) -> dict[str, Thing]:
    """The things of the five types, by id."""
    first: dict[str, str] = {}
    for statement in knowledge.statements:
        document = document_of(statement)
        for end in (statement.subject, statement.object):
            if isinstance(end, str) and document is not None:
                first.setdefault(end, document)
    things = {}
    for entity in knowledge.entities:
        types = frozenset(t for t in ENTITY_TYPES if schema.is_subclass(entity.cls, t) or entity.type == t)
        if types:
            label = fold(entity.label)
            names = {label, *(fold(alias) for alias in entity.aliases if not is_short_form(alias))}
            match = gold.match(types, label, names)
            things[entity.id] = Thing(entity=entity, types=types, match=match, document=first.get(entity.id))
    return things


def names_of(knowledge: Knowledge, things: Mapping[str, Thing], gold: Gold) -> dict[Name, str]:
    """The thing that each annotated name became, by id.

    A graph does not keep which document used which name. A name that one thing of its type has is
    that thing's; one that several things or several annotated entities have is that of the thing of
    which its document tells a fact. Names for which that leaves none, or several, are left out.
    """
    having: dict[tuple[str, str], set[str]] = defaultdict(set)
    for id, thing in things.items():
        for form in (thing.entity.label, *thing.entity.aliases):
            for kind in thing.types:
                having[kind, fold(form)].add(id)
    told: dict[str, set[str]] = defaultdict(set)
    for statement in knowledge.statements:
        for end in (statement.subject, statement.object):
            if isinstance(end, str):
                told[end].update(evidence.doc_id for evidence in statement.evidence)
    owners: dict[tuple[str, str], set[Key]] = defaultdict(set)
    for (_, type, form), keys in gold.names.items():
        owners[type, form] |= keys
    found: dict[Name, str] = {}
    for document, type, form in gold.names:
        ids = having.get((type, form), set())
        if len(ids) > 1 or len(owners[type, form]) > 1:
            ids = {id for id in ids if document in told[id]}
        if len(ids) == 1:
            found[document, type, form] = min(ids)
    return found


def claims_of(knowledge: Knowledge, things: Mapping[str, Thing], schema: Schema) -> dict[Fact, Claim]:
    """The scored facts; one that a narrower one says too is left out."""
    labels = {entity.id: entity.label for entity in knowledge.entities}
    made: dict[Fact, list[Statement]] = defaultdict(list)
    optional: set[Fact] = set()
    for statement in knowledge.statements:
        subject = things.get(statement.subject)
        for predicate in _scored(statement.predicate, schema):
            end = _end(predicate, statement.object, things, labels)
            if end is None:
                continue
            fact = (subject.key if subject else ("?", statement.subject), predicate, end[0])
            made[fact].append(statement)
            if end[1] or (subject and subject.match and not subject.match[0]):
                optional.add(fact)
    kept = made.keys() - redundant(made.keys())
    return {fact: Claim(fact=fact, statements=tuple(made[fact]), optional=fact in optional) for fact in kept}


def redundant(facts: Collection[Fact]) -> set[Fact]:
    """The facts that a narrower one among them already says: attends beside speaksAt."""
    return {fact for fact in facts if any((fact[0], q, fact[2]) in facts for q in _NARROWER.get(fact[1], ()))}


def holds(fact: Fact, among: Container[Fact]) -> bool:
    """Whether a fact, its mirror image (cooperatesWith) or a narrower one is among others."""
    return among_as(fact, among) is not None


def among_as(fact: Fact, among: Container[Fact]) -> Fact | None:
    """The form in which a fact is among others, else None."""
    subject, predicate, end = fact
    forms = [fact, *((subject, narrower, end) for narrower in _NARROWER.get(predicate, ()))]
    if predicate in _SYMMETRIC and isinstance(end, tuple):
        forms.insert(1, (end, predicate, subject))
    return next((form for form in forms if form in among), None)


def document_of(statement: Statement) -> str | None:
    """The first document that tells a statement."""
    return min((evidence.doc_id for evidence in statement.evidence), default=None)


def _scored(predicate: str, schema: Schema) -> tuple[str, ...]:
    """The scored predicates that one of the graph speaks for: itself, else those above it."""
    if predicate in PREDICATES:
        return (predicate,)
    return tuple(sorted(PREDICATES & schema.property_(predicate).ancestors))


def _end(
    predicate: str, end: str | Value, things: Mapping[str, Thing], labels: Mapping[str, str]
) -> tuple[Key | str, bool] | None:
    """The object of a fact, and whether it is an optional entity; None where the predicate can't have it."""
    if predicate in LITERALS:
        text = end.text if isinstance(end, Value) else labels.get(end)
        return (fold_value(predicate, text), False) if text is not None else None
    if isinstance(end, Value):
        return None
    thing = things.get(end)
    if thing is None:
        return ("?", end), False
    return thing.key, bool(thing.match and not thing.match[0])
