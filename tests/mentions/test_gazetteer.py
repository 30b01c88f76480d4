"""Names of the lexicon in a text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.mentions.gazetteer import Gazetteer
from kg.seeds import known_classes, read_lexicon
from tests.mentions.conftest import names, proposed, view

ROWS = (
    "name\tclass\taliases\twithin\n"
    "小米集团\tCompany\t小米公司|?小米\t\n"
    "中国银行\tCompany\t\t\n"
    "中国\tPlace\t\t\n"
    "OPPO\tCompany\t\t\n"
)


@pytest.fixture(scope="module")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Gazetteer:
    folder: Path = tmp_path_factory.mktemp("lexicon")
    (folder / "names").mkdir()
    (folder / "names" / "own.tsv").write_text(ROWS, "utf-8")
    return Gazetteer(read_lexicon(folder, known_classes()))


def test_a_name_is_found_with_its_class_and_canonical_form(gazetteer: Gazetteer) -> None:
    (found,) = (c for c in gazetteer.find(view("据小米公司说")) if c.finder == "gazetteer")
    assert (found.type, found.cls, found.name) == ("Organization", "Company", "小米集团")


def test_a_weak_form_is_told_as_weak(gazetteer: Gazetteer) -> None:
    assert proposed(gazetteer, "小米说") == {("小米", "Organization", "gazetteer:weak")}


def test_names_inside_names_are_found_too(gazetteer: Gazetteer) -> None:
    found = proposed(gazetteer, "中国银行")
    assert {(text, kind) for text, kind, _ in found} == {("中国银行", "Organization"), ("中国", "Place")}


@pytest.mark.parametrize("text", ["OPPOX发布", "XOPPO发布", "OPPO5发布", "OPPO+发布"])
def test_a_latin_name_inside_a_longer_word_is_none(gazetteer: Gazetteer, text: str) -> None:
    assert names(gazetteer, text, "Organization") == set()


def test_a_latin_name_between_chinese_words_is_found(gazetteer: Gazetteer) -> None:
    assert names(gazetteer, "昨天OPPO发布", "Organization") == {"OPPO"}


def test_an_empty_lexicon_finds_nothing(tmp_path: Path) -> None:
    assert list(Gazetteer(read_lexicon(tmp_path, known_classes())).find(view("中国"))) == []
