"""What is no name, whoever proposes it."""

from __future__ import annotations

import pytest

from kg.mentions.candidates import Candidate
from kg.mentions.nameless import is_no_name

PLACES = frozenset({"木棉", "中国"})


def judged(marked: str, kind: str, finder: str) -> bool:
    """Whether the stretch in brackets is no name."""
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    return is_no_name(text, Candidate(start, end, kind, finder), PLACES)


@pytest.mark.parametrize(
    ("marked", "kind"),
    [
        ("木棉[东北部]有雨", "Place"),
        ("[北京时间]9点", "Place"),
        ("[周边县城]的学校", "Place"),
        ("[木棉公司]获奖", "Organization"),
        ("[众多实体零售店]关门", "Organization"),
        ("[海外纺织行业协会]参展", "Organization"),
        ("[木棉新闻界与工商界]主办", "Organization"),
        ("搭载[7000mAh金沙江电池]", "Product"),
        ("在官方[微博]上说", "Product"),
        ("这是[北岭车展]之一", "Forum"),
        ("北岭报告会是由木棉科协主办的[巡讲报告会]。", "Forum"),
        ("[北岭医学会影像分会]成立", "Forum"),
        ("获评“[年度经济人物]”", "Forum"),
        ("围绕[“数字乡村”主题展]开讨论", "Forum"),
        ("[十四届全国政协]委员", "Organization"),
        ("[宁波市十四届]、十五届政协委员", "Organization"),
    ],
)
def test_it_is_no_name(marked: str, kind: str) -> None:
    assert judged(marked, kind, "head:strong")


@pytest.mark.parametrize(
    ("marked", "kind", "finder"),
    [
        ("[东北]有雨", "Place", "tagger"),
        ("[华商界]主办", "Organization", "gazetteer"),
        ("[新世界]主办", "Organization", "tagger"),
        ("[长江公司]获奖", "Organization", "head:strong"),
        ("[北岭车展]开幕", "Forum", "head:strong"),
        ("[北岭车展]现场", "Forum", "head:strong"),
        ("本次展会是木棉科协主办的[第二届北岭车展]。", "Forum", "head:strong"),
        ("北岭报告会是由木棉科协主办的[世界互联网大会]。", "Forum", "gazetteer"),
        ("北岭报告会是由木棉科协主办的[巡讲报告会]上宣布的", "Forum", "head:strong"),
        ("[全国政协]委员", "Organization", "gazetteer"),
    ],
)
def test_it_may_be_a_name(marked: str, kind: str, finder: str) -> None:
    assert not judged(marked, kind, finder)
