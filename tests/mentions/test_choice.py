"""One reading without overlaps: the set that the evidence favours most."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Never

from hypothesis import given
from hypothesis import strategies as st

from kg.mentions.candidates import Candidate
from kg.mentions.choice import Chooser, best_set
from kg.mentions.evidence import Describer
from kg.mentions.spans import Span, group
from kg.mentions.surroundings import FeatureNames, Vocabulary
from kg.training.annotations import Annotated
from kg.training.choice import label_candidates
from tests.factories import document
from tests.mentions.conftest import view


def span(start: int, end: int, score: int, kind: str = "Person") -> tuple[Span, float]:
    return Span(start, end, kind), float(score)


def chosen(*spans: tuple[Span, float]) -> list[tuple[int, int]]:
    return [(s.start, s.end) for s, _ in best_set(spans)]


def test_scores_add_what_counts_for_a_type_and_for_any() -> None:
    weights = {"Person": 1.0, "Person|dotted": 2.0, "*|dotted": 4.0, "Place|dotted": 8.0}
    names = FeatureNames.weighed_in(weights)
    spans = group([Candidate(0, 2, "Person", "dotted"), Candidate(0, 2, "Place", "x")])
    document = [(view("马云说"), spans)]
    evidence = Describer(Vocabulary.of((), (), (), ()), names).describe([document])
    chooser = Chooser(weights, names)
    assert chooser.scores(evidence).tolist() == [7.0, 0.0]
    assert [[s.type for s, _ in found] for found in chooser.choose(evidence)] == [["Person"]]


def test_a_place_that_is_not_annotated_may_be_one_unless_only_an_ordinary_word_speaks_for_it() -> None:
    text = "合作密切，浙江和青湾镇发展"
    found = [
        Candidate(0, 2, "Place", "gazetteer:weak"), Candidate(5, 7, "Place", "gazetteer"),
        Candidate(8, 11, "Place", "head:weak"), Candidate(8, 11, "Organization", "tagger"),
    ]  # fmt: skip
    none: frozenset[Never] = frozenset()
    annotated = Annotated(
        document=document(text=text), mentions=(), optional=none, relations=none, optional_relations=none
    )  # fmt: skip
    rows = label_candidates([annotated], [[(view(text), group(found))]], [["合作"], ["浙江"], ["组织"], ["镇"]])
    assert rows == [(["合作"], False), (["组织"], False), (["镇"], False)]


def test_of_two_that_overlap_the_better_is_kept() -> None:
    assert chosen(span(0, 3, 1), span(2, 5, 2)) == [(2, 5)]


def test_two_inside_outweigh_one_around_when_they_are_better_together() -> None:
    assert chosen(span(0, 6, 3), span(0, 3, 2), span(3, 6, 2)) == [(0, 3), (3, 6)]


def test_the_better_of_two_types_is_kept() -> None:
    found = best_set([span(0, 2, 1, "Person"), span(0, 2, 3, "Place")])
    assert [s.type for s, _ in found] == ["Place"]


def test_a_mention_has_its_probability() -> None:
    ((_, probability),) = best_set([span(0, 2, 2)])
    assert round(probability, 3) == 0.881


SPANS = st.lists(
    st.builds(lambda a, n, w: (a, a + n, w), st.integers(0, 8), st.integers(1, 4), st.integers(1, 8)), max_size=7
)


@given(SPANS)
def test_no_other_set_without_overlaps_is_worth_more(rows: list[tuple[int, int, int]]) -> None:
    spans = [span(a, b, w) for a, b, w in rows]
    score = {id(s): w for s, w in spans}
    worth = sum(score[id(s)] for s, _ in best_set(spans))
    every = (c for n in range(len(rows) + 1) for c in combinations(rows, n))
    apart = (c for c in every if all(x[1] <= y[0] or y[1] <= x[0] for x, y in combinations(c, 2)))
    assert worth == max(sum(w for _, _, w in c) for c in apart)


@given(SPANS)
def test_chosen_spans_are_in_order_and_apart(rows: list[tuple[int, int, int]]) -> None:
    found = chosen(*(span(a, b, w) for a, b, w in rows))
    assert all(x[1] <= y[0] for x, y in pairwise(found))
