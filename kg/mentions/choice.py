"""Chooses among overlapping candidates: the set without overlaps that the evidence favours most."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import exp

import numpy as np
import numpy.typing as npt

from kg.mentions.evidence import Evidence
from kg.mentions.spans import Span
from kg.mentions.surroundings import FeatureNames
from kg.model import ENTITY_TYPES


class Chooser:
    """A logistic model over the features of :mod:`.evidence`; weights learnt by ``kg train``.

    The value of a set of mentions is the sum of their log-odds, so a span is kept where the
    evidence for it outweighs that against it and that for its rivals: no finder goes first.

    Args:
        weights: ``type|feature``, or ``*|feature`` for any type -> weight.
        names: the numbers of the features in the evidence that it will see.
    """

    def __init__(self, weights: Mapping[str, float], names: FeatureNames) -> None:
        self.weights = weights
        get = weights.get
        self._typed = np.zeros((len(names) + 1, len(ENTITY_TYPES)))
        self._plain = np.zeros(len(names) + 1)
        for name, number in names.items():
            self._typed[number] = [get(f"{kind}|{name}" if name else kind, 0.0) for kind in ENTITY_TYPES]
            self._plain[number] = get(f"*|{name}", 0.0)

    def scores(self, evidence: Evidence) -> npt.NDArray[np.float64]:
        """Log-odds that each span is a mention of its type."""
        typed = self._typed[evidence.features, evidence.type[evidence.rows]]
        plain = self._plain[evidence.plain_features]
        count = len(evidence.spans)
        return np.asarray(
            np.bincount(evidence.rows, typed, count) + np.bincount(evidence.plain_rows, plain, count), np.float64
        )

    def choose(self, evidence: Evidence) -> list[list[tuple[Span, float]]]:
        """For each sentence the best set, in order, each span with its probability."""
        scores = self.scores(evidence)
        likely = np.flatnonzero(scores > 0)
        rows, values = likely.tolist(), scores[likely].tolist()
        cuts = np.searchsorted(likely, evidence.sentences).tolist()
        scored = [(evidence.spans[row], value) for row, value in zip(rows, values, strict=True)]
        return [best_set(scored[begin:end]) for begin, end in pairwise(cuts)]


def best_set(spans: Sequence[tuple[Span, float]]) -> list[tuple[Span, float]]:
    """Of spans with positive log-odds those worth most together, in order (weighted interval scheduling).

    Returns:
        The spans with their probabilities.
    """
    scored = sorted(spans, key=lambda row: (row[0].end, row[0].start, row[0].type))
    ends = [span.end for span, _ in scored]
    best: list[tuple[float, int, bool]] = [(0.0, 0, False)]
    for i, (span, score) in enumerate(scored):
        before = bisect_right(ends, span.start, 0, i)
        take = best[before][0] + score
        best.append((take, before, True) if take > best[i][0] else (best[i][0], i, False))
    chosen: list[tuple[Span, float]] = []
    at = len(scored)
    while at:
        _, before, taken = best[at]
        if taken:
            span, score = scored[at - 1]
            chosen.append((span, 1.0 / (1.0 + exp(-score))))
        at = before
    return chosen[::-1]
