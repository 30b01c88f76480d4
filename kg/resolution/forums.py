"""Names of forums: their edition and year, and the short names of the series they belong to.

第四届世界互联网大会 is the edition 4 of 世界互联网大会; so is 第四届“世界互联网大会·乌镇峰会”. Short names
are compared for the series (base) alone, editions by their numbers and years.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.numerals import parse_number
from kg.resolution.abbreviations import abbreviates, contracted, initials
from kg.resolution.features import Link, Named
from kg.resolution.knowledge import Knowledge
from kg.resolution.names import fold, quoted_part
from kg.traditional import SIMPLIFIED

_EDITION = re.compile(r"第\s*([零〇一二三四五六七八九十百两\d]{1,5})\s*(?:届|次|期|回|讲|季)|首(?:届|次|季)")
#: 二〇〇二 of 二〇〇二年
WRITTEN_YEAR = "[一二][〇○零九][〇○零一二三四五六七八九]{2}(?=年)"
_YEAR = re.compile(
    r"(?<![\d.])(?P<year>(?:19|20)\d\d)(?:[-—–/](?:20)?\d\d)?(?![\d.])\s*(?:年度|年)?|[’'‘](?P<short>\d\d)(?!\d)"
    rf"|(?P<written>{WRITTEN_YEAR})年"
)
_LATIN_YEAR = re.compile(r"([A-Z]{2,6})\s?(\d\d)")
_COUNTED = frozenset(("COP",))
_BRACKETED = re.compile(r"\(([^()]{3,}|[A-Z][A-Z0-9])\)")
_ABBREVIATED = re.compile(r".{1,3}(?:博会|交会|洽会|贸会|融会)")
_CONGRESS = re.compile(r"(?:党的|中共)?([一二三四五六七八九十]{1,3})大")
_CONGRESSES = "中国共产党全国代表大会"
_OCCASION = re.compile(r".*(?:决赛|复赛|预赛|初赛|典礼|仪式|开幕式?|闭幕式?|晚会|晚宴|新闻发布会)")
_CONTEST = re.compile(r"赛|评选|杯$")
_INNER = re.compile(r"国际|中国|全国|全球|\([^()]*\)")
_MODIFIERS = frozenset(
    "新品 新闻 媒体 春季 夏季 秋季 冬季 年度 主 平行 专题 高端 高峰 高层 国际 全球 全国 成立 揭牌 上线 启动 颁奖 签约"
    " 开幕 闭幕 开学 毕业 业绩 中期 年中 年终 伙伴 合作伙伴 开发者 用户 股东 职工 会员 会员代表 代表 干部 行业 产业"
    " 学术 主题 专场 成果 产品 战略 投资者 媒体 吹风 说明 交接 交付 下线 奠基 竣工 开工 开业 首发 发布 大 分 场"
    " 团体 个人 联赛 总决赛 决赛 半决赛 部长级 领导人 非正式 圆桌 闭门 交流 庆典 庆祝 周年 校庆 本 首".split()
)


_PLAIN = ("全球", "国际", "全国", "新闻", "媒体", "主题", "专题")


class ForumName(NamedTuple):
    """A forum's name in parts; ``base`` is folded, ``words`` keeps its quotation marks."""

    base: str
    words: str
    edition: int | None
    year: int | None


@lru_cache(maxsize=1 << 14)
def parse_forum(name: str) -> ForumName:
    """The series, the edition and the year in a forum's name.

    Example:
        >>> parse_forum("第四届“世界互联网大会·乌镇峰会”")
        ForumName(base='世界互联网大会', words='世界互联网大会', edition=4, year=None)
        >>> parse_forum("党的十九大")[:3:2]
        ('中国共产党全国代表大会', 19)
        >>> parse_forum("2019年世界人工智能大会")[2:], parse_forum("MWC19")[2:]
        ((None, 2019), (None, 2019))
    """
    plain = unicodedata.normalize("NFKC", name).translate(SIMPLIFIED)
    edition = year = None
    congress = _CONGRESS.fullmatch(plain)
    if congress:
        plain = f"第{congress[1]}次{_CONGRESSES}"
    found = _EDITION.search(plain)
    if found:
        number = parse_number(found[1]) if found[1] else 1
        edition = int(number) if number else None
        plain = plain[: found.start()] + plain[found.end() :]
    found = _YEAR.search(plain)
    latin = _LATIN_YEAR.fullmatch(plain.strip())
    if found:
        year = _year(found)
        plain = plain[: found.start()] + plain[found.end() :]
    elif latin:
        # MWC19 tells its year; the conferences of the parties to a convention are counted
        counted = latin[1] in _COUNTED
        edition, year = (int(latin[2]), None) if counted else (edition, 2000 + int(latin[2]))
        plain = latin[1]
    words = _balanced(_without_subtitle(plain.replace("()", "")).strip(" -—–"))
    return ForumName(fold(words) if words.strip('“”《》"· ') else "", words, edition, year)


def _year(found: re.Match[str]) -> int:
    if found["year"]:
        return int(found["year"])
    if found["short"]:
        return (1900 if found["short"] > "50" else 2000) + int(found["short"])
    return int(parse_number(found["written"]) or 0)


def _balanced(words: str) -> str:
    """Without quotation marks of which one half was cut off."""
    return words if words.count("“") == words.count("”") else words.replace("“", "").replace("”", "")


def _without_subtitle(words: str) -> str:
    """世界互联网大会·乌镇峰会 is one series: what follows the dot is its place or its motto."""
    first, dot, rest = words.partition("·")
    ends = ("大会", "峰会", "论坛", "年会", "博览会", "会议", "展览会", "艺术节", "电影节", "文化节")
    return first if dot and first.endswith(ends) and rest else words


def short_names(name: str, knowledge: Knowledge) -> dict[str, Link]:
    """The bases under which a series of this name may appear in any document."""
    parsed = parse_forum(name)
    base = parsed.base
    found: dict[str, Link] = {}
    bracketed = _BRACKETED.search(parsed.words)
    if bracketed and bracketed.end() == len(parsed.words):  # WeftConf（纬织开发者大会）
        parts = (parse_forum(parsed.words[: bracketed.start()]).base, parse_forum(bracketed[1]).base)
        found.update({p: Link(1, "bracketed part") for p in parts if _distinct(p, knowledge) or p.isascii()})
    for part in base.split("暨") if "暨" in base else ():
        found[parse_forum(part).base] = Link(1, "part of a double name")
    for cut in knowledge.place_cuts(base):
        if _distinct(base[cut:], knowledge):
            found.setdefault(base[cut:], Link(2, "place prefix"))
    for shorter in (_INNER.sub("", base), *contracted(base), *_plainer(parsed.words, base)):
        if shorter != base and _distinct(shorter, knowledge):
            found.setdefault(shorter, Link(4, "modifier"))
            found.setdefault(_INNER.sub("", shorter), Link(4, "modifier"))
    if base.endswith("活动") and knowledge.head("Forum", base[:-2]) and _distinct(base[:-2], knowledge):
        found.setdefault(base[:-2], Link(3, "head word"))
    head = knowledge.head("Forum", base)
    own = base[: len(base) - len(head)]
    if head and len(own) >= 4 and not knowledge.head("Forum", own) and _distinct(own, knowledge):
        found.setdefault(own, Link(5, "head word"))
    quoted = quoted_part(parsed.words)
    if quoted and len(quoted) >= 4 and base.startswith(quoted) and is_weak(base[len(quoted) :], knowledge):
        found.setdefault(quoted, Link(5, "quoted part"))
    if initials(parsed.words):
        found.setdefault(initials(parsed.words), Link(4, "initials"))
    found.pop(base, None)
    return found


def same_words(name: str, other: str) -> bool:
    """Whether two names differ by 中国, 国际 or a bracketed place at most.

    Example:
        >>> same_words("中国国际大数据产业博览会", "2018中国大数据产业博览会")
        True
        >>> same_words("中国国际文化产业博览交易会", "中国（西安）国际文化产业博览会")
        False
    """
    one, two = (_INNER.sub("", parse_forum(each).base) for each in (name, other))
    return one == two


def _plainer(words: str, base: str) -> Iterator[str]:
    """“某某”全球新闻发布会 is “某某”发布会, 某某发布活动 is 某某发布."""
    quoted = quoted_part(words)
    if quoted and len(quoted) >= 4 and base.startswith(quoted):
        kind = re.sub(rf"^(?:{'|'.join(_PLAIN)})+(?=.)", "", base[len(quoted) :])
        yield quoted + kind
    for end in ("会", ""):
        yield re.sub(r"(?<=发布)(?:活动|会|仪式)$", end, base)


def _distinct(base: str, knowledge: Knowledge) -> bool:
    head = knowledge.head("Forum", base)
    return len(base) - len(head) >= 3 and not is_weak(base, knowledge) and not knowledge.is_place(base)


def is_weak(base: str, knowledge: Knowledge) -> bool:
    """Whether a base belongs to many forums: 颁奖典礼, 秋季新品发布会, 大会."""
    if _ABBREVIATED.fullmatch(base):
        return False  # 进博会, 广交会: heads of their own, and names
    return len(base) < 2 or knowledge.is_bare_head("Forum", base, _MODIFIERS)


def in_one_text(short: Named, full: Named, knowledge: Knowledge) -> Link | None:
    """Why the series ``short`` may stand for the series ``full`` in one document, or None."""
    known = short_names(full.name, knowledge).get(short.key)
    if known:
        return known
    quoted, short_quoted = quoted_part(full.name), quoted_part(short.name)
    if _CONTEST.search(short.key) and not _CONTEST.search(full.key):
        return None  # “青山杯” is no meeting of its winners
    # “青山杯”大赛|总决赛
    occasion = full.key.startswith(short.key) and _OCCASION.fullmatch(full.key, len(short.key))
    if (
        quoted
        and not occasion
        and len(quoted) > 1
        and (quoted in (short.key, short_quoted))
        and _one_kind(short.key, full.key, knowledge)
    ):
        return Link(5, "quoted part")
    if not short.key:
        return Link(7, "end of the name")  # 第十届 alone
    return _picked_from(short.key, full.key, knowledge)


def _one_kind(short: str, full: str, knowledge: Knowledge) -> bool:
    """Whether the heads of two names tell one kind of occasion, or the shorter has none."""
    head = knowledge.head("Forum", short)
    kinds = {knowledge.head_class("Forum", h) for h in (head, knowledge.head("Forum", full)) if h}
    return not knowledge.is_strong("Forum", head) or len(kinds) < 2


def _picked_from(short: str, full: str, knowledge: Knowledge) -> Link | None:
    head, short_head = knowledge.head("Forum", full), knowledge.head("Forum", short)
    if full.endswith(short):
        before = full[: -len(short)]
        if knowledge.is_country(before) and len(short) >= 4:
            return Link(2, "place prefix")
        return Link(6, "end of the name") if short_head or knowledge.is_place(before) else None
    if full.startswith(short):
        # 大会|颁奖典礼: an occasion of the forum, not the forum
        if short_head not in ("", "杯") or not head:
            return None
        return Link(5 if full == short + head else 7, "beginning of the name")
    if short.isascii():
        return None
    own, full_own = short[: len(short) - len(short_head)], full[: len(full) - len(head)]
    if short_head == head and len(own) >= 2 and own in full_own and not knowledge.is_place(own):
        return Link(6, "abbreviation")
    picked = any(
        len(short) >= 3 and abbreviates(short, body, max(len(head), 2), start=min(6, len(body) // 2))
        for body in (full, _INNER.sub("", full))
    )
    return Link(6, "abbreviation") if picked else None
