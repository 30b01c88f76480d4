"""Whose people come to a forum, who comes itself, and where it is held."""

from __future__ import annotations

import pytest

from kg.model import Span, Value
from kg.relations.parts import plays_another_part
from kg.relations.patterns import PatternFinder
from tests.examples import read_example
from tests.factories import mention
from tests.relations.conftest import told

ORG, FORUM = "[北岭大学|Organization]", "[云栖大会|Forum]"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"来自{ORG}的50位研究生参加", True),
        (f"来自{ORG}、木棉大学等高校的专家参加", True),
        (f"50余名{ORG}的院士参加", True),
        (f"三位{ORG}教授参加", True),
        (f"来自{ORG}的代表团参加", False),
        (f"来自{ORG}。专家参加", False),
        (f"{ORG}的专家参加", False),
        (f"50名学生，{ORG}参加", False),
        (f"他赴{ORG}参加", True),
        (f"他赴美，{ORG}参加", False),
    ],
)
def test_people_of_an_organization(marked: str, *, expected: bool) -> None:
    reading = read_example(marked)
    (organization,) = [m for m in reading.mentions if m.type == "Organization"]
    assert plays_another_part("attends", reading.document.text, organization, None) is expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [(f"大会在{ORG}隆重举行", True), (f"大会由{ORG}举行", False), (f"大会在{ORG}的主持下举行", False)],
)
def test_the_place_is_no_host(marked: str, *, expected: bool) -> None:
    reading = read_example(marked)
    (host,) = reading.mentions
    assert plays_another_part("organizer", reading.document.text, host, host.span) is expected


@pytest.mark.parametrize("away", ["[马云|Person]发来视频致辞", "[马云|Person]致信出席者", "[马云|Person]的代表出席"])
def test_who_sends_words_or_others_does_not_attend(shipped: PatternFinder, away: str) -> None:
    facts, _ = shipped.find(read_example(f"{FORUM}开幕，{away}，[宿华|Person]出席。"))
    assert {told(r) for r in facts if r.predicate == "attends"} == {"宿华 attends 云栖大会"}


@pytest.mark.parametrize(("then", "expected"), [("等展品集中亮相", True), ("成为话题", False)])
def test_what_is_shown_is_no_topic(then: str, *, expected: bool) -> None:
    text = f"云栖大会开幕，巡检机器人{then}。"
    forum, topic = mention("云栖大会", "Forum", at=0), Span(7, 12)
    assert plays_another_part("topic", text, forum, topic) is expected


@pytest.mark.parametrize(
    ("marked", "first"),
    [
        ("{8月8日|2017-08-08}，" + FORUM + "在北岭大剧院举行闭幕式。", set()),
        (FORUM + "{8月8日|2017-08-08}开幕，{8月9日|2017-08-09}举行闭幕式。", {"2017-08-08"}),
    ],
)
def test_the_day_of_the_closing_ceremony_is_not_the_first(shipped: PatternFinder, marked: str, first: set[str]) -> None:
    facts, _ = shipped.find(read_example(marked))
    assert {f.object.text for f in facts if f.predicate == "startDate" and isinstance(f.object, Value)} == first


@pytest.mark.parametrize(("before", "then"), [("发布面向", "的处理器"), ("发布", "")])
def test_what_a_product_is_for_does_not_come_out(before: str, then: str) -> None:
    text = f"木棉科技{before}云笔电脑{then}。"
    at = text.index("云笔")
    maker, product = mention("木棉科技", "Organization", at=0), Span(at, at + len("云笔电脑"))
    assert plays_another_part("releases", text, maker, product) is bool(then)


@pytest.mark.parametrize(
    ("text", "one", "other", "expected"),
    [
        ("甲科技、乙集团分别与丙大学、丁医院签署协议", "甲科技", "丙大学", False),
        ("甲科技、乙集团分别与丙大学、丁医院签署协议", "乙集团", "丁医院", False),
        ("甲科技、乙集团分别与丙大学、丁医院签署协议", "甲科技", "丁医院", True),
        ("甲科技、乙集团分别与丙大学、丁医院签署协议", "丙大学", "乙集团", True),
        ("甲科技分别与丙大学、丁医院签署协议", "甲科技", "丁医院", False),
        ("甲科技、乙集团与丙大学、丁医院签署协议", "甲科技", "丁医院", False),
        ("甲科技分别与丙大学签署协议", "甲科技", "丙大学", False),
    ],
)
def test_each_signs_with_its_own(text: str, one: str, other: str, *, expected: bool) -> None:
    at, end = text.index(one), text.index(other)
    subject, object_ = mention(one, "Organization", at=at), Span(end, end + len(other))
    assert plays_another_part("cooperatesWith", text, subject, object_) is expected


def test_who_only_lends_people_does_not_attend(shipped: PatternFinder) -> None:
    facts, rejected = shipped.find(read_example(f"来自{ORG}的50位研究生参加{FORUM}。"))
    assert "北岭大学 attends 云栖大会" not in {told(r) for r in facts}
    assert [r.object for r in rejected if r.subject == "北岭大学"] == ["云栖大会"]


def test_an_organization_attends(shipped: PatternFinder) -> None:
    facts, _ = shipped.find(read_example(f"{ORG}参加{FORUM}。"))
    assert "北岭大学 attends 云栖大会" in {told(r) for r in facts}
