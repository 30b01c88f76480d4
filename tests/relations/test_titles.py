"""Posts and honorifics in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.relations.titles import TitleFinder, title_finder

FINDER = TitleFinder(
    {"院长": ("post",), "主席": ("post",), "院士": ("honorific", "post")}
    | {"创始人": ("founder",), "记者": ("reporter",)},
    {"副": "grade", "前": "former", "联合": "grade"},
)


def found(text: str) -> list[tuple[str, str]]:
    return [(t.text, t.kind) for t in FINDER.find(text)]


def test_a_title_is_found_with_its_kind() -> None:
    assert found("记者张琳") == [("记者", "Reporter")]


@pytest.mark.parametrize("title", ["副院长", "前副院长", "联合创始人"])
def test_modifiers_belong_to_the_title(title: str) -> None:
    assert [text for text, _ in found(f"医院{title}说")] == [title]


def test_a_title_of_several_kinds_counts_as_the_first_in_rank() -> None:
    assert found("院士") == [("院士", "Post")]


@pytest.mark.parametrize("word", ["主席团", "院长级", "记者们", "院长令"])
def test_a_title_inside_a_longer_word_is_none(word: str) -> None:
    assert found(word) == []


@pytest.mark.parametrize(("text", "titles"), [("公司董事会近日", []), ("公司董事会见客人", ["董事"])])
def test_a_board_is_no_post_but_its_members_may_meet(text: str, titles: list[str]) -> None:
    assert [t.text for t in TitleFinder({"董事": ("post",)}, {}).find(text)] == titles


def test_two_titles_in_a_row_are_two() -> None:
    assert found("创始人、院长") == [("创始人", "Founder"), ("院长", "Post")]


def test_a_modifier_is_not_shared() -> None:
    assert found("院长副院长") == [("院长", "Post"), ("副院长", "Post")]


def test_without_words_nothing_is_found() -> None:
    assert list(TitleFinder({}, {}).find("院长")) == []


@given(st.text(alphabet="副前院长士创始人记者主席团、说张"))
def test_offsets_are_exact_and_titles_apart(text: str) -> None:
    last = 0
    for title in FINDER.find(text):
        assert text[title.span.start : title.span.end] == title.text
        assert title.span.start >= last
        last = title.span.end


def test_the_shipped_titles_are_found() -> None:
    assert [t.text for t in title_finder().find("董事长、首席执行官")] == ["董事长", "首席执行官"]
