"""Names that say who only together with something else: persons, 法学院, 颁奖典礼, 1.0版.

Such a name in two documents is one thing only where something links the documents: the same
employer, parent, maker or, failing that, other things they both speak of. What nothing links
stays apart (张伟 of two companies).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.resolution.clusters import Clusters
from kg.resolution.events import ResolutionEvent
from kg.resolution.forums import parse_forum
from kg.resolution.reading import Occurrence, Reading

ANCHORS: Mapping[str, frozenset[tuple[str, str]]] = {
    "Person": frozenset({("subject", "worksFor"), ("subject", "founderOf")}),
    "Organization": frozenset({("subject", "subsidiaryOf"), ("object", "worksFor"), ("object", "founderOf")}),
    "Forum": frozenset({("subject", "subEventOf")}),
    "Product": frozenset({("object", "releases"), ("object", "develops")}),
    "Place": frozenset({("subject", "containedIn"), ("object", "location")}),
}
"""Relations that say whose a thing is."""

_COMPANY: Mapping[str, tuple[frozenset[str], int]] = {
    "Person": (frozenset({"Organization", "Forum", "Product", "Person"}), 1),
    "Organization": (frozenset({"Organization"}), 2),
    "Forum": (frozenset({"Forum", "Organization"}), 1),
    "Product": (frozenset(), 1),
    "Place": (frozenset({"Forum"}), 1),
}
"""Which other things of two documents link a name, and how many of them it takes."""

_LONGEST_CONTEXT = 200
_RARE_ENOUGH = 20


@dataclass(slots=True)
class Contexts:
    """What stands around each occurrence, as clusters of the moment."""

    reading: Reading
    clusters: Clusters
    series: Clusters
    outlets: frozenset[int]
    _anchors: dict[int, set[int]]
    _frequency: Counter[int]

    @classmethod
    def of(cls, reading: Reading, clusters: Clusters, series: Clusters, outlets: frozenset[int]) -> Contexts:
        """Reads all relations and counts in how many documents each thing stands.

        Args:
            reading: all documents.
            clusters: the things.
            series: the series of the forums.
            outlets: occurrences of news media: that one paper printed two texts links nobody in them.
        """
        anchors: dict[int, set[int]] = defaultdict(set)
        frequency: Counter[int] = Counter()
        for document in reading.documents:
            frequency.update({clusters.find(o) for o in document.occurrences})
            forums = (o for o in document.occurrences if reading.occurrences[o].type == "Forum")
            frequency.update({_series(series.find(o)) for o in forums})
            for subject, relation, end in document.relations:
                if isinstance(end, int):
                    for node, side, other in ((subject, "subject", end), (end, "object", subject)):
                        if (side, relation.predicate) in ANCHORS[reading.occurrences[node].type]:
                            anchors[node].add(other)
        return cls(reading, clusters, series, outlets, anchors, frequency)

    def anchor_nodes(self, node: int) -> tuple[int, ...]:
        """The occurrences that the document says this one belongs to."""
        return tuple(sorted(self._anchors.get(node, ())))

    def anchors(self, node: int) -> frozenset[int]:
        """The things that the document says this one belongs to."""
        return frozenset(self.clusters.find(other) for other in self._anchors.get(node, ()))

    def company(self, node: int) -> frozenset[int]:
        """Other things of the document that may link it to another document: not those that stand everywhere.

        A forum links by its edition and by its series.
        """
        occurrence = self.reading.occurrences[node]
        kinds, _ = _COMPANY[occurrence.type]
        often = max(_RARE_ENOUGH, math.isqrt(len(self.reading.documents)))
        own = self.clusters.find(node)
        all_others = self.reading.documents[occurrence.doc].occurrences[:_LONGEST_CONTEXT]
        others = [o for o in all_others if o not in self.outlets]
        roots = {self.clusters.find(o) for o in others if self.reading.occurrences[o].type in kinds}
        if occurrence.type == "Person":
            forums = (o for o in others if self.reading.occurrences[o].type == "Forum")
            roots |= {_series(self.series.find(o)) for o in forums}
        return frozenset(r for r in roots if r != own and self._frequency[r] <= often)


def _series(node: int) -> int:
    """The number of a series among those of things."""
    return -1 - node


_FEW = 10
_SHARED = 2
_NEAREST = 12


def near_documents(reading: Reading, clusters: Clusters, series: Clusters) -> dict[int, tuple[int, ...]]:
    """The documents that share at least two rarely named things with a document, nearest first.

    Places do not count, nor do two editions of one series. A thing that more than ten documents
    name brings none together: so the cost stays proportional to the number of mentions.

    Args:
        reading: all documents.
        clusters: the things so far.
        series: the series of the forums.
    """
    holders: dict[tuple[str, object], set[int]] = defaultdict(set)
    editions = _editions(reading, series)
    for node, occurrence in enumerate(reading.occurrences):
        if occurrence.type == "Person":
            holders["Person", occurrence.key].add(occurrence.doc)
        elif occurrence.type == "Forum":
            root = series.find(node)
            several = len(editions.get(root, ())) > 1
            holders["Forum", (root, _edition(occurrence) if several else None)].add(occurrence.doc)
        elif occurrence.type != "Place":
            holders[occurrence.type, clusters.find(node)].add(occurrence.doc)
    shared: dict[int, Counter[int]] = defaultdict(Counter)
    for documents in holders.values():
        if 1 < len(documents) <= _FEW:
            for document in documents:
                shared[document].update(documents - {document})
    return {
        document: tuple(
            other
            for other, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_NEAREST]
            if n >= _SHARED
        )
        for document, counts in shared.items()
    }


def _editions(reading: Reading, series: Clusters) -> dict[int, set[tuple[int | None, int | None]]]:
    """Series -> the editions and years that names of it give."""
    found: dict[int, set[tuple[int | None, int | None]]] = defaultdict(set)
    for node, occurrence in enumerate(reading.occurrences):
        if occurrence.type == "Forum" and any(_edition(occurrence)):
            found[series.find(node)].add(_edition(occurrence))
    return found


def _edition(occurrence: Occurrence) -> tuple[int | None, int | None]:
    parsed = parse_forum(occurrence.name)
    return parsed.edition, parsed.year


@dataclass(slots=True)
class _Group:
    nodes: list[int]
    anchors: frozenset[int]
    company: frozenset[int]


Telling = Literal["alone", "mostly", "never"]
"""How far a name says who by itself: 习近平 alone, 屠呦呦 mostly, 张伟 and 法学院 never."""


def link_homonyms(
    name: str, nodes: Sequence[int], contexts: Contexts, log: list[ResolutionEvent], telling: Telling = "never"
) -> None:
    """Joins the occurrences of one name that are one thing.

    Args:
        name: for the log.
        nodes: its occurrences, in an order that depends on the texts alone.
        contexts: what stands around them.
        log: gets a line for a name that stays several things.
        telling: how far the name says who by itself. ``alone``: all are one. ``mostly``: one, unless
            two texts place it in different organisations and share nothing else, where something
            links the texts. ``never``: only what is linked is one.
    """
    clusters = contexts.clusters
    if telling == "alone":
        for node in nodes[1:]:
            clusters.join(nodes[0], node)
        return
    type = contexts.reading.occurrences[nodes[0]].type
    _, needed = _COMPANY[type]
    by_anchor: dict[int, int] = {}
    by_text: dict[tuple[str, int], int] = {}
    for node in nodes:
        occurrence = contexts.reading.occurrences[node]
        # a reprint names the same things
        clusters.join(by_text.setdefault((occurrence.digest, occurrence.start), node), node)
        for anchor in sorted(contexts.anchors(node)):
            clusters.join(by_anchor.setdefault(anchor, node), node)
    if telling == "mostly":
        _join_by_company([g for g in _groups(nodes, contexts) if g.anchors], clusters)
    _join_loose(_groups(nodes, contexts), needed, clusters)
    left = len({clusters.find(node) for node in nodes})
    if left > 1:
        feature = "no shared organization" if type == "Person" else "no shared parent"
        log.append(
            ResolutionEvent(
                kind="split",
                type=type,
                names=(name,),
                features=(feature,),
                detail=f"{left} things of one name: nothing links the texts they stand in",
            )
        )


def _join_loose(groups: Sequence[_Group], needed: int, clusters: Clusters) -> None:
    """Joins what nothing places with the one placed thing that it shares most with, the rest with one another."""
    anchored = [g for g in groups if g.anchors]
    loose = [g for g in groups if not g.anchors]
    for group in loose:
        shared = [(len(group.company & (g.company | g.anchors)), i) for i, g in enumerate(anchored)]
        best = max((n for n, _ in shared), default=0)
        hits = [i for n, i in shared if n == best]
        if best >= needed and len(hits) == 1:
            clusters.join(anchored[hits[0]].nodes[0], group.nodes[0])
    rest = [g for g in loose if all(clusters.find(g.nodes[0]) != clusters.find(a.nodes[0]) for a in anchored)]
    if needed == 1:
        _join_by_company(rest, clusters)


def attach(nodes: Sequence[int], to: Sequence[int], contexts: Contexts) -> list[int]:
    """Joins each of ``nodes``, named in short, with the one of ``to`` that it shares something with.

    Returns:
        those that share something with none, or with several.
    """
    groups = _groups(to, contexts)
    left = []
    for node in nodes:
        around = contexts.anchors(node) | contexts.company(node)
        near = [g for g in groups if around & (g.anchors | g.company)]
        if len(near) != 1 or not contexts.clusters.join(near[0].nodes[0], node):
            left.append(node)
    return left


def _join_by_company(groups: Sequence[_Group], clusters: Clusters) -> None:
    """Joins groups that stand with one and the same other thing."""
    first: dict[int, int] = {}
    for group in groups:
        for other in sorted(group.company | group.anchors):
            clusters.join(first.setdefault(other, group.nodes[0]), group.nodes[0])


def _groups(nodes: Sequence[int], contexts: Contexts) -> list[_Group]:
    members: dict[int, list[int]] = defaultdict(list)
    for node in nodes:
        members[contexts.clusters.find(node)].append(node)
    return [
        _Group(
            nodes=group,
            anchors=frozenset().union(*(contexts.anchors(n) for n in group)),
            company=frozenset().union(*(contexts.company(n) for n in group)),
        )
        for group in members.values()
    ]
