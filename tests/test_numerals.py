from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.numerals import number_text, parse_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("18", 18),
        ("１８", 18),
        ("1,800", 1800),
        ("0.35", 0.35),
        ("十", 10),
        ("三百二十五", 325),
        ("一千零五", 1005),
        ("四百五", 450),
        ("九万四", 94000),
        ("一百零一", 101),
        ("10万", 100000),
        ("1.2亿", 120000000),
        ("三点五万", 35000),
        ("4.78万亿", 4780000000000),
        ("五亿零六", 500000006),
        ("5亿1万4千6百", 500014600),
        ("二〇一七", 2017),
        ("負三十二", -32),
        ("五分之一", 0.2),
        ("百分之二十", 0.2),
    ],
)
def test_a_written_number_has_its_value(text: str, value: float) -> None:
    assert parse_number(text) == value


@pytest.mark.parametrize("text", ["两千余", "两千多", "2000余", "二千来"])
def test_words_that_blur_a_number_are_passed_over(text: str) -> None:
    assert parse_number(text) == 2000


@pytest.mark.parametrize("text", ["", "万", "亿元", "几个", "第三", "3mm"])
def test_what_is_no_number_has_no_value(text: str) -> None:
    assert parse_number(text) is None


def test_a_number_longer_than_any_text_writes_is_none() -> None:
    assert parse_number("1" * 5000) is None


def test_a_whole_value_is_an_int() -> None:
    assert isinstance(parse_number("1.5万"), int)


@pytest.mark.parametrize(
    ("value", "text"), [(120000000, "120000000"), (0.35, "0.35"), (3.0, "3"), (0.00001, "0.00001")]
)
def test_a_number_is_stored_in_digits_without_exponent(value: float, text: str) -> None:
    assert number_text(value) == text


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_are_read_as_written(value: int) -> None:
    assert parse_number(str(value)) == value
    assert parse_number(f"{value:,}") == value
