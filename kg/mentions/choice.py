"""Chooses among overlapping candidates: the set without overlaps that the evidence favours most."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp

from kg.mentions.evidence import Span


@dataclass(frozen=True, slots=True)
class Chooser:
    """A logistic model over the features of :mod:`.evidence`; weights learnt by ``kg train``.

    The value of a set of mentions is the sum of their log-odds, so a span is kept where the
    evidence for it outweighs that against it and that for its rivals: no finder goes first.
    """

    weights: Mapping[str, float]
    threshold: float = 0.0

    def score(self, span: Span) -> float:
        """Log-odds that the span is a mention of its type."""
        get = self.weights.get
        return sum(get(f, 0.0) for f in span.features)

    def choose(self, spans: Sequence[Span]) -> list[tuple[Span, float]]:
        """The best set, in order, each with its probability (weighted interval scheduling)."""
        scored = sorted(
            ((s.end, s.start, s.type, score, s) for s in spans if (score := self.score(s)) > self.threshold),
            key=lambda row: row[:3],
        )
        ends = [row[0] for row in scored]
        best: list[tuple[float, int, bool]] = [(0.0, 0, False)]
        for i, (_, start, _, score, _) in enumerate(scored):
            before = bisect_right(ends, start, 0, i)
            take = best[before][0] + score
            best.append((take, before, True) if take > best[i][0] else (best[i][0], i, False))
        chosen: list[tuple[Span, float]] = []
        at = len(scored)
        while at:
            _, before, taken = best[at]
            if taken:
                chosen.append((scored[at - 1][4], 1.0 / (1.0 + exp(-scored[at - 1][3]))))
            at = before
        return chosen[::-1]
