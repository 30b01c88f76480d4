"""Reads years, months, days and hours; what the words leave out comes from the discourse."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from kg.numerals import parse_number
from kg.times.calendar import Point, make_date, point_of, shift_months
from kg.times.discourse import Discourse

_YEARS = {"今年": 0, "本年度": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "来年": 1, "后年": 2}
_YEARS_LAST = {"当年": 0, "同年": 0, "次年": 1, "翌年": 1}
_MONTHS = {
    "上上": -2, "上月": -1, "上个月": -1, "本月": 0, "这个月": 0, "当月": 0, "同月": 0,
    "下月": 1, "下个月": 1, "次月": 1, "下下": 2,
}  # fmt: skip
_DAYS = {"大前": -3, "前": -2, "昨": -1, "今": 0, "明": 1, "后": 2, "大后": 3}
_DAYS_LAST = {"次": 1, "翌": 1, "隔": 1, "第": 1, "前": -1, "此": -1}
_PM = frozenset(("下午", "傍晚", "晚间", "晚上", "夜间", "深夜", "夜里", "午后", "晚", "夜", "午夜"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What an expression names: a point, a range of two, or a length in days."""

    start: Point | None = None
    end: Point | None = None
    days: int | None = None
    period: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an expression stands: its offset, its sentence's, and whether the words around plan ahead."""

    at: int
    sentence: int
    plan: bool


def read_year(word: str) -> int:
    """The year of 2017年, 二〇一七年, 17年.

    >>> read_year("二〇一七年"), read_year("07年"), read_year("98年")
    (2017, 2007, 1998)
    """
    value = int(parse_number(word.strip("公元年 ")) or 0)
    if value >= 100:
        return value
    return value + (2000 if value < 50 else 1900)


def read_clock(word: str, part: str) -> tuple[int, int] | None:
    """Hour and minute of 10时30分, 5点半, 17:00, in the light of the part of the day."""
    hour_word, _, rest = re.sub(r"[:：点时]", ":", word).partition(":")
    hour, rest = int(parse_number(hour_word) or 0), rest.strip("分 ")
    minute = {"": 0, "整": 0, "半": 30, "一刻": 15}.get(rest)
    minute = int(parse_number(rest) or 0) if minute is None else minute
    if (part in _PM and 0 < hour < 12) or (part in ("中午", "午间", "正午") and hour < 3):
        hour += 12
    return (hour % 24, minute) if hour <= 24 and minute < 60 else None


def date_parts(parts: dict[str, str]) -> Point:
    """Month and day as the words give them."""
    day = int(parse_number(re.sub(r"[日号\s]", "", parts["day"])) or 0) if "day" in parts else None
    return Point(month=_month_number(parts["month"]) if "month" in parts else None, day=day)


def with_clock(point: Point | None, parts: dict[str, str]) -> Point | None:
    """The point with the hour that the words give, where it is a day."""
    if point is None or point.date is None or "clock" not in parts:
        return point
    part = parts.get("part") or parts.get("deictic", "")[-1:] or parts.get("anaphoric", "")[-1:]
    clock = read_clock(parts["clock"], part)
    return replace(point, hour=clock[0], minute=clock[1]) if clock else point


def numeric_point(word: str) -> Point | None:
    """The day of 2017-12-03 or 3.12.2017, None where the calendar has none such."""
    numbers = [int(number) for number in re.findall(r"\d+", word)]
    year, month, day = numbers if numbers[0] > 31 else reversed(numbers)
    return Point(year=year, month=month, day=day) if make_date(year, month, day) else None


def read_date(parts: dict[str, str], discourse: Discourse, place: Place) -> Point | None:
    """The day, month or year that the parts name; None where what was said before can't complete it."""
    if "numeric" in parts:
        return numeric_point(parts["numeric"])
    if "deictic" in parts:
        offset = _DAYS[re.sub(r"[天日晨早晚夜午]$", "", parts["deictic"])]
        return point_of(discourse.reference + dt.timedelta(offset)) if discourse.reference else None
    if "anaphoric" in parts:
        base = discourse.last_day or discourse.reference
        return point_of(base + dt.timedelta(_DAYS_LAST.get(parts["anaphoric"][0], 0))) if base else None
    point = replace(date_parts(parts), year=year_of(parts, discourse))
    if "month" in parts:
        return point if point.year else discourse.fill_year(point, place.sentence, place.at, plan=place.plan)
    if "relative_month" in parts:
        return _relative_month(parts["relative_month"], point, discourse)
    if point.day is not None and point.year is None:
        return discourse.fill_month(point, place.sentence, place.at, plan=place.plan)
    if not parts.keys() & {"year", "relative_year", "day"}:  # a clock alone
        base = discourse.last_day or discourse.reference
        return point_of(base) if base else None
    return replace(point, day=None) if point.year else None


def year_of(parts: dict[str, str], discourse: Discourse) -> int | None:
    """The year that 2017年, 去年 or 次年 means, None where none is named."""
    if "year" in parts:
        return read_year(parts["year"])
    word = parts.get("relative_year")
    if word in _YEARS:
        return discourse.this_year + _YEARS[word] if discourse.this_year else None
    if word in _YEARS_LAST:
        base = discourse.last_year or discourse.this_year
        return base + _YEARS_LAST[word] if base else None
    return None


def _month_number(word: str) -> int:
    word = re.sub(r"[月份\s]", "", word)
    return 1 if word == "正" else int(parse_number(word) or 0)


def _relative_month(word: str, point: Point, discourse: Discourse) -> Point | None:
    base = discourse.last_day if word in ("当月", "同月", "次月") and discourse.last_day else discourse.reference
    if base is None:
        return None
    by = _MONTHS[word] if word in _MONTHS else _MONTHS[word[:2]]
    year, month = shift_months(point.year or base.year, base.month, by)
    return replace(point, year=year, month=month)
