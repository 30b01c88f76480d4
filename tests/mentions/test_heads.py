"""Names by their head words: where they may begin, and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mentions.heads import MAX_CHARS, HeadFinder, HeadWord
from tests.mentions.conftest import inside, names, view

FINDER = HeadFinder(
    {
        "大会": (HeadWord("Forum", "Conference", True),),
        "分论坛": (HeadWord("Forum", "SubForum", True),),
        "论坛": (HeadWord("Forum", "Forum", True),),
        "研究院": (HeadWord("Organization", "ResearchInstitute", True),),
        "机器人": (HeadWord("Product", "Device", False),),
        "系统": (HeadWord("Product", "Software", False),),
    }
)


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("在第四届世界互联网大会上", "第四届世界互联网大会", "Forum"),
        ("由北岭人工智能研究院主办", "北岭人工智能研究院", "Organization"),
        ("出席“共享红利”分论坛", "“共享红利”分论坛", "Forum"),
        ("展示了唇语识别系统", "唇语识别系统", "Product"),
        ("参加2019世界人工智能大会", "2019世界人工智能大会", "Forum"),
        ("参加第28届世界人工智能大会", "第28届世界人工智能大会", "Forum"),
        ("参加木棉开发者大会2019并发言", "木棉开发者大会2019", "Forum"),
    ],
)
def test_the_whole_name_is_among_the_candidates(text: str, name: str, kind: str) -> None:
    assert name in names(FINDER, text, kind)


def test_a_year_that_begins_a_date_is_no_part_of_a_name() -> None:
    assert not any(name.endswith("2019") for name in names(FINDER, "木棉开发者大会2019年开幕", "Forum"))


@pytest.mark.parametrize("name", ["2018北岭论坛——科学与人文", "科学与人文——北岭论坛"])
def test_a_quoted_forum_keeps_its_subtitle(name: str) -> None:
    assert name in names(FINDER, f"参加“{name}”的学者", "Forum")


def test_a_quoted_forum_of_two_names_is_one() -> None:
    name = "第五届北岭论坛暨首届天目文化与教育产业发展国际大会"
    assert name in names(FINDER, f"举办“{name}”", "Forum")


@pytest.mark.parametrize("before", ["主题为", "以", "围绕"])
def test_a_quoted_theme_is_no_forum_with_subtitle(before: str) -> None:
    assert "北岭论坛——科学与人文" not in names(FINDER, f"{before}“北岭论坛——科学与人文”的报告", "Forum")


@pytest.mark.parametrize("text", ["他出席大会", "在大会上"])
def test_a_head_alone_is_no_name(text: str) -> None:
    assert names(FINDER, text, "Forum") == set()


def test_a_name_stops_at_a_verb_that_takes_it_as_object() -> None:
    assert not any(n.startswith("出席") for n in names(FINDER, "马云出席世界互联网大会", "Forum"))


def test_a_name_stops_at_de() -> None:
    assert not any("的" in n for n in names(FINDER, "中国的世界互联网大会", "Forum"))


def test_a_name_stops_at_a_comma() -> None:
    assert not any("，" in n for n in names(FINDER, "昨天，世界互联网大会", "Forum"))


def test_the_day_before_is_no_part_of_a_name() -> None:
    assert not any(n.startswith("12月") for n in names(FINDER, "12月3日世界互联网大会", "Forum"))


def test_candidates_have_the_heads_class() -> None:
    assert {c.cls for c in FINDER.find(view("北岭人工智能研究院"))} == {"ResearchInstitute"}


@given(st.text(alphabet="第四届世界互联网大会论坛研究院的出席在“”《》（），。北岭A1", max_size=80))
def test_candidates_lie_in_the_text_and_are_short(text: str) -> None:
    found = list(FINDER.find(view(text)))
    assert inside(text, found)
    assert all(c.end - c.start <= MAX_CHARS + 8 for c in found)
