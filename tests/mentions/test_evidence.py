"""Features: small, named, over the whole document."""

from __future__ import annotations

from kg.mentions.candidates import Candidate
from kg.mentions.evidence import Describer
from kg.mentions.spans import Span, group
from kg.mentions.surroundings import FeatureNames, Vocabulary
from kg.seeds.words import Anaphor
from tests.mentions.conftest import view

WORDS = Vocabulary.of(
    generic={"企业"}, titles={"院长"}, heads={"大会"}, products={"小程序", "芯片"}, technical={"5G"},
    anaphors=[Anaphor("我院", "Organization", "definite"), Anaphor("本集团", "Organization", "definite")],
)  # fmt: skip


def described(*sentences: tuple[str, list[Span]]) -> list[set[str]]:
    """The features of each span of a document."""
    names = FeatureNames(learning=True)
    evidence = Describer(WORDS, names).describe([[(view(text), spans) for text, spans in sentences]])
    found = evidence.named(names)
    assert all(len(set(f)) == len(f) for f in found)
    return [set(f) for f in found]


def features(text: str, *candidates: Candidate) -> list[set[str]]:
    return described((text, group(candidates)))


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


def test_what_common_words_alone_make_up_is_told() -> None:
    stretches = Candidate(0, 4, "Product", "head"), Candidate(5, 9, "Product", "head")
    generic, named = features("5G芯片和麒麟芯片", *stretches)
    assert "Product|common" in generic
    assert "Product|common" not in named


def test_what_only_the_writer_can_point_to_is_told() -> None:
    (own,) = features("弘扬我院精神", Candidate(0, 4, "Organization", "head"))
    (named,) = features("高瓴资本集团说", Candidate(0, 6, "Organization", "head"))
    assert "Organization|points" in own
    assert "Organization|points" not in named


def test_a_stretch_that_cuts_a_word_is_told() -> None:
    assert "Forum|cut10" in features("世界互联网大会", Candidate(1, 7, "Forum", "head"))[0]


def test_a_name_that_stands_surely_elsewhere_is_told() -> None:
    first = group([Candidate(0, 3, "Person", "surname:nr")])
    second = group([Candidate(0, 3, "Person", "gazetteer")])
    one, other = described(("张群华说", first), ("张群华来", second))
    assert "Person|elsewhere" in one and "Person|elsewhere" not in other


def test_rivals_are_told_by_how_they_lie_and_whether_they_are_good() -> None:
    around, inside, same = features(
        "世界大会",
        Candidate(0, 4, "Forum", "head"),
        Candidate(2, 4, "Forum", "gazetteer"),
        Candidate(2, 4, "Place", "x"),
    )
    assert {f for f in around if f.startswith("Forum|over")} == {"Forum|over="}
    assert {"Forum|in=", "Forum|alsoPl"} <= inside
    assert {"Place|inFo", "Place|alsoFog"} <= same


def test_spans_of_two_sentences_are_no_rivals() -> None:
    one, _ = described(
        ("世界大会", group([Candidate(0, 4, "Forum", "gazetteer")])),
        ("大会", group([Candidate(0, 2, "Forum", "gazetteer")])),
    )
    assert not any(f.startswith(("Forum|in", "Forum|over", "Forum|cross")) for f in one)


def test_the_taggers_reading_is_told_of_what_it_did_not_find() -> None:
    found, inside, apart = features(
        "世界大会开幕",
        Candidate(0, 4, "Forum", "tagger", 0.9),
        Candidate(2, 4, "Forum", "head"),
        Candidate(4, 6, "Forum", "head"),
    )
    assert {"Forum|tag", "Forum|tag7"} <= found
    assert "Forum|within=!" in inside
    assert "Forum|untagged" in apart


def test_features_do_not_depend_on_the_order_of_candidates() -> None:
    candidates = [
        Candidate(0, 4, "Forum", "head"),
        Candidate(2, 4, "Forum", "gazetteer"),
        Candidate(0, 2, "Place", "x"),
    ]
    assert features("世界大会", *candidates) == features("世界大会", *candidates[::-1])


def test_a_products_noun_beside_a_name_is_told_with_and_without_quotation_marks() -> None:
    (quoted,) = features("上线小程序“塬上书”的人", Candidate(6, 9, "Product", "quoted"))
    (plain,) = features("上线塬上书小程序的人", Candidate(2, 5, "Product", "quoted"))
    assert "Product|product<" in quoted and "Product|product>" in plain
    assert "Product|product>" not in quoted and "Product|product<" not in plain


def test_spans_that_stay_are_described_alike_again() -> None:
    names = FeatureNames(learning=True)
    describer = Describer(WORDS, names)
    document = [(view("院长说大会"), group([Candidate(3, 5, "Forum", "head")]))]
    assert describer.describe([document]).named(names) == describer.describe([document]).named(names)
