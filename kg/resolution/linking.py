"""Finds out which names of one type are names of one thing.

Candidates come from two kinds of blocks, so that no name is held against all others: names that
stand in one document, and names that equal a short form that a longer name makes by rule. Names
are decided from the longest to the shortest, so that all forms of a full name are together
before a short form has to choose among them. A short form with two candidates of one rank is
refused; one that stands for different things in different documents is split.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from kg.resolution.clusters import Clusters
from kg.resolution.events import EventKind, ResolutionEvent
from kg.resolution.features import LAST_ACROSS, REASONS, Link, Named
from kg.resolution.knowledge import Knowledge
from kg.resolution.names import fold, has_chinese, quoted_part
from kg.resolution.rules import NameRules

_LONGEST_SHORT = 8
_LAST_NEAR = 6
_LAST_FOR_KNOWN = 5
_LAST_FOR_KNOWN_ACROSS = 3
"""小米 is known to the lexicon; a maker of food that another text calls 小米食品有限公司 is not it."""
_NOT_FOR_KNOWN = (Link(3, "holding"), Link(5, "line of business"))
"""阿里巴巴|影业 is a company of 阿里巴巴: were it a name of it, the lexicon would know; 腾讯|科技 tells nothing."""


@dataclass(slots=True)
class Linker:
    """Links the names of one type in ``clusters``; what it did is in ``log``."""

    rules: NameRules
    knowledge: Knowledge
    clusters: Clusters
    log: list[ResolutionEvent] = field(default_factory=list)
    _units: dict[str, list[Named]] = field(default_factory=lambda: defaultdict(list))
    _spelling: dict[str, str] = field(default_factory=dict)
    _local: dict[int, list[tuple[Link, Named]]] = field(default_factory=lambda: defaultdict(list))
    _short: dict[int, Named] = field(default_factory=dict)
    _across: dict[str, list[tuple[Link, str]]] = field(default_factory=lambda: defaultdict(list))
    _canonical: dict[str, str] = field(default_factory=dict)
    _by_document: dict[int, list[Named]] = field(default_factory=lambda: defaultdict(list))
    _linked: set[int] = field(default_factory=set)

    def run(
        self,
        named: Iterable[Named],
        bracketed: Iterable[tuple[Named, Named, bool]] = (),
        introduced: Iterable[tuple[str, Named]] = (),
    ) -> None:
        """Links all names.

        Args:
            named: in an order that depends on the documents' texts alone.
            bracketed: (name, name in the bracket after it, whether words say so).
            introduced: (folded name, what some document calls so as well).
        """
        for each in named:
            self._units[each.key].append(each)
            self._by_document[each.doc].append(each)
        for members in self._by_document.values():
            self._compare(members)
        for outer, inner, told in bracketed:
            self._use_bracket(outer, inner, told)
        renamed = self._renamed()
        for key, unit in self._units.items():
            # the spelling with quotation marks tells most
            self._spelling[key] = min((n.name for n in unit), key=lambda name: (quoted_part(name) is None, name))
        self._use_lexicon()
        for short, link, full in renamed:
            self._link(short, link, full)
        self._link_told()
        self._use_rules()
        for alias, full in introduced:
            if alias in self._units and alias != full.key:
                self._across[alias].append((Link(4, "introduced in another text"), full.key))
                for short in self._units[alias]:
                    if short.doc == full.doc:
                        self._note_local(short, Link(0, "told in the text"), full)
        for key in sorted(self._units, key=_fullness):
            self._decide(key)

    def _renamed(self) -> list[tuple[Named, Link, Named]]:
        """Takes out the names that their document gives to another thing than the lexicon does.

        智能驾驶事业群组（IDG） is not IDG资本, and 东海 beside 东海县 is no sea.
        """
        found = []
        for node, links in sorted(self._local.items()):
            for link, full in sorted(links, key=lambda c: (c[0], c[1].key, c[1].node)):
                short = self._short[node]
                if self._may_rename(link) and self._means_another(short, full):
                    found.append((short, link, full))
                    self._units[short.key].remove(short)
                    break
        for key in [key for key, unit in self._units.items() if not unit]:
            del self._units[key]
        return found

    def _may_rename(self, link: Link) -> bool:
        """Every province has its 农博会: the one that a text abbreviates so goes before the one that is known so."""
        told = link.rank <= self.rules.last_renaming
        return told or (self.rules.same_words is not None and link.feature == "abbreviation")

    def _means_another(self, short: Named, full: Named) -> bool:
        """Whether the lexicon knows ``short`` as a thing that ``full`` has nothing to do with.

        A ``full`` that the lexicon doesn't know may be another spelling of what it does: only an
        ambiguous short form (marked ? in the lexicon) without a word in common counts; of forums any
        whose words are not those of the known one.
        """
        known = self.knowledge.lookup(self.rules.type, short.name)
        if known is None:
            return False
        other = self.knowledge.lookup(self.rules.type, full.name)
        if other is not None:
            return other.name != known.name
        name = fold(known.name)
        if self.rules.same_words is not None:
            return not self.rules.same_words(known.name, full.name)
        return known.weak and short.key != name and not any(name[i : i + 2] in full.key for i in range(len(name) - 1))

    def _link_told(self) -> None:
        """What a text says outright goes before all that is only likely."""
        for node, links in sorted(self._local.items()):
            told = [full for link, full in links if link.rank == 0]
            if len({self.clusters.find(full.node) for full in told}) == 1:
                full = min(told, key=lambda n: (n.key, n.node))
                if not self.clusters.objection(node, full.node):
                    self._link(self._short[node], Link(0, "told in the text"), full)

    def _use_lexicon(self) -> None:
        first: dict[str, Named] = {}
        for key in sorted(self._units):
            unit = self._units[key]
            ref = self.knowledge.lookup(self.rules.type, self._spelling[key]) or self.knowledge.lookup(
                self.rules.type, key
            )
            if ref is None:
                continue
            self._canonical[key] = ref.name
            anchor = first.setdefault(ref.name, unit[0])
            if anchor is unit[0] and fold(ref.name) not in self._units:
                self._note("merge", (ref.name, anchor.name), Link(0, "lexicon"))
            self.clusters.mark(unit[0].node, {"lexicon": ref.name})
            self._join_all(unit)
            if anchor.key != key and self.clusters.join(anchor.node, unit[0].node):
                self._note("merge", (anchor.name, unit[0].name), Link(0, "lexicon"))

    def _compare(self, members: Sequence[Named]) -> None:
        """All pairs of one document that share the rarest character of the shorter name."""
        holders: dict[str, list[Named]] = defaultdict(list)
        for each in members:
            for character in set(each.key):
                holders[character].append(each)
        for short in members:
            block = min((holders[c] for c in set(short.key)), key=len, default=members)
            for full in block:
                if _fullness(full.key) < _fullness(short.key):
                    link = self.rules.in_one_text(short, full, self.knowledge)
                    # what a writer abbreviates freely stands before; only headlines come first
                    if link and not (link.feature == "abbreviation" and short.last < full.first):
                        self._note_local(short, link, full)

    def _use_bracket(self, outer: Named, inner: Named, told: bool) -> None:
        full, short = sorted((outer, inner), key=lambda n: _fullness(n.key))
        other_script = has_chinese(outer.name) != has_chinese(inner.name)
        if told or other_script or self.rules.in_one_text(short, full, self.knowledge):
            self._note_local(short, Link(0, "told in the text"), full)

    def _note_local(self, short: Named, link: Link, full: Named) -> None:
        self._short[short.node] = short
        self._local[short.node].append((link, full))

    def _use_rules(self) -> None:
        for key in sorted(self._units):
            for short, link in self.rules.short_names(self._spelling[key], self.knowledge).items():
                if short in self._units and short != key and link.rank <= LAST_ACROSS:
                    self._across[short].append((link, key))

    def _decide(self, key: str) -> None:
        unit = self._units[key]
        weak = self.rules.is_weak(key, self.knowledge)
        chosen = {n.node: best for n in unit if (best := self._best_in_text(n))}
        # what a text says outright (原名, 以下简称) stands beside any other reason
        targets = {self.clusters.find(full.node) for link, full in chosen.values() if link.rank > 0}
        if weak or len(targets) > 1:
            if len(targets) > 1 and not weak:
                self._note("split", tuple(sorted({unit[0].name, *(full.name for _, full in chosen.values())})), None)
            for each in unit:
                if each.node in chosen:
                    self._link(each, *chosen[each.node])
            if not weak:
                self._join_all([n for n in unit if n.node not in chosen])
            return
        self._join_all(unit)
        for each in unit:
            if each.node in chosen and chosen[each.node][0].rank == 0:
                self._link(each, *chosen[each.node])
        across = self._best_across(key, unit[0], chosen)
        local = min(chosen.values(), key=lambda c: (c[0], c[1].key), default=None)
        if across and (local is None or across[0].rank < min(local[0].rank, LAST_ACROSS)):
            self._link(unit[0], *across)
        elif local:
            self._link(unit[0], *local)

    def _best_in_text(self, short: Named) -> tuple[Link, Named] | None:
        return self._best(short, self._local.get(short.node, ()), _LAST_FOR_KNOWN)

    def _best_across(
        self, key: str, short: Named, chosen: Mapping[int, tuple[Link, Named]]
    ) -> tuple[Link, Named] | None:
        candidates = [(link, self._units[full][0]) for link, full in self._across.get(key, ())]
        return self._best(short, candidates, _LAST_FOR_KNOWN_ACROSS, quiet=bool(chosen))

    def _best(
        self, short: Named, candidates: Iterable[tuple[Link, Named]], last: int, quiet: bool = False
    ) -> tuple[Link, Named] | None:
        """The candidate of the best rank, where all of that rank are one thing.

        A name that the lexicon knows takes no reason beyond ``last``.
        """
        known = short.key in self._canonical
        last = last if known else 9
        possible = [
            (link, full)
            for link, full in sorted(candidates, key=lambda c: (c[0], c[1].key, c[1].node))
            if link.rank <= last and not (known and link in _NOT_FOR_KNOWN) and not self._objects(short, full, link)
        ]
        if not possible:
            return None
        best = [c for c in possible if c[0].rank == possible[0][0].rank]
        if len({self.clusters.find(full.node) for _, full in best}) > 1:
            if not quiet:
                names = sorted({full.name for _, full in best})
                self._note(
                    "refusal", (short.name, *names), best[0][0], f"{short.name} may be any of {' / '.join(names)}"
                )
            return None
        return best[0]

    def _objects(self, short: Named, full: Named, link: Link) -> bool:
        objection = self.clusters.objection(short.node, full.node)
        if objection:
            self._note("refusal", (short.name, full.name), link, f"kept apart: {objection}")
        return objection is not None

    def _link(self, short: Named, link: Link, full: Named) -> None:
        if self.clusters.find(short.node) != self.clusters.find(full.node) and self.clusters.join(
            full.node, short.node
        ):
            self._note("merge", (full.name, short.name), link)
            self._linked.add(short.node)

    def run_again(self, near: Mapping[int, Sequence[int]]) -> None:
        """Looks for the full names of what is still short in documents that speak of the same things.

        Args:
            near: document -> documents that share other things with it.
        """
        for key in sorted(self._units, key=_fullness):
            unit = self._units[key]
            if key in self._canonical or len(key) > _LONGEST_SHORT or not self._may_be_short(key):
                continue
            if any(n.node in self._linked for n in unit):
                continue
            weak = self.rules.is_weak(key, self.knowledge)
            for part in [[n] for n in unit] if weak else [unit]:
                best = self._best(part[0], self._from_near(part, near), _LAST_FOR_KNOWN)
                if best:
                    self._link(part[0], Link(best[0].rank, "shared company"), best[1])

    def _may_be_short(self, key: str) -> bool:
        """Whether a name may be left of a longer one: letters alone only for products, with a digit (G9, F600)."""
        return has_chinese(key) or (self.rules.type == "Product" and any(c.isdigit() for c in key))

    def _from_near(self, part: Sequence[Named], near: Mapping[int, Sequence[int]]) -> list[tuple[Link, Named]]:
        documents = sorted({doc for n in part for doc in near.get(n.doc, ())})
        return [
            (Link(_LAST_NEAR, link.feature), full)
            for doc in documents
            for full in self._by_document.get(doc, ())
            if _fullness(full.key) < _fullness(part[0].key)
            if (link := self.rules.in_one_text(part[0], full, self.knowledge)) and link.rank <= _LAST_NEAR
        ]

    def _join_all(self, unit: Sequence[Named]) -> None:
        for each in unit[1:]:
            self.clusters.join(unit[0].node, each.node, same_name=True)

    def _note(self, kind: EventKind, names: tuple[str, ...], link: Link | None, detail: str = "") -> None:
        feature = link.feature if link else "several full names"
        self.log.append(
            ResolutionEvent(
                kind=kind,
                type=self.rules.type,
                names=names,
                features=(feature,),
                detail=detail or REASONS.get(feature, "stands for different things in different documents"),
            )
        )


def _fullness(key: str) -> tuple[bool, int, str]:
    """Fullest first; names in letters come after those in Chinese, whose translations or initials they are."""
    return (not has_chinese(key), -len(key), key)
