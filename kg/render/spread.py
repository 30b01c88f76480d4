"""Pushes labelled things apart until no two labels overlap."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

_ROUNDS = 120
_MOST_IN_CELL = 24  # things of one cell compared with one another; denser cells loosen over the rounds
_NEIGHBOURS = ((0, 0), (1, 0), (-1, 1), (0, 1), (1, 1))  # half of the eight, and the cell itself
_GAP = 4.0


def spread(points: Points, half_width: Points, above: Points, below: Points) -> Points:
    """Moves things as little as needed so that their boxes part.

    Each round moves every two overlapping boxes away from each other along the axis that needs
    less. Large graphs may keep a few overlaps; the page hides the lesser label of such a pair.

    Args:
        points: centres, one row a thing.
        half_width: the reach of each box to either side of its centre.
        above: its reach upwards.
        below: its reach downwards.
    """
    points = points.copy()
    half = np.stack([half_width + _GAP, (above + below) / 2 + _GAP], axis=1)
    shift = np.stack([np.zeros_like(above), (below - above) / 2], axis=1)
    centres = points + shift
    rounds = _ROUNDS if len(points) <= 5_000 else _ROUNDS // 4
    for _ in range(rounds):
        first, second = _near(centres, 2 * half.max(axis=0))
        gap = centres[second] - centres[first]
        depth = half[first] + half[second] - np.abs(gap)
        hit = np.all(depth > 0.5, axis=1)
        if not hit.any():
            break
        first, second, gap, depth = first[hit], second[hit], gap[hit], depth[hit]
        axis = (depth[:, 1] <= depth[:, 0]).astype(np.int64)
        rows = np.arange(len(axis))
        # two things in one spot part by their order, so that the result needs no chance
        way = np.where(gap[rows, axis] < 0, -1.0, 1.0)
        move = way * depth[rows, axis] * 0.5
        step = np.zeros_like(centres)
        np.add.at(step, (second, axis), move)
        np.add.at(step, (first, axis), -move)
        crowd = np.maximum(1, np.bincount(np.concatenate([first, second]), minlength=len(points)))
        centres += step / np.sqrt(crowd)[:, None]
    return centres - shift


def _near(centres: Points, cell: Points) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Pairs of things in one cell or in touching cells of a grid."""
    grid = np.floor((centres - centres.min(axis=0)) / cell).astype(np.int64) + 1
    columns = int(grid[:, 0].max()) + 3
    key = grid[:, 1] * columns + grid[:, 0]
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    firsts, seconds = [], []
    for right, down in _NEIGHBOURS:
        wanted = ordered + down * columns + right
        start = np.searchsorted(ordered, wanted, side="left")
        stop = np.searchsorted(ordered, wanted, side="right")
        if (right, down) == (0, 0):
            start = np.arange(len(ordered)) + 1
        most = min(_MOST_IN_CELL, int((stop - start).max(initial=0)))
        for offset in range(most):
            rows = np.flatnonzero(start + offset < stop)
            firsts.append(order[rows])
            seconds.append(order[start[rows] + offset])
    return np.concatenate(firsts or [order[:0]]), np.concatenate(seconds or [order[:0]])
