"""Places every thing on the plane before the browser sees it.

Coordinates are screen pixels at zoom 1, integers. Each connected part is laid out alone, its
labels are pushed apart, and the parts are packed around the main one. A large part is first cut
into communities, each laid out in the same way and then placed as if it were one large thing:
clusters stand apart, and the cost stays nearly linear. The page's physics stay off: in a browser
2,000 things take minutes to settle.
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
_SMALL = 150  # Kamada-Kawai draws better up to here and takes cubic time beyond
_ROOM = 2.2  # area of a part over the area of its labels, before labels are pushed apart
_ROOM_OF_CLUSTERS = 1.2  # the same for whole clusters, whose boxes hold free corners already
_BETWEEN = 70.0  # pixels kept free around a cluster
_LOOSE = 1.25  # room kept free around labels, so that they stay apart when the view is a little smaller
_LOOSEST = 2.4
_FEW = 30
_CANVAS = (820.0, 640.0)  # pixels that the first view has on a small notebook's screen, margins taken off


def place(boxes: Boxes, edges: Sequence[tuple[int, int]], hub: int | None) -> list[tuple[int, int]]:
    """Gives every thing its place.

    Names keep their size when the view shrinks; so the smaller the view that holds a whole graph,
    the more room names need on the plane. They get it as long as the graph is small; of hundreds
    of names not all can be read at once, and the page shows the most important ones.

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

    graph = igraph.Graph(n=count, edges=list(edges))
    loose = _LOOSE
    with _fixed_randomness():
        while True:
            points = _draw(graph, boxes, loose, hub)
            width, height = np.ptp(points, axis=0) + 1.0
            scale = min(1.0, _CANVAS[0] / width, _CANVAS[1] / height)
            if count > _SMALL or scale * loose >= 1 or loose >= _LOOSEST:
                break
            loose *= 1.2
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


def _draw(graph: Any, boxes: Boxes, loose: float, hub: int | None = None) -> Points:
    """Lays out a graph, connected or not; the part with the hub comes first, into the middle."""
    parts = [np.array(part, dtype=np.int64) for part in graph.connected_components()]
    parts = _gather_single(sorted(parts, key=lambda part: (hub not in part, -len(part), int(part[0]))))
    grown = boxes.scaled(loose)
    if len(parts) == 1:
        return _draw_part(graph, boxes, loose)
    drawn = [(part, _draw_part(graph.induced_subgraph(part.tolist()), boxes.take(part), loose)) for part in parts]
    return pack(drawn, grown)


def _gather_single(parts: list[Part]) -> list[Part]:
    """Makes one part of the few things that nothing relates to anything; many stay apart and fill gaps."""
    single = [part for part in parts[1:] if len(part) == 1]
    if not 1 < len(single) <= _FEW:
        return parts
    return [part for part in parts if part is parts[0] or len(part) > 1] + [np.concatenate(single)]


def _draw_part(graph: Any, boxes: Boxes, loose: float) -> Points:
    """Lays out one connected part, or things without any relation."""
    grown = boxes.scaled(loose)
    if not graph.ecount():
        return _rows(grown)
    if graph.vcount() > _SMALL:
        groups = [np.array(group, dtype=np.int64) for group in graph.community_multilevel() if group]
        if len(groups) > 1:
            return _draw_groups(graph, groups, boxes, loose)
    return _settle(_force(graph), boxes.area() * _ROOM, grown)


def _draw_groups(graph: Any, groups: Sequence[Part], boxes: Boxes, loose: float) -> Points:
    """Lays out communities each for itself, then all of them as if each were one large thing."""
    points = np.zeros((graph.vcount(), 2))
    halves = np.zeros((len(groups), 2))
    membership = np.zeros(graph.vcount(), dtype=np.int64)
    for number, group in enumerate(groups):
        inner = _draw(graph.induced_subgraph(group.tolist()), boxes.take(group), loose)
        middle = (inner.max(axis=0) + inner.min(axis=0)) / 2
        points[group] = inner - middle
        halves[number] = np.ptp(inner, axis=0) / 2 + _BETWEEN
        membership[group] = number
    between = graph.copy()
    between.contract_vertices(membership.tolist())
    between.simplify()
    rooms = Boxes(half_width=halves[:, 0], above=halves[:, 1], below=halves[:, 1])
    centres = _settle(_force(between), rooms.area() * _ROOM_OF_CLUSTERS, rooms)
    moved: Points = points + centres[membership]
    return moved


def _force(graph: Any) -> Points:
    """The form of a connected graph, of no particular size."""
    if graph.vcount() <= _SMALL:
        # the more neighbours, the longer their edges: a hub's ring has room for all their names
        degrees = graph.degree()
        lengths = [1 + 0.15 * sqrt(max(degrees[edge.source], degrees[edge.target])) for edge in graph.es]
        layout = graph.layout_kamada_kawai(weights=lengths)
    else:
        layout = graph.layout_fruchterman_reingold(niter=500 if graph.vcount() < 3_000 else 150, grid="auto")
    return _lie_down(np.array(layout.coords, dtype=np.float64))


def _lie_down(points: Points) -> Points:
    """Turns the points so that they reach furthest from left to right."""
    points = points - points.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov(points.T) + np.eye(2) * 1e-9)
    turned: Points = points @ axes[:, ::-1]
    # an eigenvector's sign is the library's choice: fix it, so that the picture isn't mirrored at will
    signs = np.where(turned[np.argmax(np.abs(turned), axis=0), [0, 1]] < 0, -1.0, 1.0)
    return turned * signs


def _settle(shape: Points, area: float, grown: Boxes) -> Points:
    """A form in its size, the boxes on it apart."""
    extent = np.ptp(shape, axis=0) + 1e-9
    ground = max(extent[0], extent[1] / 4) * max(extent[1], extent[0] / 4)
    return spread(shape * sqrt(area / ground), grown)


def _rows(boxes: Boxes) -> Points:
    """Things without relations, side by side in rows."""
    count = len(boxes.above)
    columns = max(1, round(sqrt(count * ASPECT)))
    width, height = 2 * boxes.half_width.max(), (boxes.above + boxes.below).max()
    return np.array([[at % columns * width, at // columns * height] for at in range(count)])
