"""The folder of a build: whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import kg.rdf
from kg.errors import OutputError
from kg.model import Rejected
from kg.output import OutputSettings, write_output
from kg.pipeline import BuildResult
from tests.factories import evidence, sample

FILES = {"graph.html", "graph.ttl", "rejected.jsonl", "report.json", "resolution.jsonl"}
REJECTED = Rejected(predicate="attends", subject="宿华", object="云栖大会", reason="negated", evidence=evidence())
RESULT = BuildResult(knowledge=sample(), rejected=(REJECTED,), log=(), report={"documents": 2})


def write(out: Path, **settings: object) -> list[str]:
    return list(write_output(RESULT, out, OutputSettings(**settings)))  # type: ignore[arg-type]


def names(folder: Path) -> set[str]:
    return {p.name for p in folder.iterdir()}


def test_all_files_are_written(tmp_path: Path) -> None:
    write(tmp_path / "out")
    assert names(tmp_path / "out") == FILES


def test_nothing_else_is_left_beside_them(tmp_path: Path) -> None:
    write(tmp_path / "out")
    assert names(tmp_path) == {"out"}


def test_missing_folders_are_made(tmp_path: Path) -> None:
    write(tmp_path / "a" / "b" / "out")
    assert (tmp_path / "a" / "b" / "out" / "graph.ttl").exists()


def test_the_user_is_told_how_much_and_where(tmp_path: Path) -> None:
    first, second, *_ = write(tmp_path / "out")
    assert first == "2 documents, 6 things, 10 facts"
    assert second == str(tmp_path / "out" / "graph.ttl")


def test_the_user_is_told_of_days_without_a_year(tmp_path: Path) -> None:
    result = replace(RESULT, report={"documents": 2, "undated": 1})
    _, second, *_ = write_output(result, tmp_path / "out", OutputSettings())
    assert second.startswith("1 of the documents tell no year")


def test_what_a_build_wrote_is_no_text_of_the_next(tmp_path: Path) -> None:
    from kg.documents import read_documents

    (tmp_path / "a.txt").write_text("宿华出席云栖大会。", "utf-8")
    (tmp_path / "graph.html").write_text("<p>不是构建出来的网页，虽然名字一样。</p>", "utf-8")
    write(tmp_path / "out", formats=("csv", "parquet", "graphml", "jsonld"))
    assert {d.id for d in read_documents([tmp_path])} == {"a.txt", "graph.html"}
    write(tmp_path)
    assert {d.id for d in read_documents([tmp_path])} == {"a.txt"}


@pytest.mark.parametrize("html", [True, False])
@pytest.mark.parametrize("name", ["graph.ttl", "graph.html", "report.json"])
def test_a_folder_where_a_file_belongs_is_told_before_any_file_moves(tmp_path: Path, name: str, html: bool) -> None:
    (tmp_path / "out" / name).mkdir(parents=True)
    (tmp_path / "out" / "rejected.jsonl").write_text("old", "utf-8")
    with pytest.raises(OutputError, match=rf"{name}: is a folder where a file belongs; move it"):
        write(tmp_path / "out", html=html)
    assert (tmp_path / "out" / "rejected.jsonl").read_text("utf-8") == "old"


def test_without_a_page_an_old_one_goes(tmp_path: Path) -> None:
    write(tmp_path / "out")
    write(tmp_path / "out", html=False)
    assert names(tmp_path / "out") == FILES - {"graph.html"}


def test_files_of_the_users_own_stay(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "notes.txt").write_text("mine", "utf-8")
    write(tmp_path / "out")
    assert (tmp_path / "out" / "notes.txt").read_text("utf-8") == "mine"


def test_what_was_rejected_keeps_reason_rule_and_sentence(tmp_path: Path) -> None:
    write(tmp_path / "out")
    row = json.loads((tmp_path / "out" / "rejected.jsonl").read_text("utf-8"))
    assert (row["reason"], row["rule"], row["sentence"][row["begin"] : row["end"]]) == (
        "negated",
        "test",
        evidence().text,
    )


def test_the_report_names_versions(tmp_path: Path) -> None:
    write(tmp_path / "out")
    report = json.loads((tmp_path / "out" / "report.json").read_text("utf-8"))
    assert {"wuzhen-kg", "jieba", "pyoxigraph"} <= set(report["versions"])


def test_two_writings_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name)
    assert all((tmp_path / "one" / f).read_bytes() == (tmp_path / "two" / f).read_bytes() for f in FILES)


def test_a_writing_that_fails_leaves_the_old_folder_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    write(out)
    before = {f: (out / f).read_bytes() for f in FILES}

    def broken(*_: object, **__: object) -> Iterator[str]:
        yield "@prefix"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(kg.rdf, "turtle_pieces", broken)
    with pytest.raises(OutputError, match="can't write here"):
        write(out, html=False)
    assert {f: (out / f).read_bytes() for f in FILES} == before and names(tmp_path) == {"out"}


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("", "utf-8")
    with pytest.raises(OutputError, match=r"can't write here .*; choose another --out"):
        write(tmp_path / "out")
