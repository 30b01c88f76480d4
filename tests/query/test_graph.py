"""Opening graphs: formats, and the store that is kept beside a large one."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.query import ask, open_graph, open_turtle
from kg.query.cache import store_path
from tests.factories import entity, knowledge
from tests.query.world import world, write_graph

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def count(path: Path, **settings: int) -> int:
    ((n,),) = ask(open_graph(path, **settings), COUNT).rows()
    return int(n.value)  # type: ignore[attr-defined]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return write_graph(tmp_path, world())


def test_a_folder_means_its_graph(path: Path) -> None:
    assert count(path.parent) == count(path) > 100


def test_what_is_no_graph_says_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no graph here"):
        open_graph(tmp_path)


@pytest.mark.parametrize("large", [1, 10**9])
def test_a_file_without_triples_says_so(tmp_path: Path, large: int) -> None:
    (tmp_path / "report.json").write_text('{"documents": 1}')
    with pytest.raises(InputError, match=r"report\.json: holds no triples; give the folder of a build"):
        open_graph(tmp_path / "report.json", large=large)


def test_broken_turtle_tells_its_line(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("@prefix a: <http://a/> .\na:b a:c .\n")
    with pytest.raises(InputError, match=r"graph\.ttl:2: is not Turtle"):
        open_graph(tmp_path)


def test_a_small_graph_leaves_no_store(path: Path) -> None:
    open_graph(path)
    assert not store_path(path).exists()


class TestLarge:
    def test_gives_the_same_answers(self, path: Path) -> None:
        assert count(path, large=1) == count(path)
        assert store_path(path).is_dir()

    def test_the_store_is_used_again(self, path: Path) -> None:
        count(path, large=1)
        before = store_path(path).stat().st_mtime_ns, store_path(path).stat().st_ino
        count(path, large=1)
        assert (store_path(path).stat().st_mtime_ns, store_path(path).stat().st_ino) == before

    def test_a_changed_graph_is_loaded_anew(self, path: Path) -> None:
        many = count(path, large=1)
        write_graph(path.parent, knowledge((entity("李群", "Person"),)))
        assert count(path, large=1) < many

    def test_a_damaged_store_is_loaded_anew(self, path: Path) -> None:
        many = count(path, large=1)
        for file in store_path(path).glob("CURRENT"):
            file.unlink()
        assert count(path, large=1) == many

    def test_two_may_read_at_once(self, path: Path) -> None:
        one, two = open_graph(path, large=1), open_graph(path, large=1)
        assert ask(one, "ASK { ?s ?p ?o }").truth and ask(two, "ASK { ?s ?p ?o }").truth

    def test_an_open_store_outlives_a_rebuild(self, path: Path) -> None:
        old = open_graph(path, large=1)
        write_graph(path.parent, knowledge((entity("李群", "Person"),)))
        open_graph(path, large=1)
        assert len(list(ask(old, "SELECT ?s { ?s a kgo:Person }").rows())) == 3

    def test_nothing_else_is_left_behind(self, path: Path) -> None:
        count(path, large=1)
        write_graph(path.parent, knowledge((entity("李群", "Person"),)))
        count(path, large=1)
        assert sorted(file.name for file in path.parent.iterdir()) == ["graph.store", "graph.ttl"]

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_a_folder_that_takes_no_writing_is_no_hindrance(self, path: Path) -> None:
        path.parent.chmod(0o500)
        assert count(path, large=1) > 100

    def test_where_no_store_can_be_kept_memory_will_do(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*args: object, **fields: object) -> str:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr("kg.query.cache.tempfile.mkdtemp", refuse)
        assert count(path, large=1) > 100


def test_named_graphs_are_one_graph_unless_asked_for(path: Path) -> None:
    from kg.exporting import export

    (trig,) = export(path, "trig")
    assert count(trig) == count(path)
    assert ask(open_graph(trig), "ASK { GRAPH document:news-1 { ?s kgo:worksFor ?o } }").truth


def test_text_in_memory_is_a_graph_too() -> None:
    graph = open_turtle("@prefix : <http://x/> .\n@prefix x: <http://y/> .\n:a x:b :c .")
    assert ask(graph, "ASK { ?s x:b ?o }").truth
