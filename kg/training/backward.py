"""Gradients of the network and of the CRF, by hand: the project needs no learning library."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.mentions.tagger.crf import sum_paths
from kg.mentions.tagger.labels import FOLLOWS
from kg.neural import Lanes
from kg.neural.weights import WIDTH

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class GruTrace:
    """What the backward pass needs of a forward pass; all (2, steps, lanes, ...)."""

    gates: Floats
    new: Floats
    states: Floats


def gru_forward(inputs: Floats, gates: Floats, candidate: Floats, lanes: Lanes) -> GruTrace:
    """Both directions of a GRU layer, unfolded; as :func:`kg.neural.run_gru` but for rounding."""
    steps, count = lanes.shape
    state = np.zeros((2, count, WIDTH), np.float32)
    seen = np.zeros((2, steps, count, 2 * WIDTH), np.float32)
    new, states = (np.zeros((2, steps, count, WIDTH), np.float32) for _ in range(2))
    for step, n in enumerate(lanes.live):
        now, given = state[:, :n], inputs[:, step, :n]
        gate = np.tanh((np.matmul(now, gates) + given[..., : 2 * WIDTH]) * np.float32(0.5))
        gate = gate * np.float32(0.5) + np.float32(0.5)
        fresh = np.tanh(np.matmul(gate[..., WIDTH:] * now, candidate) + given[..., 2 * WIDTH :])
        seen[:, step, :n], new[:, step, :n] = gate, fresh
        now += gate[..., :WIDTH] * (fresh - now)
        states[:, step, :n] = now
    return GruTrace(seen, new, states)


def gru_backward(
    slope: Floats, trace: GruTrace, gates: Floats, candidate: Floats, lanes: Lanes
) -> tuple[Floats, Floats, Floats]:
    """Back-propagation through time.

    Args:
        slope: gradient of the loss by the states.
        trace: of the forward pass.
        gates: recurrent weights, state to both gates.
        candidate: recurrent weights, reset state to candidate.
        lanes: where sentences end.

    Returns:
        The gradients by the layer's inputs, by ``gates`` and by ``candidate``.
    """
    steps, count = lanes.shape
    by_input = np.zeros((2, steps, count, 3 * WIDTH), np.float32)
    carried = np.zeros((2, count, WIDTH), np.float32)
    before = np.concatenate([np.zeros((2, 1, count, WIDTH), np.float32), trace.states[:, :-1]], axis=1)
    gates_t, candidate_t = gates.transpose(0, 2, 1), candidate.transpose(0, 2, 1)
    for step in range(steps - 1, -1, -1):
        n = lanes.live[step]
        down = carried[:, :n]
        down += slope[:, step, :n]
        update, reset = trace.gates[:, step, :n, :WIDTH], trace.gates[:, step, :n, WIDTH:]
        fresh, old, out = trace.new[:, step, :n], before[:, step, :n], by_input[:, step, :n]
        out[..., 2 * WIDTH :] = down * update * (1 - fresh * fresh)
        by_reset = np.matmul(out[..., 2 * WIDTH :], candidate_t)
        out[..., :WIDTH] = down * (fresh - old) * update * (1 - update)
        out[..., WIDTH : 2 * WIDTH] = by_reset * old * reset * (1 - reset)
        down *= 1 - update
        down += by_reset * reset + np.matmul(out[..., : 2 * WIDTH], gates_t)
    reset_state = trace.gates[..., WIDTH:] * before
    return (
        by_input,
        _outer(before, by_input[..., : 2 * WIDTH]),
        _outer(reset_state, by_input[..., 2 * WIDTH :]),
    )


def _outer(left: Floats, right: Floats) -> Floats:
    """Sum over steps and lanes of outer products, one matrix a direction."""
    flat = [values.reshape(2, -1, values.shape[-1]) for values in (left, right)]
    result: Floats = np.matmul(flat[0].transpose(0, 2, 1), flat[1])
    return result


def chain_loss(
    scores: Floats, allowed: NDArray[np.bool_], transitions: Floats, lanes: Lanes
) -> tuple[float, Floats, Floats]:
    """Negative log probability of the allowed labellings, summed over the batch.

    Where several labels are allowed (an optional mention may be found or not), all
    labellings within them count as right: the loss of a partially labelled chain.

    Args:
        scores: (steps, lanes, labels).
        allowed: the same shape.
        transitions: (before, after).
        lanes: where sentences end.

    Returns:
        The loss, and its gradients by ``scores`` and by ``transitions``.
    """
    steps = np.where(FOLLOWS, np.exp(transitions.astype(np.float64)), 0.0)
    loss = 0.0
    by_score = np.zeros(scores.shape)
    by_transition = np.zeros(transitions.shape)
    live = np.arange(scores.shape[0])[:, None] < lanes.lengths
    for sign, given in ((1.0, scores), (-1.0, np.where(allowed, scores, np.float32(-1e9)))):
        chain = sum_paths(given, steps, lanes)
        loss += sign * float(((np.log(chain.scale) + chain.top) * live).sum())
        by_score += sign * chain.forward * chain.backward * live[..., None]
        after = chain.local[1:] * chain.backward[1:] * live[1:, :, None] / chain.scale[1:, :, None]
        count = scores.shape[2]
        by_transition += sign * steps * (chain.forward[:-1].reshape(-1, count).T @ after.reshape(-1, count))
    return loss, by_score.astype(np.float32), by_transition.astype(np.float32)
