"""The commands that read a graph: what they print, where, and how they exit."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.cli import COMMANDS, main
from tests.factories import entity, knowledge
from tests.query.world import hostile, world, write_graph

Run = Callable[..., "Done"]


class Done:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> Done:
        monkeypatch.setattr("sys.argv", ["kg", *map(str, arguments)])
        code: object = 0
        try:
            main()
        except SystemExit as done:
            code = done.code or 0
        out, err = capsys.readouterr()
        assert isinstance(code, int)
        return Done(code, out, err)

    return call


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    write_graph(tmp_path, world())
    return tmp_path


class TestQuery:
    def test_a_bundled_question(self, run: Run, graph: Path) -> None:
        done = run("query", graph, "who-spoke-at", "--set", "forum=第四届世界互联网大会")
        assert (done.code, done.err) == (0, "")
        assert done.out.splitlines()[2].split() == ["第四届世界互联网大会", "李群", "江南银行", "行长"]

    def test_no_question_lists_them(self, run: Run, graph: Path) -> None:
        done = run("query", graph)
        assert "who-spoke-at\n    谁在会展上发言？" in done.out
        assert "--set forum=…  [optional] 会展，可省略" in done.out

    def test_a_file_of_ones_own(self, run: Run, graph: Path) -> None:
        (graph / "mine.rq").write_text("# 甲\n# A\nASK { ?x rdfs:label $name }", "utf-8")
        assert run("query", graph, graph / "mine.rq", "--set", 'name="李群"@zh').out == "true\n"

    def test_a_file_that_is_not_there(self, run: Run, graph: Path) -> None:
        done = run("query", graph, "mine.rq")
        assert (done.code, done.out) == (1, "")
        assert "mine.rq: can't be read" in done.err

    def test_no_rows_are_told_on_stderr(self, run: Run, graph: Path) -> None:
        done = run("query", graph, "SELECT ?x { ?x a kgo:Nothing }")
        assert (done.code, done.out, done.err) == (0, "", "kg: query: no rows\n")

    def test_no_rows_as_csv_keep_the_header_on_stdout(self, run: Run, graph: Path) -> None:
        done = run("query", graph, "SELECT ?x { ?x a kgo:Nothing }", "--format", "csv")
        assert (done.out.strip(), done.err) == ("x", "kg: query: no rows\n")

    def test_json(self, run: Run, graph: Path) -> None:
        done = run("query", graph, "SELECT ?x { ?x a kgo:Person }", "--format", "json")
        assert len(json.loads(done.out)["results"]["bindings"]) == 3

    def test_an_error_is_one_line(self, run: Run, graph: Path) -> None:
        done = run("query", graph, "SELECT ?x\nWHERE { ?x \x1b[31m }")
        assert (done.code, done.out, done.err.count("\n")) == (1, "", 1)
        assert done.err.startswith("kg: query:2:")
        assert "\x1b" not in done.err

    def test_a_setting_without_a_value_is_misuse(self, run: Run, graph: Path) -> None:
        assert run("query", graph, "who-spoke-at", "--set", "forum").code == 2

    def test_no_graph_is_an_error(self, run: Run, tmp_path: Path) -> None:
        done = run("query", tmp_path / "nowhere", "things")
        assert (done.code, "no graph here" in done.err) == (1, True)


class TestExplain:
    def test_facts_and_sentences(self, run: Run, graph: Path) -> None:
        done = run("explain", graph, "李群")
        assert done.code == 0
        assert "⟦李群⟧在⟦大会⟧上‹表示›" in done.out

    def test_between_two(self, run: Run, graph: Path) -> None:
        assert "任职于 worksFor" in run("explain", graph, "李群", "江南银行").out

    def test_an_unknown_name(self, run: Run, graph: Path) -> None:
        done = run("explain", graph, "无名氏")
        assert (done.code, done.out) == (1, "")
        assert "nothing is called '无名氏'" in done.err

    def test_no_colour_in_a_pipe(self, run: Run, graph: Path) -> None:
        assert "\x1b" not in run("explain", graph, "李群").out


class TestValidate:
    def test_a_good_graph(self, run: Run, graph: Path) -> None:
        done = run("validate", graph)
        assert done.code == 0, done.out
        assert "conforms" in done.out

    def test_a_bad_graph_is_1_with_a_report(self, run: Run, graph: Path) -> None:
        path = graph / "graph.ttl"
        path.write_text(re.sub(r'rdfs:label "李群"@zh ;', "", path.read_text("utf-8")), "utf-8")
        done = run("validate", graph)
        assert done.code == 1
        assert "does not conform" in done.out
        assert "person:李群 lacks rdfs:label" in done.out or "person/李群 lacks rdfs:label" in done.out

    def test_the_report_is_safe_to_print(self, run: Run, tmp_path: Path) -> None:
        done = run("validate", write_graph(tmp_path, hostile()))
        assert all(character.isprintable() or character == "\n" for character in done.out)


class TestExport:
    def test_names_the_files(self, run: Run, graph: Path) -> None:
        done = run("export", graph, "--to", "csv")
        assert [Path(line).name for line in done.out.splitlines()] == ["graph-nodes.csv", "graph-relationships.csv"]

    def test_the_formats_are_those_of_the_library(self) -> None:
        from kg.cli.export import FORMATS as offered
        from kg.exporting import FORMATS as known

        assert list(offered) == list(known)

    def test_an_unknown_format_is_misuse(self, run: Run, graph: Path) -> None:
        assert run("export", graph, "--to", "pdf").code == 2


class TestDiff:
    def test_counts_at_the_end(self, run: Run, graph: Path, tmp_path: Path) -> None:
        (tmp_path / "new").mkdir()
        new = write_graph(tmp_path / "new", knowledge((entity("李群", "Person"),)))
        done = run("diff", graph, new)
        assert done.code == 0
        assert done.out.splitlines()[-2:] == [
            "things: 0 added, 13 removed, 0 changed",
            "facts: 0 added, 28 removed, 0 changed",
        ]

    def test_json_lines(self, run: Run, graph: Path, tmp_path: Path) -> None:
        (tmp_path / "new").mkdir()
        new = write_graph(tmp_path / "new", knowledge((entity("李群", "Person"),)))
        rows = [json.loads(line) for line in run("diff", graph, new, "--format", "json").out.splitlines()]
        assert {row["change"] for row in rows} == {"removed"}


@pytest.mark.parametrize("name", ["query", "explain", "serve", "validate", "export", "diff"])
def test_help_is_there_and_quick_to_say_what_it_does(run: Run, name: str) -> None:
    done = run(name, "--help")
    assert done.code == 0
    assert "Usage: kg" in done.out or "Usage: " in done.out
    assert name in COMMANDS
