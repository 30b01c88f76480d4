"""The layer that we train: built like jieba's second layer, but it also sees embedded categories.

It stands above jieba's frozen first layer, once for finding mentions, where it starts from jieba's
second one, and once for reading what stands around them, where it starts from nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.neural.layers import Gru, both_ways, on_state_grid, run_gru
from kg.neural.tagger import Encoded
from kg.neural.weights import WIDTH

Floats = NDArray[np.float32]
Parameters = Mapping[str, Floats]
"""Name -> matrix, as trained. The layer's are ``project``, ``bias``, ``gates``, ``candidate`` (see
:class:`.layers.Gru`, not halved) and ``embed:<channel>``."""
Channels = Mapping[str, tuple[int, int]]
"""Name -> how many categories, and the width of their embeddings."""

STATES = 2 * WIDTH
_STEPS = 32767
PARTS = 4
"""Of a stretch of characters that share a category: alone, first, inside, last."""


def width_of(channels: Channels) -> int:
    """How many numbers the categories of one character embed to."""
    return sum(width for _, width in channels.values())


def to_steps(matrix: NDArray[Any]) -> tuple[NDArray[np.int16], float]:
    """A matrix for a model file: whole numbers of 16 bits, and the step that they count."""
    unit = float(np.abs(matrix).max()) / _STEPS or 1.0
    return np.rint(np.asarray(matrix, np.float64) / unit).astype("<i2"), unit


def from_steps(steps: NDArray[np.int16], unit: float) -> Floats:
    """The matrix again."""
    return steps.astype(np.float32) * np.float32(unit)


def mark_stretches(
    column: NDArray[np.int16], start: NDArray[np.int64], end: NDArray[np.int64], category: NDArray[Any]
) -> None:
    """Writes ``category`` plus the part over each stretch; a later stretch overwrites an earlier one of another call.

    Args:
        column: (characters,), changed in place.
        start, end: (stretches,), which don't overlap.
        category: (stretches,), that of a character alone.
    """
    length = end - start
    if not len(length):
        return
    first = np.cumsum(length) - length
    position = np.arange(int(length.sum())) - np.repeat(first, length) + np.repeat(start, length)
    column[position] = np.repeat(category + 2, length)
    column[start] = category + 1
    column[end - 1] = category + 3
    single = length == 1
    column[start[single]] = category[single]


class UpperLayer:
    """The layer, folded for exact arithmetic.

    Args:
        parameters: as trained.
        channels: the categories' names, in order.
    """

    def __init__(self, parameters: Parameters, channels: Sequence[str]) -> None:
        tables = [parameters[f"embed:{channel}"] for channel in channels]
        # states must not exceed 1 for exact sums: each channel's magnitude moves into the next weights
        magnitude = [max(float(np.abs(table).max()), 1e-6) for table in tables]
        self._tables = [
            on_state_grid(np.array(table / size, np.float32)) for table, size in zip(tables, magnitude, strict=True)
        ]
        self.magnitude: Floats = np.repeat(magnitude, [table.shape[1] for table in tables]).astype(np.float32)
        project = parameters["project"].copy()
        project[:, STATES:] *= self.magnitude[:, None]
        self._layer = Gru.fold(project, parameters["bias"], parameters["gates"], parameters["candidate"])

    def run(self, encoded: Encoded, categories: NDArray[np.int16]) -> Floats:
        """What the layer makes of a batch.

        Args:
            encoded: the batch.
            categories: (steps, lanes, channels).

        Returns:
            (characters, 256 + width of the channels), those ``inside``, step by step: the layer's states,
            then the embedded categories divided by :attr:`magnitude`.
        """
        lanes = encoded.lanes
        inputs = np.empty((2, int(lanes.lengths.sum()), STATES + len(self.magnitude)), np.float32)
        inputs[..., :STATES] = encoded.first[:, lanes.inside]
        for direction, rows in enumerate((categories, lanes.mirror(categories))):
            self._embed(rows[lanes.inside], inputs[direction, :, STATES:])
        states = both_ways(lanes, run_gru(self._layer.inputs(inputs), self._layer, lanes))[0]
        inputs[0, :, :STATES] = states[lanes.inside]
        out: Floats = inputs[0]
        return out

    def _embed(self, categories: NDArray[np.int16], out: Floats) -> None:
        """Writes what the categories (characters, channels) embed to."""
        at = 0
        for channel, table in enumerate(self._tables):
            out[:, at : at + table.shape[1]] = table[categories[:, channel]]
            at += table.shape[1]
