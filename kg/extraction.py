"""Phase one: what one document says, alone. Pure, picklable, the same in any process.

:class:`Extractor` puts the stages together; no stage knows another.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.model import Document, Sentence, Value, ValueMention


def find_values(document: Document, sentences: tuple[Sentence, ...]) -> tuple[ValueMention, ...]:
    """The dates, durations, counts and measures of a document, normalised."""
    return tuple(sorted([*_dates(document)], key=lambda v: (v.span.start, -v.span.end)))


def _dates(document: Document) -> Iterator[ValueMention]:
    from kg.times import find_times, reference_date

    reference = reference_date(document.text, document.date, document.year)
    for time in find_times(document.text, reference=reference.date, default_year=reference.year):
        if time.days is not None:
            value = Value("text", time.text)
        elif time.start is None:
            continue
        else:
            value = Value("dateTime" if "T" in time.start else "date", time.start)
        end = Value("date", time.end) if time.end else None
        yield ValueMention(
            doc_id=document.id, span=time.span, text=time.text, value=value, end=end, days=time.days
        )
