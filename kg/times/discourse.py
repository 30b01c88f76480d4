"""Which day an expression means, given what was said before and when the text was written.

The rules for what a text leaves out:

- A left-out year (12月3日) is that of a full date earlier in the same sentence, or a year to come named
  there (明年的论坛5月20日); else the reference's,
  unless that lies over half a year ahead (a December told in January is past) or, after 将 or 定于,
  over half a year back (a January announced in December is to come); else the corpus's. A full date of
  another sentence tells none: every second one is of another year.
- A left-out month (3日) is the one just mentioned without a day (月底…28日), unless past; else the day is the one
  nearest to the day last mentioned in the sentence, else to that of the text or the reference. News looks
  back, so days ahead of the reference count double, unless 将 or 定于 stands before; a story goes
  on, so days before the one last mentioned count double.
- 当天, 次日 go by the day last mentioned; 今天, 昨日, 上周五 by the reference.
"""

from __future__ import annotations

import bisect
import datetime as dt
import re
from dataclasses import dataclass, field, replace

from kg.times.calendar import Point, make_date, shift_months

_PLAN = re.compile(r"将|拟|定[于在]|计划|预[计定]|即将|要到|等到|开到|展至|延至|截止|截至|訂")


@dataclass(slots=True)
class Discourse:
    """What a text has said so far about when.

    Args:
        reference: the day the text was written, where known.
        default_year: the corpus's year, or the one that the text's opening tells, where known.
        written_years: every (offset, year) that the text gives with a full date, in order.
    """

    reference: dt.date | None
    default_year: int | None
    written_years: tuple[tuple[int, int], ...] = ()
    last_day: dt.date | None = field(default=None, init=False)
    last_day_at: int = field(default=-1, init=False)
    last_month: tuple[int, int] | None = field(default=None, init=False)
    last_year: int | None = field(default=None, init=False)
    last_at: int = field(default=-1, init=False)

    @property
    def this_year(self) -> int | None:
        """The year that 今年 means."""
        return self.reference.year if self.reference else self.default_year

    def note(self, point: Point, at: int) -> None:
        """Remembers a resolved point for 当天, 次日 and days without a month."""
        self.last_year, self.last_at = point.year or self.last_year, at
        if point.year is not None and point.month is not None and point.day is None:
            self.last_month = point.year, point.month
        else:
            self.last_month = None
        if point.date is not None:
            self.last_day, self.last_day_at = point.date, at

    def fill_year(self, point: Point, sentence_start: int, at: int, *, plan: bool) -> Point:
        """Gives a point with a month but no year its year."""
        written = self._written_before(at)
        if written is not None and written[0] >= sentence_start:
            return replace(point, year=written[1])
        if self.reference is not None:
            coming = self.last_year if self.last_at >= sentence_start else None
            if coming is not None and coming > self.reference.year:  # 明年的论坛5月20日…
                return replace(point, year=coming)
            return replace(point, year=self._year_by_reference(self.reference, point, plan=plan))
        return replace(point, year=self.default_year)

    def fill_month(self, point: Point, sentence_start: int, at: int, *, plan: bool) -> Point:
        """Gives a lone day of the month its month and year."""
        if self.last_month is not None and self.last_at >= at - 60 and not self._is_past(self.last_month):
            return replace(point, year=self.last_month[0], month=self.last_month[1])
        best: tuple[float, dt.date] | None = None
        reference = None if self.last_day_at >= sentence_start else self.reference
        anchors = ((reference, 1.0 if plan else 2.0, 2.0 if plan else 1.0), (self.last_day, 1.0, 2.0))
        for anchor, ahead, back in anchors:
            for day in _same_day_around(anchor, point.day or 0):
                distance = (day - anchor).days if anchor else 0
                cost = distance * ahead if distance >= 0 else -distance * back
                if best is None or cost < best[0]:
                    best = (cost, day)
        return replace(point, year=best[1].year, month=best[1].month) if best else point

    def _written_before(self, at: int) -> tuple[int, int] | None:
        """The nearest written year before an offset."""
        index = bisect.bisect_left(self.written_years, (at, 0))
        return self.written_years[index - 1] if index else None

    def _is_past(self, month: tuple[int, int]) -> bool:
        return self.reference is not None and month < (self.reference.year, self.reference.month)

    def _year_by_reference(self, reference: dt.date, point: Point, *, plan: bool) -> int:
        if (point.month, point.day) == (2, 29):
            years = range(reference.year, reference.year - 9, -1)
            return next((year for year in years if make_date(year, 2, 29)), reference.year)
        there = make_date(reference.year, point.month or 1, min(point.day or 15, 28))
        ahead = (there - reference).days if there else 0
        if ahead > 183 and not plan:
            return reference.year - 1
        return reference.year + 1 if ahead < -183 and plan else reference.year


def is_plan(text: str, start: int, end: int) -> bool:
    """Whether the words around an expression say that it lies ahead (将于…, …将)."""
    return bool(_PLAN.search(text, max(0, start - 6), start)) or text.startswith("将", end)


def _same_day_around(anchor: dt.date | None, day: int) -> list[dt.date]:
    if anchor is None:
        return []
    months = (shift_months(anchor.year, anchor.month, by) for by in (-1, 0, 1))
    return [there for year, month in months if (there := make_date(year, month, day))]
