"""Boosted decision trees, applied: many rows and all trees at once."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

NO_MODEL = (EOFError, BadZipFile, zlib.error, ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What reading the arrays and the head of a file raises that is no model."""

#: So many rows at a time stay in the processor's cache.
_ROWS = 512
_Bits = npt.NDArray[np.uint8]
"""One bit a row, eight rows a byte."""


@dataclass(frozen=True, kw_only=True)
class Forest:
    """Trees of one depth, their nodes numbered level by level.

    All questions are asked of all rows: each is then one bit a row, and bitwise operations walk every
    tree for eight rows a byte. That is six times as fast as looking up node after node.

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

    @classmethod
    def of(cls, start: float, arrays: Mapping[str, npt.NDArray[np.generic]]) -> Forest:
        """The forest of a model file's arrays.

        Raises:
            ValueError: where their shapes don't make trees.
        """
        feature, threshold, leaf = (arrays[name] for name in ("feature", "threshold", "leaf"))
        trees, inner = feature.shape
        if threshold.shape != feature.shape or leaf.shape != (trees, inner + 1) or inner & (inner + 1):
            raise ValueError(f"no trees of {feature.shape} nodes and {leaf.shape} leaves")
        return cls(
            start=float(start),
            feature=feature.astype(np.uint16),
            threshold=threshold.astype(np.float32),
            leaf=leaf.astype(np.float32),
        )

    def arrays(self) -> dict[str, npt.NDArray[np.generic]]:
        """What a model file keeps, beside ``start``."""
        return {"feature": self.feature.astype(np.uint8), "threshold": self.threshold, "leaf": self.leaf}

    def margins(self, features: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        """The log-odds of each row."""
        parts = [self._margins(features[at : at + _ROWS]) for at in range(0, len(features), _ROWS)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _margins(self, features: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
        leaf = np.zeros((len(self.leaf), len(features)), np.uint16)
        for turn in self._turns(features):
            leaf <<= 1
            leaf |= np.unpackbits(turn, axis=1, count=len(features))
        first = np.arange(len(self.leaf))[:, None] * self.leaf.shape[1]
        return self.start + self.leaf.ravel()[first + leaf].sum(0, dtype=np.float64)

    def _turns(self, features: npt.NDArray[np.float32]) -> list[_Bits]:
        """By level, tree x row: whether the row goes right."""
        column, threshold, asked = self._questions
        answers = np.packbits(features.T[column] > threshold[:, None], axis=1)[asked]
        turns: list[_Bits] = []
        while (width := 1 << len(turns)) <= answers.shape[1]:
            level = answers[:, width - 1 : 2 * width - 1]
            for turn in turns:  # each leaves one half of the level's nodes
                left, right = np.split(level, 2, axis=1)
                level = left ^ ((left ^ right) & turn[:, None])
            turns.append(level[:, 0])
        return turns

    @cached_property
    def _questions(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32], npt.NDArray[np.int64]]:
        """Column and threshold of every different question, and the question of each node."""
        nodes = np.stack([self.feature.ravel().astype(np.float64), self.threshold.ravel()], axis=1)
        questions, number = np.unique(nodes, axis=0, return_inverse=True)
        column, threshold = questions.T
        return column.astype(np.int64), threshold.astype(np.float32), number.reshape(self.feature.shape)
