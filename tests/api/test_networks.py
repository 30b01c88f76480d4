"""The graph as networkx graphs."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.api import KnowledgeGraph
from kg.errors import OntologyError
from tests.factories import entity, knowledge, statement


class TestMultigraph:
    def test_an_edge_a_fact_between_things(self, graph):
        network = graph.to_networkx()
        assert network.has_edge("person/张群华", "organization/乌镇互联网医院", key="worksFor")
        assert network.edges["person/张群华", "organization/乌镇互联网医院", "worksFor"]["role"] == "院长"

    def test_values_are_attributes_of_their_thing(self, graph):
        node = graph.to_networkx().nodes["forum/第四届世界互联网大会"]
        assert (node["label"], node["type"], node["class"]) == ("第四届世界互联网大会", "Forum", "Conference")
        assert node["participantCount"] == "411家企业"

    def test_evidence_and_confidence(self, graph):
        edge = graph.to_networkx().edges["organization/乌镇互联网医院", "product/移动版智能健康终端", "releases"]
        assert edge["confidence"] == 0.9
        assert edge["document"] == "news-1 | news-2"

    @pytest.mark.parametrize("format", ["graphml", "gexf"])
    def test_goes_through_files(self, graph, hostile, format, tmp_path):
        for each in (graph, hostile):
            network = each.to_networkx()
            getattr(nx, f"write_{format}")(network, tmp_path / "g")
            again = getattr(nx, f"read_{format}")(tmp_path / "g")
            assert set(again) == set(network)
            assert again.number_of_edges() == network.number_of_edges()

    def test_algorithms_take_it_at_once(self, graph):
        assert nx.number_weakly_connected_components(graph.to_networkx()) == 1
        assert nx.pagerank(graph.to_networkx())

    def test_every_node_has_the_same_first_attributes(self, hostile):
        for _, about in hostile.to_networkx().nodes(data=True):
            assert {"label", "type", "class", "aliases"} <= set(about)


def meetings():
    """甲 and 乙 meet at two forums, of which 丙 is at the larger; 丁 is alone."""
    people = [entity(name, "Person") for name in "甲乙丙丁"]
    places = {"小会": "甲乙", "大会": "甲乙丙", "独会": "丁"}
    facts = [
        statement(f"person/{who}", "speaksAt" if who == "甲" else "attends", f"forum/{name}")
        for name, there in places.items()
        for who in there
    ]
    return KnowledgeGraph(knowledge((*people, *(entity(name, "Forum") for name in places)), tuple(facts)))


class TestProjection:
    def test_weight_counts_what_is_shared(self):
        network = meetings().project()
        assert network.edges["person/甲", "person/乙"]["weight"] == 2
        assert network.edges["person/乙", "person/丙"]["weight"] == 1

    def test_strength_discounts_crowds(self):
        assert meetings().project().edges["person/甲", "person/乙"]["strength"] == 1.5

    def test_names_what_is_shared(self):
        assert meetings().project().edges["person/甲", "person/乙"]["shared"] == "大会 | 小会"

    def test_who_shares_nothing_stays_alone(self):
        assert list(nx.isolates(meetings().project())) == ["person/丁"]

    def test_other_classes_and_properties(self, graph):
        assert list(graph.project("Person", "worksFor")) == ["person/张群华"]

    def test_classes_count_with_their_subclasses(self, graph):
        assert list(graph.project("Organization", "releases")) == ["organization/乌镇互联网医院"]

    def test_a_property_of_words(self, graph):
        with pytest.raises(OntologyError, match="theme: leads to words"):
            graph.project("Forum", "theme")

    def test_unknown_class(self, graph):
        with pytest.raises(OntologyError, match="unknown class 'People'"):
            graph.project("People")
