"""Brings documents together: who is who across them.

The order matters. Organisations, places and products first, then forums and their editions, and
last the names that say who only by what stands around them, persons above all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import cast

from kg.model import EntityType, Extraction
from kg.model import Knowledge as Graph
from kg.resolution import forums, organizations, people, places, products
from kg.resolution.clusters import Clusters
from kg.resolution.entities import EntityMaker, Thing
from kg.resolution.events import ResolutionEvent
from kg.resolution.homonyms import Contexts, attach, link_homonyms, near_documents
from kg.resolution.knowledge import Knowledge
from kg.resolution.linking import Linker
from kg.resolution.makers import mark_makers
from kg.resolution.names import fold
from kg.resolution.naming import Naming
from kg.resolution.obedience import Obedience
from kg.resolution.overrides import Overrides
from kg.resolution.placing import Placing
from kg.resolution.reading import IRREFLEXIVE, Reading, read_extractions
from kg.resolution.rules import NameRules
from kg.resolution.series import ForumRole, forum_roles
from kg.schema import Schema
from kg.seeds import Lexicon, NameRef
from kg.statements import Claim, Conflict, merge_claims

RULES: tuple[NameRules, ...] = tuple(
    NameRules(
        type=type, short_names=room.short_names, in_one_text=room.in_one_text, is_weak=room.is_weak, last_renaming=rank
    )
    for type, room, rank in (("Organization", organizations, 0), ("Place", places, 1), ("Product", products, 0))
)
"""How names are shortened, type by type; forums are linked series by series and persons one by one."""

_MARKED = frozenset(rules.type for rules in RULES)

FORUM_RULES = NameRules(
    type="Forum", short_names=forums.short_names, in_one_text=forums.in_one_text, is_weak=forums.is_weak,
    same_words=forums.same_words,
)  # fmt: skip


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

    def by_name(self, extractions: Iterable[Extraction]) -> dict[tuple[str, str, str], str]:
        """(document id, type, name as mentioned) -> entity id: what ``kg.evaluation.clusters`` compares."""
        mentions = (m for e in extractions for m in e.mentions)
        return {(m.doc_id, m.type, m.name): self.things[m.doc_id, m.type, fold(m.name)] for m in mentions}


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
        self.naming = Naming(self.reading)
        self.placing = Placing(self.reading, self.naming)
        self.series_clusters = Clusters(len(self.reading.occurrences))
        self.known_people = people.KnownPeople(self.reading, self.knowledge)
        self.contexts: Contexts | None = None

    def run(self) -> Resolution:
        self.obedience.link(self.clusters)
        self.obedience.link(self.series_clusters)
        self._keep_apart()
        linkers = [Linker(rules, self.knowledge, self.clusters, self.log) for rules in RULES]
        linkers.append(Linker(FORUM_RULES, self.knowledge, self.series_clusters, self.log))
        for linker in linkers:
            type = linker.rules.type
            if type == "Product":
                mark_makers(self.reading, self.clusters)
            linker.run(self.naming.all(type), self.naming.bracketed(type), self.naming.introduced(type))
        near = near_documents(self.reading, self.clusters, self.series_clusters)
        for linker in linkers:
            linker.run_again(near)
        self.placing.place(self.series_clusters, self.clusters, self.log)
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
                        if occurrences[a].type == "Forum" and self.naming.one(a).key != self.naming.one(b).key:
                            self.series_clusters.forbid(a, b, reason)

    def _same_in_lexicon(self, a: int, b: int) -> bool:
        ref, other_ref = self._in_lexicon(a), self._in_lexicon(b)
        return ref is not None and other_ref is not None and ref.name == other_ref.name

    # -- names that need company ----------------------------------------------------------------

    def _link_by_context(self) -> None:
        self.contexts = Contexts.of(self.reading, self.clusters, self.series_clusters, self._outlets())
        for rules in (*RULES, FORUM_RULES):
            weak: dict[str, list[int]] = defaultdict(list)
            for node in self.naming.nodes(rules.type):
                named = self.naming.one(node)
                if rules.is_weak(named.key, self.knowledge):
                    weak[self.reading.occurrences[node].key].append(node)
            for _, nodes in sorted(weak.items()):
                if len(nodes) > 1:
                    link_homonyms(self.reading.occurrences[nodes[0]].name, nodes, self.contexts, self.log)
        self._link_people()

    def _outlets(self) -> frozenset[int]:
        """The occurrences of news media."""
        occurrences = self.reading.occurrences
        return frozenset(
            node
            for node in self.naming.nodes("Organization")
            if any(cls == "MediaOutlet" for cls, _ in occurrences[node].classes)
            or ((ref := self.knowledge.lookup("Organization", occurrences[node].name)) and ref.cls == "MediaOutlet")
        )

    def _link_people(self) -> None:
        assert self.contexts is not None
        nodes = self.naming.nodes("Person")
        full_name = people.FullNames(self.reading, self.knowledge, self.known_people, self.clusters, self.log)
        groups: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
        names: dict[str, str] = {}
        for node, name, own in full_name.of(nodes, self.naming.bracketed("Person")):
            groups[fold(name)][not own].append(node)
            names.setdefault(fold(name), name)
        for key, (own_nodes, short_nodes) in sorted(groups.items()):
            telling = people.telling(names[key], self.knowledge)
            link_homonyms(names[key], own_nodes or short_nodes, self.contexts, self.log, telling)
            if own_nodes and (left := attach(short_nodes, own_nodes, self.contexts)):
                link_homonyms(names[key], left, self.contexts, self.log)

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
                (self.reading.documents[o.doc].document.id, o.type, o.said): ids[i]
                for i, o in enumerate(self.reading.occurrences)
            },
        )

    def _things(self) -> list[Thing]:
        groups = {self.clusters.find(group[0]): group for group in self.clusters.groups()}
        with_facts = {s for d in self.reading.documents for s, _, _ in d.relations}
        with_facts |= {o for d in self.reading.documents for _, _, o in d.relations if isinstance(o, int)}
        roles = forum_roles(self.placing.placed, self.clusters, self.placing.label, with_facts)
        things: list[Thing] = []
        for root, nodes in sorted(groups.items(), key=lambda item: item[1]):
            role = roles.forums.get(root)
            plain = [n for n in nodes if n not in roles.series_nodes]
            if plain:
                things.append(self._thing(plain, role))
        for label, nodes in sorted(roles.members.items()):
            things.append(Thing(type="Forum", nodes=tuple(sorted(nodes)), series=label, is_series=True))
        return self._named_apart(things)

    def _named_apart(self, things: list[Thing]) -> list[Thing]:
        """Where the user parts two names of the lexicon, only one thing keeps the lexicon's label."""
        sharing = Counter((t.type, t.canonical.name) for t in things if t.canonical and t.type in _MARKED)
        return [
            replace(thing, canonical=None)
            if (ref := thing.canonical)
            and sharing[thing.type, ref.name] > 1
            and all(self.reading.occurrences[n].key != fold(ref.name) for n in thing.nodes)
            else thing
            for thing in things
        ]

    def _thing(self, nodes: list[int], role: ForumRole | None) -> Thing:
        occurrences = [self.reading.occurrences[n] for n in nodes]
        type = occurrences[0].type
        # the longest name tells most: 帕特·基辛格, not 基辛格
        refs = [(len(self.reading.occurrences[n].key), r.name, r) for n in nodes if (r := self._in_lexicon(n))]
        if type in _MARKED or type == "Forum":  # what a text calls IDG or 农博会 need not be what the lexicon calls so
            linked = self.series_clusters if type == "Forum" else self.clusters
            mark = linked.marks(nodes[0]).get("lexicon")
            refs = [ref for ref in refs if ref[1] == mark]
        return Thing(
            type=type,
            nodes=tuple(nodes),
            canonical=max(refs)[2] if refs else None,
            label=self.obedience.label(nodes),
            identity=role.identity if role else None,
            series=role.series if role else None,
        )

    def _in_lexicon(self, node: int) -> NameRef | None:
        one = self.reading.occurrences[node]
        return self.known_people.of(node) if one.type == "Person" else self.knowledge.lookup(one.type, one.name)

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
