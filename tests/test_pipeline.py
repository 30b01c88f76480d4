"""From documents to knowledge: the report, workers, the user's own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError, SeedError
from kg.extraction import BATCH, ExtractionSettings
from kg.model import Document
from kg.pipeline import BuildResult, build_knowledge, extract_all
from kg.rdf import write_turtle

PLAIN = ExtractionSettings(tagger=False)
NEWS = "第四届世界互联网大会在浙江乌镇开幕。乌镇互联网医院院长张群华出席第四届世界互联网大会。"


def build(*texts: str, settings: ExtractionSettings = PLAIN, **more: object) -> BuildResult:
    documents = [Document(id=f"d{i}", text=text, year=2017) for i, text in enumerate(texts)]
    return build_knowledge(documents, settings, **more)  # type: ignore[arg-type]


def labels(result: BuildResult) -> set[str]:
    return {e.label for e in result.knowledge.entities}


def test_no_document_gives_an_empty_graph() -> None:
    assert build().knowledge.entities == ()


def test_the_report_counts_what_was_read() -> None:
    report = build(NEWS, NEWS).report
    assert (report["documents"], report["characters"]) == (2, 2 * len(NEWS))
    assert set(report) == {
        "documents", "characters", "undated", "mentions", "entities", "statements", "rejected", "seconds",
    }  # fmt: skip


def test_the_report_counts_documents_whose_days_lack_a_year() -> None:
    texts = ("大会12月3日开幕。", "大会在乌镇开幕。", "2017世界互联网大会12月3日开幕。")
    documents = [Document(id=str(i), text=text) for i, text in enumerate(texts)]
    assert build_knowledge(documents, PLAIN).report["undated"] == 1


def test_the_report_counts_facts_by_predicate() -> None:
    result = build(NEWS)
    counted = result.report["statements"]
    assert isinstance(counted, dict) and sum(counted.values()) == len(result.knowledge.statements)


def test_a_fact_that_two_documents_tell_has_both_as_evidence() -> None:
    facts = [s for s in build(NEWS, NEWS).knowledge.statements if s.predicate == "location"]
    assert [{e.doc_id for e in s.evidence} for s in facts] == [{"d0", "d1"}]


def test_the_order_of_documents_makes_no_difference() -> None:
    documents = [Document(id=f"d{i}", text=t, year=2017) for i, t in enumerate(NEWS.split("。"))]
    forth, back = (build_knowledge(d, PLAIN) for d in (documents, documents[::-1]))
    assert write_turtle(forth.knowledge) == write_turtle(back.knowledge)
    assert forth.rejected == back.rejected


def test_workers_give_what_one_process_gives_in_the_same_order() -> None:
    documents = [Document(id=f"d{i}", text=NEWS, year=2017) for i in range(2 * BATCH + 1)]
    assert list(extract_all(documents, PLAIN, 2)) == list(extract_all(documents, PLAIN, 1))


def test_a_name_of_the_users_own_is_found(tmp_path: Path) -> None:
    names = tmp_path / "own.tsv"
    names.write_text("name\tclass\taliases\twithin\n蓬莱纸鸢社\tAssociation\t\t\n", "utf-8")
    text = "蓬莱纸鸢社社长张群华出席第四届世界互联网大会。"
    result = build(text, settings=ExtractionSettings(tagger=False, lexicons=(names,)))
    assert {e.cls for e in result.knowledge.entities if e.label == "蓬莱纸鸢社"} == {"Association"}


def test_overrides_are_obeyed(tmp_path: Path) -> None:
    overrides = tmp_path / "overrides.toml"
    overrides.write_text('[rename]\n"第四届世界互联网大会" = "乌镇峰会"\n', "utf-8")
    assert "乌镇峰会" in labels(build(NEWS, overrides=overrides))


def test_wrong_overrides_are_told_before_any_text_is_read(tmp_path: Path) -> None:
    overrides = tmp_path / "overrides.toml"
    overrides.write_text('[renamed]\n"a" = "b"\n', "utf-8")

    def texts() -> object:
        pytest.fail("a text was read")
        yield

    with pytest.raises(InputError, match="unknown key 'renamed'"):
        build_knowledge(texts(), PLAIN, overrides=overrides)  # type: ignore[arg-type]


def test_a_wrong_pattern_file_stops_the_build(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text("[[rule]]\nid = 'x'\npattern = '(a'\nfacts = []\nexample = ''\n", "utf-8")
    with pytest.raises(SeedError, match=r"own\.toml:1: x: '\(' is never closed"):
        build(NEWS, settings=ExtractionSettings(tagger=False, patterns=(own,)))


def test_an_error_in_a_worker_reaches_the_user(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no\.tsv: can't be read"):
        build(NEWS, settings=ExtractionSettings(tagger=False, lexicons=(tmp_path / "no.tsv",)), workers=2)
