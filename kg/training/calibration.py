"""Makes probabilities of the second stage's margins, predicate by predicate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from kg.training.facts import Fact
from kg.training.logistic import fit_line


def chance(margin: float, line: tuple[float, float]) -> float:
    """How probable a margin is by a slope and an intercept."""
    return float(1 / (1 + np.exp(-(line[0] * margin + line[1]))))


def calibrate(
    facts: Mapping[tuple[int, Fact], tuple[float, int]], predicates: Sequence[str], precision: float
) -> tuple[dict[str, tuple[float, float]], dict[str, float]]:
    """For each predicate its line, and the lowest probability over which precision holds.

    Args:
        facts: (case, fact) -> the best margin of its claims, and whether it is true: 1 yes, 0 no, -1 not asked.
        predicates: those to calibrate; a predicate without facts keeps its margins.
        precision: what the facts over a threshold reach together.
    """
    found: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for (_, fact), (margin, status) in facts.items():
        if status >= 0:
            found[fact[1]].append((margin, status == 1))
    lines, thresholds = {}, {}
    for predicate in predicates:
        rows = sorted(found[predicate], reverse=True)
        margins = np.array([m for m, _ in rows])
        right = np.array([r for _, r in rows], bool)
        slope, intercept = fit_line(margins, right) if len(rows) else (1.0, 0.0)
        lines[predicate] = (round(slope, 4), round(intercept, 4))
        sofar = np.cumsum(right) / np.arange(1, len(right) + 1)
        enough = np.flatnonzero(sofar >= precision)
        thresholds[predicate] = round(chance(float(margins[enough[-1]]), lines[predicate]), 4) if len(enough) else 0.95
    return lines, thresholds
