"""Places every thing on the plane before the browser sees it.

Coordinates are screen pixels at zoom 1, integers. Each connected part is laid out alone, its
labels are pushed apart, and the parts are packed around the main one. The page's physics stay
off: in a browser 2,000 things take minutes to settle, igraph places 10,000 in under a second.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from math import sqrt
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.render.boxes import Boxes, Points
from kg.render.packing import ASPECT, pack
from kg.render.spread import spread

Part = npt.NDArray[np.int64]

_SEED = 20171203
_SMALL = 250  # Kamada-Kawai draws better up to here and takes cubic time beyond
_LARGE = 3_000  # from here on fewer rounds of Fruchterman-Reingold are enough to see the clusters
_ACROSS = 0.02  # weight of an edge between two communities: parts them by sight
_ROOM = 2.2  # area of a part over the area of its labels, before labels are pushed apart
_LOOSE = 1.25  # room kept free around labels, so that they stay apart when the view is a little smaller
_LOOSEST = 2.4
_FEW = 30
_CANVAS = (820.0, 640.0)  # pixels that the first view has on a small notebook's screen, margins taken off


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
        parts = _gather_single(sorted(parts, key=lambda part: (hub not in part, -len(part), int(part[0]))))
        shapes = [(part, _shape(graph, part, hub)) for part in parts]
    points = _fill_canvas(shapes, boxes)
    if hub is not None:
        points -= points[hub]
    return [(int(x), int(y)) for x, y in np.rint(points)]


def _gather_single(parts: list[Part]) -> list[Part]:
    """Makes one part of the few things that nothing relates to anything; many stay apart and fill gaps."""
    single = [part for part in parts[1:] if len(part) == 1]
    if not 1 < len(single) <= _FEW:
        return parts
    return [part for part in parts if part is parts[0] or len(part) > 1] + [np.concatenate(single)]


@contextmanager
def _fixed_randomness() -> Iterator[None]:
    """Seeds igraph, and gives it Python's own generator back afterwards."""
    import igraph

    igraph.set_random_number_generator(random.Random(_SEED))
    try:
        yield
    finally:
        igraph.set_random_number_generator(random)


def _shape(graph: Any, part: Part, hub: int | None) -> Points:
    """The form of one part, of no particular size, around its hub or its centre of mass."""
    inside = graph.induced_subgraph(part.tolist())
    if not inside.ecount():
        return np.zeros((len(part), 2))
    points = np.array(_force(inside).coords, dtype=np.float64)
    pinned = np.flatnonzero(part == hub)
    points -= points[pinned[0]] if len(pinned) else points.mean(axis=0)
    return _lie_down(points)


def _force(graph: Any) -> Any:
    """The layout of one connected graph."""
    degrees = graph.degree()
    if graph.vcount() <= _SMALL:
        # the more neighbours, the longer their edges: a hub's ring has room for all their names
        lengths = [1 + 0.15 * sqrt(max(degrees[edge.source], degrees[edge.target])) for edge in graph.es]
        return graph.layout_kamada_kawai(weights=lengths)
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


def _fill_canvas(shapes: Sequence[tuple[Part, Points]], boxes: Boxes) -> Points:
    """Parts the labels so far that they stay apart when the whole graph is fitted into a canvas.

    Names keep their size when the view shrinks; so the smaller the fitted view, the more room they
    need on the plane. A graph of hundreds can't show all its names at once, and isn't asked to.
    """
    loose = _LOOSE
    while True:
        grown = boxes.scaled(loose)
        points = pack([(part, _settle(shape, boxes.take(part), grown.take(part))) for part, shape in shapes], grown)
        width, height = np.ptp(points, axis=0) + 1.0
        scale = min(1.0, _CANVAS[0] / width, _CANVAS[1] / height)
        if len(points) > _SMALL or scale * loose >= 1 or loose >= _LOOSEST:
            return points
        loose *= 1.2


def _settle(shape: Points, boxes: Boxes, grown: Boxes) -> Points:
    """A part in its size, its labels apart."""
    if not shape.any():
        return _rows(grown)
    extent = np.ptp(shape, axis=0) + 1e-9
    ground = max(extent[0], extent[1] / 4) * max(extent[1], extent[0] / 4)
    return spread(shape * sqrt(_ROOM * boxes.area() / ground), grown)


def _rows(boxes: Boxes) -> Points:
    """Things without relations, side by side in rows."""
    count = len(boxes.above)
    columns = max(1, round(sqrt(count * ASPECT)))
    width, height = 2 * boxes.half_width.max(), (boxes.above + boxes.below).max()
    return np.array([[at % columns * width, at // columns * height] for at in range(count)])
