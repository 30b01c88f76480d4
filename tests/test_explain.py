"""``kg explain``: facts with their sentences, their words marked, safe for a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.errors import QueryError
from kg.explain import Explanation, Source, explain
from kg.model import Span
from kg.query import OpenGraph, open_graph
from kg.rdf import write_turtle
from kg.resolution import ResolutionEvent
from tests.query.world import HOSTILE, hostile, world, write_graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> OpenGraph:
    return open_graph(write_graph(tmp_path_factory.mktemp("explain"), world()))


def fact_lines(explanation: Explanation) -> list[str]:
    return [line for line in str(explanation).splitlines() if "→" in line]


def test_a_thing_is_named_with_its_classes_and_other_names(graph: OpenGraph) -> None:
    head, also, *_ = str(explain(graph, "第四届世界互联网大会")).splitlines()
    assert head == "第四届世界互联网大会 · 会展活动 Forum, 大会 Conference · forum:第四届世界互联网大会"
    assert also == "又称 also: 第四届乌镇峰会"


def test_each_other_name_has_its_reason(graph: OpenGraph) -> None:
    merge = ResolutionEvent(
        kind="merge",
        type="Forum",
        names=("世界互联网大会", "乌镇峰会"),
        features=("lexicon",),
        detail="the lexicon says so",
    )
    _, also, *_ = str(explain(graph, "第四届世界互联网大会", log=(merge,))).splitlines()
    assert also == "又称 also: 第四届乌镇峰会 · the lexicon says so"


def test_the_command_tells_why_names_are_one_thing(tmp_path: Path) -> None:
    news = tmp_path / "news.txt"
    news.write_text("中国国家互联网信息办公室今天在北京发布报告。国家网信办副主任任贤良出席。", "utf-8")
    run = CliRunner()
    assert run.invoke(cli, ["build", str(news), "--out", str(tmp_path / "out")]).exit_code == 0
    said = run.invoke(cli, ["explain", str(tmp_path / "out"), "国家网信办"]).output
    assert "又称 also: 国家网信办 · the lexicon gives both names to one thing" in said


def test_its_own_facts_come_before_those_of_others(graph: OpenGraph) -> None:
    outgoing = [fact.outgoing for fact in explain(graph, "江南银行").facts]
    assert outgoing == sorted(outgoing, reverse=True)
    assert set(outgoing) == {True, False}


def test_role_and_confidence_stand_beside_the_fact(graph: OpenGraph) -> None:
    assert "李群 —任职于 worksFor→ 江南银行（职务 行长；可信度 confidence 0.9）" in fact_lines(explain(graph, "李群"))


def test_the_words_are_marked_in_the_sentence(graph: OpenGraph) -> None:
    assert "    江南银行行长⟦李群⟧在⟦大会⟧上‹表示›，合作已启动。" in str(explain(graph, "李群")).splitlines()


def test_document_place_and_rule_are_named(graph: OpenGraph) -> None:
    assert "        news-1 @10 · rule" in str(explain(graph, "李群")).splitlines()


def test_each_sentence_is_shown(graph: OpenGraph) -> None:
    (held,) = [f for f in explain(graph, "第四届世界互联网大会").facts if f.predicate == "举办地 location"]
    assert [source.document for source in held.sources] == ["news-1", "news-2"]


def test_between_two_things_only_what_relates_them(graph: OpenGraph) -> None:
    said = ["江南银行 —合作 cooperatesWith→ 维信诺", "江南银行 —投资 invests→ 维信诺"]
    for one, other in (("江南银行", "维信诺"), ("维信诺", "江南银行")):
        assert [line.partition("（")[0] for line in fact_lines(explain(graph, one, other))] == said


def test_words_dates_and_measures_are_shown_as_such(graph: OpenGraph) -> None:
    objects = {fact.object for fact in explain(graph, "柔性屏").facts}
    assert {"厚度=3mm", "可弯折", "2017-12", "互联网之光博览会"} <= objects


def test_a_thing_without_facts_says_so(graph: OpenGraph) -> None:
    assert str(explain(graph, "李群", "网信办")).endswith("no facts with evidence")


def test_an_unknown_name_suggests_others(graph: OpenGraph) -> None:
    with pytest.raises(QueryError, match="nothing is called '李'; did you mean 李群"):
        explain(graph, "李")


def test_a_graph_without_provenance_has_nothing_to_explain(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text(write_turtle(world(), provenance="none"), "utf-8")
    assert not explain(open_graph(tmp_path), "李群").facts


def test_nothing_reaches_a_terminal_raw(tmp_path: Path) -> None:
    text = str(explain(open_graph(write_graph(tmp_path, hostile())), "https://example.org/kg/id/organization/hostile"))
    assert "参加大会" in text
    assert all(character.isprintable() or character == "\n" for character in text)


def test_it_is_found_by_a_hostile_name_too(tmp_path: Path) -> None:
    stored = HOSTILE.replace("\x1b", "\ufffd")
    assert explain(open_graph(write_graph(tmp_path, hostile())), stored).facts


class TestMarks:
    def marked(self, **spans: Span) -> str:
        return Source(document="d", begin=0, sentence="甲公司总裁李群", rule="r", **spans).marked  # type: ignore[arg-type]

    def test_ends_win_over_the_trigger(self) -> None:
        assert self.marked(subject=Span(5, 7), object=Span(0, 3), trigger=Span(0, 7)) == "⟦甲公司⟧‹总裁›⟦李群⟧"

    def test_ends_side_by_side_stay_apart(self) -> None:
        assert self.marked(subject=Span(3, 5), object=Span(5, 7)) == "甲公司⟦总裁⟧⟦李群⟧"

    def test_spans_beyond_the_sentence_do_no_harm(self) -> None:
        assert self.marked(subject=Span(-9, 1), object=Span(6, 99)) == "⟦甲⟧公司总裁李⟦群⟧"
