"""Names told by marks and letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mentions.marks import MarkFinder
from tests.mentions.conftest import inside, names, proposed, view

FINDER = MarkFinder()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("发布《世界互联网发展报告》", "世界互联网发展报告"),
        ("推出“小冰”", "小冰"),
        ("搭载龙芯3A6000处理器", "龙芯3A6000"),
        ("发布Mate 60 Pro手机", "Mate 60 Pro"),
        ("发射风云四号", "风云四号"),
    ],
)
def test_the_name_is_among_the_candidates(text: str, name: str) -> None:
    assert name in names(FINDER, text, "Product")


def test_title_marks_tell_of_a_publication() -> None:
    assert "Publication" in {c.cls for c in FINDER.find(view("《蓝皮书》")) if c.finder == "title-mark"}


@pytest.mark.parametrize("kind", ["Product", "Forum", "Organization"])
def test_marks_stand_outside_the_name(kind: str) -> None:
    found = names(FINDER, "《蓝皮书》和“小冰”", kind)
    assert "小冰" in found
    assert all(not set(n) & set("《》“”") for n in found)


@pytest.mark.parametrize("text", ["重3kg", "其CEO说", "下载APP"])
def test_units_and_common_abbreviations_are_no_names(text: str) -> None:
    assert not {found for found, _, finder in proposed(FINDER, text) if finder == "latin"}


@given(st.text(alphabet="《》“”报告小冰AB3- 四号k.，", max_size=60))
def test_candidates_lie_in_the_text(text: str) -> None:
    assert inside(text, list(FINDER.find(view(text))))
