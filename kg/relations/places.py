"""Keeps place names that merely stand side by side (美国中东问题) from lying in one another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Mention
from kg.seeds import Lexicon

_TOLD_BY_ANOTHER = re.compile(
    r"以[东西南北]|[\d一二三四五六七八九十几多各]+[个座]|[上中下]{1,2}游|[东南西北中]{1,2}部地区$|大部分?地区$|沿[岸海江线]"
)
_LEVELS = "省市区县州盟旗镇乡村"
_RANK = dict(zip(_LEVELS, (0, 1, 2, 2, 1, 1, 2, 3, 3, 4), strict=True))


@dataclass(frozen=True, slots=True)
class PlaceCheck:
    """Holds containedIn against what the lexicon knows of places.

    Args:
        canonical: surface form -> the names it may stand for.
        within: name -> the place that it lies in, where the lexicon tells one.
        level: name -> the character that tells what it is in the order of places: 市 of 深圳.
    """

    canonical: Mapping[str, tuple[str, ...]]
    within: Mapping[str, str]
    level: Mapping[str, str]

    @classmethod
    def from_lexicon(cls, lexicon: Lexicon) -> PlaceCheck:
        """The check over a lexicon's places."""
        types = lexicon.types
        within = {n.name: n.within for n in lexicon.names if n.within and types[n.cls] == "Place"}
        forms = {f: tuple(r.name for r in refs if types[r.cls] == "Place") for f, refs in lexicon.forms.items()}
        canonical = {form: names for form, names in forms.items() if names}
        names = {name for known in canonical.values() for name in known}
        levels = {n: next((c for c in _LEVELS if n.endswith(c) or n in canonical.get(n + c, ())), "") for n in names}
        return cls(canonical, within, levels)

    def reason(self, predicate: str, inner: Mention, outer: object) -> str | None:
        """``contradicted`` where the lexicon knows both places, and the inner one to lie elsewhere;
        also where the inner one is only told by the outer one (淮河以北, 北京8个城区), where both are of one
        level of the same place (深圳 and 广州), and where a country is said to lie in what is no known place.
        """
        if predicate != "containedIn" or not isinstance(outer, Mention):
            return None
        if _TOLD_BY_ANOTHER.match(inner.text):
            return "contradicted"
        around, within = self.canonical.get(outer.text, ()), self.canonical.get(inner.text, ())
        if not within or any(self._may_hold(a, b) for a in around for b in within):
            return None
        return "contradicted" if around or any(self._is_country(name) for name in within) else None

    def _may_hold(self, outer: str, inner: str) -> bool:
        """Whether ``inner`` lies in ``outer``, or is no higher and right in what ``outer`` lies in: rows may skip a
        level.
        """
        around, beyond = self._around(inner), self._around(outer)
        if not around:  # a part of the world: no country holds it
            return not beyond
        low, high = self.level.get(inner, ""), self.level.get(outer, "")
        beside = around[:1] == beyond[:1] and low == high != ""
        higher = low != "" != high and _RANK[low] < _RANK[high]
        return inner not in beyond and not beside and (outer in around or (around[0] in beyond and not higher))

    def _is_country(self, name: str) -> bool:
        """Whether the lexicon puts it right into a continent."""
        return len(self._around(name)) == 1

    def _around(self, name: str) -> list[str]:
        """The places around ``name``, the nearest first."""
        found: list[str] = []
        while (name := self.within.get(name, "")) and name not in found:
            found.append(name)
        return found

