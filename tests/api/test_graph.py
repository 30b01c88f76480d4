"""What a user does with a graph."""

from __future__ import annotations

import dataclasses
import pickle

import pytest
from rdflib import RDFS, Literal

import kg
from kg.api import Fact, KnowledgeGraph
from kg.errors import InputError, OntologyError, OutputError, QueryError
from tests.factories import entity, knowledge, sample, statement

FORUM = "第四届世界互联网大会"


class TestContainer:
    def test_length_counts_what_iteration_gives(self, graph):
        assert len(graph) == len(list(graph)) == len(sample().statements)

    def test_iteration_gives_facts_with_names(self, graph):
        assert "张群华 —worksFor→ 乌镇互联网医院（院长）" in map(str, graph)

    @pytest.mark.parametrize("name", ["张群华", "互联网医院", "《张群华》", "https://example.org/kg/id/person/张群华"])
    def test_a_name_an_alias_and_an_iri_are_in_it(self, graph, name):
        assert name in graph

    @pytest.mark.parametrize("name", ["李四", "", 3, None])
    def test_others_are_not(self, graph, name):
        assert name not in graph

    def test_its_own_facts_are_in_it(self, graph):
        fact = next(iter(graph))
        assert fact in graph
        assert dataclasses.replace(fact, predicate="founderOf") not in graph

    def test_an_empty_graph_is_false(self, graph):
        assert graph
        assert not KnowledgeGraph(knowledge())

    def test_repr_counts(self, graph):
        assert repr(graph) == "<KnowledgeGraph: 2 documents, 6 things, 10 facts>"


class TestImmutable:
    def test_fields_cannot_be_set(self, graph):
        with pytest.raises(dataclasses.FrozenInstanceError):
            graph.knowledge = knowledge()

    def test_what_is_handed_out_is_a_copy(self, graph):
        graph.rdf.add((RDFS.label, RDFS.label, Literal("x")))
        graph.to_networkx().clear()
        graph.report["documents"] = 7
        frame = graph.to_pandas()
        frame.loc[:, "subject"] = "x"
        assert len(graph.rdf) == len(KnowledgeGraph(sample()).rdf)
        assert graph.to_networkx().number_of_edges() > 0
        assert "x" not in set(graph.to_pandas()["subject"])

    def test_equal_data_makes_equal_graphs(self, graph):
        assert graph == KnowledgeGraph(sample())
        assert hash(graph) == hash(KnowledgeGraph(sample()))

    def test_pickled_after_use(self, graph):
        assert "张群华" in graph
        assert pickle.loads(pickle.dumps(graph)) == graph


class TestFacts:
    def test_of_a_thing_at_either_end(self, graph):
        told = graph.facts("张群华")
        assert {f.predicate for f in told} == {"worksFor", "attends"}
        assert {f.predicate for f in graph.facts("乌镇互联网医院")} == {"worksFor", "releases"}

    def test_of_a_predicate_and_those_below_it(self):
        graph = KnowledgeGraph(
            knowledge(
                (entity("张三", "Person"), entity("论坛", "Forum")),
                (statement("person/张三", "speaksAt", "forum/论坛"),),
            )
        )
        assert len(graph.facts(predicate="attends")) == 1

    def test_unknown_predicate(self, graph):
        with pytest.raises(OntologyError, match="unknown property 'likes'; known: "):
            graph.facts(predicate="likes")

    def test_unknown_thing(self, graph):
        with pytest.raises(QueryError, match="nothing is called '张三'"):
            graph.facts("张三")

    def test_role_date_and_documents(self, graph):
        (works,) = graph.facts(predicate="worksFor")
        assert (works.role, works.date, works.documents) == ("院长", None, ("news-1",))

    def test_date_of_the_forum_where_none_was_told(self, graph):
        (where,) = graph.facts(predicate="location")
        assert where.date == "2017-12-03"

    def test_when_it_was_reported_is_kept_apart(self, graph):
        (works,) = graph.facts(predicate="worksFor")
        assert works.reported == "2017-12-03"

    def test_slices_are_facts_too(self, graph):
        assert len(graph.facts()[:3]) == 3
        assert isinstance(graph.facts()[0], Fact)

    def test_timeline_is_in_order_of_dates(self, graph):
        dates = [f.date for f in graph.timeline()]
        assert dates == sorted(dates)
        assert None not in dates


class TestWalks:
    def test_neighbors(self, graph):
        assert [e.label for e in graph.neighbors("乌镇互联网医院")] == ["张群华", "移动版智能健康终端"]

    def test_neighbors_by_predicate(self, graph):
        assert [e.label for e in graph.neighbors("乌镇互联网医院", predicate="worksFor")] == ["张群华"]

    def test_series_of_a_forum_is_its_neighbour(self, graph):
        assert "世界互联网大会" in [e.label for e in graph.neighbors(FORUM)]

    @pytest.mark.parametrize(("hops", "things"), [(0, 1), (1, 3), (2, 4), (9, 6)])
    def test_subgraph_grows_with_hops(self, graph, hops, things):
        assert len(graph.subgraph("乌镇互联网医院", hops=hops).entities) == things

    def test_subgraph_of_several(self, graph):
        assert {e.label for e in graph.subgraph("乌镇", "张群华", hops=0).entities} == {"乌镇", "张群华"}

    def test_subgraph_keeps_the_documents_of_its_facts(self, graph):
        assert [d.id for d in graph.subgraph("张群华", "乌镇互联网医院", hops=0).documents] == ["news-1"]

    def test_subgraph_of_a_forum_without_its_series_can_be_saved(self, graph, tmp_path):
        alone = graph.subgraph(FORUM, hops=0)
        assert list(kg.load(alone.save(tmp_path / "graph.ttl"))) == list(alone)

    def test_subgraph_is_a_graph_to_ask(self, graph):
        assert "乌镇" not in graph.subgraph("乌镇互联网医院")

    def test_path_tells_the_facts_on_the_way(self, graph):
        assert [f.predicate for f in graph.path("移动版智能健康终端", "乌镇")] == [
            "releases", "worksFor", "attends", "location",
        ]  # fmt: skip

    def test_path_to_itself_and_to_nowhere(self, graph):
        lonely = KnowledgeGraph(knowledge((entity("甲"), entity("乙"))))
        assert len(graph.path("乌镇", "乌镇")) == 0
        assert len(lonely.path("甲", "乙")) == 0


class TestFiles:
    def test_saved_and_loaded(self, graph, tmp_path):
        path = graph.save(tmp_path / "graph.ttl")
        again = kg.load(path)
        assert list(again) == list(graph)
        assert again.save(tmp_path / "again.ttl").read_bytes() == path.read_bytes()

    def test_loads_the_folder_of_a_build(self, graph, tmp_path):
        graph.save(tmp_path / "graph.ttl")
        assert len(kg.load(tmp_path)) == len(graph)

    def test_own_base_iri_stays(self, tmp_path):
        graph = KnowledgeGraph(sample(), base_iri="https://news.example/")
        again = kg.load(graph.save(tmp_path / "graph.ttl"))
        assert again.base_iri == "https://news.example/"
        assert again.find("张群华").id == "person/张群华"

    def test_html_by_ending_or_by_name(self, graph, tmp_path):
        graph.save(tmp_path / "a.html")
        assert graph.to_html(tmp_path / "b") is None
        assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b").read_bytes()
        assert graph.to_html() == (tmp_path / "b").read_text("utf-8")

    def test_other_endings_are_refused(self, graph, tmp_path):
        with pytest.raises(OutputError, match=r"can't write \.xlsx from here; .*kg export"):
            graph.save(tmp_path / "graph.xlsx")

    def test_no_folder_to_write(self, graph, tmp_path):
        with pytest.raises(OutputError, match="can't write here"):
            graph.save(tmp_path / "none" / "graph.ttl")

    def test_nothing_is_left_beside_the_file(self, graph, tmp_path):
        graph.save(tmp_path / "graph.ttl")
        assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]

    def test_no_graph_there(self, tmp_path):
        with pytest.raises(InputError, match="no graph here"):
            kg.load(tmp_path)

    def test_rdf_has_the_triples_of_the_file(self, graph, tmp_path):
        import rdflib
        from rdflib.compare import isomorphic

        assert isomorphic(graph.rdf, rdflib.Graph().parse(graph.save(tmp_path / "graph.ttl")))
