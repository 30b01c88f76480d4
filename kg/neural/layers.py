"""The arithmetic of the network: bidirectional GRU layers, exact whatever the batch.

A matrix library adds up in an order that depends on the shape of the batch and on a row's
place in it, so that float32 results differ in their last bits (3e-6 here), and a graph could
differ with the number of worker processes. Here states are kept on a grid of 2^-9 and weights
on a grid fine enough that no sum leaves the 24 bits of a float32: every product and sum is
then exact, in any order, on any machine. Against unrounded arithmetic one word in two
thousand gets another tag, as often for the better.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.neural.weights import WIDTH, Floats

LANES = 96
"""Sentences a batch: without padding in the sums 64 to 128 are fastest, 48 was a fourteenth slower."""
CELLS = 8192
"""Fewer of them where they are long: memory goes with lanes times steps."""
STATE_BITS = 9
_STATE_SHIFT = np.float32(1.5 * 2 ** (23 - STATE_BITS))  # adding it leaves no bits below the grid


_Number = TypeVar("_Number", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Lanes:
    """How the sentences of a batch lie side by side: time-major, the longest first.

    Args:
        index: the sentence in each lane.
        lengths: (lanes,).
        live: (steps,), how many lanes still have a character at that step.
        backwards: (steps, lanes), the step that holds the mirrored character.
        inside: (steps, lanes), whether the lane still has a character there.
    """

    index: tuple[int, ...]
    lengths: NDArray[np.int64]
    live: tuple[int, ...]
    backwards: NDArray[np.int64]
    inside: NDArray[np.bool_]

    @classmethod
    def of(cls, index: Sequence[int], lengths: Sequence[int]) -> Lanes:
        """Lays sentences out; ``lengths`` go with ``index``, the longest first."""
        length = np.array(lengths, np.int64)
        step = np.arange(lengths[0])[:, None]
        inside = step < length
        live = tuple(int(n) for n in inside.sum(1))
        return cls(tuple(index), length, live, np.where(inside, length - 1 - step, step), inside)

    @property
    def shape(self) -> tuple[int, int]:
        """Steps and lanes."""
        return self.backwards.shape[0], self.backwards.shape[1]

    def stack(self, rows: Sequence[NDArray[_Number]]) -> NDArray[_Number]:
        """Rows of characters of each lane's sentence -> (steps, lanes, ...), zero beyond a sentence's end."""
        out = np.zeros((*self.shape, *rows[0].shape[1:]), rows[0].dtype)
        for lane, row in enumerate(rows):
            out[: len(row), lane] = row
        return out

    def mirror(self, values: NDArray[_Number]) -> NDArray[_Number]:
        """(steps, lanes, ...) read from each sentence's end to its start."""
        return values[self.backwards, np.arange(len(self.index))]


@dataclass(frozen=True, slots=True)
class Gru:
    """A bidirectional GRU layer; the first axis is the direction.

    The logistic gates are computed as tanh, (1 + tanh(x / 2)) / 2, with the halves folded
    into the weights: numpy's float32 tanh is vectorised and saturates without overflow.

    Args:
        project: (2, inputs, 3 * WIDTH), input to update gate, reset gate, candidate.
        bias: (2, 3 * WIDTH).
        gates: (2, WIDTH, 2 * WIDTH), previous state to both gates, halved.
        candidate: (2, WIDTH, WIDTH), reset state to candidate, halved.
    """

    project: Floats
    bias: Floats
    gates: Floats
    candidate: Floats

    @classmethod
    def fold(cls, project: Floats, bias: Floats, gates: Floats, candidate: Floats) -> Gru:
        """The layer from its weights as trained (same shapes, nothing halved)."""
        half = np.repeat(np.array([0.5, 0.5, 1.0], np.float32), WIDTH)
        return cls(
            to_grid(project * half), bias * half, to_grid(gates * np.float32(0.5)), to_grid(candidate * np.float32(0.5))
        )

    def inputs(self, both: Floats) -> Floats:
        """(2, characters, inputs) on the grid -> (2, characters, 3 * WIDTH), ready for :func:`run_gru`."""
        out: Floats = np.matmul(both, self.project)
        out += self.bias[:, None]
        return out


def to_grid(weights: Floats) -> Floats:
    """Weights rounded so finely that products with states of at most 1 add up exactly.

    The sum of a column's magnitudes bounds every partial sum.
    """
    bound = float(np.abs(weights).sum(axis=-2).max()) + 1e-3
    unit = np.float32(2.0 ** (24 - STATE_BITS - math.ceil(math.log2(bound))))
    result: Floats = np.ascontiguousarray(np.rint(weights * unit) / unit, np.float32)
    return result


def on_state_grid(values: Floats) -> Floats:
    """Rounds, in place, to multiples of 2^-9."""
    values += _STATE_SHIFT
    values -= _STATE_SHIFT
    return values


def run_gru(inputs: Floats, layer: Gru, lanes: Lanes) -> Floats:
    """Runs both directions at once.

    Args:
        inputs: (2, characters, 3 * WIDTH), those ``inside``, step by step, the second direction mirrored.
        layer: the weights.
        lanes: where sentences end.

    Returns:
        (2, steps, lanes, WIDTH), the second direction still mirrored; zero beyond a
        sentence's end.
    """
    steps, count = lanes.shape
    all_states = np.zeros((2, count, WIDTH), np.float32)
    all_gates = np.empty((2, count, 2 * WIDTH), np.float32)
    all_new = np.empty_like(all_states)
    out = np.zeros((2, steps, count, WIDTH), np.float32)
    at = 0
    for step, n in enumerate(lanes.live):
        state, gate, new, given = all_states[:, :n], all_gates[:, :n], all_new[:, :n], inputs[:, at : at + n]
        at += n
        update, reset = gate[..., :WIDTH], gate[..., WIDTH:]
        np.matmul(state, layer.gates, out=gate)
        gate += given[..., : 2 * WIDTH]
        np.tanh(gate, out=gate)
        gate += 1.0
        reset *= state
        np.matmul(on_state_grid(reset), layer.candidate, out=new)
        new += given[..., 2 * WIDTH :]
        np.tanh(new, out=new)
        new -= state
        new *= update
        new *= 0.5
        state += new
        out[:, step, :n] = on_state_grid(state)
    return out


def both_ways(lanes: Lanes, output: Floats) -> Floats:
    """The output of one layer as the input of the next: (2, steps, lanes, 2 * WIDTH).

    ``[0]`` holds both directions in reading order, ``[1]`` both mirrored.
    """
    _, steps, count, _ = output.shape
    both = np.empty((2, steps, count, 2 * WIDTH), np.float32)
    both[0, ..., :WIDTH] = output[0]
    both[0, ..., WIDTH:] = lanes.mirror(output[1])
    both[1, ..., :WIDTH] = lanes.mirror(output[0])
    both[1, ..., WIDTH:] = output[1]
    return both
