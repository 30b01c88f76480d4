"""Places every thing on the plane before the browser sees it.

Coordinates are screen pixels at zoom 1, integers. Each connected part is laid out alone, its
labels are pushed apart, and the parts are packed around the largest one. The page's physics stay
off: in a browser 2,000 things take minutes to settle, igraph places 10,000 in under a second.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.render.spread import spread

Points = npt.NDArray[np.float64]

_SEED = 20171203
_SMALL = 250  # Kamada-Kawai draws better up to here and takes cubic time beyond
_LARGE = 3_000  # from here on fewer rounds of Fruchterman-Reingold are enough to see the clusters
_ACROSS = 0.02  # weight of an edge between two communities: parts them by sight
_ROOM = 2.2  # area of a part over the area of its labels, before labels are pushed apart
_ASPECT = 1.5  # most screens are wider than high
_CELL = 60.0  # grain, in pixels, in which parts are packed


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """The room that each thing takes at zoom 1: half width, and reach above and below its centre."""

    half_width: Points
    above: Points
    below: Points

    def take(self, indices: npt.NDArray[np.int64]) -> Boxes:
        """The boxes of some of the things."""
        return Boxes(half_width=self.half_width[indices], above=self.above[indices], below=self.below[indices])


def place(boxes: Boxes, edges: Sequence[tuple[int, int]], hub: int | None) -> list[tuple[int, int]]:
    """Gives every thing its place.

    Args:
        boxes: one a thing.
        edges: pairs of things, without repeats.
        hub: the thing that shall stand in the middle, at (0, 0).

    Returns:
        One (x, y) a thing; the same for the same input.
    """
    count = len(boxes.half_width)
    if not count:
        return []
    import igraph

    with _fixed_randomness():
        graph = igraph.Graph(n=count, edges=list(edges))
        parts = [np.array(part, dtype=np.int64) for part in graph.connected_components()]
        parts.sort(key=lambda part: (hub not in part, -len(part), int(part[0])))
        drawn = [(part, _draw_part(graph, part, boxes.take(part), hub)) for part in parts]
    points = _pack(drawn, boxes)
    if hub is not None:
        points -= points[hub]
    return [(int(x), int(y)) for x, y in np.rint(points)]


@contextmanager
def _fixed_randomness() -> Iterator[None]:
    """Seeds igraph, and gives it Python's own generator back afterwards."""
    import igraph

    igraph.set_random_number_generator(random.Random(_SEED))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _draw_part(graph: Any, part: npt.NDArray[np.int64], boxes: Boxes, hub: int | None) -> Points:
    """Lays out one connected part around its centre of mass, with its labels apart."""
    if len(part) == 1:
        return np.zeros((1, 2))
    inside = graph.induced_subgraph(part.tolist())
    points = np.array(_force(inside).coords, dtype=np.float64)
    pinned = np.flatnonzero(part == hub)
    points -= points[pinned[0]] if len(pinned) else points.mean(axis=0)
    points = _lie_down(points)
    area = float(np.sum(2 * boxes.half_width * (boxes.above + boxes.below)))
    extent = np.ptp(points, axis=0) + 1e-9
    points *= sqrt(_ROOM * area / (max(extent[0], extent[1] / 4) * max(extent[1], extent[0] / 4)))
    return spread(points, boxes.half_width, boxes.above, boxes.below)


def _force(graph: Any) -> Any:
    """The layout of one connected graph."""
    if graph.vcount() <= _SMALL:
        return graph.layout_kamada_kawai()
    membership = graph.community_multilevel().membership
    graph.es["weight"] = [1.0 if membership[edge.source] == membership[edge.target] else _ACROSS for edge in graph.es]
    rounds = 500 if graph.vcount() <= _LARGE else 150
    return graph.layout_fruchterman_reingold(weights="weight", niter=rounds, grid="auto")


def _lie_down(points: Points) -> Points:
    """Turns the points so that they reach furthest from left to right."""
    _, axes = np.linalg.eigh(np.cov(points.T) + np.eye(2) * 1e-9)
    turned: Points = points @ axes[:, ::-1]
    # an eigenvector's sign is the library's choice: fix it, so that the picture isn't mirrored at will
    signs = np.where(turned[np.argmax(np.abs(turned), axis=0), [0, 1]] < 0, -1.0, 1.0)
    return turned * signs


def _pack(drawn: Sequence[tuple[npt.NDArray[np.int64], Points]], boxes: Boxes) -> Points:
    """Puts the parts side by side, the first in the middle, without overlap."""
    points = np.zeros((len(boxes.half_width), 2))
    taken: set[tuple[int, int]] = set()
    reached: dict[tuple[int, int], int] = {}  # how far out the last part of this size went
    for part, local in drawn:
        cells = _cells(local, boxes.take(part))
        width, height = max(x for x, _ in cells) + 1, max(y for _, y in cells) + 1
        step = reached.get((width, height), 0)
        while True:
            column, row = _spiral(step, width, height)
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
    """The cells of the packing grid that the labels of a part touch, counted from its corner."""
    corner, margin = _corner(local, boxes), _CELL / 4
    low_x = np.floor((local[:, 0] - boxes.half_width - margin - corner[0]) / _CELL).astype(int)
    high_x = np.floor((local[:, 0] + boxes.half_width + margin - corner[0]) / _CELL).astype(int)
    low_y = np.floor((local[:, 1] - boxes.above - margin - corner[1]) / _CELL).astype(int)
    high_y = np.floor((local[:, 1] + boxes.below + margin - corner[1]) / _CELL).astype(int)
    return {
        (x, y)
        for left, right, top, bottom in zip(low_x, high_x, low_y, high_y, strict=True)
        for x in range(left, right + 1)
        for y in range(top, bottom + 1)
    }


def _spiral(step: int, width: int, height: int) -> tuple[int, int]:
    """The upper left cell of the ``step``-th place tried, on a spiral as wide as a screen."""
    radius = 0.8 * sqrt(step)
    angle = step * pi * (3 - sqrt(5))  # the golden angle: even cover, no spokes
    x, y = radius * cos(angle) * _ASPECT, radius * sin(angle)
    return round(x - width / 2), round(y - height / 2)
