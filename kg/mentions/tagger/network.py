"""From neural layers and categories to label scores: the part of the network that we train.

The trained layer's states (:mod:`kg.neural.upper`) and the embedded categories are mapped to label
scores. Training jieba's first layer too lost (it memorises), and so did label scores from the
frozen layers alone (-2 points of F1); jieba's own second layer and tags beside ours add nothing.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from kg.mentions.tagger.features import CHANNELS, Ints
from kg.neural import Encoded, Parameters, UpperLayer, to_grid
from kg.neural.upper import STATES

Floats = NDArray[np.float32]


class Network:
    """The trained part, folded for exact arithmetic.

    Args:
        parameters: as trained: the layer's, ``output``, ``output_bias``, ``transitions``.
    """

    def __init__(self, parameters: Parameters) -> None:
        self._layer = UpperLayer(parameters, list(CHANNELS))
        output = parameters["output"].copy()
        output[STATES:] *= self._layer.magnitude[:, None]
        self._output, self._output_bias = to_grid(output), parameters["output_bias"]
        self.transitions = parameters["transitions"]

    def scores(self, encoded: Encoded, features: Ints) -> Floats:
        """(steps, lanes, labels) from a batch and its categories (steps, lanes, channels)."""
        lanes = encoded.lanes
        out = np.zeros((*lanes.shape, len(self._output_bias)), np.float32)
        out[lanes.inside] = self._layer.run(encoded, features) @ self._output + self._output_bias
        return out
