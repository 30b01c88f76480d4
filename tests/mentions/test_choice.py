"""One reading without overlaps: the set that the evidence favours most."""

from __future__ import annotations

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from kg.mentions.choice import Chooser
from kg.mentions.evidence import Span


def span(start: int, end: int, weight: str, kind: str = "Person") -> Span:
    return Span(start, end, kind, features=[weight])


CHOOSER = Chooser({"-1": -1.0, **{str(n): float(n) for n in range(1, 9)}})


def chosen(*spans: Span) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s, _ in CHOOSER.choose(spans)]


def test_what_the_evidence_is_against_is_left_out() -> None:
    assert chosen(span(0, 2, "-1")) == []


def test_of_two_that_overlap_the_better_is_kept() -> None:
    assert chosen(span(0, 3, "1"), span(2, 5, "2")) == [(2, 5)]


def test_two_inside_outweigh_one_around_when_they_are_better_together() -> None:
    assert chosen(span(0, 6, "3"), span(0, 3, "2"), span(3, 6, "2")) == [(0, 3), (3, 6)]


def test_the_better_of_two_types_is_kept() -> None:
    found = CHOOSER.choose([span(0, 2, "1", "Person"), span(0, 2, "3", "Place")])
    assert [s.type for s, _ in found] == ["Place"]


def test_a_mention_has_its_probability() -> None:
    ((_, probability),) = CHOOSER.choose([span(0, 2, "2")])
    assert round(probability, 3) == 0.881


SPANS = st.lists(
    st.builds(lambda a, n, w: (a, a + n, w), st.integers(0, 8), st.integers(1, 4), st.integers(1, 8)), max_size=7
)


@given(SPANS)
def test_no_other_set_without_overlaps_is_worth_more(rows: list[tuple[int, int, int]]) -> None:
    spans = [span(a, b, str(w)) for a, b, w in rows]
    worth = sum(CHOOSER.score(s) for s, _ in CHOOSER.choose(spans))
    every = (c for n in range(len(rows) + 1) for c in combinations(rows, n))
    apart = (c for c in every if all(x[1] <= y[0] or y[1] <= x[0] for x, y in combinations(c, 2)))
    assert worth == max(sum(w for _, _, w in c) for c in apart)


@given(SPANS)
def test_chosen_spans_are_in_order_and_apart(rows: list[tuple[int, int, int]]) -> None:
    found = chosen(*(span(a, b, str(w)) for a, b, w in rows))
    assert all(x[1] <= y[0] for x, y in pairwise(found))
