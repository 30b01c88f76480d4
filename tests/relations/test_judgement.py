"""What is no fact: negated, planned, hearsay, conditional, asked, former."""

from __future__ import annotations

import pytest

from kg.relations.judgement import REASONS, Judge
from kg.relations.patterns import PatternFinder
from tests.examples import read_example
from tests.relations.conftest import told

FACT = "宿华 attends 云栖大会"
WHO, FORUM, ORG = "[宿华|Person]", "[云栖大会|Forum]", "[快手|Organization]"

NO_FACTS = [
    (f"{WHO}没有出席{FORUM}。", "negated"),
    (f"{WHO}并未出席{FORUM}。", "negated"),
    (f"{WHO}否认出席{FORUM}。", "negated"),
    (f"{WHO}计划出席{FORUM}。", "planned"),
    (f"{WHO}拟出席{FORUM}。", "planned"),
    (f"{WHO}也会出席{FORUM}。", "planned"),
    (f"{WHO}有望出席{FORUM}。", "planned"),
    (f"据传，{WHO}出席{FORUM}。", "hearsay"),
    (f"有消息称{WHO}出席{FORUM}。", "hearsay"),
    (f"如果{WHO}出席{FORUM}，门票会涨价。", "conditional"),
    (f"{WHO}是否出席{FORUM}？", "question"),
    (f"{WHO}出席{FORUM}吗？", "question"),
]
FACTS = [
    f"{WHO}出席{FORUM}。",
    f"未来已来，{WHO}出席{FORUM}。",
    f"不仅{WHO}出席{FORUM}，还有许多人。",
    f"{WHO}应邀出席{FORUM}。",
    f"特邀嘉宾{WHO}出席{FORUM}。",
    f"大会持续三天，{WHO}出席{FORUM}。",
    f"雨没有停，{WHO}出席{FORUM}。",
    f"{WHO}出席{FORUM}。门票没有涨价。",
]


@pytest.mark.parametrize(("marked", "reason"), NO_FACTS)
def test_it_is_rejected_with_its_reason(shipped: PatternFinder, marked: str, reason: str) -> None:
    facts, rejected = shipped.find(read_example(marked))
    assert FACT not in {told(r) for r in facts}
    assert reason in {r.reason for r in rejected if (r.subject, r.object) == ("宿华", "云栖大会")}


@pytest.mark.parametrize("marked", FACTS)
def test_it_is_a_fact(shipped: PatternFinder, marked: str) -> None:
    assert FACT in {told(r) for r in shipped.find(read_example(marked))[0]}


@pytest.mark.parametrize("post", [f"{ORG}前总经理", f"{ORG}原总经理", f"前{ORG}总经理", "[前快手|Organization]总经理"])
def test_a_former_post_is_rejected(shipped: PatternFinder, post: str) -> None:
    facts, rejected = shipped.find(read_example(f"{post}{WHO}说"))
    assert not [r for r in facts if r.predicate == "worksFor"]
    assert "former" in {r.reason for r in rejected}


def test_a_former_post_elsewhere_leaves_the_one_at_hand(shipped: PatternFinder) -> None:
    post = f"[北岭研究院|Organization]理事长、{ORG}原副总裁{WHO}说"
    facts, rejected = shipped.find(read_example(post))
    assert "宿华 worksFor 北岭研究院" in {told(r) for r in facts}
    assert "former" in {r.reason for r in rejected if r.object == "快手"}


@pytest.mark.parametrize(
    "post", ["目前[快手|Organization]总经理", "太原[快手|Organization]总经理", "[前海人寿|Organization]总经理"]
)
def test_a_word_that_ends_or_begins_so_makes_no_former_post(shipped: PatternFinder, post: str) -> None:
    facts, _ = shipped.find(read_example(f"{post}{WHO}说"))
    assert [r.predicate for r in facts] == ["worksFor"]


def test_an_organization_of_another_sentence_makes_no_former_post(shipped: PatternFinder) -> None:
    facts, _ = shipped.find(read_example(f"[北岭中学|Organization]昨天开学。校长{WHO}目前正在读书。"))
    assert {told(r) for r in facts} == {"宿华 worksFor 北岭中学"}


def test_who_hands_in_a_resignation_holds_the_post_no_longer(shipped: PatternFinder) -> None:
    _, rejected = shipped.find(read_example(f"{ORG}总经理{WHO}提交书面辞职报告。"))
    assert "former" in {r.reason for r in rejected}


def test_who_sent_a_letter_did_not_speak(shipped: PatternFinder) -> None:
    facts, _ = shipped.find(read_example(f"{FORUM}开幕，会上宣读{WHO}主席贺信并致辞。"))
    assert not [r for r in facts if r.predicate == "speaksAt"]


def test_the_place_of_a_press_conference_is_not_that_of_the_event(shipped: PatternFinder) -> None:
    facts, rejected = shipped.find(read_example(f"{FORUM}在[北京|Place]举行新闻发布会。"))
    assert not [r for r in facts if r.predicate == "location"]
    assert "contradicted" in {r.reason for r in rejected}


def test_an_event_is_no_part_of_its_press_conference(shipped: PatternFinder) -> None:
    marked = f"[云栖大会新闻发布会|Forum]上，记者获悉将举行{FORUM}"
    assert not [r for r in shipped.find(read_example(marked))[0] if r.predicate == "subEventOf"]


def test_the_reporter_of_this_paper_works_for_no_other(shipped: PatternFinder) -> None:
    facts, rejected = shipped.find(read_example("[新华社|Organization]记者[刘思|Person]、本报记者[郑宏|Person]报道"))
    assert {told(r) for r in facts if r.predicate == "worksFor"} == {"刘思 worksFor 新华社"}
    assert ("郑宏", "contradicted") in {(r.subject, r.reason) for r in rejected}


def test_the_editor_of_a_reprint_works_not_for_its_source(shipped: PatternFinder) -> None:
    facts, _ = shipped.find(read_example("本文来源：[新京报|Organization]  责任编辑：[郑宏|Person]"))
    assert facts == ()


def test_a_speech_that_is_only_spoken_of_is_none_of_this_forum(shipped: PatternFinder) -> None:
    facts, _ = shipped.find(read_example(f"{FORUM}开幕，来宾学习了{WHO}在京的重要讲话。"))
    assert not [r for r in facts if r.predicate == "speaksAt"]


def test_a_dated_schedule_of_a_forum_is_a_fact(shipped: PatternFinder) -> None:
    facts, _ = shipped.find(read_example("[云栖大会|Forum]将于{12月3日|2017-12-03}在[杭州|Place]举行。"))
    assert {"云栖大会 startDate 2017-12-03", "云栖大会 location 杭州"} <= {told(r) for r in facts}


@pytest.mark.parametrize(
    ("told", "holds"),
    [("又将[宿木科技|Organization]收入囊中", True), ("将在年内收购[宿木科技|Organization]", False)],
)
def test_what_is_done_to_a_thing_is_no_plan(shipped: PatternFinder, told: str, holds: bool) -> None:
    facts, _ = shipped.find(read_example(f"[木棉科技|Organization]{told}。"))
    assert holds == bool([r for r in facts if r.predicate == "acquires"])


def test_what_one_sentence_tells_another_cannot_reject(shipped: PatternFinder) -> None:
    facts, rejected = shipped.find(read_example(f"{WHO}计划出席{FORUM}。昨天，{WHO}出席{FORUM}。"))
    assert FACT in {told(r) for r in facts}
    assert not [r for r in rejected if (r.predicate, r.subject) == ("attends", "宿华")]


def test_every_reason_has_words(shipped: PatternFinder) -> None:
    assert set(shipped.judge.tests) == set(REASONS)


def test_a_judge_without_words_rejects_nothing() -> None:
    judge = Judge.from_groups({})
    assert not judge.tests and judge.failed is None


BESIDE = [
    "[山东|Place][苏州|Place]",
    "[胶东|Place][苏北|Place]",
    "[北京|Place][８个城区|Place]",
    "[淮河|Place][以北地区|Place]",
]


@pytest.mark.parametrize("beside", BESIDE)
def test_a_place_beside_another_lies_not_in_it(shipped: PatternFinder, beside: str) -> None:
    facts, rejected = shipped.find(read_example(f"来自{beside}的客人。"))
    assert not [r for r in facts if r.predicate == "containedIn"]
    assert {r.reason for r in rejected} == {"contradicted"}


@pytest.mark.parametrize("before", ["新机搭载", "新机采用", "新机运行", "游戏在", "与", "重量只是"])
def test_what_is_told_of_the_whole_is_not_told_of_its_part(shipped: PatternFinder, before: str) -> None:
    reading = read_example(f"{before}[木棉芯片|Product]{'相比' if before == '与' else ''}，<功耗5瓦|功耗=5瓦>。")
    facts = [r for r in shipped.find(reading)[0] if r.predicate == "specification"]
    assert bool(facts) == (before == "重量只是")


@pytest.mark.parametrize(
    "text",
    [
        "[木棉证券|Organization]发布了关于[木棉X9|Product]预订情况的报告。",
        "[木棉证券|Organization]发布了关于木棉手表和[木棉X9|Product]的报告。",
        "[木棉证券|Organization]指出，新推出的[木棉X9|Product]三周后发货。",
    ],
)
def test_who_reports_on_a_product_did_not_bring_it_out(shipped: PatternFinder, text: str) -> None:
    facts, rejected = shipped.find(read_example(text))
    assert not [r for r in facts if r.predicate in ("releases", "develops")]
    assert "contradicted" in {r.reason for r in rejected}


@pytest.mark.parametrize(
    "text",
    [
        "[木棉集团|Organization]发布《[关于木棉X9的说明|Product]》。",
        "[木棉部|Organization]下发关于印发《[木棉规则|Product]》的通知。",
        "[木棉集团|Organization]宣布推出[木棉X9|Product]。",
    ],
)
def test_what_a_maker_brings_out_is_told_with_the_same_words(shipped: PatternFinder, text: str) -> None:
    assert [r for r in shipped.find(read_example(text))[0] if r.predicate == "releases"]


@pytest.mark.parametrize(
    ("text", "guests"),
    [
        ("[周一苇|Person]会见来华出席[云栖大会|Forum]的[宿华|Person]。", {"宿华"}),
        ("[周一苇|Person]看望了参加“[云栖大会|Forum]”开幕式的选手[宿华|Person]。", {"宿华"}),
        ("[周一苇|Person]会见[宿华|Person]后出席[云栖大会|Forum]。", {"周一苇", "宿华"}),
        ("[周一苇|Person]出席[云栖大会|Forum]的开幕式。", {"周一苇"}),
    ],
)
def test_who_receives_a_guest_is_not_where_the_guest_goes(shipped: PatternFinder, text: str, guests: set[str]) -> None:
    facts = {r.subject.name for r in shipped.find(read_example(text))[0] if r.predicate == "attends"}
    assert facts <= guests
    assert facts & guests


@pytest.mark.parametrize(
    ("after", "holds"),
    [
        ("因个人原因辞职", False),
        ("（Yi Zhou）即日离任，另有任用", False),
        ("和[宿华|Person]双双卸任", False),
        ("将于年底退休", True),
        ("否认离职", True),
        ("出席，另一人辞职", True),
    ],
)
def test_who_leaves_holds_the_post_no_longer(shipped: PatternFinder, after: str, holds: bool) -> None:
    facts, rejected = shipped.find(read_example(f"[木棉科技|Organization]董事长[周一苇|Person]{after}。"))
    assert holds == bool([r for r in facts if r.predicate == "worksFor" and r.subject.name == "周一苇"])
    assert holds or "former" in {r.reason for r in rejected if r.subject == "周一苇"}
