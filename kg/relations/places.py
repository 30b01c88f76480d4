"""Keeps place names that merely stand side by side (美国中东问题) from lying in one another."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import Mention
from kg.seeds import Lexicon

_TOLD_BY_ANOTHER = re.compile(r"以[东西南北]|[\d一二三四五六七八九十几多各]+[个座]")


@dataclass(frozen=True, slots=True)
class PlaceCheck:
    """Holds containedIn against what the lexicon knows of places.

    Args:
        canonical: surface form -> the names it may stand for.
        within: name -> the place that it lies in, where the lexicon tells one.
    """

    canonical: Mapping[str, tuple[str, ...]]
    within: Mapping[str, str]

    @classmethod
    def from_lexicon(cls, lexicon: Lexicon) -> PlaceCheck:
        """The check over a lexicon's places."""
        types = lexicon.types
        within = {n.name: n.within for n in lexicon.names if n.within and types[n.cls] == "Place"}
        forms = {f: tuple(r.name for r in refs if types[r.cls] == "Place") for f, refs in lexicon.forms.items()}
        return cls({form: names for form, names in forms.items() if names}, within)

    def reason(self, predicate: str, inner: Mention, outer: object) -> str | None:
        """``contradicted`` where the lexicon knows both places, and the inner one to lie elsewhere;
        also where the inner one is only told by the outer one (淮河以北, 北京8个城区), and where a
        country is said to lie in what is no known place.
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
        """Whether ``inner`` lies in ``outer``, or right in what ``outer`` lies in: rows may skip a level."""
        around, beyond = self._around(inner), self._around(outer)
        return inner not in beyond and (not around or outer in around or around[0] in beyond)

    def _is_country(self, name: str) -> bool:
        """Whether the lexicon puts it right into a continent."""
        return len(self._around(name)) == 1

    def _around(self, name: str) -> list[str]:
        """The places around ``name``, the nearest first."""
        found: list[str] = []
        while (name := self.within.get(name, "")) and name not in found:
            found.append(name)
        return found

