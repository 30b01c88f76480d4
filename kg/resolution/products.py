"""Short names of products: without the maker, without the common noun, the quoted words alone.

A version is part of a name: X9 and X9 Pro, 打盹儿4.0 and 打盹儿5.0 are different things.
"""

from __future__ import annotations

import re

from kg.resolution.features import Link
from kg.resolution.knowledge import Knowledge
from kg.resolution.names import fold, quoted_part

_VERSION_ONLY = re.compile(r"v?\d+(?:\.\d+)*(?:版|版本|代|系列)?|[a-z]{0,2}\d{0,2}(?:系列|版)?")
_TELLING = re.compile(r"[0-9a-z]|代|版|系列|之|续|新|二|三|四|五")
_MODEL = re.compile(r"[0-9a-z.+/-]*\d[0-9a-z.+/-]*")
_MODIFIERS = frozenset(
    "新 全新 主控 移动 智能 自主 国产 年度 中期 季度 半年 全年 首款 首个 专用 通用 核心 行业 产业"
    " 发展 研究 白皮书".split()
)


def short_names(name: str, knowledge: Knowledge) -> dict[str, Link]:
    """The folded names that a product of this name may go by in any document."""
    key = fold(name)
    found: dict[str, Link] = {}
    quoted = quoted_part(name)
    if quoted and quoted != key and "《" not in name and _without(key, quoted):
        found[quoted] = Link(5, "quoted part")
    head = knowledge.head("Product", key)
    own = key[: len(key) - len(head)]
    if head and len(own) >= 2 and not is_weak(own, knowledge) and not _TELLING.search(head):
        found.setdefault(own, Link(5, "head word"))
    return found


def _without(key: str, quoted: str) -> bool:
    """Whether what stands around the quoted words tells no version."""
    before, _, after = key.partition(quoted)
    return not _TELLING.search(after) and not re.search(r"[0-9a-z]", before)


def is_weak(key: str, knowledge: Knowledge) -> bool:
    """Whether a folded name belongs to many products: 1.0版, 蓝皮书, X9."""
    return bool(_VERSION_ONLY.fullmatch(key)) or knowledge.is_bare_head("Product", key, _MODIFIERS)


def in_one_text(short: str, full: str, full_name: str, knowledge: Knowledge) -> Link | None:
    """Why ``short`` may stand for ``full`` in one document, or None; both folded."""
    known = short_names(full_name, knowledge).get(short)
    if known:
        return known
    if len(short) < 2 or full_name.startswith("《"):
        return None
    if full.endswith(short):
        before = full[: -len(short)]
        if knowledge.is_bare_head("Product", short, _MODIFIERS):
            return None  # 智能手机 beside 某某智能手机: the kind, not the name
        return None if re.search(r"[0-9a-z]$", before) and short[0].isascii() else Link(6, "description")
    if full.startswith(short):
        after = full[len(short) :]
        told = knowledge.head("Product", after) == after or quoted_part(full_name) == short
        return Link(5, "head word") if told and not _TELLING.search(after) else None
    models = {m for m in _MODEL.findall(full) if len(m) >= 3}
    if {m for m in _MODEL.findall(short) if len(m) >= 3} == models and len(models) == 1:
        rest = short.replace(next(iter(models)), "")
        return Link(6, "model number") if not rest or rest in full else None
    return None
