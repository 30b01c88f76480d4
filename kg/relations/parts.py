"""What a text names for another part than the one it seems to have in a forum."""

from __future__ import annotations

import re

from kg.model import Mention, Span

_TAKES_PART = frozenset(("attends", "exhibitsAt"))
_HOSTS = frozenset(("organizer", "coOrganizer"))
#: 论坛在吉林大学举办, 他赴木棉学院参加会议: where it is held, and where somebody goes.
_AT, _HELD_THERE = ("在", "于"), re.compile("(?:隆重|正式|成功|顺利|如期)?(?:举办|举行|召开|开幕|启动|揭幕|落幕|闭幕)")
_TOWARDS, _GOES_THERE = ("赴", "前往", "来到", "走进"), re.compile("(?:参加|出席|参会|参展|观展)")
#: 他发来视频致辞, 他的代表李四致辞, 他的乐队登台: who sends words or others stays away.
_STAYS_AWAY = re.compile(
    "[^，。；：！？宣读\n]{0,12}?(?:发来|发去|寄来|送来|致信|致贺信|致贺电|致电|作出重?要?批示)"
    "|的(?:特别|个人|私人|全权)?(?:代表(?![团中])|特使|弟子|学生|家属|遗孀|助手|儿子|女儿)|的?(?:乐队|团队)"
)
#: 四足机器人、救援机器人等展品集中亮相: what is shown is not what is talked about.
_IS_SHOWN = re.compile("[^，。；：！？\n]*?(?:亮相|展出|展示|展品|参展)")
#: 8日晚，电影节在木棉大剧院举行闭幕式: the day that it ends, or that its prizes are given.
_BEGINS = frozenset(("dates", "startDate"))
_CLOSES = re.compile("[^，。；！？\n]{0,30}?(?:举行|举办|召开)了?(?:盛大|隆重)?的?(?:闭幕|颁奖)")
#: 发布了面向AI PC的处理器: what the new thing is for, or made of.
_COMES_OUT = frozenset(("releases", "presentedAt", "releaseDate"))
_IS_FOR = ("面向", "针对", "基于", "用于", "适用于", "适配", "兼容", "搭载", "采用", "内置", "配备")
#: 甲、乙分别与丙、丁签约: the first signs with the first.
_RESPECTIVELY = re.compile("[^。；！？\n]*?分别(?:与|和|同|跟)")
_LEFT_ITEMS = re.compile("[^，。；：！？\n]*$")
_RIGHT_ITEMS = re.compile("[^，。；：！？\n]*?(?=签|达成|就|在|开展|建立|[，。；：！？\n]|$)")
_BETWEEN_ITEMS = re.compile("[、和及]")
_PEOPLE = (
    "(?:院士|专家|学者|代表|师生|学生|研究生|教授|教师|嘉宾|观众|选手|员工|记者|志愿者|人士|科学家|人员|领导|官员|医生|医师|律师|校友|青年)"
    "(?![团队])"
)
_COME_FROM = re.compile("来自[^，。；：！？\n]*$")
_ARE_PEOPLE = re.compile(f"[^，。；：！？\n]*?(?:[\\d一二两三四五六七八九十百千万][余多]?[位名]|[余多]人|{_PEOPLE})")
_SO_MANY = re.compile("[\\d一二两三四五六七八九十百千万余多几][位名]$")
_OF_THEM = re.compile(f"的?{_PEOPLE}")
_LONGEST_LIST = 200


def plays_another_part(predicate: str, text: str, subject: Mention, end: Span | None) -> bool:
    """Whether the text names an end of the seeming fact for something else.

    Organisations for nothing but the people who come from them or as the place; people who only send their words;
    what is shown for a topic; the day of the closing ceremony for the first; what a new product is for;
    of those who sign with each other respectively the ones of other pairs.

    Args:
        text: of the whole document.
        end: where the object stands, if it is told.
    """
    if predicate in _TAKES_PART:
        at = subject.span
        if subject.type == "Person":
            return _STAYS_AWAY.match(text, at.end) is not None
        return _only_lends_people(text, at.start, at.end) or (
            text.endswith(_TOWARDS, 0, at.start) and _GOES_THERE.match(text, at.end) is not None
        )
    if predicate in _BEGINS:
        return _CLOSES.match(text, subject.span.end) is not None
    if predicate in _COMES_OUT:
        product = end if predicate == "releases" else subject.span
        return product is not None and text.endswith(_IS_FOR, 0, product.start) and text.startswith("的", product.end)
    if end is None:
        return False
    if predicate == "cooperatesWith":
        return _is_of_another_pair(text, *sorted((subject.span, end)))
    if predicate in _HOSTS:
        return text.endswith(_AT, 0, end.start) and _HELD_THERE.match(text, end.end) is not None
    return predicate == "topic" and _IS_SHOWN.match(text, end.end) is not None


def _is_of_another_pair(text: str, first: Span, second: Span) -> bool:
    found = _RESPECTIVELY.match(text, first.end, second.start)
    if found is None:
        return False
    left, right = _LEFT_ITEMS.search(text, 0, first.start), _RIGHT_ITEMS.match(text, second.end)
    assert left is not None and right is not None  # both may be empty
    before = _BETWEEN_ITEMS.findall(left[0]), _BETWEEN_ITEMS.findall(text, found.end(), second.start)
    after = _BETWEEN_ITEMS.findall(found[0]), _BETWEEN_ITEMS.findall(right[0])
    lengths = {len(a) + len(b) for a, b in zip(before, after, strict=True)}
    return lengths != {0} and len(lengths) == 1 and len(before[0]) != len(before[1])


def _only_lends_people(text: str, start: int, end: int) -> bool:
    """来自O1、O2的50位研究生参加论坛, 50位O的院士."""
    before = text[max(0, start - _LONGEST_LIST) : start]
    if _COME_FROM.search(before):
        return _ARE_PEOPLE.match(text, end, end + _LONGEST_LIST) is not None
    return bool(_SO_MANY.search(before) and _OF_THEM.match(text, end))
