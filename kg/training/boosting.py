"""Gradient-boosted trees for yes-or-no questions, in numpy: small, and the same at every run.

The usual second-order method (Friedman 2001; Chen and Guestrin 2016) over binned features,
with whole levels of a tree grown at once. Each tree sees a share of the rows and columns,
drawn from a fixed seed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.relations.trees import Forest

Floats = npt.NDArray[np.float64]
_BINS = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class BoostSettings:
    """How to boost. Measured on the relations' second stage: more trees or deeper ones add nothing."""

    trees: int = 250
    depth: int = 5
    rate: float = 0.05
    penalty: float = 5.0
    least_weight: float = 3.0
    columns: float = 0.4
    rows: float = 0.8
    seed: int = 1


def boost(features: npt.NDArray[np.float32], target: Floats, settings: BoostSettings) -> Forest:
    """Trees whose sum is the log-odds that ``target`` is 1.

    Args:
        features: one row a case.
        target: 0 or 1 a case.
        settings: how many trees, how deep and so on.
    """
    edges = _edges(features)
    binned = _bin(features, edges)
    start = float(np.log((target.sum() + 1) / (len(target) - target.sum() + 1)))
    margin = np.full(len(target), start)
    random = np.random.Generator(np.random.PCG64(settings.seed))
    count = max(1, round(settings.columns * features.shape[1]))
    trees = []
    for _ in range(settings.trees):
        columns = np.sort(random.permutation(features.shape[1])[:count])
        sample = random.random(len(target)) < settings.rows
        chance = 1 / (1 + np.exp(-margin))
        gradient, curvature = target - chance, chance * (1 - chance)
        tree = _Tree(settings, edges, columns)
        margin += tree.grow(binned, gradient, curvature, sample)
        trees.append(tree)
    return Forest(
        start=start,
        feature=np.stack([t.feature for t in trees]),
        threshold=np.stack([t.threshold for t in trees]),
        leaf=np.stack([t.leaf for t in trees]).astype(np.float32),
    )


def _edges(features: npt.NDArray[np.float32]) -> list[npt.NDArray[np.float32]]:
    """For each column the thresholds to try: all of few values, else quantiles."""
    edges = []
    for column in features.T:
        values = np.unique(column)
        if len(values) > _BINS:
            values = np.unique(np.quantile(column, np.linspace(0, 1, _BINS), method="nearest"))
        edges.append(values[:-1].astype(np.float32))
    return edges


def _bin(features: npt.NDArray[np.float32], edges: list[npt.NDArray[np.float32]]) -> npt.NDArray[np.int64]:
    """Column-major bin numbers: bin k holds the values over edge k-1 and up to edge k."""
    return np.stack([np.searchsorted(e, c, side="left") for c, e in zip(features.T, edges, strict=True)])


class _Tree:
    """One tree of full depth; a node that is not split sends all its rows to the left."""

    def __init__(self, settings: BoostSettings, edges: list[npt.NDArray[np.float32]], columns: npt.NDArray[np.int64]):
        self._settings, self._edges, self._columns = settings, edges, columns
        inner = 2**settings.depth - 1
        self.feature = np.zeros(inner, np.uint16)
        self.threshold = np.full(inner, np.inf, np.float32)
        self.leaf = np.zeros(inner + 1)

    def grow(
        self, binned: npt.NDArray[np.int64], gradient: Floats, curvature: Floats, sample: npt.NDArray[np.bool_]
    ) -> Floats:
        """Grows the tree on the sample; returns what it adds to the margin of every row."""
        seen = np.flatnonzero(sample)
        g, h = gradient[seen], curvature[seen]
        node = np.zeros(binned.shape[1], np.int64)
        for level in range(self._settings.depth):
            width = 2**level
            self._split(binned, width, node, (seen, g, h))
            at = node + width - 1
            feature, bins = self.feature[at], self._bins[at]
            node = 2 * node + (binned[feature, np.arange(len(node))] > bins)
        leaves = len(self.leaf)
        total = np.bincount(node[seen], g, leaves)
        weight = np.bincount(node[seen], h, leaves)
        self.leaf = self._settings.rate * total / (weight + self._settings.penalty)
        return self.leaf[node]

    def _split(
        self,
        binned: npt.NDArray[np.int64],
        width: int,
        node: npt.NDArray[np.int64],
        sample: tuple[npt.NDArray[np.int64], Floats, Floats],
    ) -> None:
        """Chooses the best split for each of the ``width`` nodes of a level."""
        if width == 1:
            self._bins = np.full(len(self.feature), _BINS)
        seen, g, h = sample
        base = node[seen] * _BINS
        best = np.full(width, 1e-6)
        for column in self._columns:
            if len(self._edges[column]) == 0:
                continue
            cell = base + binned[column, seen]
            gl = np.bincount(cell, g, width * _BINS).reshape(width, _BINS).cumsum(1)
            hl = np.bincount(cell, h, width * _BINS).reshape(width, _BINS).cumsum(1)
            gain = self._gain(gl, hl)[:, : len(self._edges[column])]
            cut = gain.argmax(1)
            value = gain[np.arange(width), cut]
            better = value > best
            best[better] = value[better]
            at = np.flatnonzero(better) + width - 1
            self.feature[at] = column
            self._bins[at] = cut[better]
            self.threshold[at] = self._edges[column][cut[better]]

    def _gain(self, gl: Floats, hl: Floats) -> Floats:
        penalty, least = self._settings.penalty, self._settings.least_weight
        g, h = gl[:, -1:], hl[:, -1:]
        gain = gl**2 / (hl + penalty) + (g - gl) ** 2 / (h - hl + penalty) - g**2 / (h + penalty)
        gain[(hl < least) | (h - hl < least)] = 0
        return np.asarray(gain)
