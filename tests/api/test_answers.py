"""What queries answer in Python."""

from __future__ import annotations

import datetime
import pickle

import pytest

from kg.errors import QueryError

PEOPLE = "SELECT ?p ?name ?c { ?p a kgo:Person ; rdfs:label ?name . ?s rdf:subject ?p ; kgo:confidence ?c }"


class TestRows:
    def test_cells_by_number_name_and_attribute(self, graph):
        row = graph.query(PEOPLE)[0]
        assert row[1] == row["name"] == row.name == "张群华"
        assert row.asdict()["c"] == 0.9

    def test_nodes_are_iris_and_numbers_are_numbers(self, graph):
        node, name, sure = graph.query(PEOPLE)[0]
        assert (node, name, sure) == ("https://example.org/kg/id/person/张群华", "张群华", 0.9)

    def test_days_and_hours_are_pythons(self, graph):
        (row,) = graph.query("SELECT ?a ?b { ?f kgo:startDate ?a ; kgo:endDate ?b }")
        assert row.b == datetime.date(2017, 12, 5)
        assert row.a.isoformat() == "2017-12-03T10:30:00+08:00"

    def test_a_month_alone_is_text(self, graph):
        assert graph.query("SELECT ?d { ?p kgo:releaseDate ?d }")[0].d == "2017-12"

    def test_unbound_is_none(self, graph):
        assert graph.query("SELECT ?p ?x { ?p a kgo:Person OPTIONAL { ?p kgo:founderOf ?x } }")[0].x is None

    def test_unknown_column(self, graph):
        with pytest.raises(QueryError, match="nam: no column of this answer; there are: p, name, c"):
            graph.query(PEOPLE)[0]["nam"]

    def test_rows_cannot_be_changed(self, graph):
        with pytest.raises(AttributeError):
            graph.query(PEOPLE)[0].name = "李四"

    def test_rows_can_be_pickled(self, graph):
        rows = graph.query(PEOPLE).rows
        assert pickle.loads(pickle.dumps(rows))[0].name == "张群华"

    def test_repr_is_a_table_with_names(self, graph):
        assert "张群华  张群华  0.9" in repr(graph.query(PEOPLE))


class TestKinds:
    def test_bundled_question_with_a_value(self, graph):
        rows = graph.query("who-attended", forum="第四届世界互联网大会")
        assert "张群华" in [row.participant for row in rows]

    def test_ask_is_a_truth(self, graph):
        assert graph.query("ASK { ?p a kgo:Person }")
        assert not graph.query("ASK { ?p a kgo:Ceremony }")

    def test_no_rows_are_false(self, graph):
        assert not graph.query("SELECT * { ?p a kgo:Ceremony }")

    def test_construct_gives_rdf(self, graph):
        assert len(graph.query("CONSTRUCT { ?p a schema:Person } WHERE { ?p a kgo:Person }").rdf) == 1

    def test_rdf_of_a_select(self, graph):
        with pytest.raises(QueryError, match="ask by one of them"):
            _ = graph.query(PEOPLE).rdf

    def test_frame_of_an_ask(self, graph):
        with pytest.raises(QueryError, match="ask by SELECT"):
            graph.query("ASK {}").to_pandas()

    def test_broken_query(self, graph):
        with pytest.raises(QueryError, match="query:1:"):
            graph.query("SELECT ?p { ?p a }")


class TestFrames:
    def test_iris_or_names(self, graph):
        result = graph.query(PEOPLE)
        assert result.to_pandas()["p"][0].startswith("https://")
        assert result.to_pandas(labels=True)["p"][0] == "张群华"

    def test_days_are_datetimes(self, graph):
        frame = graph.query("SELECT ?d { ?f kgo:endDate ?d }").to_pandas()
        assert frame["d"].dt.day[0] == 5

    def test_no_rows_keep_their_columns(self, graph):
        assert list(graph.query("SELECT ?a ?b { ?a kgo:partnerOf ?b }").to_pandas()) == ["a", "b"]
