"""Person names: by surname, title, byline, list, dots and Latin letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.mentions.persons import PersonFinder
from kg.seeds import load_lexicon
from tests.mentions.conftest import inside, names, view


@pytest.fixture(scope="module")
def finder() -> PersonFinder:
    lists = load_lexicon().lists
    return PersonFinder(lists.surnames, lists.transliteration, frozenset(lists.titles))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("院长张群华介绍说", "张群华"),
        ("张群华院长说", "张群华"),
        ("欧阳明远教授表示", "欧阳明远"),
        ("记者张琳报道", "张琳"),
        ("院长宿华、任贤良等", "任贤良"),
        ("苹果公司CEO蒂姆·库克表示", "蒂姆·库克"),
        ("CEO库克表示", "库克"),
        ("CEO Tim Cook表示", "Tim Cook"),
    ],
)
def test_the_name_is_among_the_candidates(finder: PersonFinder, text: str, name: str) -> None:
    assert name in names(finder, text, "Person")


def test_two_transliterated_names_are_two(finder: PersonFinder) -> None:
    found = names(finder, "恩佐·贝拉迪尼和卡西乌斯·温特沃思出席", "Person")
    assert found == {"恩佐·贝拉迪尼", "卡西乌斯·温特沃思"}


def test_bylines_without_a_mark_between_hold_two_names(finder: PersonFinder) -> None:
    assert {"张琳", "张宁"} <= names(finder, "（记者张琳张宁）", "Person")


@pytest.mark.parametrize("text", ["高度重视", "于是大家说"])
def test_ordinary_words_that_begin_with_a_surname_are_no_names(finder: PersonFinder, text: str) -> None:
    assert names(finder, text, "Person") == set()


def test_a_name_holds_no_grammar_word(finder: PersonFinder) -> None:
    assert not any(set(n) & set("的和在是") for n in names(finder, "院长张和李的儿子", "Person"))


@given(st.text(alphabet="张李欧阳明远院长记者说、和·库克蒂姆AaCook ，。（）", max_size=60))
def test_candidates_lie_in_the_text(text: str) -> None:
    lists = load_lexicon().lists
    found = PersonFinder(lists.surnames, lists.transliteration, frozenset(lists.titles)).find(view(text))
    assert inside(text, list(found))
