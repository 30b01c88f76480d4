"""Lays the connected parts of a graph side by side, the first in the middle."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, pi, sin, sqrt

import numpy as np
import numpy.typing as npt

from kg.render.boxes import Boxes, Points

ASPECT = 1.3
"""Width over height of the canvas beside an open panel, on most screens."""

_CELL = 40.0  # grain, in pixels, in which parts are packed


def pack(drawn: Sequence[tuple[npt.NDArray[np.int64], Points]], boxes: Boxes) -> Points:
    """Puts the parts side by side, the first in the middle, without overlap."""
    points = np.zeros((len(boxes.half_width), 2))
    taken: set[tuple[int, int]] = set()
    reached: dict[tuple[int, int], int] = {}  # how far out the last part of this size went
    spiral: list[tuple[float, float]] = []
    for part, local in drawn:
        cells = _cells(local, boxes.take(part))
        width, height = max(x for x, _ in cells) + 1, max(y for _, y in cells) + 1
        # where a smaller part found no room, this one needn't try
        step = max((far for (w, h), far in reached.items() if w <= width and h <= height), default=0)
        while True:
            if step == len(spiral):
                spiral.append(_spiral(step))
            column, row = round(spiral[step][0] - width / 2), round(spiral[step][1] - height / 2)
            if not any((x + column, y + row) in taken for x, y in cells):
                break
            step += 1
        reached[width, height] = step
        taken.update((x + column, y + row) for x, y in cells)
        points[part] = local - _corner(local, boxes.take(part)) + np.array([column, row]) * _CELL
    return points


def _corner(local: Points, boxes: Boxes) -> Points:
    """The upper left corner of a part, half a cell of margin included."""
    left = np.min(local[:, 0] - boxes.half_width) - _CELL / 4
    top = np.min(local[:, 1] - boxes.above) - _CELL / 4
    return np.array([left, top])


def _cells(local: Points, boxes: Boxes) -> set[tuple[int, int]]:
    """The cells of the packing grid between the leftmost and the rightmost label of each row, from the corner."""
    corner, margin = _corner(local, boxes), _CELL / 4
    low_x = np.floor((local[:, 0] - boxes.half_width - margin - corner[0]) / _CELL).astype(int)
    high_x = np.floor((local[:, 0] + boxes.half_width + margin - corner[0]) / _CELL).astype(int)
    low_y = np.floor((local[:, 1] - boxes.above - margin - corner[1]) / _CELL).astype(int)
    high_y = np.floor((local[:, 1] + boxes.below + margin - corner[1]) / _CELL).astype(int)
    rows: dict[int, tuple[int, int]] = {}
    for left, right, top, bottom in zip(low_x, high_x, low_y, high_y, strict=True):
        for y in range(top, bottom + 1):
            least, most = rows.get(y, (left, right))
            rows[y] = (min(least, left), max(most, right))
    return {(x, y) for y, (left, right) in rows.items() for x in range(left, right + 1)}


def _spiral(step: int) -> tuple[float, float]:
    """The middle of the ``step``-th place tried, in cells, on a spiral as wide as a screen."""
    radius = 0.8 * sqrt(step)
    angle = step * pi * (3 - sqrt(5))  # the golden angle: even cover, no spokes
    return radius * cos(angle) * ASPECT, radius * sin(angle)
