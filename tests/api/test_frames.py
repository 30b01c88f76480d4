"""The graph as frames."""

from __future__ import annotations

import pandas
import pytest

from kg.api import KnowledgeGraph
from kg.errors import InputError
from kg.model import Value
from tests.factories import entity, knowledge, statement


class TestFacts:
    def test_first_columns_are_the_promised_ones(self, graph):
        wanted = ["subject", "predicate", "object", "role", "date", "confidence", "document", "sentence"]
        assert list(graph.to_pandas())[:8] == wanted

    def test_one_row_a_fact(self, graph):
        assert len(graph.to_pandas()) == len(graph)

    def test_dates_are_datetimes(self, graph):
        frame = graph.to_pandas()
        assert frame["date"].dt.year.dropna().eq(2017).all()
        assert frame["reported"].dtype.kind == "M"

    def test_a_month_is_its_first_day_and_an_hour_stays(self, graph):
        frame = graph.to_pandas().set_index("predicate")
        assert frame.loc["releaseDate", "date"] == pandas.Timestamp("2017-12-01")

    def test_years_beyond_nanoseconds(self):
        old = KnowledgeGraph(
            knowledge((entity("书", "Product"),), (statement("product/书", "releaseDate", Value("date", "1405")),))
        )
        assert old.to_pandas()["date"].dt.year[0] == 1405

    def test_repeating_columns_are_categories(self, graph):
        frame = graph.to_pandas()
        assert all(frame[name].dtype == "category" for name in ("predicate", "subject_type", "object_type"))

    def test_an_empty_graph_has_all_columns(self, graph):
        assert list(KnowledgeGraph(knowledge()).to_pandas()) == list(graph.to_pandas())

    def test_some_facts_as_a_frame(self, graph):
        assert list(graph.facts("张群华").to_pandas()["predicate"]) == ["attends", "worksFor"]


class TestOthers:
    def test_entities_count_their_facts(self, graph):
        frame = graph.to_pandas("entities").set_index("label")
        assert frame.loc["张群华", "facts"] == 2
        assert frame.loc["乌镇互联网医院", "class"] == "Hospital"
        assert frame.loc["乌镇互联网医院", "aliases"] == ("互联网医院",)

    def test_evidence_has_the_words_that_were_marked(self, graph):
        frame = graph.to_pandas("evidence")
        works = frame[frame["predicate"] == "worksFor"].iloc[0]
        assert (works["subject_words"], works["object_words"], works["trigger_words"]) == (
            "张群华",
            "乌镇互联网医院",
            "院长",
        )

    def test_evidence_leads_back_to_its_fact(self, graph):
        facts, told = graph.to_pandas(), graph.to_pandas("evidence")
        assert (told["fact"].map(facts["subject"]) == told["subject"]).all()
        assert set(told["fact"]) == set(facts.index)

    def test_evidence_knows_its_document(self, graph):
        frame = graph.to_pandas("evidence").set_index("document")
        assert frame.loc["news-1", "source"].iloc[0] == "环球网"

    def test_unknown_frame(self, graph):
        with pytest.raises(InputError, match="there are: facts, entities, evidence"):
            graph.to_pandas("triples")
