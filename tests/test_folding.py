"""Folding: one form for each mark and character, every offset kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.folding import fold_text


@given(st.text())
def test_the_length_never_changes(text: str) -> None:
    assert len(fold_text(text)) == len(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("大会,在(乌镇)召开!", "大会，在（乌镇）召开！"),
        ("「智联」", "“智联”"),
        ('以"智联"为主题', "以“智联”为主题"),
        ("埃隆•马斯克", "埃隆·马斯克"),
        ("3日～5日", "3日—5日"),
        ("1,200家", "1,200家"),
        ("國際會議", "国际会议"),
        ("\u3000大会", " 大会"),
        ("二○○五年，一九八◯年", "二〇〇五年，一九八〇年"),
        ("○报名 ○缴费", "○报名 ○缴费"),
    ],
)
def test_each_mark_has_one_form(text: str, folded: str) -> None:
    assert fold_text(text) == folded


def test_a_text_in_one_form_stays_as_it_is() -> None:
    assert fold_text("第四届世界互联网大会，在乌镇开幕。") == "第四届世界互联网大会，在乌镇开幕。"


def test_a_private_use_character_never_reaches_the_patterns() -> None:
    assert fold_text("大会\ue000") == "大会\ufffd"
