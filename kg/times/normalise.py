"""Text to time mentions: expressions resolved one after another, ranges put together."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Literal

from kg.model import Span
from kg.times.calendar import shift_months
from kg.times.dates import Place, Reading, date_parts, read_clock, read_year, with_clock
from kg.times.discourse import Discourse, is_plan
from kg.times.expressions import Expression, find_expressions, joined
from kg.times.resolve import resolve

Grain = Literal["hour", "day", "month", "year", "period"]
Kind = Literal["date", "range", "duration", "dateTime"]

_SENTENCE_END = re.compile(r"[。！？；!?\n]")
_ELSEWHERE = re.compile(r"(?:当地|當地|北美|美国|美東|美东|欧洲|格林尼治)\w{0,4}[时時][间間]?\s?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeMention:
    """A time expression with its meaning.

    Args:
        text: the words, equal to the document's text at ``span``.
        start: ISO 8601 as fine as the text is (``2017``, ``2017-12``, ``2017-12-03``,
            ``2017-12-03T10:30:00+08:00``); the first day of a range; None where it can't be told
            and for a duration.
        end: the last day of a range, itself included, else None.
        days: the length of a duration (为期三天), else None.
    """

    span: Span
    text: str
    start: str | None
    end: str | None
    days: int | None
    grain: Grain
    kind: Kind


def find_times(text: str, *, reference: dt.date | None, default_year: int | None) -> tuple[TimeMention, ...]:
    """All time expressions of a text, in order, normalised.

    Args:
        text: any text; a whole document tells more than a sentence.
        reference: the day the text was written (see :func:`kg.times.reference_date`).
        default_year: the year where neither text nor reference tells it.

    >>> [(t.text, t.start, t.end) for t in find_times("12月3日至5日", reference=None, default_year=2017)]
    [('12月3日至5日', '2017-12-03', '2017-12-05')]
    """
    expressions = find_expressions(text)
    if not expressions:
        return ()
    discourse = Discourse(reference, default_year, _written_years(expressions))
    sentence_ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    found: list[tuple[Span, Reading]] = []
    before: Expression | None = None
    elsewhere = False
    for expression in expressions:
        last = found[-1][1] if found else Reading()
        join = joined(text, before, expression) if before else None
        reading = _inherit(last, expression) if join else None
        if reading is None:
            reading = resolve(expression, discourse, _place(text, expression.span, sentence_ends))
        here = expression.span.start
        elsewhere = (join == "range" and elsewhere) or _ELSEWHERE.search(text, max(0, here - 12), here) is not None
        if elsewhere:
            reading = _without_hour(reading)
        _note(discourse, reading, here)
        whole = _together(last, reading, join) if join else None
        if whole is not None:
            found[-1] = (Span(found[-1][0].start, expression.span.end), whole)
        else:
            found.append((expression.span, reading))
        before = expression
    return tuple(_mention(text, span, reading) for span, reading in found)


def _written_years(expressions: list[Expression]) -> tuple[tuple[int, int], ...]:
    """The years of full dates, which stand for those left out around them."""
    years = []
    for expression in expressions:
        parts = expression.parts
        if "year" in parts and "day" in parts:
            years.append((expression.span.start, read_year(parts["year"])))
        elif "numeric" in parts:
            years.append((expression.span.start, max(int(number) for number in re.findall(r"\d+", parts["numeric"]))))
    return tuple(years)


def _place(text: str, span: Span, sentence_ends: list[int]) -> Place:
    sentence = bisect.bisect_right(sentence_ends, span.start)
    start = sentence_ends[sentence - 1] if sentence else 0
    return Place(at=span.start, sentence=start, plan=is_plan(text, span.start, span.end))


def _note(discourse: Discourse, reading: Reading, at: int) -> None:
    if reading.period:  # 近三年 is no day to go on from
        return
    for point in (reading.start, reading.end):
        if point is not None:
            discourse.note(point, at)


def _inherit(left: Reading, expression: Expression) -> Reading | None:
    """The right end of a range takes what it leaves out from the left: 12月3日至|5日, 9:00—|11:00."""
    base, parts = left.end or left.start, expression.parts
    if base is None or base.year is None or parts.keys() & {"year", "relative_year", "relative_month"}:
        return None
    point = None
    if "month" in parts:
        own = date_parts(parts)
        point = replace(own, year=base.year + ((own.month or 0, own.day or 0) < (base.month or 0, base.day or 0)))
    elif "day" in parts and base.month is not None:
        own = date_parts(parts)
        over = base.day is not None and own.day is not None and own.day < base.day
        year, month = shift_months(base.year, base.month, int(over))
        point = replace(own, year=year, month=month)
    elif "clock" in parts and parts.keys() <= {"clock", "part"} and base.hour is not None:
        clock = read_clock(parts["clock"], parts.get("part", ""))
        if clock is None:
            return None
        afternoon = 12 if clock[0] < base.hour <= 12 + clock[0] < 24 else 0
        return Reading(start=replace(base, hour=clock[0] + afternoon, minute=clock[1]))
    return Reading(start=with_clock(point, parts)) if point else None


def _together(left: Reading, right: Reading, join: str) -> Reading | None:
    """A range of both, or None: 、 and 和 make one of days that follow each other (18日、19日)."""
    start, end = left.start, right.end or right.start
    if start is None or end is None or start.iso is None or end.iso is None or start.iso > end.iso:
        return None
    if join == "list":
        before = (left.end or start).date
        if before is None or end.date is None or end.hour is not None or (end.date - before).days != 1:
            return None
    return Reading(start=start, end=end, period=left.period and right.period)


def _without_hour(reading: Reading) -> Reading:
    """An hour told in another place's time can't be written as Beijing's; the day is kept."""
    start = replace(reading.start, hour=None, minute=0) if reading.start else None
    return replace(reading, start=start)


def _mention(text: str, span: Span, reading: Reading) -> TimeMention:
    start, end = reading.start, reading.end
    start_iso = start.iso if start else None
    end_iso = end.iso if end and start_iso else None
    kind: Kind = "date"
    if reading.days is not None:
        kind = "duration"
    elif end_iso:
        kind = "range"
    elif start_iso and start and start.hour is not None:
        kind = "dateTime"
    words = text[span.start : span.end]
    grain: Grain = "period" if reading.period or start is None else start.grain
    return TimeMention(span=span, text=words, start=start_iso, end=end_iso, days=reading.days, grain=grain, kind=kind)
