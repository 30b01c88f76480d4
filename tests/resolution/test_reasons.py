from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.resolution import Overrides, alias_reasons, read_log
from kg.resolution.reasons import SHORT_FORM, SPELLING
from kg.seeds import load_lexicon
from tests.resolution.builders import resolved, said


def reasons(*texts: str, overrides: Overrides | None = None, known: bool = False) -> dict[str, str]:
    resolution = resolved(
        *(said(str(i), text) for i, text in enumerate(texts)),
        overrides=overrides,
        known=load_lexicon() if known else None,
    )
    (thing,) = resolution.knowledge.entities
    return alias_reasons(thing.label, thing.aliases, resolution.log)


def test_each_kind_of_reason():
    assert reasons("[机:厦门青澜医疗科技有限公司]发布。", "[机:青澜医疗]发布。") == {
        "青澜医疗": "trade word: the same without the word for its trade (科技, 半导体)"
    }
    assert reasons("[会:第四届天目大会]开幕，[会:天目大会]闭幕。") == {
        "天目大会": "the same edition by only edition in the text"
    }
    assert reasons("[会:第四届天目大会]开幕。", "[会:第四届“天目大会”]闭幕。") == {"第四届“天目大会”": SPELLING}
    assert reasons("[人:习主席]致贺。", known=True) == {"习主席": "the lexicon gives both names to one thing"}
    joined = reasons("[机:甲川]说。[机:乙山厂]说。", overrides=Overrides(same_as=(("甲川", "乙山厂"),)))
    assert list(joined.values()) == ["user: obeyed"]


def test_a_name_without_a_line_in_the_log_is_a_form_of_its_text():
    assert alias_reasons("青澜科技", ["那家老店"], ()) == {"那家老店": SHORT_FORM}


def test_the_log_is_read_back(tmp_path: Path):
    log = resolved(said("1", "[机:厦门青澜医疗科技有限公司]说。"), said("2", "[机:青澜医疗]说。")).log
    (tmp_path / "resolution.jsonl").write_text("".join(json.dumps(e.as_dict()) + "\n" for e in log), "utf-8")
    (tmp_path / "graph.ttl").touch()
    assert read_log(tmp_path) == read_log(tmp_path / "graph.ttl") == log
    assert read_log(tmp_path / "other.ttl") == ()


def test_a_name_in_the_log_may_hold_any_line_end(tmp_path: Path):
    name = "青\u2028澜\x85医疗"
    log = resolved(said("1", f"[机:厦门{name}科技有限公司]说。"), said("2", f"[机:{name}]说。")).log
    lines = "".join(json.dumps(e.as_dict(), ensure_ascii=False) + "\n" for e in log)
    (tmp_path / "resolution.jsonl").write_text(lines, "utf-8")
    assert read_log(tmp_path) == log != ()


@pytest.mark.parametrize("line", ["{}", "[" * 100_000], ids=["empty", "deep"])
def test_a_wrong_log_is_an_error(tmp_path: Path, line: str):
    (tmp_path / "resolution.jsonl").write_text(line + "\n", "utf-8")
    with pytest.raises(InputError, match=r"resolution\.jsonl:1: no line of the log .*; build the graph again"):
        read_log(tmp_path)
