"""Short names of organisations, and what tells two organisations apart.

A Chinese organisation's name is place + own name + trade + legal form (厦门|青澜|医疗科技|有限公司)
or place + field + head (吉林|松江|农业|大学). Short names leave parts out from either end or
contract the words; what they never do is leave out the words that tell siblings apart, and so
no distance between strings is used anywhere: 中国银行 is as near to 中国建设银行 as can be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.resolution.abbreviations import abbreviates, contracted, initials, keeps_ends
from kg.resolution.features import Link, Named
from kg.resolution.knowledge import Knowledge
from kg.resolution.names import fold, quoted_part

_LEGAL = re.compile(r"(?:(?:股份)?有限(?:责任)?公司|股份公司|(?<!分)(?<!子)公司|株式会社)$")
_GROUP = re.compile(r"集团$")
_HOLDING = re.compile(r"(?:控股|股份)$")
_FOREIGN_LEGAL = re.compile(
    r"[\s,]+(?:GmbH|AG|SE|AS|AB|SA|S\.?p\.?A|Inc|Corp(?:oration)?|Co|Company|Ltd|Limited|LLC|Plc|PLC|Oyj|e\.V|N\.?V|BV|KG"
    r"|Group|Holdings?)\.?(?:,?\s*Ltd\.?)?$"
)
_BRACKETED = re.compile(r"\([^()]{1,12}\)")
_PRESS = re.compile(r"(?<=报|刊|志)社$")
_FORMS = (
    (_LEGAL, Link(1, "legal form")),
    (_PRESS, Link(1, "legal form")),
    (_GROUP, Link(2, "group form")),
    (_HOLDING, Link(3, "holding")),
)
_NEUTRAL_TRADES = frozenset("科技 技术 信息 信息技术 网络 网络科技 网络技术 实业 国际 服务 发展 管理 系统 产业".split())
_BRANCH = re.compile(
    r"(?:分公司|子公司|分行|支行|分院|分校|分社|分会|分局|分部|分所|事业部|业务|办事处|代表处|秘书处|编辑部|编委会"
    r"|董事会|监事会|理事会|委员会|组委会|党委|团委|工会|研究所|实验室|工厂|车间|工区|班组|班|小队|分队)$"
)
_UNIVERSITY = re.compile(r".[师农林财医工科民外海]大$|.理工大?$")
"""A university in short."""
_UNITS = frozenset(("研究所", "实验室", "研究院"))
"""Units whose own short names keep their last character: 天文所."""
LEADING = ("中国", "国际", "全国", "国家", "全球", "亚洲", "中华", "世界", "中共", "中央", "最高")
_REGIONS = (
    "亚洲",
    "亚太",
    "欧洲",
    "非洲",
    "美洲",
    "全球",
    "中国",
    "大中华",
    "华东",
    "华南",
    "华北",
    "华中",
    "西南",
    "西北",
    "东北",
    "中南",
)
_COMMON = frozenset(
    "中国 国家 国际 全国 中央 人民 中心 第一 第二 第三 第四 第五 省 市 县 区 镇 乡 州 交通 师范 理工 科技 工业"
    " 农业 医科 财经 外国语 政法 海洋 民族 体育 邮电 电力 石油 矿业 建设 发展 投资 文化 商业 工商 城市 产业"
    " 行业 专业 技术 研究 信息 教育 融媒体 校 院 系 法 理 文 工 附属 直属 产品 市场 销售 总 新 老 县级"
    " 市级 省级 我 本 其 友好 战略 创新".split()
)
_OFFICE = re.compile(
    r"(?:系|处|科|室|组|部|司|分会|秘书处|编辑部|编委会|党委|团委|董事会|监事会|理事会|委员会|组委会?|筹委会?)$"
)
_JOINED = ("和", "与", "及", "、")
_JOINT = re.compile(r"(.{2,})(?<!共)[和与及](?![平谐睦浩田])(.{2,})")  # not 共和国, 和平, 呼和浩特
_LONGEST_OFFICE = 7
_COUNTY = 4
_SCHOOL = re.compile(r"(?:学院|中心|研究所|实验室|所)$")
_LONGEST_SCHOOL = 5


@lru_cache(maxsize=1 << 14)
def short_names(name: str, knowledge: Knowledge) -> Mapping[str, Link]:
    """The folded names that an organisation of this name may go by in any document, with their reasons.

    Example: 厦门青澜医疗科技有限公司 gives 厦门青澜医疗科技, 青澜医疗科技, 青澜医疗 …
    """
    key = fold(name)
    legal = bool(_LEGAL.search(_BRACKETED.sub("", key)))
    found: dict[str, Link] = dict(_foreign_short_names(name))
    todo: list[tuple[str, Link]] = [(key, Link(0, "")), *found.items()]
    while todo:
        current, link = todo.pop()
        for shorter, step in _steps(current, knowledge):
            if step.feature == "trade word" and not legal:
                # two characters that are left are a word: 某某创投 and a maker of phones, 某某互娱 and a pen
                step = Link(6 if len(shorter) < 3 and step.rank > 3 else step.rank, "line of business")
            reached = step if step.rank >= link.rank else link
            if _names_something(shorter, step, knowledge) and (shorter not in found or reached < found[shorter]):
                found[shorter] = reached
                todo.append((shorter, reached))
    found.pop(key, None)
    return found


def _foreign_short_names(name: str) -> Iterator[tuple[str, Link]]:
    plain = _FOREIGN_LEGAL.sub("", name)
    if plain != name:
        yield fold(plain), Link(1, "legal form")
    letters = initials(name)
    if letters:
        yield letters, Link(4, "initials")


def _steps(key: str, knowledge: Knowledge) -> Iterator[tuple[str, Link]]:
    """What is left when one part of a name is left out."""
    bare = _BRACKETED.sub("", key)
    if bare != key:
        yield bare, Link(1, "bracketed part")
        return
    for pattern, link in _FORMS:
        found = pattern.search(key)
        if found:
            yield key[: found.start()], link
            break
    for cut in knowledge.place_cuts(key):
        rest = key[cut:]
        known = knowledge.lookup("Organization", rest)
        abroad = knowledge.is_country(key[:cut])
        if known and known.cls == "MediaOutlet" and not abroad:
            continue  # 南粤|财富 and 北京|青年报 are papers of their own
        # 墨西哥|卫生部 is not the 卫生部 of the reader's own country
        if rest != knowledge.head("Organization", rest) or not abroad:
            yield rest, Link(2, "place prefix")
    if key.startswith("中国"):
        yield key[2:], Link(2, "place prefix")
    if not _LEGAL.search(key):
        for size in (4, 3, 2):
            word = key[-size:]
            if len(key) - size >= 2 and word != "集团" and (word in knowledge.trade_words or word in _NEUTRAL_TRADES):
                yield key[:-size], Link(3 if word in _NEUTRAL_TRADES else 5, "trade word")
    for shorter in contracted(key):
        yield shorter, Link(4, "contraction")


def _names_something(key: str, step: Link, knowledge: Knowledge) -> bool:
    """Whether what is left still tells this organisation from its kind."""
    if len(key) < 2 or knowledge.is_place(key) or is_weak(key, knowledge):
        return False
    head = knowledge.head("Organization", key)
    known = knowledge.lookup("Organization", key)
    if known and known.cls == "MediaOutlet" and step.feature == "group form":
        return False  # 经济学人|集团 owns the weekly
    if step.feature in ("trade word", "line of business", "group form") and _is_whole(head, knowledge):
        # 北京大学|医疗 is not 北京大学, 金融时报|集团 not 金融时报, but a bank and its group are one
        return step.feature == "group form" and knowledge.head_class("Organization", head) == "Company"
    if step.feature == "place prefix" and not known:
        rest = key[: len(key) - len(head)]
        # 中国|移动: without a head the rest is a word; 上海|大学: without a name of its own it is a head
        return len(rest) >= 2 and rest not in _COMMON and (bool(head) or len(key) >= 4)
    return True


def _is_whole(head: str, knowledge: Knowledge) -> bool:
    """Whether a name with this head is complete: 大学 and 时报 are heads of their own, 科技 is not."""
    return (
        len(head) > 1
        and knowledge.is_strong("Organization", head)
        and (knowledge.head_class("Organization", head) != "Company" or head.endswith("银行"))
    )


def is_weak(key: str, knowledge: Knowledge) -> bool:
    """Whether a folded name belongs to many (法学院, 秘书处, 人民医院): it says who only where its parent is known."""
    if (len(key) > 4 and key.startswith(LEADING)) or knowledge.lookup("Organization", key):
        return False
    head = knowledge.head("Organization", key)
    if knowledge.is_bare_head("Organization", key, _COMMON):
        # 财富 and 时代 are words for trades, and names of companies too
        return knowledge.is_strong("Organization", head) or not head or key != head
    if knowledge.place_cuts(key):
        return False
    office = _OFFICE.search(key)
    if head and office and office.group().endswith(head[-1:]) and len(head) <= len(office.group()):
        return len(key) <= _LONGEST_OFFICE
    school = _SCHOOL.search(key)
    field = key[: school.start()] if school else ""
    common = field in _COMMON or field in knowledge.trade_words or knowledge.is_generic(field)
    return school is not None and len(key) <= _LONGEST_SCHOOL and (len(field) < 2 or common)


def in_one_text(short: Named, full: Named, knowledge: Knowledge) -> Link | None:
    """Why ``short`` may stand for ``full`` in one document, or None.

    Weaker reasons than those of :func:`short_names` count here, since a text introduces its
    short names.
    """
    if len(short.key) < 2:
        return None
    known = short_names(full.name, knowledge).get(short.key)
    if known:
        return known
    if quoted_part(full.name) == short.key and not _BRANCH.search(full.key):
        return Link(5, "quoted part")
    return _end_of(short, full, knowledge) or _picked_from(short.key, full.key, knowledge)


def _end_of(short: Named, full: Named, knowledge: Knowledge) -> Link | None:
    if not full.key.endswith(short.key):
        return None
    before = full.key[: -len(short.key)]
    if before.endswith(_JOINED):
        return None  # 文化和|旅游部, 江西、|广东两省人民政府: one of two
    head = knowledge.head("Organization", short.key)
    if knowledge.is_country(before):
        return None if before != "中国" and len(head) == len(short.key) else Link(2, "place prefix")
    if _LEGAL.search(short.key) and not knowledge.is_place(before):
        return None  # 优酷|土豆股份有限公司: a legal name is whole
    # 联盟 alone is the one that was named before it
    if head and (len(short.key) >= 3 or (short.key == head and short.first > full.first)):
        return Link(6, "end of the name")
    if not head and knowledge.is_place(before) and short.key not in _COMMON and not knowledge.is_generic(short.key):
        return Link(6, "place prefix")  # 汕头|潮之鲜: in its own text no head is needed
    own = (short.key.isascii() and len(short.key) >= 3) or full.name.rstrip('”」"').endswith(
        short.name.strip('“”「」"')
    )
    # 法国影像公司Lumaire, 会务公司好会来: what it is, then its name
    return Link(6, "description") if own and knowledge.head("Organization", before) else None


def _picked_from(short: str, full: str, knowledge: Knowledge) -> Link | None:
    unit = _BRANCH.search(full)
    if unit and not _BRANCH.search(short) and not (unit.group() in _UNITS and short.endswith(full[-1])):
        return None  # a branch, an office or a unit is another thing than its parent
    full = _BRACKETED.sub("", full)
    head, short_head = knowledge.head("Organization", full), knowledge.head("Organization", short)
    legal = _LEGAL.search(full)
    if _is_one_of_two(short, full, head):
        return None
    if full.startswith(LEADING) and full[2:] == short and len(short) >= 4:
        return Link(4, "leading modifier")
    places = knowledge.place_cuts(full)
    bodies = sorted({full, *(full[cut:] for cut in (*places, *((2,) if full.startswith(LEADING) else ())))})
    if (
        knowledge.is_place(short)
        and knowledge.place_depth(short) < _COUNTY
        and not any(full[c:].startswith(short) for c in places)
    ):
        return None
    whole = _is_whole(short_head, knowledge) or _LEGAL.search(short) or _UNIVERSITY.search(short)
    if whole and any(body != short and body.startswith(short) for body in bodies):
        return None  # 清华大学|出版社, 浙江|清华大学|出版社, 某某总公司|中南公司, 城市理工|兽医学院
    rest = next((body[len(short) :] for body in bodies if body.startswith(short)), "")
    branch = rest.startswith((*_REGIONS, "的")) or bool(knowledge.place_cuts(rest))
    if rest and (not short_head or legal) and not branch and _may_drop(rest, head, knowledge):
        return Link(7, "beginning of the name")
    noun = len(short) > 2 and short == short_head and knowledge.head_class("Organization", short) != "GovernmentBody"
    if short.isascii() or noun:
        return None  # 医学院 is no short form of 中医科学院, though 文旅厅 is one of 文化和旅游厅
    plain = full[: legal.start()] if legal else full
    for body in bodies:
        stem = body[: len(body) - len(legal.group())] if legal else body
        if keeps_ends(short, stem, _end_word(short, plain, knowledge)) and not _is_empty(short, knowledge):
            return Link(6, "abbreviation")
        if len(short_head) > 1 and (short_head == head or (short.startswith(LEADING) and full.endswith(short_head))):
            continue  # 中国(建设)银行: the words in between tell banks apart
        start = min(4, len(body) // 3) if len(short) >= 3 else 0  # 东海岛屿|羽毛球联合会: a place nobody listed
        if abbreviates(short, body, max(len(head), 2), start) or (legal and abbreviates(short, stem, 2)):
            return Link(6, "abbreviation")
    return None


def _is_one_of_two(short: str, full: str, head: str) -> bool:
    """Whether ``short`` takes from one side of 和 alone: a 文化部 is no 文化和旅游部, and a 旅游部 neither."""
    joined = _JOINT.fullmatch(full[: len(full) - len(head)])
    if not joined or not head or not short.endswith(head[-1:]):
        return False
    own = set(short[:-1])
    return not (own & set(joined[1]) and own & set(joined[2]))


def _may_drop(rest: str, head: str, knowledge: Knowledge) -> bool:
    """Whether a name may be short for itself with ``rest`` after it: a head of no office, or a word or two."""
    if not head:
        return 2 <= len(rest) <= 3 or rest.isascii()  # 华为|云: one character makes another word
    return knowledge.head_class("Organization", head) != "GovernmentBody"


def _end_word(short: str, full: str, knowledge: Knowledge) -> str:
    """The last word of ``full``, where ``short`` ends with it too: 集团, 咨询, 研究院."""
    head = knowledge.head("Organization", full)
    words = (head, *(full[-size:] for size in (4, 3, 2) if full[-size:] in knowledge.trade_words))
    return next((word for word in sorted(words, key=lambda w: -len(w)) if len(word) > 1 and short.endswith(word)), "")


def _is_empty(short: str, knowledge: Knowledge) -> bool:
    """Whether what stands before the last word is no name of its own: 中国, 北京, 人民."""
    head = knowledge.head("Organization", short)
    own = short[: len(short) - len(head)]
    return len(own) < 2 or knowledge.is_place(own) or own in _COMMON or own.startswith(LEADING)
