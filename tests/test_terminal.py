"""Tables that align, and text that does no harm."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.terminal import safe, table, width


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("abc", 3), ("中文", 4), ("Ａ", 2), ("e\u0301", 1), ("“中”—", 5), ("カﾅ", 3)]
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_width_is_that_of_wcwidth_for_what_news_is_written_in() -> None:
    wcwidth = pytest.importorskip("wcwidth", reason="a check against another implementation; installed with Jupyter")
    starts = [(0x20, 0x7F), (0xC0, 0x180), (0x2010, 0x2027), (0x3001, 0x3020), (0x3041, 0x3097), (0x30A1, 0x30FB)]
    blocks = [*starts, (0x4E00, 0x9FA6), (0xFF01, 0xFF5F)]
    letters = [chr(code) for first, last in blocks for code in range(first, last)]
    assert [letter for letter in letters if width(letter) != wcwidth.wcwidth(letter)] == []


@given(st.text())
def test_safe_text_can_be_printed(text: str) -> None:
    assert all(character.isprintable() or character == "\u3000" for character in safe(text))


@given(st.text(alphabet="中文Ab，。·“”"))
def test_what_was_safe_stays(text: str) -> None:
    assert safe(text) == text


def test_columns_start_where_the_header_starts() -> None:
    lines = list(table(["name", "n"], [["维信诺", "1"], ["ab", "22"]]))
    assert lines == ["name    n", "──────  ──", "维信诺  1", "ab      22"]


def test_a_table_without_rows_has_a_header() -> None:
    assert list(table(["a"], [])) == ["a", "─"]


@given(st.lists(st.tuples(st.text(max_size=60), st.text(max_size=60)), max_size=4))
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str]]) -> None:
    assert all(width(line) <= 40 for line in table(["a", "b"], rows, limit=40))


def test_a_long_cell_goes_on_below() -> None:
    lines = list(table(["a", "b"], [["一二三四五六七八九十", "x"]], limit=16))
    assert lines[2:] == ["一二三四五六   x", "七八九十"]
