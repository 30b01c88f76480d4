"""Forward and backward through the layer that we train (:mod:`kg.neural.upper`), and the steps of the training."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.neural import Channels, Lanes, NeuralTagger, width_of
from kg.neural.upper import STATES
from kg.neural.weights import WIDTH
from kg.training.backward import GruTrace, gru_backward, gru_forward

Floats = NDArray[np.float32]
Ints = NDArray[np.int16]
Parameters = dict[str, Floats]
_SPREAD = 0.3


@dataclass(frozen=True, slots=True)
class LayerPass:
    """One forward pass, with what the way back needs.

    Args:
        states: (steps, lanes, 256).
        embedded: the embedded categories, (steps, lanes, width), with dropout.
    """

    states: Floats
    embedded: Floats
    _parameters: Parameters
    _channels: Channels
    _lanes: Lanes
    _categories: Ints
    _keep: Floats
    _flat: Floats
    _trace: GruTrace

    @classmethod
    def run(
        cls, parameters: Parameters, channels: Channels, lanes: Lanes, first: Floats, categories: Ints, keep: Floats
    ) -> LayerPass:
        """Forward.

        Args:
            parameters: of the layer; others are ignored.
            channels: the categories.
            lanes: where sentences end.
            first: the layer below, (steps, lanes, 256), with dropout.
            categories: (steps, lanes, channels).
            keep: what the embedded categories are multiplied by, (steps, lanes, width).
        """
        embedded = np.concatenate([parameters[f"embed:{c}"][categories[..., i]] for i, c in enumerate(channels)], 2)
        embedded *= keep
        below = np.concatenate([first, embedded], axis=2)
        inputs = np.stack([below, lanes.mirror(below)])
        flat = inputs.reshape(2, -1, inputs.shape[-1])
        projected = np.matmul(flat, parameters["project"]) + parameters["bias"][:, None]
        trace = gru_forward(projected.reshape(2, *lanes.shape, -1), parameters["gates"], parameters["candidate"], lanes)
        states = np.concatenate([trace.states[0], lanes.mirror(trace.states[1])], axis=2)
        return cls(states, embedded, parameters, channels, lanes, categories, keep, flat, trace)

    def back(self, by_states: Floats, by_embedded: Floats | None = None) -> Parameters:
        """The gradients by the layer's parameters.

        Args:
            by_states: the loss's gradient by :attr:`states`.
            by_embedded: and by :attr:`embedded`, where something else reads them, too.
        """
        p, lanes, half = self._parameters, self._lanes, STATES // 2
        slope = np.stack([by_states[..., :half], lanes.mirror(by_states[..., half:])])
        by_input, gates, candidate = gru_backward(slope, self._trace, p["gates"], p["candidate"], lanes)
        by_flat = by_input.reshape(2, -1, by_input.shape[-1])
        down = np.matmul(by_flat, p["project"][:, STATES:].transpose(0, 2, 1)).reshape(2, *lanes.shape, -1)
        below = down[0] + lanes.mirror(down[1])
        if by_embedded is not None:
            below = by_embedded + below
        return {
            "gates": gates,
            "candidate": candidate,
            "project": np.matmul(self._flat.transpose(0, 2, 1), by_flat),
            "bias": by_flat.sum(1),
            **self._by_embeddings(below * self._keep),
        }

    def _by_embeddings(self, slope: Floats) -> Parameters:
        gradients, at = {}, 0
        for i, (channel, (count, width)) in enumerate(self._channels.items()):
            gradient = np.zeros((count, width), np.float32)
            np.add.at(gradient, self._categories[..., i].ravel(), slope[..., at : at + width].reshape(-1, width))
            gradients[f"embed:{channel}"] = gradient
            at += width
        return gradients


def shipped_layer(channels: Channels, rng: np.random.Generator) -> Parameters:
    """Jieba's second layer, unfolded; nothing for the categories, whose embeddings are small random numbers."""
    layer = NeuralTagger.load().second_layer
    double = np.repeat(np.array([2.0, 2.0, 1.0], np.float32), WIDTH)
    more = np.zeros((2, width_of(channels), 3 * WIDTH), np.float32)
    return {
        "project": np.concatenate([layer.project * double, more], axis=1),
        "bias": layer.bias * double,
        "gates": layer.gates * 2,
        "candidate": layer.candidate * 2,
        **_embeddings(channels, rng),
    }


def fresh_layer(channels: Channels, rng: np.random.Generator) -> Parameters:
    """Small random numbers."""
    shapes = {"project": (STATES + width_of(channels), 3 * WIDTH), "gates": (WIDTH, 2 * WIDTH),
              "candidate": (WIDTH, WIDTH)}  # fmt: skip
    bound = WIDTH**-0.5
    drawn = {name: rng.uniform(-bound, bound, (2, *shape)).astype(np.float32) for name, shape in shapes.items()}
    return {**drawn, "bias": np.zeros((2, 3 * WIDTH), np.float32), **_embeddings(channels, rng)}


def _embeddings(channels: Channels, rng: np.random.Generator) -> Parameters:
    return {f"embed:{name}": (rng.normal(size=sizes) * _SPREAD).astype(np.float32) for name, sizes in channels.items()}


def keep_mask(rng: np.random.Generator, shape: tuple[int, ...], drop: float) -> Floats:
    """Dropout: 0 for the share ``drop``, and for the rest what makes up for it."""
    kept = rng.random(shape, np.float32) >= drop
    return kept.astype(np.float32) / np.float32(1 - drop)


class Adam:
    """Kingma and Ba (2015), with gradients cut to a norm of 5; the rate rises for ``warm_up`` steps, then falls to 0.

    Args:
        parameters: changed in place.
        rate: the peak.
        warm_up: steps.
    """

    def __init__(self, parameters: Parameters, rate: float, warm_up: int) -> None:
        self._parameters, self._rate, self._warm_up = parameters, rate, warm_up
        self._mean = {name: np.zeros_like(p) for name, p in parameters.items()}
        self._square = {name: np.zeros_like(p) for name, p in parameters.items()}
        self._steps = 0

    def step(self, gradients: Parameters, progress: float) -> None:
        """Moves the parameters; ``progress`` is the share of the training that is done."""
        self._steps += 1
        rate = self._rate * min(1.0, self._steps / self._warm_up) * (1 - progress)
        norm = float(np.sqrt(sum(float((g * g).sum()) for g in gradients.values())))
        cut = np.float32(min(1.0, 5.0 / max(norm, 1e-9)))
        first, second = 1 - 0.9**self._steps, 1 - 0.999**self._steps
        for name in sorted(gradients):
            g, mean, square = gradients[name] * cut, self._mean[name], self._square[name]
            mean += np.float32(0.1) * (g - mean)
            square += np.float32(0.001) * (g * g - square)
            move = (mean / np.float32(first)) / (np.sqrt(square / np.float32(second)) + np.float32(1e-8))
            self._parameters[name] -= np.float32(rate) * move
