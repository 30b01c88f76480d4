"""Short names of products: without the maker, without the common noun, the quoted words alone.

A version is part of a name: X9 and X9 Pro, 打盹儿4.0 and 打盹儿5.0 are different things.
"""

from __future__ import annotations

import re

from kg.resolution.abbreviations import initials
from kg.resolution.features import Link, Named
from kg.resolution.knowledge import Knowledge
from kg.resolution.names import fold, quoted_part

_VERSION_ONLY = re.compile(r"v?\d+(?:\.\d+)*(?:版|版本|代|系列)?|(?:[a-z]\d{0,2}|\d{0,2})(?:系列|版)?")
_TELLING = re.compile(r"[0-9a-z]|代|版|系列|之|续|新|二|三|四|五|(?<!大)模型")
_VERSION = re.compile(r"[\d.]+(?:版|代|系列|$)|pro|max|plus|ultra|mini|lite|se|代|系列|续|之|第|0?\d+[号星架台款]")
_POINT_VERSION = re.compile(r"\d+\.\d+版?")
_LATIN = re.compile(r"[0-9a-z]")
_MODEL = re.compile(r"[0-9a-z.+/-]*\d[0-9a-z.+/-]*")
_STANDARD = re.compile(r"^([A-Z]+(?:/[A-Z]+)?\s*\d[\d.\-—–]*)\s*《(.+)》$")
_NEGATED = re.compile(r"[非无不]")
_APP = re.compile(r"(?:app|系统|平台|小程序)$")
_MODIFIERS = frozenset(
    "新 全新 主控 移动 智能 自主 国产 年度 中期 季度 半年 全年 首款 首个 专用 通用 核心 行业 产业"
    " 发展 研究 白皮书".split()
)


_FIRST = re.compile(
    r"(?:(?:全球|世界|全世界|国内|全国|我国|中国|亚洲|国际|业界|业内|行业|本市|全省|全市)(?:的)?)?(?:首|第一)(?:款|个|台|套|项|种|颗|条|部)(?=..)"
)


def without_epithet(name: str, knowledge: Knowledge) -> str:
    """A product's name without 全球首款, 国内首个 and the like; unchanged where only its kind would be left.

    What stands in quotation marks or 《》 is a name as it is.
    """
    found = _FIRST.match(name)
    if found is None or is_weak(fold(name[found.end() :]), knowledge):
        return name
    return name[found.end() :]


def short_names(name: str, knowledge: Knowledge) -> dict[str, Link]:
    """The folded names that a product of this name may go by in any document."""
    key = fold(name)
    found: dict[str, Link] = {}
    plain = without_epithet(name, knowledge)
    if plain != name:
        found[fold(plain)] = Link(3, "description")
    standard = _STANDARD.match(name)
    if standard:
        found.update({fold(part): Link(1, "bracketed part") for part in standard.groups()})
    quoted = quoted_part(name)
    if quoted and quoted != key and "《" not in name and _without(key, quoted):
        found[quoted] = Link(5, "quoted part")
    head = knowledge.head("Product", key)
    app = _APP.search(key)
    if app and len(app.group()) > len(head):
        head = app.group()
    own = key[: len(key) - len(head)]
    if head and len(own) >= 2 and not is_weak(own, knowledge) and (app or not _TELLING.search(head)):
        found.setdefault(own, Link(5, "head word"))
    model = _MODEL.search(key)
    if model and len(model.group()) >= 4 and re.search(r"[a-z]", model.group()):
        rest = key[model.end() :]  # C919|大型客机
        if not key[: model.start()] and rest and knowledge.head("Product", rest) == rest:
            found.setdefault(model.group(), Link(5, "model number"))
    if initials(name):
        found.setdefault(initials(name), Link(4, "initials"))
    return found


def _without(key: str, quoted: str) -> bool:
    """Whether what stands around the quoted words tells no version."""
    before, _, after = key.partition(quoted)
    return not _LATIN.search(before) and (bool(_APP.fullmatch(after)) or not _VERSION.match(after))


def is_weak(key: str, knowledge: Knowledge) -> bool:
    """Whether a folded name belongs to many products: 1.0版, 蓝皮书, X9."""
    return bool(_VERSION_ONLY.fullmatch(key)) or knowledge.is_bare_head("Product", key, _MODIFIERS)


def in_one_text(short: Named, full: Named, knowledge: Knowledge) -> Link | None:
    """Why ``short`` may stand for ``full`` in one document, or None."""
    known = short_names(full.name, knowledge).get(short.key)
    if known:
        return known
    if len(short.key) < 2 or full.name.startswith("《"):
        return None
    if full.key.endswith(short.key):
        return _described(short.key, full.key, knowledge)
    if full.key.startswith(short.key):
        return _with_noun(short.key, full, knowledge)
    quoted = quoted_part(full.name)
    if quoted and short.key.startswith(quoted) and full.key.startswith(quoted):
        # “飞天”星座 beside “飞天”遥感星座
        rest = short.key[len(quoted) :]
        return Link(5, "quoted part") if len(rest) > 1 and full.key.endswith(rest) else None
    models = {m for m in _MODEL.findall(full.key) if len(m) >= 3}
    if {m for m in _MODEL.findall(short.key) if len(m) >= 3} == models and len(models) == 1:
        rest = short.key.replace(next(iter(models)), "")
        plain = full.key.replace(next(iter(models)), "")
        return Link(6, "model number") if not rest or (rest in plain and not _NEGATED.search(plain)) else None
    return None


def _described(short: str, full: str, knowledge: Knowledge) -> Link | None:
    """语音助手“小瓷”, 砺山X8: what it is or who made it, then its name."""
    before = full[: -len(short)]
    if knowledge.is_bare_head("Product", short, _MODIFIERS) or (_LATIN.search(before[-1:]) and _LATIN.match(short)):
        return None  # 智能手机 beside 某某智能手机: the kind, not the name
    if knowledge.lookup("Organization", before):
        return Link(5, "brand")  # 腾讯|微信
    return Link(6, "description")


def _with_noun(short: str, full: Named, knowledge: Knowledge) -> Link | None:
    """AN-5货运无人机, “山岳”8万吨模锻压机: its name, then what it is."""
    after = full.key[len(short) :]
    if quoted_part(full.name) == short and _POINT_VERSION.fullmatch(after):
        return Link(6, "version")  # “打盹儿”5.0: the quotation marks part name and version
    if _TELLING.search(after):
        return None
    if knowledge.head("Product", after) == after:
        return Link(5, "head word")
    # a name with letters or digits is a name by itself
    named = bool(_LATIN.search(short)) and len(short) >= 3
    return Link(6, "head word") if named and len(after) > 1 else None
