"""From neural layers and categories to label scores: the part of the network that we train.

Above jieba's frozen first layer stands a copy of its second layer, trained further on our
texts, which also sees the embedded categories; its states and the embeddings are mapped to
label scores. Training the first layer too lost (it memorises), and so did label scores from the
frozen layers alone (-2 points of F1); jieba's own second layer and tags beside ours add nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from kg.mentions.neural import Encoded, Gru, both_ways, on_state_grid, run_gru, to_grid
from kg.mentions.tagger.features import CHANNELS, Ints

Floats = NDArray[np.float32]
Parameters = Mapping[str, Floats]
"""Name -> matrix, as trained: ``project``, ``bias``, ``gates``, ``candidate`` (see
:class:`kg.mentions.neural.Gru`), ``embed:<channel>``, ``output``, ``output_bias``, ``transitions``."""

FEATURE_WIDTH = sum(width for _, width in CHANNELS.values())
_STATES = 256


class Network:
    """The trained part, folded for exact arithmetic.

    Args:
        parameters: as trained.
    """

    def __init__(self, parameters: Parameters) -> None:
        tables = [parameters[f"embed:{channel}"] for channel in CHANNELS]
        # states must not exceed 1 for exact sums: each channel's magnitude moves into the next weights
        magnitude = [max(float(np.abs(table).max()), 1e-6) for table in tables]
        self._tables = [
            on_state_grid(np.array(table / size, np.float32)) for table, size in zip(tables, magnitude, strict=True)
        ]
        size = np.repeat(magnitude, [width for _, width in CHANNELS.values()]).astype(np.float32)
        project, output = parameters["project"].copy(), parameters["output"].copy()
        project[:, _STATES:] *= size[:, None]
        output[_STATES:] *= size[:, None]
        self._layer = Gru.fold(project, parameters["bias"], parameters["gates"], parameters["candidate"])
        self._output, self._output_bias = to_grid(output), parameters["output_bias"]
        self.transitions = parameters["transitions"]

    def scores(self, encoded: Encoded, features: Ints) -> Floats:
        """(steps, lanes, labels) from a batch and its categories (steps, lanes, channels)."""
        lanes = encoded.lanes
        inputs = np.empty((2, int(lanes.lengths.sum()), _STATES + FEATURE_WIDTH), np.float32)
        inputs[..., :_STATES] = encoded.first[:, lanes.inside]
        for direction, categories in enumerate((features, lanes.mirror(features))):
            self._embed(categories[lanes.inside], inputs[direction, :, _STATES:])
        states = both_ways(lanes, run_gru(self._layer.inputs(inputs), self._layer, lanes))[0]
        inputs[0, :, :_STATES] = states[lanes.inside]
        out = np.zeros((*lanes.shape, len(self._output_bias)), np.float32)
        out[lanes.inside] = inputs[0] @ self._output + self._output_bias
        return out

    def _embed(self, categories: Ints, out: Floats) -> None:
        """Writes what the categories (characters, channels) embed to, (characters, FEATURE_WIDTH)."""
        at = 0
        for channel, table in enumerate(self._tables):
            out[:, at : at + table.shape[1]] = table[categories[:, channel]]
            at += table.shape[1]
