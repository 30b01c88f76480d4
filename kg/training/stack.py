"""Learns how to weigh the two proposers of relations (:mod:`kg.relations.stack`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from kg.relations.patterns import PatternFinder
from kg.relations.stack import FLOOR, make_cases
from kg.training.annotations import Licence
from kg.training.facts import Case, Fact

L2 = 1.0


def train_stack(
    finder: PatternFinder, cases: Sequence[Case], held_out: Mapping[tuple[int, Fact], float], learned: Sequence[str]
) -> dict[str, float]:
    """Feature -> weight, by logistic regression.

    Args:
        finder: the rules.
        cases: texts as a tagger that had not seen them read them.
        held_out: what a scorer that had not seen them gives each fact of each case.
        learned: the predicates that the scorer knows.
    """
    rows: list[dict[str, float]] = []
    right: list[bool] = []
    by_case: dict[int, dict[Fact, float]] = defaultdict(dict)
    for (number, fact), probability in held_out.items():
        by_case[number][fact] = probability
    for number, case in enumerate(cases):
        licence = Licence(case.text)
        rules, rejected = finder.find(case.reading)
        scored = {fact: p for fact, p in by_case[number].items() if p >= FLOOR}
        for key, known in make_cases(case.reading, rules, rejected, scored).items():
            verdict = licence.judge(*key)
            if verdict is not None:
                rows.append(known.features(learned))
                right.append(verdict)
    return _fit(rows, right)


def _fit(rows: Sequence[Mapping[str, float]], right: Sequence[bool]) -> dict[str, float]:
    from scipy.optimize import minimize

    names = sorted({name for row in rows for name in row})
    index = {name: i for i, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for i, row in enumerate(rows):
        for name, value in row.items():
            matrix[i, index[name]] = value
    target = np.array(right, float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = matrix @ weights
        value = float(np.logaddexp(0, margin).sum() - margin @ target + 0.5 * L2 * weights @ weights)
        return value, matrix.T @ (1 / (1 + np.exp(-margin)) - target) + L2 * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 500})
    return {name: round(float(w), 4) for name, w in zip(names, found.x, strict=True)}
