"""Two graphs as one: what has one id is one thing, and what both tell is one fact."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.errors import InputError
from kg.model import Document, Entity, Evidence, Knowledge, Statement, Value
from kg.statements import HIGHEST, ONE_VALUED

# a person's name alone does not tell who is meant: see kg.resolution.homonyms
_ALIASES_TELL = ("Organization", "Forum", "Product", "Place")


def merge(one: Knowledge, other: Knowledge) -> Knowledge:
    """Both graphs as one; the order of the two makes no difference.

    Raises:
        InputError: where a document's id means different documents in the two.
    """
    _refuse_clashes(one, other)
    names = _joined_names(one, other)
    entities: dict[str, Entity] = {}
    # what keeps its name comes first, and gives the label
    for given in sorted((*one.entities, *other.entities), key=lambda e: (e.id in names, e.id, e.label)):
        entity = _renamed_entity(given, names)
        known = entities.get(entity.id)
        entities[entity.id] = entity if known is None else _joined(known, entity)
    statements: dict[tuple[object, ...], Statement] = {}
    for told in (*one.statements, *other.statements):
        statement = _renamed_statement(told, names)
        known_fact = statements.get(statement.order)
        statements[statement.order] = statement if known_fact is None else _agreed(known_fact, statement)
    documents: dict[str, Document] = {}
    for document in (*one.documents, *other.documents):
        if document.id not in documents or document.text:
            documents[document.id] = document
    return Knowledge(
        entities=tuple(sorted(entities.values(), key=lambda e: e.id)),
        statements=tuple(sorted(_one_value_each(statements.values()))),
        documents=tuple(sorted(documents.values(), key=lambda d: d.id)),
    )


def _refuse_clashes(one: Knowledge, other: Knowledge) -> None:
    texts = {d.id: d for d in one.documents}
    told = {(e.doc_id, e.span): e.text for s in one.statements for e in s.evidence}
    clashing = {d.id for d in other.documents if d.id in texts and not _same(texts[d.id], d)}
    clashing |= {
        e.doc_id for s in other.statements for e in s.evidence if told.get((e.doc_id, e.span), e.text) != e.text
    }
    if clashing:
        name = min(clashing)
        raise InputError(f"document {name!r} is another in each graph; give documents ids of their own and build again")


def _same(one: Document, other: Document) -> bool:
    texts_differ = one.text and other.text and one.text != other.text
    return not texts_differ and (one.title, one.date, one.source) == (other.title, other.date, other.source)


def _joined_names(one: Knowledge, other: Knowledge) -> dict[str, str]:
    """Ids of things that the other graph knows under another name -> the id that stays.

    国家网信办 of one graph is 国家互联网信息办公室 of the other where that lists it among its forms, and no
    second thing of either is called so. The longer name stays.
    """
    pairs = [*_pairs(one, other), *((b, a) for a, b in _pairs(other, one))]
    matched = dict.fromkeys((a.id, b.id) for a, b in pairs)
    uses = Counter(id for pair in matched for id in pair)
    names: dict[str, str] = {}
    for a, b in pairs:
        if uses[a.id] == uses[b.id] == 1:
            stays, goes = sorted((a, b), key=lambda e: (-len(e.label), e.id))
            names[goes.id] = stays.id
    return names


def _pairs(these: Knowledge, those: Knowledge) -> Iterator[tuple[Entity, Entity]]:
    """Things of the two graphs, with ids of their own, of which the first is named as the second is too."""
    mine, theirs = {e.id for e in these.entities}, {e.id for e in those.entities}
    named: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for entity in those.entities:
        for form in {entity.label, *entity.aliases}:
            named[entity.type, form].append(entity)
    for entity in these.entities:
        if entity.type in _ALIASES_TELL and entity.id not in theirs:
            for known in named[entity.type, entity.label]:
                if known.id not in mine:
                    yield entity, known


def _renamed_entity(entity: Entity, names: dict[str, str]) -> Entity:
    properties = {(name, names.get(end, end) if isinstance(end, str) else end): None for name, end in entity.properties}
    return replace(entity, id=names.get(entity.id, entity.id), properties=tuple(properties))


def _renamed_statement(statement: Statement, names: dict[str, str]) -> Statement:
    end = statement.object
    return replace(
        statement,
        subject=names.get(statement.subject, statement.subject),
        object=names.get(end, end) if isinstance(end, str) else end,
    )


def _joined(kept: Entity, added: Entity) -> Entity:
    """One thing of two descriptions; the finer class wins over the top class."""
    aliases = {*kept.aliases, *added.aliases, added.label} - {kept.label}
    finer = sorted({kept.cls, added.cls} - {kept.type})
    return replace(
        kept,
        cls=finer[0] if finer else kept.type,
        aliases=tuple(sorted(aliases)),
        same_as=tuple(sorted({*kept.same_as, *added.same_as})),
        properties=tuple(sorted({*kept.properties, *added.properties}, key=lambda fact: (fact[0], str(fact[1])))),
    )


def _agreed(kept: Statement, added: Statement) -> Statement:
    """One fact of two tellings: documents that only one graph has make it surer, as in one build."""
    confidence = max(kept.confidence, added.confidence)
    if _documents(kept.evidence).isdisjoint(_documents(added.evidence)):
        confidence = min(round(1 - (1 - kept.confidence) * (1 - added.confidence), 3), HIGHEST)
    return replace(
        kept,
        confidence=confidence,
        evidence=tuple(sorted({*kept.evidence, *added.evidence})),
        qualifiers=tuple(sorted({*kept.qualifiers, *added.qualifiers})),
    )


def _one_value_each(statements: Iterable[Statement]) -> list[Statement]:
    """Of two first days of one forum, that with more documents, else the surer, else the earlier."""
    kept: dict[tuple[object, ...], Statement] = {}
    for statement in statements:
        single = statement.predicate in ONE_VALUED and isinstance(statement.object, Value)
        key: tuple[object, ...] = (statement.subject, statement.predicate) if single else statement.order
        rival = kept.get(key)
        kept[key] = statement if rival is None else min(rival, statement, key=_support)
    return list(kept.values())


def _support(statement: Statement) -> tuple[object, ...]:
    return -len(_documents(statement.evidence)), -statement.confidence, statement.order


def _documents(evidence: Iterable[Evidence]) -> frozenset[str]:
    return frozenset(item.doc_id for item in evidence)
