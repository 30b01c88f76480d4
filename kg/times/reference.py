"""The day a text was written: what 今天, 昨日 and a lone 3日 count from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from kg.folding import fold_text
from kg.model import Span
from kg.times.calendar import Point, make_date, shift_months
from kg.times.dates import date_parts, numeric_point, read_year
from kg.times.expressions import Expression, find_expressions

_HEAD = 240
"""Datelines stand in the first lines; a title and a subtitle may come before."""

_LONGEST_DELAY = 31
"""Days between dateline and publication; a date further off is not a dateline but a thing of the past."""

_WIRE = re.compile(r"\s?(?:上午|下午|晚)?(?:专?电|专?訊|专?讯|電|消息|报道|報道|稿)")
_PRESS = re.compile(r"(?:\s?[，,]\s?[^\s，。,]{2,8})?\s?(?:[—－]{1,2}|--|[】\]])")
_BYLINE = re.compile(r"[（(【\[]?(?:本报|特约|见习)?(?:记者|通讯员|記者)[^。（()）]{0,40}[）)】\]]\s?$")
_HINT = re.compile(
    r"[日\d]\s?(?:上午|下午|晚)?(?:[专电電讯訊消报報稿—－\-】\]]|[，,][^，。]{1,9}[—－\-】\]])|[)）】\]]\s?[\d一二十]"
)
"""Whatever one of the two patterns above needs: most texts have no dateline and are spared the rest."""

_OPENING = re.compile(r"[\s【\[（(]*(?:\w{2,8}[，,]\s?)?")
_HEADLINE = 150
"""The year of what is reported stands in the title or the first sentence."""

#: When a page was put on the net: 2018年06月21日 09:12 来源：…, （2018-06-21）.
_STAMP = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?:年\d\d?月\d\d?日|[-/.]\d\d?[-/.]\d\d?)"
    r"(?=\s|[）】\]]|来源|[讯电]|\d\d：|$)",
    re.MULTILINE,
)
#: The event that a report opens with: 2024世界人工智能大会. Years of other words tell little: of those that a text
#: writes most, two of three are of the past or of plans.
_EVENT = re.compile(
    r"(?<![\d—\-至到])(?P<year>(?:19|20)\d\d)(?:年(?!度)|(?!年))(?:[^\W_的由在于起]|[“”·]){0,20}?"
    "(?:大会|年会|会议|研讨会|座谈会|交易会|洽谈会|发布会|博览会|论坛|峰会|展览|展会|[车书画]展|影节|视节|术节|化节|乐节|购物节|大赛|嘉年华|盛典)"
)

Source = Literal["dateline", "metadata", "byline", "corpus", "text", "none"]
_Teller = Callable[[str, Span], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """The day or at least the year that a text was written in, and what told it.

    Args:
        span: the dateline's date, where the text has one.
    """

    date: dt.date | None
    year: int | None
    source: Source
    span: Span | None = None


def reference_date(text: str, date: str | None, year: int | None) -> Reference:
    """Works out when a text was written.

    A dateline (新华社北京4月3日电) comes first, its missing parts taken from ``date`` and ``year``; then
    ``date``; then a date right after the byline; then the corpus's ``year``; then the year that the text's
    opening tells, by the page's own date or the event that it reports.

    Args:
        text: the whole document.
        date: the document's date, ISO 8601, where known from outside.
        year: the corpus's year.
    """
    known = _known_date(date)
    own_year = known.year if known else year or (int(date[:4]) if date else None) or _written_year(text)
    head = text[:_HEAD]
    days = [e for e in find_expressions(head) if e.parts.keys() & {"day", "numeric"}] if _HINT.search(head) else []
    tellers: tuple[tuple[Source, _Teller], ...] = (("dateline", _is_dateline), ("byline", _follows_byline))
    for source, tells in tellers[:1] if known else tellers:
        for expression in days:
            day = _day(expression, known, own_year) if tells(head, expression.span) else None
            if day is not None and (known is None or abs((known - day).days) <= _LONGEST_DELAY):
                return Reference(date=day, year=day.year, source=source, span=expression.span)
    if known:
        return Reference(date=known, year=known.year, source="metadata")
    return Reference(date=None, year=own_year, source="corpus" if year or date else "text" if own_year else "none")


def _known_date(date: str | None) -> dt.date | None:
    match = re.match(r"(\d{4})-(\d\d)-(\d\d)", date or "")
    return make_date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _written_year(text: str) -> int | None:
    """The year of the page's own date or of the event that the text opens with."""
    head = fold_text(text[:_HEADLINE])
    told = _STAMP.search(head) or _EVENT.search(head)
    return int(told["year"]) if told else None


def _is_dateline(head: str, span: Span) -> bool:
    """新华社北京4月3日电, or 【南通，2025年5月23日】 and 8月2日，成都—— at the very start."""
    if _WIRE.match(head, span.end):
        return True
    return bool(_OPENING.fullmatch(head, 0, span.start) and _PRESS.match(head, span.end))


def _follows_byline(head: str, span: Span) -> bool:
    """（记者 张三）8月2日，…"""
    return bool(_BYLINE.search(head, 0, span.start))


def _day(expression: Expression, known: dt.date | None, year: int | None) -> dt.date | None:
    """The dateline's day; a lone 30日 is the last one not after the known date."""
    parts = expression.parts
    point = numeric_point(parts["numeric"]) if "numeric" in parts else date_parts(parts)
    if point is None:
        return None
    if "year" in parts:
        point = Point(year=read_year(parts["year"]), month=point.month, day=point.day)
    if point.date is not None:
        return point.date
    if point.month is not None:
        years = (known.year, known.year - 1, known.year + 1) if known else (year,) if year else ()
        days = [day for y in years if (day := make_date(y, point.month, point.day or 0))]
        return min(days, key=lambda day: abs((day - known).days) if known else 0) if days else None
    if known is None:
        return None
    months = (shift_months(known.year, known.month, by) for by in (0, -1))
    days = [day for y, m in months if (day := make_date(y, m, point.day or 0)) and (day - known).days <= 1]
    return days[0] if days else None
