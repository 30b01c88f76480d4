from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.resolution.clusters import Clusters


def test_joins_are_transitive():
    clusters = Clusters(4)
    assert clusters.join(0, 1)
    assert clusters.join(1, 2)
    assert list(clusters.groups()) == [[0, 1, 2], [3]]


def test_contradicting_marks_are_an_objection():
    clusters = Clusters(3)
    clusters.mark(0, {"edition": "3"})
    clusters.mark(1, {"edition": "4", "year": "2017"})
    assert clusters.objection(0, 1) == "edition 3 / 4"
    assert not clusters.join(0, 1)
    assert clusters.join(0, 2)
    assert clusters.marks(2) == {"edition": "3"}
    assert not clusters.join(2, 1)


def test_enemies_stay_enemies_whatever_they_join():
    clusters = Clusters(4)
    clusters.forbid(0, 1, "listed together")
    assert clusters.join(0, 2)
    assert clusters.join(1, 3)
    assert clusters.objection(2, 3) == "listed together"
    assert not clusters.join(3, 2)


@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=30),
)
def test_no_forbidden_pair_is_ever_in_one_cluster(forbidden: list[tuple[int, int]], joins: list[tuple[int, int]]):
    clusters = Clusters(10)
    for a, b in forbidden:
        clusters.forbid(a, b, "no")
    for a, b in joins:
        clusters.join(a, b)
    for group in clusters.groups():
        assert not any(a != b and a in group and b in group for a, b in forbidden)
