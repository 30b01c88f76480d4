from __future__ import annotations

import pytest

from kg.resolution.abbreviations import abbreviates, contracted, initials, keeps_ends
from kg.resolution.names import fold, quoted_part


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("ＩＢＭ", "IBM"),
        ("台積電", "台积电"),
        ("Ｍａｔｅ　１０", "Mate 10"),
        ("“互联网之光”博览会", "「互联网之光」博览会"),
        ("史蒂夫•乔布斯", "史蒂夫·乔布斯"),
        ("让-吕克", "让‑吕克"),
        ("沧溟-2000", "沧溟2000"),
        ("（上海）", "(上海)"),
    ],
)
def test_spellings_of_one_name(a: str, b: str):
    assert fold(a) == fold(b)


def test_a_hyphen_between_digits_stays():
    assert fold("3-1") != fold("31")


def test_marks_alone_stay_as_they_are():
    assert fold("“”") == "“”"


def test_the_quoted_part_is_one_stretch():
    assert quoted_part("“飞天”遥感星座") == "飞天"
    assert quoted_part("“飞天”和“问天”") is None
    assert quoted_part("飞天") is None


@pytest.mark.parametrize(
    ("short", "full", "head"),
    [("国家网信办", "国家互联网信息办公室", 3), ("中科院", "中国科学院", 1), ("上博", "上海博物馆", 3)],
)
def test_characters_are_picked_in_order_and_end_in_the_head(short: str, full: str, head: int):
    assert abbreviates(short, full, head)


@pytest.mark.parametrize(
    ("short", "full", "head"),
    [
        ("中行", "中国建设银行", 2),  # two characters of six are too few
        ("科中院", "中国科学院", 1),  # another order
        ("中国", "中国科学院", 1),  # a beginning is no picking
        ("学院中", "中国科学院", 1),
    ],
)
def test_other_characters_are_no_abbreviation(short: str, full: str, head: int):
    assert not abbreviates(short, full, head)


def test_beginning_and_last_word():
    assert keeps_ends("湘水集团", "湘水出版投资控股集团", "集团")
    assert not keeps_ends("湘水集团", "湘江出版集团", "集团")


def test_contractions_and_initials():
    assert "松江农大" in contracted("松江农业大学")
    assert list(contracted("大学")) == []
    assert initials("World Health Organization") == "who"
    assert initials("Bank of China") == ""
