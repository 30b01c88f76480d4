"""Works out the points in time that one expression names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from kg.numerals import parse_number
from kg.times.calendar import Point, make_date, nth_weekday, point_of, shift_months
from kg.times.dates import Place, Reading, read_date, with_clock, year_of
from kg.times.discourse import Discourse
from kg.times.expressions import Expression
from kg.times.grammar import ERAS

_WEEKS = {"上上": -2, "上": -1, "本": 0, "这": 0, "下": 1, "下下": 2}
_WEEKDAYS = {c: n for n, c in enumerate("一二三四五六日")} | {"天": 6}
_UNIT_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7, "月": 30, "年": 365}

_HOLIDAYS: dict[str, tuple[int, int]] = {
    "元旦": (1, 1), "情人节": (2, 14), "女生节": (3, 7), "妇女节": (3, 8), "植树节": (3, 12), "世界水日": (3, 22),
    "愚人节": (4, 1), "世界地球日": (4, 22), "世界读书日": (4, 23), "五一": (5, 1), "劳动节": (5, 1), "青年节": (5, 4),
    "世界电信日": (5, 17), "儿童节": (6, 1), "世界环境日": (6, 5), "建党节": (7, 1), "建军节": (8, 1),
    "教师节": (9, 10), "国庆": (10, 1), "万圣节": (10, 31), "光棍节": (11, 11),
    "双十一": (11, 11), "双11": (11, 11), "双十二": (12, 12),
    "双12": (12, 12), "平安夜": (12, 24), "圣诞": (12, 25),
}  # fmt: skip
"""Holidays of one date every year. Those of the lunar calendar (春节, 中秋) are found but stay undated."""

_MOVING: dict[str, tuple[int, int, int]] = {"母亲节": (5, 6, 2), "父亲节": (6, 6, 3), "感恩节": (11, 3, 4)}
"""Month, weekday (Monday is 0) and which one of the month."""


def resolve(expression: Expression, discourse: Discourse, place: Place) -> Reading:
    """Reads one expression in its discourse; every field is None where nothing can be told."""
    try:
        return _resolve(expression, discourse, place)
    except (OverflowError, ValueError):  # 前年 of a text of the year 1: no calendar has such a day
        return Reading()


def _resolve(expression: Expression, discourse: Discourse, place: Place) -> Reading:
    for kind, read in _READERS.items():
        if kind in expression.parts and not (kind in ("weekday", "holiday", "month_part") and _has_day(expression)):
            return read(expression.parts, discourse, place)
    return Reading(start=with_clock(read_date(expression.parts, discourse, place), expression.parts))


def _has_day(expression: Expression) -> bool:
    return any(kind in expression.parts for kind in ("day", "numeric"))


def _month_part(parts: dict[str, str], discourse: Discourse, place: Place) -> Reading:
    """月底, 上旬 say no more than their month, 年初 no more than its year."""
    word, reference = parts["month_part"], discourse.reference
    if parts.keys() & {"month", "relative_month"}:
        return Reading(start=read_date(parts, discourse, place))
    year = year_of(parts, discourse)
    if "年" in word or "岁" in word or year:
        year = year or discourse.this_year
        return Reading(start=Point(year=year) if year else None)
    return Reading(start=Point(year=reference.year, month=reference.month) if reference else None)


def _monday(discourse: Discourse, word: str) -> dt.date | None:
    if discourse.reference is None:
        return None
    prefix = re.match("上上|下下|[上下本这]", word)
    weeks = _WEEKS[prefix[0]] if prefix else 0
    return discourse.reference + dt.timedelta(weeks * 7 - discourse.reference.weekday())


def _weekday(parts: dict[str, str], discourse: Discourse, place: Place) -> Reading:
    word, reference = parts["weekday"], discourse.reference
    monday = _monday(discourse, word)
    if monday is None or reference is None:
        return Reading()
    if word.endswith("末"):
        ends = monday + dt.timedelta(5), monday + dt.timedelta(6)
        return Reading(start=point_of(ends[0]), end=point_of(ends[1]), period=True)
    day = monday + dt.timedelta(_WEEKDAYS[word[-1]])
    if word[0] in "周星礼":  # unmarked: the last one, or the next where a plan is told
        if place.plan and day < reference:
            day += dt.timedelta(7)
        elif not place.plan and day > reference:
            day -= dt.timedelta(7)
    return Reading(start=with_clock(point_of(day), parts))


def _week(parts: dict[str, str], discourse: Discourse, place: Place) -> Reading:
    monday = _monday(discourse, parts["week"])
    if monday is None:
        return Reading()
    return Reading(start=point_of(monday), end=point_of(monday + dt.timedelta(6)), period=True)


def _month_week(parts: dict[str, str], discourse: Discourse, place: Place) -> Reading:
    point, word = (
        read_date({k: v for k, v in parts.items() if k != "month_week"}, discourse, place),
        parts["month_week"],
    )
    if point is None or point.year is None or point.month is None:
        return Reading()
    which = re.search("第(.)", word)
    number = int(parse_number(which[1]) or 0) if which else -1
    if word.endswith("周"):
        first = nth_weekday(point.year, point.month, 0, number)
        return Reading(start=point_of(first), end=point_of(first + dt.timedelta(6)), period=True)
    return Reading(start=point_of(nth_weekday(point.year, point.month, _WEEKDAYS[word[-1]], number)))


def _period(parts: dict[str, str], discourse: Discourse, place: Place) -> Reading:
    word, year = parts["period"], year_of(parts, discourse) or discourse.this_year
    number = int(parse_number(re.sub("[第首前个季度半年月]", "", word)) or 1)
    if word.endswith("半年"):
        first, last = (1, 6) if word[0] == "上" else (7, 12)
    elif word.endswith("月"):
        first, last = 1, min(number, 12)
    else:
        first, last = 1 if word[0] == "前" else number * 3 - 2, number * 3
    if year is None:
        return Reading(period=True)
    return Reading(start=Point(year=year, month=first), end=Point(year=year, month=last), period=True)


def _century(parts: dict[str, str], discourse: Discourse, place: Place) -> Reading:
    century_word, _, decade_word = parts["century"].rpartition("世纪")
    decade = int(parse_number(decade_word.removesuffix("年代")) or 0)
    now = (discourse.this_year or 2000) // 100 * 100
    relative = {"上": now - 100, "本": now, "": 2000 if decade < 30 else 1900}
    base = relative[century_word] if century_word in relative else (int(parse_number(century_word) or 20) - 1) * 100
    return Reading(start=Point(year=base + decade), end=Point(year=base + decade + 9), period=True)


def _era(parts: dict[str, str], discourse: Discourse, place: Place) -> Reading:
    word = parts["era"]
    number = word[2 : word.index("年")]
    return Reading(start=Point(year=ERAS[word[:2]] + (1 if number == "元" else int(parse_number(number) or 1)) - 1))


def _holiday(parts: dict[str, str], discourse: Discourse, place: Place) -> Reading:
    word, year = parts["holiday"], year_of(parts, discourse)
    name = next((name for name in (*_HOLIDAYS, *_MOVING) if word.startswith(name)), None)
    if name is None:
        return Reading()
    if name in _MOVING:
        month, weekday, number = _MOVING[name]
        year = year or discourse.this_year
        return Reading(start=point_of(nth_weekday(year, month, weekday, number)) if year else None)
    point = Point(year=year, month=_HOLIDAYS[name][0], day=_HOLIDAYS[name][1])
    return Reading(start=point if year else discourse.fill_year(point, place.sentence, place.at, plan=place.plan))


def _amount(word: str) -> tuple[int, str]:
    """Number and unit of 三天, 两个月, 半年 (in months), 5周."""
    unit = next(unit for unit in ("星期", "礼拜", "周", "月", "天", "日", "年") if unit in word)
    number = re.search(r"\d+|[两一二三四五六七八九十]+|半", word)
    if number is None or (number[0] == "半" and unit == "年"):
        return (6, "月") if unit == "年" else (1, unit)
    return int(parse_number(number[0]) or 1), unit


def _shift(day: dt.date, by: int, unit: str) -> Point:
    """The point ``by`` units on, as fine as the unit is."""
    if unit == "年":
        return Point(year=day.year + by)
    if unit == "月":
        year, month = shift_months(day.year, day.month, by)
        return Point(year=year, month=month)
    return point_of(day + dt.timedelta(by * _UNIT_DAYS[unit]))


def _offset(parts: dict[str, str], discourse: Discourse, place: Place) -> Reading:
    """两天后 counts from the day last mentioned, 三年前 from the reference."""
    number, unit = _amount(parts["offset"])
    if parts["offset"].endswith("前"):
        base, number = discourse.reference, -number
    else:
        base = discourse.last_day or discourse.reference
    return Reading(start=_shift(base, number, unit) if base else None)


def _stretch(parts: dict[str, str], discourse: Discourse, place: Place) -> Reading:
    """近三年, 未来两天: from or to the reference; the days ahead begin tomorrow."""
    word, reference = parts["stretch"], discourse.reference
    if reference is None:
        return Reading(period=True)
    number, unit = _amount(word)
    if re.match("过去|最近|近|前|上", word):
        return Reading(start=_shift_day(reference, -number, unit), end=point_of(reference), period=True)
    last = _shift_day(reference, number, unit)
    return Reading(start=point_of(reference + dt.timedelta(1)), end=last, period=True)


def _shift_day(day: dt.date, by: int, unit: str) -> Point:
    months = {"年": 12, "月": 1}.get(unit)
    if months is None:
        return point_of(day + dt.timedelta(by * _UNIT_DAYS[unit]))
    year, month = shift_months(day.year, day.month, by * months)
    return point_of(make_date(year, month, day.day) or dt.date(year, month, 28))


def _duration(parts: dict[str, str], discourse: Discourse, place: Place) -> Reading:
    number, unit = _amount(parts["duration"])
    return Reading(days=number * _UNIT_DAYS[unit])


def _lunar(parts: dict[str, str], discourse: Discourse, place: Place) -> Reading:
    """A day of the lunar calendar is recognised, so that nobody takes it for another, but not dated."""
    return Reading()


_READERS: dict[str, Callable[[dict[str, str], Discourse, Place], Reading]] = {
    "lunar": _lunar,
    "duration": _duration,
    "stretch": _stretch,
    "offset": _offset,
    "week": _week,
    "month_week": _month_week,
    "century": _century,
    "era": _era,
    "period": _period,
    "holiday": _holiday,
    "month_part": _month_part,
    "weekday": _weekday,
}
