"""From texts to graphs in Python, as a caller sees it."""

from __future__ import annotations

import doctest
import json
import subprocess
import sys
from pathlib import Path

import pytest

import kg
from kg.errors import InputError

TEXT = "12月3日，第四届世界互联网大会在浙江乌镇开幕。"

CALLER = """
from collections.abc import Iterator
import kg

def news() -> Iterator[kg.Document]:
    yield kg.Document(id="1", text="…", date="2017-12-04")

graph: kg.KnowledgeGraph = kg.build(news(), lexicon=["own.tsv"], workers=2)
labels: list[str] = [fact.subject.label for fact in graph if fact.confidence > 0.5]
rows: kg.QueryResult = graph.query("who-spoke-at", forum="大会")
names: list[str] = [e.label for e in graph.merge(kg.load("out")).neighbors("大会", predicate="attends")]
page: str = graph.to_html()
graph.to_html("page.html")
reading = kg.extract("…", date="2017-12-04")
offsets: list[tuple[int, int]] = [(m.span.start, m.span.end) for m in reading.mentions]
count: int = len(graph.path("甲", "乙")) + len(graph.subgraph("甲", hops=2))
mistaken: int = graph.to_html()  # type: ignore[assignment]
"""


class TestBuild:
    def test_texts_to_graph(self):
        graph = kg.build([TEXT], tagger=False)
        assert "第四届世界互联网大会" in graph
        assert graph.report["documents"] == 1

    def test_rows_with_days_give_dates(self):
        graph = kg.build([{"text": TEXT, "date": "2017-12-04"}], tagger=False)
        assert graph.facts(predicate="startDate")[0].object_label == "2017-12-03"

    def test_own_names(self, tmp_path):
        (tmp_path / "own.tsv").write_text("name\tclass\taliases\twithin\n镜湖雅集\tConference\t\t\n", "utf-8")
        graph = kg.build(["镜湖雅集在乌镇举行。"], lexicon=tmp_path / "own.tsv", tagger=False)
        assert "镜湖雅集" in graph

    def test_own_names_changed_between_builds(self, tmp_path):
        own = tmp_path / "own.tsv"
        for name in ("镜湖雅集", "松风雅集"):
            own.write_text(f"name\tclass\taliases\twithin\n{name}\tConference\t\t\n", "utf-8")
            assert name in kg.build([f"{name}在乌镇举行。"], lexicon=own, tagger=False)

    def test_half_a_surrogate_pair(self, tmp_path):
        row = {"id": "\ud800", "title": "\udfff", "source": "\ud800报", "text": f"\ud800{TEXT}"}
        (tmp_path / "a.jsonl").write_text(json.dumps(row), "utf-8")
        for source in (tmp_path, [row], [row["text"]]):
            assert "第四届世界互联网大会" in kg.build(source)
        assert kg.build(tmp_path).save(tmp_path / "graph.ttl").exists()

    def test_missing_folder(self):
        with pytest.raises(InputError, match="no such file or folder"):
            kg.build("nowhere")


class TestLoad:
    def test_an_end_without_class_is_told(self, tmp_path):
        from kg.rdf import write_turtle
        from tests.factories import sample

        told = write_turtle(sample()) + "person:张群华 kgo:attends <https://else.example/x> ."
        place = tmp_path / "graph.ttl"
        place.write_text(told.replace("rdf:object place:乌镇", "rdf:object <https://else.example/x>"), "utf-8")
        with pytest.raises(InputError, match=r"names 'https://else\.example/x', of which no class is told"):
            kg.load(place)


class TestExtract:
    def test_half_a_surrogate_pair_moves_no_offset(self):
        reading, whole = kg.extract(f"\ud800，{TEXT}"), kg.extract(f"\ufffd，{TEXT}")
        assert [m.span for m in reading.mentions] == [m.span for m in whole.mentions] != []

    def test_offsets_are_true(self):
        reading = kg.extract(TEXT, tagger=False)
        assert reading.mentions
        assert all(TEXT[m.span.start : m.span.end] == m.text for m in reading.mentions)

    def test_date_gives_the_year(self):
        reading = kg.extract(TEXT, date="2017年12月4日", tagger=False)
        assert "2017-12-03" in [getattr(r.object, "text", "") for r in reading.relations]

    def test_bad_date(self):
        with pytest.raises(InputError, match="date: 'soon' is not a day"):
            kg.extract(TEXT, date="soon")

    def test_frame(self):
        frame = kg.extract(TEXT, tagger=False).to_pandas()
        assert "location" in set(frame["predicate"])

    def test_nothing_found(self):
        assert repr(kg.extract("天气很好", tagger=False)) == "nothing was read in this text"


class TestPublicNames:
    def test_all_can_be_had(self):
        assert all(getattr(kg, name) for name in kg.__all__)
        assert set(kg.__all__) <= set(dir(kg))

    def test_unknown_name(self):
        with pytest.raises(AttributeError, match=r"module 'kg' has no attribute 'biuld'; it has .*build"):
            kg.biuld  # noqa: B018

    @pytest.mark.parametrize("heavy", ["pandas", "networkx", "numpy", "rdflib", "pyoxigraph", "pyvis", "jieba"])
    def test_import_loads_nothing_heavy(self, heavy):
        subprocess.run([sys.executable, "-c", f"import kg, sys; assert '{heavy}' not in sys.modules"], check=True)

    def test_api_loads_no_frames_or_networks(self):
        script = "import kg, sys; kg.KnowledgeGraph; assert not {'pandas', 'networkx', 'rdflib'} & set(sys.modules)"
        subprocess.run([sys.executable, "-c", script], check=True)

    def test_caller_is_checked_by_mypy(self, tmp_path):
        (tmp_path / "caller.py").write_text(CALLER, "utf-8")
        mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file", "", "--cache-dir", tmp_path / "cache"]
        done = subprocess.run(
            [*mypy, "--follow-imports=silent", tmp_path / "caller.py"], capture_output=True, text=True,
            cwd=Path(kg.__file__).parent.parent,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout

    def test_package_says_that_it_is_typed(self):
        assert Path(kg.__file__).with_name("py.typed").exists()

    @pytest.mark.parametrize("module", ["answers", "building", "graph", "html"])
    def test_examples_in_docstrings(self, module):
        found = __import__(f"kg.api.{module}", fromlist=["x"])
        outcome = doctest.testmod(found)
        assert outcome.attempted
        assert not outcome.failed
