"""Boosted decision trees, applied: many rows and all trees at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

_ROWS = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Trees of one depth, their nodes numbered level by level.

    Args:
        start: what the margin is before the first tree.
        feature: tree x inner node -> the column that it asks for.
        threshold: tree x inner node; a greater value goes right.
        leaf: tree x leaf -> what it adds to the margin.
    """

    start: float
    feature: npt.NDArray[np.uint16]
    threshold: npt.NDArray[np.float32]
    leaf: npt.NDArray[np.float32]

    def margins(self, features: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """The log-odds of each row."""
        parts = [self._margins(features[at : at + _ROWS]) for at in range(0, len(features), _ROWS)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _margins(self, features: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        trees, inner = self.feature.shape
        depth = (inner + 1).bit_length() - 1
        tree = np.arange(trees)
        row = np.arange(len(features))[:, None]
        node = np.zeros((len(features), trees), np.int64)
        for _ in range(depth):
            right = features[row, self.feature[tree, node]] > self.threshold[tree, node]
            node = 2 * node + 1 + right
        return self.start + self.leaf[tree, node - inner].sum(1, dtype=np.float64)
