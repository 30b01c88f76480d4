"""What resolution takes from the lexicon: canonical names, places and head words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

from kg.resolution.names import fold
from kg.seeds import Head, Lexicon, NameRef
from kg.traditional import SIMPLIFIED

_LONGEST_PLACE = 8
_COUNTRY = 1
_LONGEST_HEAD = 12
_LONGEST_MODIFIER = 4
_PLACE_ENDS = ("特别行政区", "自治区", "自治州", "自治县", "地区", "省", "市", "县", "区", "州", "镇", "乡")
_LEGAL = re.compile(r"(?:股份)?(?:有限)?(?:责任)?(?<!分)(?<!子)公司$")
_OWN_MARKS = "“”「」『』《》\"' "


@dataclass(frozen=True, eq=False)
class Knowledge:
    """The lexicon, asked by spelling; unknown spellings are tried in simplified characters."""

    lexicon: Lexicon
    _canonical: dict[tuple[str, str], NameRef | None] = field(default_factory=dict)

    def lookup(self, type: str, name: str) -> NameRef | None:
        """What the lexicon calls the thing of this type and name, if it knows exactly one."""
        key = (type, name)
        if key not in self._canonical:
            self._canonical[key] = self._lookup(type, name)
        return self._canonical[key]

    def _lookup(self, type: str, name: str) -> NameRef | None:
        if type == "Place":
            name = self.lexicon.lists.place_abbreviations.get(name, name)
        plain = unicodedata.normalize("NFKC", name).translate(SIMPLIFIED).strip(_OWN_MARKS)
        for spelling in (name, plain, plain.replace("•", "·")):
            found = self._known(type, spelling)
            if found:
                return found
        # 中国国家发展和改革委员会 and 腾讯公司 need no row of their own
        if type != "Organization":
            return None
        whole = _LEGAL.sub("", plain)
        bare = whole.removeprefix("中国")
        # 浙江|零跑科技|股份有限公司: where it is registered, its usual name, its legal form
        cuts = self.place_cuts(bare) if len(plain) - len(whole) > len("公司") else ()
        for usual in (whole, bare, *(bare[cut:] for cut in cuts)):
            found = self._known(type, usual) if len(usual) > 1 else None
            if found and not found.weak:
                return found
        return self._from_abroad(whole)

    def _from_abroad(self, name: str) -> NameRef | None:
        """What the lexicon calls 日本|东京大学 and 美国|谷歌公司; 埃及|商务部 is not the known one."""
        for cut in self.country_cuts(name):
            found = self._known("Organization", name[cut:])
            if found and found.name in name and found.cls != "GovernmentBody":
                return found
        return None

    def _known(self, type: str, spelling: str) -> NameRef | None:
        refs = [r for r in self.lexicon.forms.get(spelling, ()) if self.lexicon.types.get(r.cls) == type]
        return refs[0] if len({r.name for r in refs}) == 1 else None

    @cached_property
    def homes(self) -> dict[str, str]:
        """Person -> the organization or country that shows who a short form of the name is."""
        types, forms = self.lexicon.types, self.lexicon.forms
        return {
            n.name: next((ref.name for ref in forms.get(n.within, ())), n.within)
            for n in self.lexicon.names
            if n.within and types.get(n.cls) == "Person"
        }

    @cached_property
    def _heads(self) -> dict[str, dict[str, Head]]:
        """Entity type -> folded head word -> what it is the head of."""
        lists = self.lexicon.lists
        tables = {
            "Organization": lists.org_heads,
            "Forum": lists.forum_heads,
            "Product": lists.product_heads,
            "Place": lists.place_heads,
        }
        return {type: {fold(word): head for word, head in table.items()} for type, table in tables.items()}

    @cached_property
    def trade_words(self) -> frozenset[str]:
        """What a company's name says of its trade: 科技, 半导体, 影业."""
        return frozenset(fold(word) for word, head in self.lexicon.lists.org_heads.items() if head.cls == "Company")

    def head(self, type: str, key: str) -> str:
        """The longest head word of the type that a folded name ends with, or an empty string."""
        heads = self._heads.get(type, {})
        for size in range(min(len(key), _LONGEST_HEAD), 0, -1):
            if key[-size:] in heads:
                return key[-size:]
        return ""

    def is_strong(self, type: str, head: str) -> bool:
        """Whether ``head`` alone shows that a name is of the type."""
        found = self._heads.get(type, {}).get(head)
        return found is not None and found.strong

    def head_class(self, type: str, head: str) -> str:
        """The class that a head word tells, or the type itself."""
        found = self._heads.get(type, {}).get(head)
        return found.cls if found else type

    def is_generic(self, word: str) -> bool:
        """Whether ``word`` is a common noun that names nothing by itself."""
        return word in self.lexicon.lists.generic

    @cached_property
    def _places(self) -> frozenset[str]:
        types = self.lexicon.types
        forms = self.lexicon.forms.items()
        return frozenset(f for f, refs in forms if len(f) > 1 and any(types.get(r.cls) == "Place" for r in refs))

    def place_cuts(self, key: str) -> tuple[int, ...]:
        """Where the places end that a folded name begins with: 浙江省杭州市… gives 2, 3, 5 and 6."""
        cuts: list[int] = []
        end = 0
        while size := self._place_at(key, end):
            end += size
            cuts.append(end)
            suffix = next((s for s in _PLACE_ENDS if key.startswith(s, end)), "")
            if suffix:
                end += len(suffix)
                cuts.append(end)
        return tuple(cuts)

    def _place_at(self, key: str, start: int) -> int:
        """The length of the longest known place that stands at ``start``."""
        for size in range(min(_LONGEST_PLACE, len(key) - start), 1, -1):
            if key[start : start + size] in self._places:
                return size
        return 0

    def country_cuts(self, key: str) -> tuple[int, ...]:
        """The same for 中国 and foreign countries alone."""
        size = self._place_at(key, 0)
        return (size,) if size and self.place_depth(key[:size]) == _COUNTRY else ()

    def is_country(self, key: str) -> bool:
        """Whether a folded name is 中国 or a foreign country."""
        return bool(key) and self.country_cuts(key) == (len(key),)

    def place_depth(self, key: str) -> int:
        """How many known places a place lies in: 1 for a country, 2 for a province, 4 for a county."""
        place = self.lookup("Place", key)
        name, depth = (place.name if place else ""), 0
        while depth < 6 and (name := self._within.get(name, "")):
            depth += 1
        return depth

    @cached_property
    def _within(self) -> dict[str, str]:
        types = self.lexicon.types
        return {n.name: n.within for n in self.lexicon.names if types.get(n.cls) == "Place"}

    def is_place(self, key: str) -> bool:
        """Whether a folded name is nothing but places."""
        return bool(key) and self.place_cuts(key)[-1:] == (len(key),)

    def is_bare_head(self, type: str, key: str, modifiers: Collection[str]) -> bool:
        """Whether a folded name is only head words, generic words and ``modifiers`` that tell nothing apart."""
        rest = key
        while rest:
            word = self.head(type, rest) or _ending_in(rest, modifiers)
            if not word:
                return self.is_generic(rest)
            rest = rest[: -len(word)]
        return True


def _ending_in(key: str, words: Collection[str]) -> str:
    """The longest of some short ``words`` that ``key`` ends with, or an empty string."""
    for size in range(min(len(key), _LONGEST_MODIFIER), 0, -1):
        if key[-size:] in words:
            return key[-size:]
    return ""
