"""Brings documents together: who is who across them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from kg.ids import entity_id
from kg.model import Entity, Extraction
from kg.model import Knowledge as Graph
from kg.resolution.clusters import Clusters
from kg.resolution.entities import choose_class, choose_label, forms_of
from kg.resolution.events import ResolutionEvent
from kg.resolution.knowledge import Knowledge
from kg.resolution.names import fold
from kg.resolution.reading import Reading, read_extractions
from kg.schema import Schema
from kg.seeds import Lexicon
from kg.statements import Claim, merge_claims


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The graph, and how its things came about."""

    knowledge: Graph
    log: tuple[ResolutionEvent, ...]


def resolve(
    extractions: Iterable[Extraction], *, schema: Schema, lexicon: Lexicon, overrides: None = None
) -> Resolution:
    """Merges what all documents say into things and statements."""
    reading = read_extractions(extractions)
    knowledge = Knowledge(lexicon)
    clusters = Clusters(len(reading.occurrences))
    first: dict[tuple[str, str], int] = {}
    for number, occurrence in enumerate(reading.occurrences):
        ref = knowledge.lookup(occurrence.type, occurrence.name)
        key = fold(ref.name) if ref else occurrence.key
        clusters.join(first.setdefault((occurrence.type, key), number), number)
    entities, ids = _entities(reading, clusters, knowledge, schema)
    claims = (
        Claim(subject=ids[s], relation=r, object=ids[o] if isinstance(o, int) else o, text_key=d.digest)
        for d in reading.documents
        for s, r, o in d.relations
    )
    statements, conflicts = merge_claims(claims, classes={e.id: e.cls for e in entities}, schema=schema)
    documents = sorted((d.document for d in reading.documents), key=lambda d: d.id)
    log = [
        ResolutionEvent(
            kind="conflict", type=c.predicate, names=(c.subject, c.kept, c.dropped), features=(), detail=c.reason
        )
        for c in conflicts
    ]
    return Resolution(
        knowledge=Graph(entities=tuple(entities), statements=statements, documents=tuple(documents)), log=tuple(log)
    )


def _entities(
    reading: Reading, clusters: Clusters, knowledge: Knowledge, schema: Schema
) -> tuple[list[Entity], dict[int, str]]:
    entities: dict[str, Entity] = {}
    ids: dict[int, str] = {}
    for members in clusters.groups():
        occurrences = [reading.occurrences[m] for m in members]
        type = occurrences[0].type
        votes: Counter[str] = Counter()
        label = ""
        for occurrence in occurrences:
            votes.update(dict(occurrence.classes))
            ref = knowledge.lookup(type, occurrence.name)
            if ref:
                label = ref.name
                votes[ref.cls] += 1
        forms = forms_of(occurrences)
        label = label or choose_label(type, forms)
        id = entity_id(type, label)
        ids.update(dict.fromkeys(members, id))
        aliases = tuple(f.text for f in forms if f.text != label)
        entities[id] = Entity(id=id, type=type, cls=choose_class(type, votes, schema), label=label, aliases=aliases)
    return sorted(entities.values(), key=lambda e: e.id), ids
