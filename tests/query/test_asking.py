"""Queries of a user: parameters, prefixes, errors with their place, kinds of answers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.query import OpenGraph, ask, find_thing
from kg.query.tokens import fill, parameters

WIC = "第四届世界互联网大会"
ATTENDS = "SELECT ?p { ?p kgo:attends $forum }"


def test_prefixes_of_ontology_file_and_schema_org_are_known(graph: OpenGraph) -> None:
    query = "ASK { person:李群 rdfs:label ?x FILTER(schema:name != prov:x && skos:altLabel != nif:anchorOf) }"
    assert ask(graph, query).truth


def test_a_prefix_may_be_declared_anew(graph: OpenGraph) -> None:
    assert not ask(graph, "PREFIX kgo: <http://x/> ASK { ?a kgo:attends ?b }").truth


@pytest.mark.parametrize(
    "name",
    [
        WIC,
        "第四届乌镇峰会",
        "forum:第四届世界互联网大会",
        f"https://example.org/kg/id/forum/{WIC}",
        " 第四届《世界互联网大会》",
    ],
    ids=["label", "alias", "prefixed", "iri", "folded"],
)
def test_a_thing_may_be_named_in_many_ways(graph: OpenGraph, name: str) -> None:
    assert find_thing(graph, name).label == WIC


def test_an_unknown_name_suggests_near_ones(graph: OpenGraph) -> None:
    with pytest.raises(QueryError, match="nothing is called '江南'; did you mean 江南银行, 江南集团"):
        ask(graph, ATTENDS, {"forum": "江南"})


def test_homonyms_are_told_apart(tmp_path: Path) -> None:
    from kg.query import open_graph
    from tests.factories import entity, knowledge
    from tests.query.world import write_graph

    two = knowledge((entity("张伟", "Person"), entity("张伟", "Person", id="person/张伟-2")))
    with pytest.raises(QueryError, match=r"2 things are called '张伟'; give one of person:张伟 .*, person:张伟-2"):
        find_thing(open_graph(write_graph(tmp_path, two)), "张伟")


def test_a_parameter_left_out_is_a_variable(graph: OpenGraph) -> None:
    assert len(list(ask(graph, ATTENDS).rows())) == len(list(ask(graph, ATTENDS, {"forum": WIC}).rows())) == 1


def test_a_literal_stands_for_itself(graph: OpenGraph) -> None:
    assert ask(graph, "ASK { ?x rdfs:label $name }", {"name": '"李群"@zh'}).truth


def test_what_only_begins_as_a_literal_is_a_name(graph: OpenGraph) -> None:
    with pytest.raises(QueryError, match="nothing is called"):
        ask(graph, "ASK { ?x rdfs:label $name }", {"name": '"a" . <x:y> <x:z> "b"'})


def test_a_name_may_begin_with_a_quotation_mark(graph: OpenGraph) -> None:
    assert list(ask(graph, "exhibitors", {"forum": '"互联网之光"博览会'}).rows())


def test_an_unknown_parameter_is_refused(graph: OpenGraph) -> None:
    with pytest.raises(QueryError, match="no parameter 'conference'; known: forum"):
        ask(graph, ATTENDS, {"conference": WIC})


def test_a_required_parameter_is_asked_for(graph: OpenGraph) -> None:
    with pytest.raises(QueryError, match=r"about: needs thing \(.*\); add --set thing="):
        ask(graph, "about")


def test_a_number_must_be_one(graph: OpenGraph) -> None:
    with pytest.raises(QueryError, match="enough=zwei: is no number"):
        ask(graph, "few-sources", {"enough": "zwei"})


@given(st.text(max_size=40))
@settings(deadline=None)
def test_no_text_leaves_its_quotes(graph: OpenGraph, text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        return  # the command line can't pass a lone surrogate
    query = "# 甲\n# A\n# @param text text: 文 / text\nSELECT ?said { BIND($text AS ?said) }"
    assert [term.value for (term,) in ask(graph, query, {"text": text}).rows()] == [text]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "query", ['SELECT * { ?s ?p "$x" }', "ASK { <http://x/$x> ?p ?o }", "ASK {} # $x", "ASK { ex:a\\$x ?p ?o }"]
)
def test_words_that_look_like_parameters_stay(query: str) -> None:
    assert parameters(query) == ()
    assert fill(query, {"x": "<http://evil/>"}) == query


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT ?x WHERE { ?x kgo:foo }", "query:1:30: breaks off at “.*⟦here⟧}”"),
        ("SELECT ?x\nWHERE { ?x '中文' ?y }", r"query:2:17: breaks off at “WHERE \{ \?x '中文' ⟦here⟧\?y"),
        ("ASK { ?x foo:bar ?y }", "unknown prefix; known: .*kgo, .*schema"),
        ("DELETE WHERE { ?s ?p ?o }", "an update; graphs are read-only here"),
        ("", "query:1:1: "),
    ],
)
def test_a_syntax_error_shows_its_place(graph: OpenGraph, query: str, place: str) -> None:
    with pytest.raises(QueryError, match=place):
        ask(graph, query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { service silent <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "ASK { FILTER(?z<kgo:c)SERVICE#>\n ?x { ?a ?b ?c } VALUES ?x { <http://127.0.0.1:9/> } }",
        "ASK { ?x rdfs:label '''a'b''' SERVICE ?y { ?a ?b ?c } }",
        r"ASK { ?x ?y <http://x/\u0041#> . SERVICE ?y { ?a ?b ?c } }",
    ],
)
def test_no_query_reaches_another_server(graph: OpenGraph, query: str) -> None:
    with pytest.raises(QueryError, match="SERVICE asks another server"):
        ask(graph, query)


@pytest.mark.parametrize("query", ["ASK { ?x rdfs:label 'SERVICE' }", "ASK { ?x <http://x/service> ?y } # SERVICE"])
def test_the_word_service_may_be_said(graph: OpenGraph, query: str) -> None:
    assert not ask(graph, query).truth


@pytest.mark.parametrize(
    "query",
    [
        "SELECT (" + "(" * 20_000 + "1" + ")" * 20_000 + " AS ?x) {}",
        "SELECT (1<" + "(" * 20_000 + "1" + ")" * 20_000 + ">2 AS ?x) {}",
        "ASK " + "{" * 20_000 + "}" * 20_000,
        "SELECT (" + "!" * 20_000 + "1 AS ?x) {}",
        "ASK {" + "OPTIONAL {?s ?p ?o}" * 20_000 + "}",
    ],
    ids=["brackets", "comparison", "groups", "operators", "clauses"],
)
def test_what_the_parser_could_not_bear_is_refused(graph: OpenGraph, query: str) -> None:
    with pytest.raises(QueryError, match=r"query:1: (brackets nested|more than .* operators)"):
        ask(graph, query)


def test_long_lists_and_brackets_in_strings_are_no_nesting(graph: OpenGraph) -> None:
    rows = "(<http://x/a(b> '((' 1)" * 290
    assert ask(graph, f"ASK {{ VALUES (?a ?b ?c) {{ {rows} }} }} # {'(' * 400}").truth
    assert ask(graph, f"ASK {{ VALUES ?a {{ {'-1 ' * 1000} }} }}").truth


def test_a_nested_value_is_no_literal(graph: OpenGraph) -> None:
    nested = "<<( <x:s> <x:p> " * 100_000 + "<x:o>" + " )>>" * 100_000
    with pytest.raises(QueryError, match="nothing is called"):
        ask(graph, ATTENDS, {"forum": nested})


class TestFormats:
    def test_a_table_aligns_chinese(self, graph: OpenGraph) -> None:
        text, count = ask(graph, "SELECT ?n ?c { VALUES ?c { kgo:Forum kgo:Person } ?x a ?c ; rdfs:label ?n }").written(
            "table"
        )
        from kg.terminal import width

        lines = text.splitlines()
        columns = {width(line[: line.index("kgo:")]) for line in lines[2:]}
        assert count == len(lines) - 2
        assert len(columns) == 1

    def test_no_rows_are_counted_as_none_in_every_format(self, graph: OpenGraph) -> None:
        for format in ("table", "csv", "json"):
            assert ask(graph, "SELECT ?x { ?x a kgo:Nothing }").written(format)[1] == 0  # type: ignore[arg-type]
            assert ask(graph, "SELECT ?x { ?x a kgo:Person }").written(format)[1] > 0  # type: ignore[arg-type]

    def test_csv_is_that_of_the_w3c(self, graph: OpenGraph) -> None:
        text, _ = ask(graph, "SELECT ?n { person:李群 rdfs:label ?n }").written("csv")
        assert text == "n\r\n李群\r\n" or text == "n\n李群\n"

    def test_json_is_that_of_the_w3c(self, graph: OpenGraph) -> None:
        text, _ = ask(graph, "SELECT ?n { person:李群 rdfs:label ?n }").written("json")
        assert json.loads(text)["results"]["bindings"] == [
            {"n": {"type": "literal", "value": "李群", "xml:lang": "zh"}}
        ]

    def test_ask_gives_a_truth(self, graph: OpenGraph) -> None:
        assert ask(graph, "ASK { ?x a kgo:Person }").written("table") == ("true\n", 1)

    @pytest.mark.parametrize("query", ["CONSTRUCT WHERE { ?p kgo:worksFor ?o }", "DESCRIBE person:李群"])
    def test_triples_come_as_turtle_with_short_names(self, graph: OpenGraph, query: str) -> None:
        text, count = ask(graph, query).written("table")
        assert count
        assert "person:李群 " in text
        assert "@prefix kgr:" not in text

    def test_the_same_query_gives_the_same_turtle(self, graph: OpenGraph) -> None:
        texts = {ask(graph, "CONSTRUCT WHERE { ?s ?p ?o }").written("turtle")[0] for _ in range(3)}
        assert len(texts) == 1

    @pytest.mark.parametrize(
        ("query", "format", "message"),
        [("ASK {}", "turtle", "Turtle can't hold"), ("DESCRIBE person:李群", "csv", "CSV can't hold")],
    )
    def test_a_format_that_does_not_fit_is_refused(
        self, graph: OpenGraph, query: str, format: str, message: str
    ) -> None:
        with pytest.raises(QueryError, match=message):
            ask(graph, query).written(format)  # type: ignore[arg-type]

    def test_a_table_holds_no_control_or_bidi_character(self, hostile_graph: OpenGraph) -> None:
        text, _ = ask(hostile_graph, "SELECT ?n { ?x rdfs:label ?n }").written("table")
        assert all(c.isprintable() or c == "\n" for c in text)
