"""The bundled questions: each answers, and means the same to pyoxigraph and to rdflib."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import rdflib

from kg.query import OpenGraph, Question, ask, bundled_questions, find_question, open_graph
from kg.query.asking import filled
from kg.query.tokens import parameters
from kg.rdf.bridge import load_triples, to_rdflib

QUESTIONS = bundled_questions()
# what the required parameters are set to, on each graph
ON_WORLD = {"thing": "李群", "one": "李群", "other": "江南银行", "document": "news-1"}
ON_WORLD_BY_QUESTION = {"common-ground": {"one": "李群", "other": "赵明"}}
ON_SEEDS = {
    "thing": "第四届世界互联网大会",
    "one": "宿华",
    "other": "第四届世界互联网大会",
    "document": "000_b92a96ad575bbc80.txt#2",
}


def required(question: Question, values: dict[str, str]) -> dict[str, str]:
    return {parameter.name: values[parameter.name] for parameter in question.parameters if parameter.required}


def by_oxigraph(graph: OpenGraph, question: Question, values: dict[str, str]) -> Counter[object]:
    answer = ask(graph, question, values)
    if answer.kind == "truth":
        return Counter([answer.truth])
    if answer.kind == "triples":
        return Counter(answer.triples())
    return Counter(tuple(None if term is None else folded(str(term)) for term in row) for row in answer.rows())


def by_rdflib(graph: OpenGraph, triples: rdflib.Graph, question: Question, values: dict[str, str]) -> Counter[object]:
    result = triples.query(filled(graph, question, values), initNs=dict(graph.prefixes))
    if result.type == "ASK":
        return Counter([result.askAnswer])
    if result.type == "CONSTRUCT":
        return Counter(result.graph)
    return Counter(tuple(None if term is None else folded(term.n3()) for term in row) for row in result)


def folded(term: str) -> str:
    """Oxigraph keeps every kind of whole number as an xsd:integer."""
    return re.sub("#(nonNegative|positive)Integer>", "#integer>", term)


def same(graph: OpenGraph, question: Question, values: dict[str, str]) -> None:
    ours = by_oxigraph(graph, question, values)
    theirs = by_rdflib(graph, to_rdflib(load_triples(graph.path)), question, values)
    if ask(graph, question, values).kind == "triples":
        assert Counter(to_rdflib(ours)) == theirs  # type: ignore[arg-type]
    else:
        assert ours == theirs


@pytest.fixture(scope="module")
def seeds(seeds_graph: Path) -> OpenGraph:
    return open_graph(seeds_graph)


def test_there_are_twenty_at_least() -> None:
    assert len(QUESTIONS) >= 20


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
class TestEach:
    def test_says_what_it_asks_in_both_languages(self, question: Question) -> None:
        assert re.search(r"[\u4e00-\u9fff]", question.zh)
        assert question.en.isascii() and question.en[0].isupper()

    def test_says_what_each_parameter_is(self, question: Question) -> None:
        assert all(parameter.zh and parameter.en for parameter in question.parameters)

    def test_has_no_variable_of_a_parameters_name(self, question: Question) -> None:
        code = re.sub(r"#.*", "", question.text)
        assert not {f"?{name}" for name in parameters(question.text)}.intersection(re.findall(r"\?\w+", code))

    def test_finds_something_where_there_is_something(self, question: Question, graph: OpenGraph) -> None:
        values = ON_WORLD_BY_QUESTION.get(question.name) or required(question, ON_WORLD)
        assert ask(graph, question, values).written("table" if question.name != "neighbourhood" else "turtle")[1]

    def test_means_the_same_to_rdflib_on_the_small_graph(self, question: Question, graph: OpenGraph) -> None:
        same(graph, question, ON_WORLD_BY_QUESTION.get(question.name) or required(question, ON_WORLD))

    def test_means_the_same_to_rdflib_on_the_seeds(self, question: Question, seeds: OpenGraph) -> None:
        same(seeds, question, required(question, ON_SEEDS))

    def test_runs_where_names_are_hostile(self, question: Question, hostile_graph: OpenGraph) -> None:
        iri = "https://example.org/kg/id/organization/hostile"
        values = required(question, {**dict.fromkeys(("thing", "one", "other"), iri), "document": "news-1"})
        ask(hostile_graph, question, values).written("json")


def rows(graph: OpenGraph, name: str, **values: str) -> list[tuple[str, ...]]:
    return [tuple(map(graph.show, row)) for row in ask(graph, name, values).rows()]


def test_who_spoke_tells_organization_and_role(graph: OpenGraph) -> None:
    said = rows(graph, "who-spoke-at", forum="第四届世界互联网大会")
    assert said == [("第四届世界互联网大会", "李群", "江南银行", "行长")]


def test_a_parameter_narrows_the_answer(graph: OpenGraph) -> None:
    assert len(rows(graph, "themes-and-topics")) == 2
    assert rows(graph, "themes-and-topics", forum="第四届世界互联网大会") == []


def test_launched_at_tells_maker_and_measure(graph: OpenGraph) -> None:
    assert rows(graph, "launched-at") == [("互联网之光博览会", "柔性屏", "维信诺", "厚度=3mm")]


def test_people_linking_two_organizations(graph: OpenGraph) -> None:
    assert rows(graph, "people-linking", one="江南银行", other="维信诺") == [("江南银行", "赵明", "维信诺")]


def test_few_sources_leaves_out_what_two_documents_tell(graph: OpenGraph) -> None:
    weak = {(subject, predicate) for subject, predicate, *_ in rows(graph, "few-sources")}
    assert ("第四届世界互联网大会", "kgo:location") not in weak
    assert ("李群", "kgo:speaksAt") in weak


def test_few_sources_takes_another_limit(graph: OpenGraph) -> None:
    assert any(row[1] == "kgo:location" for row in rows(graph, "few-sources", enough="3"))


def test_timeline_of_a_day(graph: OpenGraph) -> None:
    days = {date for date, *_ in rows(graph, "timeline", day="2017-12-04")}
    assert days == {"2017-12-04T10:30:00+08:00"}


def test_places_hold_what_lies_within_them(graph: OpenGraph) -> None:
    assert ("浙江", "江南银行", "乌镇") in rows(graph, "organizations-in", place="浙江")


def test_forums_between_takes_in_those_that_began_before(graph: OpenGraph) -> None:
    assert [row[2] for row in rows(graph, "forums-between", **{"from": "2017-12-05"})] == ["第四届世界互联网大会"]


def test_things_of_a_class(graph: OpenGraph) -> None:
    assert {row[0] for row in rows(graph, "things", type="Person")} == {"kgo:Person"}


def test_unknown_name_lists_the_known_ones() -> None:
    from kg.errors import QueryError

    with pytest.raises(QueryError, match=r"who-spoke: no bundled query has this name; known: about, .*who-spoke-at"):
        find_question("who-spoke")
