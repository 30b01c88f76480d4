"""Which places may lie in which."""

from __future__ import annotations

import pytest

from kg.relations.places import PlaceCheck
from kg.seeds import load_lexicon
from tests.examples import read_example


@pytest.mark.parametrize(
    ("inner", "outer", "reason"),
    [
        ("深圳", "广东", None),
        ("深圳", "广州", "contradicted"),
        ("海淀", "西城", "contradicted"),
        ("桦川", "黑龙江", None),
        ("中东", "美国", "contradicted"),
        ("美国", "木棉里", "contradicted"),
        ("木棉里", "美国", None),
        ("中上游地区", "长江", "contradicted"),
        ("西部地区", "贵州", "contradicted"),
        ("大部地区", "华南", "contradicted"),
        ("湖北", "重庆", "contradicted"),
        ("贵州", "杭州", "contradicted"),
    ],
)
def test_places_lie_where_the_lexicon_lets_them(inner: str, outer: str, reason: str | None) -> None:
    first, second = read_example(f"[{outer}|Place][{inner}|Place]").mentions[::-1]
    assert PlaceCheck.from_lexicon(load_lexicon()).reason("containedIn", first, second) == reason
