"""Logistic regression for several yes-or-no questions about the same sparse binary features."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def indicator_matrix(rows: npt.NDArray[np.int64], columns: npt.NDArray[np.int64], shape: tuple[int, int]) -> Any:
    """A sparse matrix with a one at every (row, column)."""
    from scipy.sparse import csr_matrix

    return csr_matrix((np.ones(len(rows)), (rows, columns)), shape=shape)


def fit_logistic(features: Any, answers: npt.NDArray[np.int8], penalty: float, steps: int = 120) -> Floats:
    """Weights, feature x question, by L-BFGS with an L2 penalty.

    Args:
        features: case x feature, sparse.
        answers: case x question: 1 yes, 0 no, -1 not asked.
        penalty: the weight of the squared weights.
        steps: L-BFGS steps at most.
    """
    from scipy.optimize import minimize

    asked, yes = (answers >= 0).astype(float), (answers == 1).astype(float)
    turned = features.T.tocsr()
    shape = (features.shape[1], answers.shape[1])

    def loss(flat: Floats) -> tuple[float, Floats]:
        weights = flat.reshape(shape)
        margin = features @ weights
        value = (asked * (np.logaddexp(0, margin) - yes * margin)).sum() + 0.5 * penalty * (flat @ flat)
        gradient = turned @ (asked * (1 / (1 + np.exp(-margin)) - yes)) + penalty * weights
        return float(value), np.asarray(gradient).ravel()

    options = {"maxiter": steps, "maxcor": 8}
    found = minimize(loss, np.zeros(shape[0] * shape[1]), jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x).reshape(shape)


def fit_line(margin: Floats, answer: npt.NDArray[np.bool_]) -> tuple[float, float]:
    """Platt's calibration: slope and intercept that turn margins into log-odds of being right.

    With his smoothed targets (Platt 1999), drawn towards slope 1 where there are few cases.
    """
    from scipy.optimize import minimize

    right, wrong = int(answer.sum()), int((~answer).sum())
    target = np.where(answer, (right + 1) / (right + 2), 1 / (wrong + 2))

    def loss(line: Floats) -> tuple[float, Floats]:
        odds = line[0] * margin + line[1]
        error = 1 / (1 + np.exp(-odds)) - target
        value = (np.logaddexp(0, odds) - target * odds).sum() + 2 * (line[0] - 1) ** 2 + 0.2 * line[1] ** 2
        return float(value), np.array([error @ margin + 4 * (line[0] - 1), error.sum() + 0.4 * line[1]])

    found = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B")
    return float(found.x[0]), float(found.x[1])
