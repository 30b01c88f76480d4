"""Hands counts and specifications to the relation stages as values."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Document, Span, Value, ValueMention
from kg.quantities.counts import Count, find_counts
from kg.quantities.measures import find_quantities
from kg.quantities.specifications import Specification, find_specifications


def find_quantity_values(document: Document, names: Iterable[Span] = ()) -> tuple[ValueMention, ...]:
    """The counts and the sure specifications of a document, in order.

    A specification spans the words from its name to its value.

    Args:
        document: the document.
        names: the spans of its mentions; see :func:`kg.quantities.find_specifications`.
    """
    text = document.text
    quantities = find_quantities(text)
    found = [(count.span, _count(count)) for count in find_counts(text, quantities)]
    for specification in find_specifications(text, names, quantities):
        if specification.sure:
            ends = specification.name_span, specification.value_span
            span = Span(min(end.start for end in ends), max(end.end for end in ends))
            found.append((span, _specification(specification)))
    found.sort(key=lambda pair: (pair[0].start, -pair[0].end))
    return tuple(
        ValueMention(doc_id=document.id, span=span, text=text[span.start : span.end], value=value)
        for span, value in found
    )


def _count(count: Count) -> Value:
    return Value(kind="count", text=count.text, parts=(("number", count.number),))


def _specification(specification: Specification) -> Value:
    parts = {
        "comparison": specification.comparison,
        "name": specification.name,
        "unit": specification.unit,
        "value": specification.value,
    }
    text = f"{specification.name}={specification.value}"
    return Value(kind="specification", text=text, parts=tuple((key, part) for key, part in parts.items() if part))
