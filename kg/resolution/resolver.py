"""Brings documents together: who is who across them.

The order matters. Organisations, places and products first, then forums and their editions, and
last the names that say who only by what stands around them, persons above all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from kg.model import EntityType, Extraction, Value
from kg.model import Knowledge as Graph
from kg.resolution import forums, organizations, people, places, products
from kg.resolution.clusters import Clusters
from kg.resolution.editions import ForumOccurrence, Series, place_editions
from kg.resolution.entities import EntityMaker, Thing
from kg.resolution.events import ResolutionEvent
from kg.resolution.features import Named
from kg.resolution.homonyms import Contexts, link_homonyms, near_documents
from kg.resolution.knowledge import Knowledge
from kg.resolution.linking import Linker, NameRules
from kg.resolution.names import fold
from kg.resolution.obedience import Obedience
from kg.resolution.overrides import Overrides
from kg.resolution.reading import IRREFLEXIVE, Reading, read_extractions
from kg.resolution.series import ForumRole, forum_roles
from kg.schema import Schema
from kg.seeds import Lexicon
from kg.statements import Claim, Conflict, merge_claims

RULES: tuple[NameRules, ...] = tuple(
    NameRules(type=type, short_names=room.short_names, in_one_text=room.in_one_text, is_weak=room.is_weak)
    for type, room in (("Organization", organizations), ("Place", places), ("Product", products))
)
"""How names are shortened, type by type; forums are linked series by series and persons one by one."""

FORUM_RULES = NameRules(
    type="Forum", short_names=forums.short_names, in_one_text=forums.in_one_text, is_weak=forums.is_weak
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """The graph, and how its things came about.

    Args:
        log: every merge, refusal and split, sorted.
        things: (document id, entity type, folded name) -> entity id.
    """

    knowledge: Graph
    log: tuple[ResolutionEvent, ...]
    things: Mapping[tuple[str, str, str], str]

    def thing_of(self, doc_id: str, type: str, name: str) -> str | None:
        """The id of what a document calls ``name``."""
        return self.things.get((doc_id, type, fold(name)))


def resolve(
    extractions: Iterable[Extraction], *, schema: Schema, lexicon: Lexicon, overrides: Overrides | None = None
) -> Resolution:
    """Merges what all documents say into things and statements.

    The outcome does not depend on the order of the extractions, nor on the documents' ids.

    Args:
        extractions: one a document.
        schema: the ontology: classes of things, ends of relations.
        lexicon: names that are common knowledge, head words, titles.
        overrides: what the user knows better.
    """
    return _Resolver(extractions, schema, lexicon, overrides or Overrides()).run()


class _Resolver:
    """One run; its parts in the order of :meth:`run`."""

    def __init__(
        self, extractions: Iterable[Extraction], schema: Schema, lexicon: Lexicon, overrides: Overrides
    ) -> None:
        types = {fold(name): (cast(EntityType, schema.top(cls)), cls) for name, cls in overrides.types}
        self.schema = schema
        self.knowledge = Knowledge(lexicon)
        self.reading: Reading = read_extractions(extractions, types)
        self.clusters = Clusters(len(self.reading.occurrences))
        self.log: list[ResolutionEvent] = []
        self.obedience = Obedience(overrides, self.reading, self.log)
        self.series: dict[int, list[int]] = {}
        self.placed: dict[int, Series] = {}
        self.series_clusters = Clusters(len(self.reading.occurrences))
        self.contexts: Contexts | None = None

    def run(self) -> Resolution:
        self.obedience.link(self.clusters)
        self.obedience.link(self.series_clusters)
        self._keep_apart()
        linkers = [Linker(rules, self.knowledge, self.clusters, self.log) for rules in RULES]
        linkers.append(Linker(FORUM_RULES, self.knowledge, self.series_clusters, self.log))
        for linker in linkers:
            linker.run(self._named(linker.rules.type), self._bracketed(linker.rules.type))
        near = near_documents(self.reading, self.clusters, self.series_clusters)
        for linker in linkers:
            linker.run_again(near)
        self._place_forums()
        self._link_by_context()
        return self._finish()

    def _keep_apart(self) -> None:
        """What stands side by side in a list, or in a relation that nothing has to itself, is two things."""
        occurrences = self.reading.occurrences
        for document in self.reading.documents:
            related = (
                (s, o)
                for s, relation, o in document.relations
                if isinstance(o, int) and relation.predicate in IRREFLEXIVE
            )
            for reason, pairs in (("listed together", document.listed), ("related to each other", related)):
                for a, b in pairs:
                    if occurrences[a].type == occurrences[b].type and not self._same_in_lexicon(a, b):
                        self.clusters.forbid(a, b, reason)
                        if occurrences[a].type == "Forum" and self._base(a) != self._base(b):
                            self.series_clusters.forbid(a, b, reason)

    def _same_in_lexicon(self, a: int, b: int) -> bool:
        one, other = self.reading.occurrences[a], self.reading.occurrences[b]
        ref, other_ref = self.knowledge.lookup(one.type, one.name), self.knowledge.lookup(other.type, other.name)
        return ref is not None and other_ref is not None and ref.name == other_ref.name

    def _base(self, node: int) -> str:
        return forums.parse_forum(self.reading.occurrences[node].name).base

    def _numbers(self, type: str) -> list[int]:
        return [i for i, o in enumerate(self.reading.occurrences) if o.type == type]

    def _one(self, node: int) -> Named:
        occurrence = self.reading.occurrences[node]
        if occurrence.type == "Forum":
            parsed = forums.parse_forum(occurrence.name)
            return Named(node, occurrence.doc, parsed.base, parsed.words)
        return Named(node, occurrence.doc, occurrence.key, occurrence.name)

    def _named(self, type: str) -> list[Named]:
        return [self._one(node) for node in self._numbers(type)]

    def _bracketed(self, type: str) -> list[tuple[Named, Named, bool]]:
        occurrences = self.reading.occurrences
        pairs = (pair for d in self.reading.documents for pair in d.bracketed)
        return [(self._one(a), self._one(b), told) for a, b, told in pairs if occurrences[a].type == type]

    # -- forums ---------------------------------------------------------------------------------

    def _place_forums(self) -> None:
        for node in self._numbers("Forum"):
            self.series.setdefault(self.series_clusters.find(node), []).append(node)
        years = self._own_years()
        told = {a: b for d in self.reading.documents for x, y, _ in d.bracketed for a, b in ((x, y), (y, x))}
        for root, members in self.series.items():
            forums_here = [self._forum(node, years.get(node), told.get(node)) for node in members]
            self.placed[root] = place_editions(forums_here, self.clusters, self.log)

    def _own_years(self) -> dict[int, int]:
        """The year of each forum's first (or last) day, where its document gives one."""
        years: dict[int, int] = {}
        for document in self.reading.documents:
            for subject, relation, end in document.relations:
                if relation.predicate in ("startDate", "endDate") and isinstance(end, Value) and end.text[:4].isdigit():
                    years[subject] = min(years.get(subject, 9999), int(end.text[:4]))
        return years

    def _forum(self, node: int, own_year: int | None, other: int | None) -> ForumOccurrence:
        occurrence = self.reading.occurrences[node]
        document = self.reading.documents[occurrence.doc].document
        dated = int(document.date[:4]) if document.date and document.date[:4].isdigit() else None
        return ForumOccurrence(
            node=node,
            doc=occurrence.doc,
            name=occurrence.name,
            parsed=forums.parse_forum(occurrence.name),
            count=occurrence.count,
            own_year=own_year,
            doc_year=dated or document.year,
            told_year=forums.parse_forum(self.reading.occurrences[other].name).year if other is not None else None,
        )

    # -- names that need company ----------------------------------------------------------------

    def _link_by_context(self) -> None:
        self.contexts = Contexts.of(self.reading, self.clusters)
        for rules in (*RULES, FORUM_RULES):
            weak: dict[str, list[int]] = defaultdict(list)
            for node in self._numbers(rules.type):
                named = self._one(node)
                if rules.is_weak(named.key, self.knowledge):
                    weak[self.reading.occurrences[node].key].append(node)
            for _, nodes in sorted(weak.items()):
                if len(nodes) > 1:
                    link_homonyms(self.reading.occurrences[nodes[0]].name, nodes, self.contexts, self.log)
        self._link_people()

    def _link_people(self) -> None:
        assert self.contexts is not None
        nodes = self._numbers("Person")
        full_name = people.FullNames(self.reading, self.knowledge, self.clusters, self.log)
        groups: dict[str, list[int]] = defaultdict(list)
        names: dict[str, str] = {}
        for node, name in full_name.of(nodes, self._bracketed("Person")):
            groups[fold(name)].append(node)
            names.setdefault(fold(name), name)
        for key, members in sorted(groups.items()):
            telling = people.telling(names[key], self.knowledge)
            link_homonyms(names[key], members, self.contexts, self.log, telling)

    # -- the outcome ----------------------------------------------------------------------------

    def _finish(self) -> Resolution:
        maker = EntityMaker(self.reading.occurrences, self.knowledge, self.schema, self._discriminate)
        entities, ids = maker.make(self._things())
        claims = (
            Claim(subject=ids[s], relation=r, object=ids[o] if isinstance(o, int) else o, text_key=d.digest)
            for d in self.reading.documents
            for s, r, o in d.relations
            if not self.obedience.denies(s, r, o)
        )
        statements, conflicts = merge_claims(claims, classes={e.id: e.cls for e in entities}, schema=self.schema)
        self.log += map(_conflict_event, conflicts)
        self.obedience.report()
        documents = tuple(sorted((d.document for d in self.reading.documents), key=lambda d: d.id))
        return Resolution(
            knowledge=Graph(entities=tuple(entities), statements=statements, documents=documents),
            log=tuple(sorted(set(self.log))),
            things={
                (self.reading.documents[o.doc].document.id, o.type, o.key): ids[i]
                for i, o in enumerate(self.reading.occurrences)
            },
        )

    def _things(self) -> list[Thing]:
        groups = {self.clusters.find(group[0]): group for group in self.clusters.groups()}
        with_facts = {s for d in self.reading.documents for s, _, _ in d.relations}
        with_facts |= {o for d in self.reading.documents for _, _, o in d.relations if isinstance(o, int)}
        roles = forum_roles(self.placed, self.clusters, self._series_label, with_facts)
        things: list[Thing] = []
        for root, nodes in sorted(groups.items(), key=lambda item: item[1]):
            role = roles.forums.get(root)
            plain = [n for n in nodes if n not in roles.series_nodes]
            if plain:
                things.append(self._thing(plain, role))
        for label, nodes in sorted(roles.members.items()):
            things.append(Thing(type="Forum", nodes=tuple(sorted(nodes)), series=label, is_series=True))
        return things

    def _thing(self, nodes: list[int], role: ForumRole | None) -> Thing:
        occurrences = [self.reading.occurrences[n] for n in nodes]
        type = occurrences[0].type
        # the longest name tells most: 帕特·基辛格, not 基辛格
        refs = [(len(o.key), r.name, r) for o in occurrences if (r := self.knowledge.lookup(type, o.name))]
        return Thing(
            type=type,
            nodes=tuple(nodes),
            canonical=max(refs)[2] if refs else None,
            label=self.obedience.label(nodes),
            identity=role.identity if role else None,
            series=role.series if role else None,
        )

    def _series_label(self, root: int) -> str | None:
        """What a series is called; None where the lexicon does not know it and the texts name it by no base alone."""
        members = [self.reading.occurrences[n] for n in self.series[root]]
        parsed = sorted({forums.parse_forum(o.name).words.strip('“”"·') for o in members})
        known = {r.name for words in parsed if (r := self.knowledge.lookup("Forum", words))}
        return min(known) if known else max(parsed, key=lambda w: (len(fold(w)), w), default=None)

    def _discriminate(self, thing: Thing, label_of: Mapping[int, str]) -> str:
        """What tells a thing from others of its name: what it belongs to, else what it stands with."""
        assert self.contexts is not None
        anchors = [n for node in thing.nodes for n in self.contexts.anchor_nodes(node)]
        names = Counter(label_of[n] for n in anchors if n in label_of)
        if not names and thing.identity and thing.identity.year:
            return str(thing.identity.year)
        return min(names, key=lambda name: (-names[name], name), default="")


def _conflict_event(conflict: Conflict) -> ResolutionEvent:
    return ResolutionEvent(
        kind="conflict",
        type=conflict.predicate,
        names=(conflict.subject, conflict.kept, conflict.dropped),
        features=(conflict.reason,),
        detail=f"{conflict.subject} {conflict.predicate} {conflict.dropped} was left out: {conflict.reason}",
    )
