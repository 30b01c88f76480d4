"""Every format holds what the graph says, also to readers that are not ours."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
from pathlib import Path

import networkx
import pyoxigraph
import pytest
import rdflib

from kg.errors import InputError, OutputError
from kg.exporting import FORMATS, export
from kg.exporting.network import network_of
from kg.rdf import read_turtle, write_turtle
from kg.rdf.bridge import load_triples, to_rdflib
from kg.schema import load_schema
from tests.factories import entity, knowledge
from tests.query.world import HOSTILE, hostile, world, write_graph

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")
RDF = {"jsonld": "json-ld", "trig": "trig", "nquads": "nquads", "ntriples": "nt", "rdfxml": "xml"}
BASE = "https://example.org/kg/id/"


@pytest.fixture(params=["world", "hostile", "seeds", "empty"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    if request.param == "seeds":
        return Path(shutil.copy(request.getfixturevalue("seeds_graph"), tmp_path))
    graphs = {"world": world, "hostile": hostile, "empty": knowledge}
    return write_graph(tmp_path, graphs[request.param]())


def one(path: Path, format: str) -> Path:
    (written,) = export(path, format)
    return written


def triples_of(path: Path) -> set[tuple[object, ...]]:
    return {(quad.subject, quad.predicate, quad.object) for quad in pyoxigraph.parse(path=str(path))}


@pytest.mark.parametrize("format", RDF)
class TestRdf:
    def test_comes_back_to_pyoxigraph(self, path: Path, format: str) -> None:
        assert triples_of(one(path, format)) == triples_of(path)

    def test_comes_back_to_rdflib(self, path: Path, format: str) -> None:
        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(str(one(path, format)), format=RDF[format])
        assert {(s, p, o) for s, p, o, _ in dataset.quads()} == set(to_rdflib(load_triples(path)))

    def test_is_the_same_every_time(self, path: Path, format: str) -> None:
        assert one(path, format).read_bytes() == one(path, format).read_bytes()

    def test_comes_back_aligned_to_schema_org(self, tmp_path: Path, format: str) -> None:
        path = tmp_path / "graph.ttl"
        path.write_text(write_turtle(world(), align=True), "utf-8")
        assert triples_of(one(path, format)) == triples_of(path)


@pytest.mark.parametrize(("format", "parser"), [("rdfxml", "rdfxml"), ("ntriples", "ntriples"), ("trig", "trig")])
def test_rapper_reads_as_many_triples(path: Path, format: str, parser: str) -> None:
    said = run("rapper", "--count", "--input", parser, str(one(path, format))).stderr
    expected = len(list(pyoxigraph.parse(path=str(one(path, format)))))
    assert f"returned {expected} triple" in said


def test_rapper_reads_the_turtle(path: Path) -> None:
    assert f"returned {len(triples_of(path))} triple" in run("rapper", "-c", "-i", "turtle", str(path)).stderr


def test_roqet_asks_the_turtle(tmp_path: Path) -> None:
    path = write_graph(tmp_path, world())
    query = "PREFIX k: <https://example.org/kg/ontology#> SELECT ?p WHERE { ?p k:speaksAt ?f }"
    said = run("roqet", "-W", "0", "-r", "csv", "-e", query, "-D", str(path)).stdout
    assert f"{BASE}person/李群" in said


def run(tool: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    if shutil.which(tool) is None:
        if os.environ.get("CI"):
            pytest.fail(f"{tool} is missing; install Debian's raptor2-utils and rasqal-utils")
        pytest.skip(f"{tool} is not installed (Debian's raptor2-utils, rasqal-utils)")
    return subprocess.run([tool, *arguments], capture_output=True, text=True, timeout=60, check=True)


class TestDocuments:
    """The named graphs of TriG and N-Quads."""

    @pytest.fixture
    def dataset(self, tmp_path: Path) -> rdflib.Dataset:
        dataset = rdflib.Dataset()
        dataset.parse(str(one(write_graph(tmp_path, world()), "nquads")), format="nquads")
        return dataset

    def test_a_document_has_a_graph(self, dataset: rdflib.Dataset) -> None:
        named = {str(graph.identifier) for graph in dataset.graphs() if str(graph.identifier).startswith(BASE)}
        assert named == {f"{BASE}document/news-1", f"{BASE}document/news-2"}

    def test_a_fact_is_in_the_graph_of_each_document_that_tells_it(self, dataset: rdflib.Dataset) -> None:
        place = rdflib.URIRef("https://example.org/kg/ontology#location")
        homes = {str(graph).rpartition("/")[2] for _, _, _, graph in dataset.quads((None, place, None, None))}
        assert homes == {"news-1", "news-2"}

    def test_names_are_in_the_default_graph(self, dataset: rdflib.Dataset) -> None:
        homes = {graph for _, _, _, graph in dataset.quads((None, rdflib.RDFS.label, None, None))}
        assert not [home for home in homes if str(home).startswith(BASE)]


class TestJsonLd:
    def test_is_compact(self, tmp_path: Path) -> None:
        import json

        content = json.loads(one(write_graph(tmp_path, world()), "jsonld").read_text("utf-8"))
        (person,) = [node for node in content["@graph"] if node["@id"] == "person:赵明"]
        assert person == {
            "@id": "person:赵明",
            "@type": "kgo:Person",
            "rdfs:label": "赵明",
            "kgo:founderOf": "organization:维信诺",
            "kgo:worksFor": "organization:江南银行",
        }


@pytest.mark.parametrize(("format", "read"), [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)])
class TestNetwork:
    def test_networkx_finds_every_thing_and_edge(self, path: Path, format: str, read: object) -> None:
        expected = network_of(read_turtle(path), load_schema())
        found = read(one(path, format))  # type: ignore[operator]
        assert set(found.nodes) == {node.id for node in expected.nodes}
        ends = sorted((a, b, data["predicate"]) for a, b, data in found.edges(data=True))
        assert ends == sorted((edge.source, edge.target, edge.predicate) for edge in expected.edges)

    def test_names_and_types_come_back(self, tmp_path: Path, format: str, read: object) -> None:
        found = read(one(write_graph(tmp_path, world()), format))  # type: ignore[operator]
        about = found.nodes["forum/第四届世界互联网大会"]
        assert (about["label"], about["type"], about["class"]) == ("第四届世界互联网大会", "Forum", "Conference")
        assert about["startDate"] == "2017-12-03"

    def test_a_fact_brings_its_role_and_sentence(self, tmp_path: Path, format: str, read: object) -> None:
        found = read(one(write_graph(tmp_path, world()), format))  # type: ignore[operator]
        roles = {data.get("role") for _, _, data in found.edges(data=True) if data["predicate"] == "worksFor"}
        assert roles == {"行长", None}
        assert all(data["sentences"] for _, _, data in found.edges(data=True) if data["predicate"] != "editionOf")

    def test_hostile_names_come_back(self, tmp_path: Path, format: str, read: object) -> None:
        path = write_graph(tmp_path, hostile())
        found = read(one(path, format))  # type: ignore[operator]
        assert found.nodes["organization/hostile"]["label"] == HOSTILE.replace("\x1b", "\ufffd")


def test_gexf_has_times_for_a_timeline(tmp_path: Path) -> None:
    text = one(write_graph(tmp_path, world()), "gexf").read_text("utf-8")
    assert 'label="第四届世界互联网大会" start="2017-12-03" end="2017-12-05"' in text
    assert 'label="柔性屏" start="2017-12-01"' in text  # a month begins with its first day
    assert 'label="投资" start="2017-11-01" end="2017-11-30"' in text


class TestCsv:
    @pytest.fixture
    def rows(self, path: Path) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
        nodes, relationships = (list(csv.DictReader(file.open(encoding="utf-8"))) for file in export(path, "csv"))
        return nodes, relationships

    def test_every_end_is_a_node(self, rows: tuple[list[dict[str, str]], list[dict[str, str]]]) -> None:
        nodes, relationships = rows
        ids = [node["id:ID"] for node in nodes]
        assert len(set(ids)) == len(ids)
        assert {row[end] for row in relationships for end in (":START_ID", ":END_ID")} <= set(ids)

    def test_no_cell_has_a_line_end(self, rows: tuple[list[dict[str, str]], list[dict[str, str]]]) -> None:
        assert all(len(cell.splitlines()) <= 1 for table in rows for row in table for cell in row.values())

    def test_types_are_spelled_as_neo4j_does(self, tmp_path: Path) -> None:
        _, relationships = export(write_graph(tmp_path, world()), "csv")
        assert ",WORKS_FOR,任职于," in relationships.read_text("utf-8")

    def test_a_list_is_split_where_we_mean_it(self, tmp_path: Path) -> None:
        nodes, _ = export(write_graph(tmp_path, hostile()), "csv")
        (row,) = (r for r in csv.DictReader(nodes.open(encoding="utf-8")) if r["id:ID"] == "organization/hostile")
        assert len(row["aliases:string[]"].split(";")) == len(("]]>&amp；", "a；b|c"))


class TestParquet:
    def test_comes_back(self, path: Path) -> None:
        parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is in kg's extra 'tables'")
        things, facts = (parquet.read_table(file).to_pylist() for file in export(path, "parquet"))
        graph = read_turtle(path)
        assert [row["id"] for row in things] == [entity.id for entity in graph.entities]
        assert [row["label"] for row in things] == [entity.label for entity in graph.entities]
        assert [row["subject_id"] for row in facts] == [statement.subject for statement in graph.statements]
        sentences = [[e["sentence"] for e in row["evidence"]] for row in facts]
        assert sentences == [[e.text for e in statement.evidence] for statement in graph.statements]

    def test_without_pyarrow_says_what_to_install(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
        with pytest.raises(OutputError, match="pip install pyarrow"):
            export(write_graph(tmp_path, world()), "parquet")


class TestFiles:
    @pytest.mark.parametrize("format", FORMATS)
    def test_lie_beside_the_graph(self, tmp_path: Path, format: str) -> None:
        path = write_graph(tmp_path, world())
        assert [file.parent for file in export(path, format)] == [tmp_path] * len(FORMATS[format])
        assert sorted(f.name for f in tmp_path.iterdir()) == sorted(
            ["graph.ttl", *(f"graph{ending}" for ending in FORMATS[format])]
        )

    def test_lie_where_one_says(self, tmp_path: Path) -> None:
        path = write_graph(tmp_path, world())
        assert export(path, "ntriples", tmp_path / "a.nt") == (tmp_path / "a.nt",)
        assert export(path, "csv", tmp_path / "b.csv") == (
            tmp_path / "b-nodes.csv",
            tmp_path / "b-relationships.csv",
        )

    def test_a_graph_that_breaks_leaves_no_file(self, tmp_path: Path) -> None:
        (tmp_path / "graph.ttl").write_text("<http://a> <http://b> <http://c> .\n<http://a> oops")
        with pytest.raises(InputError, match=r"graph\.ttl:2"):
            export(tmp_path, "ntriples")
        assert [file.name for file in tmp_path.iterdir()] == ["graph.ttl"]

    def test_the_graph_itself_is_not_overwritten(self, tmp_path: Path) -> None:
        path = write_graph(tmp_path, world())
        with pytest.raises(OutputError, match="is the graph itself"):
            export(path, "ntriples", path)

    def test_an_unknown_format_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="pdf: unknown format; known: jsonld, trig"):
            export(tmp_path, "pdf")

    @pytest.mark.parametrize("format", ["ntriples", "nquads", "trig", "jsonld", "rdfxml"])
    def test_a_file_without_triples_is_refused(self, tmp_path: Path, format: str) -> None:
        (tmp_path / "report.json").write_text('{"documents": 1}')
        with pytest.raises(InputError, match=r"report\.json: holds no triples; give the folder of a build"):
            export(tmp_path / "report.json", format)
        assert [path.name for path in tmp_path.iterdir()] == ["report.json"]

    def test_a_graph_of_nothing_is_a_graph(self, tmp_path: Path) -> None:
        assert one(write_graph(tmp_path, knowledge(())), "ntriples").read_text() == ""

    def test_a_property_without_a_name_in_xml_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "graph.ttl").write_text("<http://a> <http://b/1> <http://c> .\n")
        with pytest.raises(OutputError, match="RDF/XML can't name this property"):
            export(tmp_path, "rdfxml")


def test_a_blank_node_survives_rdfxml(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("_:1 <http://x/p> _:1 .\n")
    graph = rdflib.Graph().parse(str(one(tmp_path / "graph.ttl", "rdfxml")), format="xml")
    ((subject, _, end),) = graph
    assert subject == end


def test_a_thing_without_facts_is_still_a_node(tmp_path: Path) -> None:
    path = write_graph(tmp_path, knowledge((entity("李群", "Person"),)))
    assert list(networkx.read_graphml(one(path, "graphml")).nodes) == ["person/李群"]
