"""From matches to claims: lists, focus, qualifiers, and where each end stands."""

from __future__ import annotations

from collections.abc import Callable

from kg.model import Mention
from tests.relations.conftest import Find, told

Make = Callable[..., Find]


def facts(found: Find, marked: str) -> set[str]:
    return {told(r) for r in found(marked)[0]}


def test_each_member_of_a_list_gives_a_fact(with_rule: Make) -> None:
    found = with_rule("{who:Person+}出席{f:Forum}", "who attends f")
    told_ = facts(found, "[马云|Person]、[马化腾|Person]和[李彦宏|Person]出席[云栖大会|Forum]")
    assert told_ == {f"{who} attends 云栖大会" for who in ("马云", "马化腾", "李彦宏")}


def test_members_of_one_list_stand_in_a_symmetric_relation_once(with_rule: Make) -> None:
    found = with_rule("{a:Organization+}合作", "a cooperatesWith a")
    told_ = facts(found, "[阿里|Organization]、[腾讯|Organization]和[百度|Organization]合作")
    assert told_ == {"阿里 cooperatesWith 腾讯", "阿里 cooperatesWith 百度", "腾讯 cooperatesWith 百度"}


def test_nothing_relates_to_itself(with_rule: Make) -> None:
    found = with_rule("{a:Organization}与{b:Organization}合作", "a cooperatesWith b")
    assert facts(found, "[阿里|Organization]与[阿里|Organization]合作") == set()


def test_overlapping_matches_are_all_found(with_rule: Make) -> None:
    found = with_rule("{a:Organization}、{b:Organization}", "a cooperatesWith b")
    told_ = facts(found, "[阿里|Organization]、[腾讯|Organization]、[百度|Organization]")
    assert told_ == {"阿里 cooperatesWith 腾讯", "腾讯 cooperatesWith 百度"}


def test_a_variable_that_may_be_absent_gives_no_fact_where_it_is(with_rule: Make) -> None:
    found = with_rule("{f:Forum}[由{o:Organization}]主办", "f organizer o")
    assert facts(found, "[云栖大会|Forum]主办") == set()


def test_focus_is_the_latest_thing_before_the_match(with_rule: Make) -> None:
    found = with_rule("{who:Person}到场", "who attends @forum")
    told_ = facts(found, "[云栖大会|Forum]之后是[世界互联网大会|Forum]。[马云|Person]到场。[西湖论坛|Forum]明天开。")
    assert told_ == {"马云 attends 世界互联网大会"}


def test_without_a_thing_in_focus_there_is_no_fact(with_rule: Make) -> None:
    assert facts(with_rule("{who:Person}到场", "who attends @forum"), "[马云|Person]到场。") == set()


def test_a_text_list_gives_an_object_each(with_rule: Make) -> None:
    found = with_rule("{f:Forum}围绕{t:list}等议题", "f topic t")
    told_ = facts(found, "[云栖大会|Forum]围绕数字经济、前沿技术和网络治理等议题展开")
    assert told_ == {f"云栖大会 topic {t}" for t in ("数字经济", "前沿技术", "网络治理")}


def test_a_text_object_is_the_text_as_it_stands(with_rule: Make) -> None:
    found = with_rule("{f:Forum}主题“{t:quote}”", "f theme t")
    assert facts(found, "[云栖大会|Forum]主题「A,B:C」") == {"云栖大会 theme A,B:C"}


def test_evidence_is_the_sentence_and_marks_both_ends(with_rule: Make) -> None:
    found = with_rule("{who:Person}出席{f:Forum}", "who attends f")
    (relation,), _ = found("昨天下雨。[马云|Person]出席[云栖大会|Forum]。")
    text, seen = "昨天下雨。马云出席云栖大会。", relation.evidence
    assert seen.text == "马云出席云栖大会。" == text[seen.span.start : seen.span.end]
    marks = [text[m.start : m.end] for m in (seen.subject, seen.object, seen.trigger) if m]
    assert marks == ["马云", "云栖大会", "马云出席云栖大会"]


def test_evidence_names_the_rule(with_rule: Make) -> None:
    found = with_rule("{who:Person}出席{f:Forum}", "who attends f")
    assert found("[马云|Person]出席[云栖大会|Forum]")[0][0].evidence.rule == "own"


def test_a_role_keeps_the_words_of_the_text(with_rule: Make) -> None:
    found = with_rule("{org:Organization}{post:Post+}{who:Person}", "who worksFor org", role="post")
    (relation,), _ = found("[快手|Organization]董事长兼总经理[宿华|Person]说")
    assert dict(relation.qualifiers) == {"role": "董事长兼总经理"}


def test_a_range_gives_first_and_last_day(with_rule: Make) -> None:
    found = with_rule("{f:Forum}{when:Date|Range}举行", "f dates when")
    told_ = facts(found, "[云栖大会|Forum]{3日至5日|2017-12-03/2017-12-05}举行")
    assert told_ == {"云栖大会 startDate 2017-12-03", "云栖大会 endDate 2017-12-05"}


def test_a_bracketed_remark_is_passed_over(with_rule: Make) -> None:
    found = with_rule("{a:Organization+}与{b:Organization}合作", "a cooperatesWith b")
    told_ = facts(found, "[阿里|Organization]（[腾讯|Organization]）与[百度|Organization]合作")
    assert told_ == {"阿里 cooperatesWith 百度"}


def test_ends_are_the_mentions_of_the_reading(with_rule: Make) -> None:
    (relation,), _ = with_rule("{who:Person}出席{f:Forum}", "who attends f")("[马云|Person]出席[云栖大会|Forum]")
    assert isinstance(relation.object, Mention) and relation.object.finder == "example"
