"""The command ``kg build`` as a user runs it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace
from rdflib.namespace import DCTERMS

from kg.documents import read_documents
from kg.resources import resource

CORPUS = resource("seeds/corpus")
KGO = Namespace("https://example.org/kg/ontology#")
NIF = Namespace("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#")
NEWS = "12月3日，第四届世界互联网大会在浙江乌镇开幕。"


def kg(*arguments: object, hash_seed: int = 0, text: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONHASHSEED": str(hash_seed), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        input=text, capture_output=True, encoding="utf-8", env=environment, check=False, timeout=120,
    )  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of the seed news."""
    out = tmp_path_factory.mktemp("build") / "out"
    done = kg("build", CORPUS, "--out", out)
    assert done.returncode == 0, done.stderr
    return out


def test_it_tells_how_much_was_found_and_where_it_is(tmp_path: Path) -> None:
    done = kg("build", CORPUS, "--out", tmp_path / "out", "--no-html")
    assert done.stdout.startswith("14 documents, ") and str(tmp_path / "out" / "graph.ttl") in done.stdout


@pytest.mark.parametrize(("hash_seed", "workers"), [(1, 1), (2, 2), (12345, 3)])
def test_the_same_bytes_whatever_hash_seed_and_workers(
    built: Path, tmp_path: Path, hash_seed: int, workers: int
) -> None:
    assert kg("build", CORPUS, "--out", tmp_path, "--workers", workers, hash_seed=hash_seed).returncode == 0
    for name in ("graph.ttl", "graph.html", "rejected.jsonl", "resolution.jsonl"):
        assert (tmp_path / name).read_bytes() == (built / name).read_bytes(), name


def test_the_graph_tells_nothing_of_when_and_where_it_was_made(built: Path) -> None:
    text = (built / "graph.ttl").read_text("utf-8")
    assert str(built) not in text and str(CORPUS.parent) not in text and time.strftime("%Y-%m-%d") not in text


def test_every_evidence_is_the_documents_text_between_its_offsets(built: Path) -> None:
    texts = {d.id: d.text for d in read_documents([str(CORPUS)])}
    graph = Graph().parse(built / "graph.ttl")
    places = list(graph.subjects(RDF.type, KGO.Evidence))
    assert places
    for place in places:
        text = texts[str(graph.value(graph.value(place, KGO.document), DCTERMS.identifier))]
        begin, end = (int(str(graph.value(place, p))) for p in (NIF.beginIndex, NIF.endIndex))
        assert text[begin:end] == str(graph.value(place, NIF.anchorOf))


def test_every_statement_has_evidence(built: Path) -> None:
    graph = Graph().parse(built / "graph.ttl")
    assert all(graph.value(s, KGO.evidence) for s in graph.subjects(RDF.type, KGO.Statement))


def test_a_text_on_standard_input_is_read(tmp_path: Path) -> None:
    done = kg("build", "-", "--out", tmp_path / "out", "--no-html", text=NEWS)
    assert done.stdout.startswith("1 documents, ") and "第四届世界互联网大会" in (
        tmp_path / "out" / "graph.ttl"
    ).read_text("utf-8")


def test_without_provenance_there_are_plain_facts_alone(built: Path, tmp_path: Path) -> None:
    kg("build", CORPUS, "--out", tmp_path, "--no-html", "--provenance", "none")
    text = (tmp_path / "graph.ttl").read_text("utf-8")
    assert "kgo:Statement" not in text and len(text) < len((built / "graph.ttl").read_text("utf-8")) / 2


def test_things_may_have_iris_of_ones_own(tmp_path: Path) -> None:
    kg("build", CORPUS, "--out", tmp_path, "--no-html", "--base-iri", "https://news.test/id/")
    text = (tmp_path / "graph.ttl").read_text("utf-8")
    assert "https://news.test/id/" in text and "example.org/kg/id/" not in text


def test_aligned_graphs_hold_types_of_schema_org(tmp_path: Path) -> None:
    kg("build", CORPUS, "--out", tmp_path, "--no-html", "--align")
    assert "schema:Event" in (tmp_path / "graph.ttl").read_text("utf-8")


# --- what goes wrong ---------------------------------------------------------------


def test_a_missing_input_is_told_in_one_line_and_exits_1(tmp_path: Path) -> None:
    done = kg("build", tmp_path / "no", "--out", tmp_path / "out")
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("kg: ") and "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [[], ["x"], ["x", "--out", "o", "--workers", "0"], ["x", "--out", "o", "--bad"]])
def test_wrong_usage_exits_2(arguments: list[str]) -> None:
    assert kg("build", *arguments).returncode == 2


def test_a_build_that_fails_leaves_the_old_folder_as_it_was(tmp_path: Path) -> None:
    out = tmp_path / "out"
    kg("build", "-", "--out", out, text=NEWS)
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    assert kg("build", CORPUS, "--out", out, "--lexicon", tmp_path / "no.tsv").returncode == 1
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before


@pytest.mark.skipif(os.name == "nt", reason="signals")
@pytest.mark.parametrize("after", [0.3, 1.0])
def test_a_build_that_is_killed_leaves_the_old_folder_as_it_was(tmp_path: Path, after: float) -> None:
    out, corpus = tmp_path / "out", tmp_path / "corpus.jsonl"
    kg("build", "-", "--out", out, text=NEWS)
    before = {p.name: p.read_bytes() for p in out.iterdir()}
    corpus.write_text('{"id": "a", "text": "%s"}\n' % (NEWS * 20000), "utf-8")
    process = subprocess.Popen([sys.executable, "-m", "kg", "build", corpus, "--out", out])
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert {p.name: p.read_bytes() for p in out.iterdir()} == before


# --- quick to start ----------------------------------------------------------------


def test_help_imports_nothing_heavy() -> None:
    code = "import sys, kg.cli\ntry: kg.cli.cli(['--help'])\nexcept SystemExit: pass\nprint(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    heavy = {
        "numpy",
        "rdflib",
        "pyoxigraph",
        "networkx",
        "pandas",
        "igraph",
        "pyvis",
        "jieba",
        "rjieba",
        "pyshacl",
        "scipy",
    }
    assert not loaded & heavy


def test_a_build_imports_neither_pandas_nor_rdflib(tmp_path: Path) -> None:
    code = (
        "import sys, kg.cli\n"
        f"try: kg.cli.cli(['build', {str(CORPUS)!r}, '--out', {str(tmp_path / 'out')!r}, '--no-html'])\n"
        "except SystemExit: pass\nprint(*sys.modules)"
    )
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {"pandas", "rdflib", "pyvis", "IPython", "networkx", "scipy", "pyshacl", "jieba"}
