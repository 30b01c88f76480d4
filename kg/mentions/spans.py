"""Spans: all that was proposed for one stretch and type of a sentence, taken together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.mentions.candidates import Candidate, SentenceView


@dataclass(slots=True)
class Span:
    """All that was proposed for one stretch and type of a sentence.

    Args:
        finders: finder -> its highest score.
    """

    start: int
    end: int
    type: str
    finders: dict[str, float] = field(default_factory=dict)
    cls: str | None = None
    name: str | None = None


Proposed = Sequence[tuple[SentenceView, Sequence[Span]]]
"""A document's sentences, each with its spans in the order of the text."""


def group(candidates: Iterable[Candidate]) -> list[Span]:
    """Candidates of one sentence, those of equal stretch and type taken together."""
    spans: dict[tuple[int, int, str], Span] = {}
    for start, end, kind, finder, score, cls, name in candidates:
        key = (start, end, kind)
        span = spans.get(key)
        if span is None:
            spans[key] = Span(start, end, kind, {finder: score}, cls, name)
            continue
        span.finders[finder] = max(score, span.finders.get(finder, 0.0))
        if cls is not None and (span.cls is None or finder == "gazetteer"):
            span.cls = cls
        if name is not None and (span.name is None or finder == "gazetteer"):
            span.name = name
    return [spans[key] for key in sorted(spans)]
