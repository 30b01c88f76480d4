"""The way from pyoxigraph to rdflib."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from rdflib import Graph

from kg.errors import InputError
from kg.rdf import to_triples, write_turtle
from kg.rdf.bridge import load_triples, to_rdflib
from kg.resources import resource
from tests.factories import sample
from tests.rdf.test_turtle import hostile_graph
from tests.test_ids import HOSTILE


@given(HOSTILE)
@settings(deadline=None, max_examples=60)
def test_the_graph_is_the_one_that_rdflib_would_parse(text):
    graph = hostile_graph(text)
    assert set(to_rdflib(to_triples(graph))) == set(Graph().parse(data=write_turtle(graph)))


def test_blank_nodes_stay_joined():
    path = resource("ontology/kg.ttl")
    assert to_rdflib(load_triples(path)).isomorphic(Graph().parse(path))


@pytest.mark.parametrize(("ending", "format"), [("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld"), ("ttl", "turtle")])
def test_any_format_is_read_by_its_ending(tmp_path, ending, format):
    graph = Graph().parse(data=write_turtle(sample()))
    graph.serialize(tmp_path / f"graph.{ending}", format=format, encoding="utf-8")
    assert set(to_rdflib(load_triples(tmp_path / f"graph.{ending}"))) == set(graph)


def test_an_unknown_ending_is_turtle(tmp_path):
    (tmp_path / "graph.kg").write_text(write_turtle(sample()), "utf-8")
    assert len(list(load_triples(tmp_path / "graph.kg"))) == len(list(to_triples(sample())))


def test_a_file_that_does_not_parse_is_an_error_with_its_line(tmp_path):
    (tmp_path / "graph.nt").write_text("<http://e/a> <http://e/b> <http://e/c> .\nx\n", "utf-8")
    with pytest.raises(InputError, match=r"graph\.nt:2: is not N-Triples"):
        list(load_triples(tmp_path / "graph.nt"))


def test_the_prefixes_are_those_of_the_graph():
    assert dict(to_rdflib(()).namespaces())["kgo"].endswith("ontology#")
