"""A linear-chain CRF over batches: best labels, and how probable each mention is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.mentions.tagger.labels import ENDS, FOLLOWS, STARTS
from kg.neural import Lanes, viterbi

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
_NEVER = np.float32(-1e9)
_START, _STOP = (np.where(able, np.float32(0), _NEVER) for able in (STARTS, ENDS))


@dataclass(frozen=True, slots=True)
class Chain:
    """Forward and backward sums in the scaled form of Rabiner (1989), section V.A.

    Args:
        local: (steps, lanes, labels), exp of the scores, each step scaled to a maximum of 1.
        top: (steps, lanes), the logarithm taken out of ``local``.
        forward, backward: (steps, lanes, labels).
        scale: (steps, lanes).
    """

    local: Doubles
    top: Doubles
    forward: Doubles
    backward: Doubles
    scale: Doubles


def best_labels(scores: Floats, transitions: Floats, lanes: Lanes) -> NDArray[np.uint8]:
    """The best well-formed labels of each lane, (steps, lanes).

    Args:
        scores: (steps, lanes, labels).
        transitions: (before, after).
        lanes: where sentences end.
    """
    return viterbi(scores, _START, np.where(FOLLOWS, transitions, _NEVER), _STOP, lanes)


def sum_paths(scores: Floats, steps: Doubles, lanes: Lanes) -> Chain:
    """Sums over all well-formed labellings.

    Args:
        scores: (steps, lanes, labels); labels that may not stand somewhere have -1e9.
        steps: (before, after), exp of the transitions, 0 where one may not follow the other.
        lanes: where sentences end.
    """
    scores = scores.astype(np.float64)
    scores[0][:, ~STARTS] = _NEVER
    every = np.arange(len(lanes.index))
    scores[lanes.lengths - 1, every] = np.where(ENDS, scores[lanes.lengths - 1, every], _NEVER)
    top = scores.max(2)
    local = np.exp(scores - top[..., None])
    forward, backward = np.zeros_like(local), np.ones_like(local)
    scale = np.ones(top.shape)
    forward[0] = local[0]
    for step, n in enumerate(lanes.live):
        if step:
            forward[step, :n] = (forward[step - 1, :n] @ steps) * local[step, :n]
        scale[step, :n] = forward[step, :n].sum(1)
        forward[step, :n] /= scale[step, :n, None]
    for step in range(len(lanes.live) - 1, 0, -1):
        n = lanes.live[step]
        after = local[step, :n] * backward[step, :n] / scale[step, :n, None]
        backward[step - 1, :n] = after @ steps.T
    return Chain(local, top, forward, backward, scale)


def path_certainty(chain: Chain, steps: Doubles, labels: NDArray[np.uint8]) -> tuple[Doubles, Doubles]:
    """What the probability of any stretch of a labelling is made of.

    Returns:
        The marginal probability of each label, (steps, lanes), and the running sum of
        log P(label | label before): a stretch a..b has probability
        ``marginal[a] * exp(running[b] - running[a])``.
    """
    pick = labels[..., None].astype(np.int64)
    chosen = np.take_along_axis(chain.backward, pick, 2)[..., 0]
    marginal = np.take_along_axis(chain.forward, pick, 2)[..., 0] * chosen
    local = np.take_along_axis(chain.local, pick, 2)[..., 0]
    link = np.ones(labels.shape)
    reached = np.maximum(chain.scale[1:] * chosen[:-1], 1e-300)
    link[1:] = steps[labels[:-1], labels[1:]] * local[1:] * chosen[1:] / reached
    return marginal, np.cumsum(np.log(np.clip(link, 1e-300, 1.0)), axis=0)
