"""Short names of organisations, and what tells two organisations apart.

A Chinese organisation's name is place + own name + trade + legal form (厦门|青澜|医疗科技|有限公司)
or place + field + head (吉林|松江|农业|大学). Short names leave parts out from either end or
contract the words; what they never do is leave out the words that tell siblings apart, and so
no distance between strings is used anywhere: 中国银行 is as near to 中国建设银行 as can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.resolution.features import Link
from kg.resolution.knowledge import Knowledge
from kg.resolution.names import fold

_LEGAL = re.compile(
    r"(?:集团)?(?:控股)?(?:集团)?(?:股份)?有限(?:责任)?公司$|(?:集团|股份|控股)?公司$|株式会社$|集团$|控股(?:集团)?$|股份$"
)
_FOREIGN_LEGAL = re.compile(
    r"[\s,]+(?:GmbH|AG|SE|AS|AB|SA|S\.?p\.?A|Inc|Corp(?:oration)?|Co|Company|Ltd|Limited|LLC|Plc|PLC|Oyj|e\.V|N\.?V|BV|KG)\.?"
    r"(?:,?\s*Ltd\.?)?$"
)
_BRACKETED = re.compile(r"\([^()]{1,12}\)")
_NEUTRAL_TRADES = frozenset(
    ("科技", "技术", "信息", "信息技术", "网络", "网络科技", "网络技术", "实业", "控股", "国际")
)
_BRANCH = re.compile(r"(?:分公司|子公司|分行|支行|分院|分校|分社|分会|分局|分部|分所|事业部|办事处|代表处|秘书处)$")
_LEADING = ("中国", "国际", "全国", "国家", "全球", "亚洲", "中华", "世界", "中共", "中央", "最高")
_COMMON = frozenset(
    "中国 国家 国际 全国 中央 人民 中心 第一 第二 第三 第四 第五 省 市 县 区 镇 乡 州 交通 师范 理工 科技 工业"
    " 农业 医科 财经 外国语 政法 海洋 民族 体育 邮电 电力 石油 矿业 建设 发展 投资 文化 商业 工商 城市 产业"
    " 行业 专业 技术 研究 信息 教育 融媒体 校 院 系 法 理 文 工 附属 直属 产品 市场 销售 总 新 老 县级"
    " 市级 省级 我 本 其 友好 战略 创新".split()
)
_UNIT = re.compile(
    r"(?:系|处|科|室|组|部|司|分会|秘书处|编辑部|党委|董事会|监事会|委员会|组委会|学院|中心|研究所|实验室|所)$"
)
_LONGEST_UNIT = 7
_CONTRACTIONS = (
    ("师范大学", "师大"), ("农业大学", "农大"), ("林业大学", "林大"), ("科技大学", "科大"), ("科学技术大学", "科大"),
    ("医科大学", "医大"), ("财经大学", "财大"), ("交通大学", "交大"), ("工业大学", "工大"), ("民族大学", "民大"),
    ("外国语大学", "外大"), ("理工大学", "理工"), ("理工大学", "理工大"), ("海洋大学", "海大"), ("大学", "大"),
    ("农村商业银行", "农商行"), ("农村商业银行", "农商银行"), ("委员会", "委"), ("办公室", "办"), ("协会", "协"),
    ("联合会", "联"), ("研究院", "院"), ("研究所", "所"), ("金融控股", "金控"), ("海洋工程", "海工"),
    ("精密机械", "精机"), ("精密仪器", "精仪"), ("生物医药", "生物"), ("管理局", "局"), ("监督管理局", "监局"),
    ("数字科技", "数科"), ("促进会", "促会"), ("人民政府", "政府"), ("附属第一医院", "一院"), ("附属第二医院", "二院"),
    ("科学院", "科院"), ("出版集团", "出版"), ("电力投资", "电投"), ("能源投资", "能投"), ("第一人民医院", "一院"),
)  # fmt: skip


def short_names(name: str, knowledge: Knowledge) -> dict[str, Link]:
    """The folded names that an organisation of this name may go by in any document, with their reasons.

    Example: 厦门青澜医疗科技有限公司 gives 厦门青澜医疗科技, 青澜医疗科技, 青澜医疗 …
    """
    key = fold(name)
    found: dict[str, Link] = {}
    todo: list[tuple[str, Link]] = [(key, Link(0, "")), *_without_foreign_form(name)]
    while todo:
        current, link = todo.pop()
        for shorter, step in _steps(current, knowledge):
            reached = Link(max(link.rank, step.rank), step.feature if step.rank >= link.rank else link.feature)
            if _names_something(shorter, step, knowledge) and (shorter not in found or reached < found[shorter]):
                found[shorter] = reached
                todo.append((shorter, reached))
    found.update({short: link for short, link in todo if short != key})
    found.update({short: link for short, link in _without_foreign_form(name) if short not in found})
    return found


def _without_foreign_form(name: str) -> Iterator[tuple[str, Link]]:
    plain = _FOREIGN_LEGAL.sub("", name)
    if plain != name:
        yield fold(plain), Link(1, "legal form")


def _steps(key: str, knowledge: Knowledge) -> Iterator[tuple[str, Link]]:
    """What is left when one part of a name is left out."""
    bare = _BRACKETED.sub("", key)
    if bare != key:
        yield bare, Link(1, "bracketed part")
        return
    legal = _LEGAL.search(key)
    if legal and not _BRANCH.search(key):
        yield key[: legal.start()], Link(1, "legal form")
    for cut in knowledge.place_cuts(key):
        yield key[cut:], Link(2, "place prefix")
    if key.startswith("中国"):
        yield key[2:], Link(2, "place prefix")
    for size in (4, 3, 2):
        word = key[-size:]
        if len(key) - size >= 2 and word in knowledge.trade_words and not legal:
            yield key[:-size], Link(3 if word in _NEUTRAL_TRADES else 5, "trade word")
    for long, short in _CONTRACTIONS:
        at = key.rfind(long)
        if at > 0:
            yield key[:at] + short + key[at + len(long) :], Link(4, "contraction")


def _names_something(key: str, step: Link, knowledge: Knowledge) -> bool:
    """Whether what is left still tells this organisation from its kind."""
    if len(key) < 2 or knowledge.is_place(key) or is_weak(key, knowledge):
        return False
    head = knowledge.head("Organization", key)
    if step.feature == "trade word" and knowledge.is_strong("Organization", head):
        return False  # 北京大学|医疗 is not 北京大学
    if step.feature == "place prefix":
        rest = key[: len(key) - len(head)]
        # 中国|移动, 中国|电信: without a head the rest is a word; 上海|大学: without a name it is a head
        return len(rest) >= 2 and rest not in _COMMON and (bool(head) or len(key) >= 4)
    return True


def is_weak(key: str, knowledge: Knowledge) -> bool:
    """Whether a folded name belongs to many (法学院, 秘书处, 人民医院): it says who only where its parent is known."""
    if (len(key) > 4 and key.startswith(_LEADING)) or knowledge.lookup("Organization", key):
        return False
    if knowledge.is_bare_head("Organization", key, _COMMON):
        return True
    return bool(_UNIT.search(key)) and len(key) <= _LONGEST_UNIT and not knowledge.place_cuts(key)


def in_one_text(short: str, full: str, full_name: str, knowledge: Knowledge) -> Link | None:
    """Why ``short`` may stand for ``full`` in one document, or None; both folded.

    Weaker reasons than those of :func:`short_names` count here, since a text introduces its
    short names.
    """
    if short.isascii() or len(short) < 2:
        return None
    known = short_names(full_name, knowledge).get(short)
    if known:
        return known
    if bool(_BRANCH.search(full)) != bool(_BRANCH.search(short)):
        # a branch is another thing than its parent; its own tail (云南分公司) still names it
        return Link(6, "end of the name") if _BRANCH.search(short) and full.endswith(short) else None
    head, short_head = knowledge.head("Organization", full), knowledge.head("Organization", short)
    if short_head and full.endswith(short) and len(short) >= 3:
        return Link(6, "end of the name")
    if full.startswith(_LEADING) and full[2:] == short and len(short) >= 4:
        return Link(4, "leading modifier")
    whole = len(short_head) > 1 and knowledge.is_strong("Organization", short_head)
    if knowledge.is_place(short) or (whole and (short_head == head or full.startswith(short))):
        return None  # 清华大学|出版社, 中国(建设)银行: the whole name of another thing
    bodies = {full, *(full[cut:] for cut in (*knowledge.place_cuts(full), *_leading_cut(full)))}
    governs = knowledge.head_class("Organization", head) == "GovernmentBody"  # 协作区|办公室 is not the 协作区
    if not governs and any(body.startswith(short) for body in bodies):
        return Link(7, "beginning of the name")
    tail = len(_LEGAL.search(full).group()) if _LEGAL.search(full) else 0  # type: ignore[union-attr]
    for body in sorted(bodies):
        if abbreviates(short, body, max(len(head), 2)) or (tail and abbreviates(short, body[:-tail], 2)):
            return Link(6, "abbreviation")
    return None


def _leading_cut(key: str) -> tuple[int, ...]:
    return (2,) if key.startswith(_LEADING) else ()


def abbreviates(short: str, full: str, head: int, start: int = 0) -> bool:
    """Whether the characters of ``short`` are picked from ``full`` as short names pick them.

    In order, beginning at ``start`` at the latest, ending inside the head (the last ``head``
    characters), skipping no more than five at once and keeping a quarter of them all, two
    characters no less than four in ten: 国家网信办, 中科院, 上博.
    """
    if not 2 <= len(short) < len(full) or len(short) < (0.4 if len(short) == 2 else 0.25) * len(full):
        return False
    at = full.find(short[0])
    if not 0 <= at <= start:
        return False
    for character in short[1:-1]:
        following = full.find(character, at + 1)
        if not 0 <= following <= at + 6:
            return False
        at = following
    last = full.rfind(short[-1])
    return last > at and last >= len(full) - head and last - at <= 8
