"""Where things are placed."""

from __future__ import annotations

import random

import igraph
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.render.boxes import Boxes, label_boxes
from kg.render.layout import place
from kg.render.spread import spread


def star(leaves: int) -> list[tuple[int, int]]:
    return [(0, leaf) for leaf in range(1, leaves + 1)]


def boxes(count: int) -> Boxes:
    return label_boxes([f"第{number}届某某大会" for number in range(count)], [1] * count)


def overlaps(points: list[tuple[int, int]], room: Boxes) -> int:
    """Pairs of boxes that overlap by more than rounding."""
    x, y = np.array(points, dtype=float).T
    left, right, top, bottom = x - room.half_width, x + room.half_width, y - room.above, y + room.below
    hit = (
        (left[:, None] < right - 1)
        & (left < right[:, None] - 1)
        & (top[:, None] < bottom - 1)
        & (top < bottom[:, None] - 1)
    )
    return int((hit.sum() - len(x)) // 2)


def test_names_of_a_star_do_not_overlap() -> None:
    assert overlaps(place(boxes(41), star(40), 0), boxes(41)) == 0


@settings(deadline=None, max_examples=30)
@given(st.integers(2, 60), st.integers(0, 80), st.integers(0, 10**6))
def test_names_of_small_graphs_do_not_overlap(count: int, edges: int, seed: int) -> None:
    chance = random.Random(seed)
    pairs = sorted({(min(a, b), max(a, b)) for a, b in (chance.sample(range(count), 2) for _ in range(edges))})
    assert overlaps(place(boxes(count), pairs, 0), boxes(count)) == 0


def test_hub_stands_at_the_origin() -> None:
    assert place(boxes(12), star(8), 0)[0] == (0, 0)


def test_parts_do_not_overlap() -> None:
    edges = [*star(10), (11, 12), (13, 14), (14, 15)]
    assert overlaps(place(boxes(40), edges, 0), boxes(40)) == 0


def test_communities_stand_apart() -> None:
    cliques = [(a + 20 * c, b + 20 * c) for c in range(10) for a in range(20) for b in range(a)]
    bridges = [(20 * c, 20 * c + 20) for c in range(9)]
    points = np.array(place(boxes(200), cliques + bridges, 0), dtype=float).reshape(10, 20, 2)
    inside = np.mean([np.linalg.norm(group - group.mean(axis=0), axis=1).mean() for group in points])
    centres = points.mean(axis=1)
    between = min(np.linalg.norm(a - b) for number, a in enumerate(centres) for b in centres[:number])
    assert between > 1.5 * inside


def test_layout_leaves_pythons_own_randomness_alone() -> None:
    random.seed(5)
    state = random.getstate()
    place(boxes(30), star(20), 0)
    assert random.getstate() == state
    random.seed(1)
    first = igraph.Graph.Erdos_Renyi(20, 0.2).get_edgelist()
    random.seed(1)
    assert igraph.Graph.Erdos_Renyi(20, 0.2).get_edgelist() == first


@pytest.mark.parametrize("count", [1, 2, 3])
def test_few_things_are_placed(count: int) -> None:
    assert len(set(place(boxes(count), star(count - 1), None))) == count


def test_things_in_one_spot_part() -> None:
    points = spread(np.zeros((9, 2)), boxes(9))
    assert overlaps([(float(x), float(y)) for x, y in points], boxes(9)) == 0  # type: ignore[misc]


def test_a_long_name_takes_two_lines() -> None:
    short, long = label_boxes(["大会", "第三届云岭数字经济与人工智能大会"], [1, 1]).below
    assert long > short
