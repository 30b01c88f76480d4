"""Short names of places: without 省, 市, 县, and venues without the town before them."""

from __future__ import annotations

import re

from kg.resolution.features import Link, Named
from kg.resolution.knowledge import Knowledge
from kg.resolution.names import fold

_ADMINISTRATIVE = re.compile(r"(?:特别行政区|[^\W\d_]{1,3}族自治[区州县]|自治[区州县]|省|市|县|区|镇|乡|村)$")
_VILLAGES = ("镇", "乡", "村")
_COUNTY = 4
_NUMBERED = re.compile(r"[a-z0-9]+(?:号)?(?:馆|厅|楼|层)?")


def short_names(name: str, knowledge: Knowledge) -> dict[str, Link]:
    """The folded names that a place of this name may go by in any document."""
    key = fold(name)
    found: dict[str, Link] = {}
    plain = _ADMINISTRATIVE.sub("", key)
    if len(plain) >= 2 and plain != key and not _is_village_of_a_great_name(key, plain, knowledge):
        found[plain] = Link(1, "administrative suffix")
    bare = re.sub(r"\([^()]+\)$", "", key)
    if bare != key and knowledge.head("Place", bare):
        found[bare] = Link(3, "bracketed part")  # 国家会展中心（上海）
    for cut in knowledge.place_cuts(key):
        rest = key[cut:]
        if len(rest) >= 4 and knowledge.head("Place", rest) and not is_weak(rest, knowledge):
            found.setdefault(rest, Link(2, "place prefix"))
    return found


def _is_village_of_a_great_name(key: str, plain: str, knowledge: Knowledge) -> bool:
    """黄河乡 is not the river: what lies in a country or a province is no village, unless the lexicon says so."""
    return key.endswith(_VILLAGES) and 0 < knowledge.place_depth(plain) < _COUNTY and not knowledge.lookup("Place", key)


def is_weak(key: str, knowledge: Knowledge) -> bool:
    """Whether a folded name belongs to many places: 大剧院, 一号馆."""
    if knowledge.lookup("Place", key):
        return False
    return bool(_NUMBERED.fullmatch(key)) or knowledge.is_bare_head("Place", key, ("国际", "国家", "中心", "人民"))


def in_one_text(short: Named, full: Named, knowledge: Knowledge) -> Link | None:
    """Why ``short`` may stand for ``full`` in one document, or None."""
    known = short_names(full.name, knowledge).get(short.key)
    if known:
        return known
    if full.key.endswith(short.key) and len(short.key) > 1:
        if len(full.key) - len(short.key) in knowledge.place_cuts(full.key):
            return Link(2, "place prefix")
        if knowledge.head("Place", short.key):
            return Link(6, "end of the name")
    if full.key.startswith(short.key) and knowledge.head("Place", full.key) == full.key[len(short.key) :]:
        return Link(6, "head word") if short.key.isascii() else None
    return None
