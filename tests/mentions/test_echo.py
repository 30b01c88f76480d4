"""The second look: sure names and their short forms, wherever they stand."""

from __future__ import annotations

import pytest

from kg.mentions.echo import EchoFinder, short_forms
from tests.mentions.conftest import proposed

PLACES = frozenset({"长沙", "深圳"})


@pytest.mark.parametrize(
    ("name", "kind", "forms"),
    [
        ("长沙骨语科技有限公司", "Organization", ["长沙骨语科技", "骨语科技", "骨语"]),
        ("埃隆·马斯克", "Person", ["马斯克", "埃隆"]),
        ("Tim Cook", "Person", ["Cook"]),
        ("第四届世界互联网大会", "Forum", ["世界互联网大会"]),
        ("张群华", "Person", []),
        ("小冰", "Product", []),
    ],
)
def test_short_forms(name: str, kind: str, forms: list[str]) -> None:
    assert list(short_forms(name, kind, PLACES)) == forms


def test_a_sure_name_is_proposed_where_it_stands_again() -> None:
    finder = EchoFinder({("骨语科技", "Organization"): 0.9}, PLACES)
    assert ("骨语科技", "Organization", "echo") in proposed(finder, "后来骨语科技说")


def test_so_is_its_short_form() -> None:
    finder = EchoFinder({("骨语科技", "Organization"): 0.9}, PLACES)
    assert ("骨语", "Organization", "echo:short") in proposed(finder, "后来骨语说")


def test_without_sure_names_nothing_is_proposed() -> None:
    assert proposed(EchoFinder({}, PLACES), "骨语科技") == set()
