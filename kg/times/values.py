"""Hands times to the relation stages as values."""

from __future__ import annotations

from kg.model import Document, Value, ValueMention
from kg.times.normalise import TimeMention, find_times
from kg.times.reference import reference_date


def find_time_values(document: Document) -> tuple[ValueMention, ...]:
    """The days, ranges and durations of a document that may become a literal, in order.

    Left out are times that could not be told and stretches that no event has for its dates
    (近三年, 上半年, 上周).
    """
    reference = reference_date(document.text, document.date, document.year)
    times = find_times(document.text, reference=reference.date, default_year=reference.year)
    return tuple(_value(document.id, time) for time in times if time.days or (time.start and time.grain != "period"))


def lacks_year(document: Document) -> bool:
    """Whether days of the document stay unknown because neither it nor its surroundings tell when it was written."""
    reference = reference_date(document.text, document.date, document.year)
    if reference.year is not None:
        return False
    times = find_times(document.text, reference=None, default_year=None)
    return any(time.grain == "day" and time.start is None and time.days is None for time in times)


def _value(doc_id: str, time: TimeMention) -> ValueMention:
    if time.start is None:
        value = Value(kind="text", text=time.text)
    else:
        value = Value(kind="dateTime" if "T" in time.start else "date", text=time.start)
    end = Value(kind="dateTime" if "T" in time.end else "date", text=time.end) if time.end else None
    return ValueMention(doc_id=doc_id, span=time.span, text=time.text, value=value, end=end, days=time.days)
