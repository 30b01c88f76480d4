"""Features: small, named, over the whole document."""

from __future__ import annotations

from kg.mentions.candidates import Candidate
from kg.mentions.evidence import Vocabulary, describe, group
from tests.mentions.conftest import view

WORDS = Vocabulary(generic=frozenset({"企业"}), titles=frozenset({"院长"}), heads=frozenset({"大会"}))


def features(text: str, *candidates: Candidate) -> list[set[str]]:
    spans = group(candidates)
    describe([(view(text), spans)], WORDS)
    return [set(s.features) for s in spans]


def test_candidates_of_one_stretch_and_type_are_one_span() -> None:
    (span,) = group([Candidate(0, 2, "Person", "a", 0.3), Candidate(0, 2, "Person", "b", 0.8)])
    assert span.finders == {"a": 0.3, "b": 0.8}


def test_of_one_finder_the_higher_score_stays() -> None:
    (span,) = group([Candidate(0, 2, "Person", "a", 0.8), Candidate(0, 2, "Person", "a", 0.3)])
    assert span.finders == {"a": 0.8}


def test_the_gazetteers_class_and_name_win() -> None:
    candidates = [
        Candidate(0, 2, "Organization", "head:strong", 1, "Association"),
        Candidate(0, 2, "Organization", "gazetteer", 1, "Company", "小米集团"),
    ]
    spans = [group(order)[0] for order in (candidates, candidates[::-1])]
    assert {(s.cls, s.name) for s in spans} == {("Company", "小米集团")}


def test_a_finder_is_a_feature_with_and_without_the_type() -> None:
    assert {"Person|dotted", "*|dotted"} <= features("马云说", Candidate(0, 2, "Person", "dotted"))[0]


def test_a_title_before_a_name_is_a_feature() -> None:
    assert "Person|title<" in features("院长张群华说", Candidate(2, 5, "Person", "surname"))[0]


def test_a_generic_noun_is_told() -> None:
    assert "Organization|generic" in features("企业说", Candidate(0, 2, "Organization", "head"))[0]


def test_a_stretch_that_cuts_a_word_is_told() -> None:
    assert "Forum|cut10" in features("世界互联网大会", Candidate(1, 7, "Forum", "head"))[0]


def test_a_name_that_stands_surely_elsewhere_is_told() -> None:
    first = group([Candidate(0, 3, "Person", "surname:nr")])
    second = group([Candidate(0, 3, "Person", "gazetteer")])
    describe([(view("张群华说"), first), (view("张群华来"), second)], WORDS)
    assert "Person|elsewhere" in first[0].features and "Person|elsewhere" not in second[0].features


def test_features_do_not_depend_on_the_order_of_candidates() -> None:
    candidates = [
        Candidate(0, 4, "Forum", "head"),
        Candidate(2, 4, "Forum", "gazetteer"),
        Candidate(0, 2, "Place", "x"),
    ]
    assert features("世界大会", *candidates) == features("世界大会", *candidates[::-1])
