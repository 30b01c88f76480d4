"""Points in time as far as a text tells them, and the arithmetic of days and months."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

_LAST_YEAR = 2999
"""Years beyond are numbers of something else, and reckoning from them would leave the calendar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A date as far as it is known; ``hour`` and ``minute`` in Beijing time."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int = 0

    @property
    def date(self) -> dt.date | None:
        """The day, where year, month and day are known and exist in the calendar."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return make_date(self.year, self.month, self.day)

    @property
    def grain(self) -> Literal["hour", "day", "month", "year"]:
        """The finest part that is known."""
        if self.month is None:
            return "year"
        if self.day is None:
            return "month"
        return "day" if self.hour is None else "hour"

    @property
    def iso(self) -> str | None:
        """ISO 8601 as fine as the point is known; None without a year or for a day or year that doesn't exist."""
        if self.year is None or not dt.MINYEAR <= self.year <= dt.MAXYEAR:
            return None
        if self.month is None:
            return f"{self.year:04d}"
        if self.day is None:
            return f"{self.year:04d}-{self.month:02d}"
        if self.date is None:
            return None
        hour = f"T{self.hour:02d}:{self.minute:02d}:00+08:00" if self.hour is not None else ""
        return self.date.isoformat() + hour


def make_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None where the calendar has no such day (2月30日), or no news tells of it (9999年)."""
    if year > _LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def point_of(day: dt.date) -> Point:
    """The point of a whole day."""
    return Point(year=day.year, month=day.month, day=day.day)


def shift_months(year: int, month: int, by: int) -> tuple[int, int]:
    """The month that lies ``by`` months on."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def nth_weekday(year: int, month: int, weekday: int, number: int) -> dt.date:
    """The ``number``-th such weekday of the month; -1 is the last."""
    if number < 0:
        last = dt.date(*shift_months(year, month, 1), 1) - dt.timedelta(1)
        return last - dt.timedelta((last.weekday() - weekday) % 7)
    first = dt.date(year, month, 1)
    return first + dt.timedelta((weekday - first.weekday()) % 7 + 7 * (number - 1))
