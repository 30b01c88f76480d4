"""Pushes labelled things apart until no two labels overlap."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kg.render.boxes import Boxes, Points

Pairs = npt.NDArray[np.int64]

_ROUNDS = 160
_LARGE = 5_000  # above, fewer rounds: what still overlaps is hidden by the page
_MOST_IN_CELL = 24  # things of one cell compared with one another; denser cells loosen over the rounds
_NEIGHBOURS = ((0, 0), (1, 0), (-1, 1), (0, 1), (1, 1))  # half of the eight, and the cell itself
_GAP = 5.0
_KEEP = 4  # rounds for which one list of near pairs serves
_SOON = 1.5  # pairs so near, as a factor of the distance at which they part, are on that list
_ALL_PAIRS = 150
_STRETCH = 1.6  # how far one round may part two things, as a factor of their distance


def spread(points: Points, boxes: Boxes) -> Points:
    """Moves things until their boxes part, each pair along the line through both.

    Pushing along the shorter overlap instead turns every star into a column, since labels are
    wide and low (the choice follows PRISM: Gansner and Hu, Efficient Node Overlap Removal Using a
    Proximity Stress Model, 2008). A last phase parts what is left along the shorter way.

    Args:
        points: centres, one row a thing.
        boxes: the room of each thing around its centre.
    """
    half = np.stack([boxes.half_width + _GAP, (boxes.above + boxes.below) / 2 + _GAP], axis=1)
    shift = np.stack([np.zeros_like(boxes.above), (boxes.below - boxes.above) / 2], axis=1)
    centres = points + shift
    rounds = _ROUNDS if len(points) <= _LARGE else _ROUNDS // 4
    for number in range(rounds):
        if number % _KEEP == 0:
            near = _near(centres, 2 * half.max(axis=0), half)
        first, second, gap, reach = _overlapping(centres, half, *near)
        if not len(first):
            if number % _KEEP == 0:
                break
            continue
        move = _along_line(gap, reach, first + second) if number < rounds * 0.7 else _shorter_way(gap, reach)
        step = np.zeros_like(centres)
        np.add.at(step, second, move)
        np.add.at(step, first, -move)
        crowd = np.maximum(1, np.bincount(np.concatenate([first, second]), minlength=len(points)))
        centres += step / np.sqrt(crowd)[:, None]
    return centres - shift


def _overlapping(centres: Points, half: Points, first: Pairs, second: Pairs) -> tuple[Pairs, Pairs, Points, Points]:
    """Those pairs whose boxes overlap, with the way between their centres and the way that would part them."""
    gap = centres[second] - centres[first]
    reach = half[first] + half[second]
    hit = np.flatnonzero(np.min(reach - np.abs(gap), axis=1) > 0.5)
    return first[hit], second[hit], gap[hit], reach[hit]


def _along_line(gap: Points, reach: Points, turn: Pairs) -> Points:
    """Half the way that parts two boxes along the line through their centres."""
    # two things in one spot part in a direction that their numbers choose, so that no chance is needed
    angle = turn * 2.399963
    blind = np.stack([np.cos(angle), np.sin(angle)], axis=1) * reach * 0.2
    gap = np.where(np.max(np.abs(gap) / reach, axis=1, keepdims=True) < 0.05, blind, gap)
    factor = np.min(reach / np.maximum(np.abs(gap), 1e-6), axis=1)
    moved: Points = gap * (np.minimum(factor, _STRETCH) - 1)[:, None] / 2
    return moved


def _shorter_way(gap: Points, reach: Points) -> Points:
    """Half the way that parts two boxes along the axis that needs less."""
    depth = reach - np.abs(gap)
    move = np.zeros_like(gap)
    rows = np.arange(len(gap))
    axis = (depth[:, 1] <= depth[:, 0]).astype(np.int64)
    move[rows, axis] = np.where(gap[rows, axis] < 0, -1.0, 1.0) * depth[rows, axis] / 2
    return move


def _near(centres: Points, cell: Points, half: Points) -> tuple[Pairs, Pairs]:
    """Pairs of things that overlap or are about to: all pairs of a few, else those in touching cells of a grid."""
    first, second = _all_pairs(len(centres)) if len(centres) <= _ALL_PAIRS else _in_touching_cells(centres, cell)
    gap = np.abs(centres[second] - centres[first])
    close = np.flatnonzero(np.max(gap / (half[first] + half[second]), axis=1) < _SOON)
    return first[close], second[close]


@lru_cache(maxsize=_ALL_PAIRS)
def _all_pairs(count: int) -> tuple[Pairs, Pairs]:
    first, second = np.triu_indices(count, 1)
    return first, second


def _in_touching_cells(centres: Points, cell: Points) -> tuple[Pairs, Pairs]:
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
