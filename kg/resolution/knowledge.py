"""What resolution takes from the lexicon: canonical names, places and head words."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kg.resolution.names import fold
from kg.resolution.traditional import SIMPLIFIED
from kg.seeds import Lexicon, NameRef

_LONGEST_PLACE = 8
_PLACE_ENDS = ("特别行政区", "自治区", "自治州", "自治县", "地区", "省", "市", "县", "区", "旗", "盟", "州", "镇", "乡")


@dataclass(frozen=True)
class Knowledge:
    """The lexicon, asked by spelling; unknown spellings are tried in simplified characters."""

    lexicon: Lexicon
    _canonical: dict[tuple[str, str], NameRef | None] = field(default_factory=dict)

    @cached_property
    def _places(self) -> frozenset[str]:
        types = self.lexicon.types
        names = {fold(f) for f, refs in self.lexicon.forms.items() if any(types.get(r.cls) == "Place" for r in refs)}
        return frozenset(name for name in names if len(name) > 1)

    @cached_property
    def _heads(self) -> Mapping[str, tuple[str, ...]]:
        """Head words by entity type, longest first."""
        lists = self.lexicon.lists
        tables = {"Organization": lists.org_heads, "Forum": lists.forum_heads, "Product": lists.product_heads}
        return {t: tuple(sorted({fold(h) for h in table}, key=lambda h: (-len(h), h))) for t, table in tables.items()}

    def lookup(self, type: str, name: str) -> NameRef | None:
        """What the lexicon calls the thing of this type and name, if it knows exactly one."""
        key = (type, name)
        if key not in self._canonical:
            self._canonical[key] = self._lookup(type, name)
        return self._canonical[key]

    def _lookup(self, type: str, name: str) -> NameRef | None:
        plain = unicodedata.normalize("NFKC", name).translate(SIMPLIFIED).strip("“”「」『』《》\"' ")
        for spelling in (name, plain, plain.replace("·", "")):
            refs = [r for r in self.lexicon.forms.get(spelling, ()) if self.lexicon.types.get(r.cls) == type]
            if len({r.name for r in refs}) == 1:
                return refs[0]
        return None

    def is_generic(self, word: str) -> bool:
        """Whether ``word`` is a common noun that names nothing by itself."""
        return word in self.lexicon.lists.generic

    def head(self, type: str, name: str) -> str:
        """The longest head word that the folded ``name`` ends with, or an empty string."""
        # a dozen lengths are tried, not hundreds of heads
        heads = self._head_set(type)
        for size in range(min(len(name), 8), 0, -1):
            if name[-size:] in heads:
                return name[-size:]
        return ""

    def _head_set(self, type: str) -> frozenset[str]:
        sets = self._head_sets
        return sets.get(type, frozenset())

    @cached_property
    def _head_sets(self) -> Mapping[str, frozenset[str]]:
        return {type: frozenset(heads) for type, heads in self._heads.items()}

    def place_prefix(self, name: str) -> int:
        """How many characters of the folded ``name`` are places it begins with (浙江省杭州市…)."""
        end = 0
        while True:
            for size in range(min(_LONGEST_PLACE, len(name) - end), 1, -1):
                if name[end : end + size] in self._places:
                    end += size
                    break
            else:
                return end
            for suffix in _PLACE_ENDS:
                if name.startswith(suffix, end):
                    end += len(suffix)
                    break
