"""The view of a sentence that all finders share."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.mentions.conftest import view


@settings(deadline=None)  # the first call loads the dictionary
@given(st.text(max_size=60))
def test_words_cover_any_text_without_gaps(text: str) -> None:
    tokens = view(text).tokens
    assert "".join(t.text for t in tokens) == view(text).folded
    assert [t.start for t in tokens] == [0, *(t.end for t in tokens)][: len(tokens)]


@settings(deadline=None)
@given(st.text(max_size=60))
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(view(text).folded) == len(text)


def test_words_have_jiebas_tags() -> None:
    assert [(t.text, t.tag) for t in view("大会在乌镇召开").tokens] == [
        ("大会", "n"),
        ("在", "p"),
        ("乌镇", "ns"),
        ("召开", "v"),
    ]


def test_a_word_is_found_by_where_it_starts_and_ends() -> None:
    seen = view("大会在乌镇召开")
    assert seen.starts[3] == seen.ends[5] == 2
