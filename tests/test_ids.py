"""Ids: legible, safe in IRIs and Turtle, one for each content."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode

from kg import ids
from kg.model import Span, Value
from tests.factories import evidence

# all of Unicode, lone surrogates too, and more of what breaks parsers than chance would bring
HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("\u202e\u2028\u0085\ud800\x00\n\r\t\"'<>\\{}|^`%#?/.: _-··“”《》，、　"))
)
NAME = st.text(st.sampled_from("张群华中国银行AB12 -_·“”"))


@pytest.mark.parametrize(
    ("type", "key", "id"),
    [
        ("Person", "张群华", "person/张群华"),
        ("Person", "蒂姆·库克", "person/蒂姆·库克"),
        ("ForumSeries", "世界互联网大会", "forum-series/世界互联网大会"),
        ("Product", "Mate 10", "product/Mate_10"),
        ("Product", "C919", "product/C919"),
        ("Product", "AK-47", "product/AK-47"),
        ("Organization", "SK하이닉스", "organization/SK하이닉스"),
    ],
)
def test_a_plain_name_is_its_own_id(type, key, id):
    assert ids.entity_id(type, key) == id


@pytest.mark.parametrize(
    ("key", "slug"),
    [
        ("“互联网之光”博览会", "互联网之光-博览会"),
        ("张伟|清华大学", "张伟-清华大学"),
        ("Mate_10", "Mate-10"),
        ("iOS 11.2", "iOS_11-2"),
        ("ＡＩ", "AI"),
        ("\u202e张三\u202c", "张三"),
        ("-AB", "AB"),
        ("会" * 200, "会" * 60),
    ],
)
def test_a_name_that_loses_something_ends_in_a_hash(key, slug):
    assert re.fullmatch(rf"product/{slug}-[0-9a-f]{{10}}", ids.entity_id("Product", key))


@pytest.mark.parametrize("key", ["", " ", "<>", "\u202e", "。", "\ud800"])
def test_a_name_with_nothing_legible_is_a_hash(key):
    assert re.fullmatch(r"person/[0-9a-f]{10}", ids.entity_id("Person", key))


def test_a_name_that_looks_hashed_is_hashed():
    hashed = ids.entity_id("Product", "AB!").removeprefix("product/")
    assert ids.entity_id("Product", hashed) != f"product/{hashed}"


@given(HOSTILE)
def test_every_id_is_plain_in_turtle_and_legal_in_an_iri(key):
    folder, _, local = ids.entity_id("Person", key).partition("/")
    assert folder == "person"
    assert ids.PLAIN_LOCAL.fullmatch(local)
    assert NamedNode(ids.KGR + folder + "/" + local)


@given(NAME, NAME)
def test_two_names_never_share_an_id(a, b):
    assert (ids.entity_id("Person", a) == ids.entity_id("Person", b)) == (a == b)


@given(HOSTILE, HOSTILE)
def test_two_hostile_names_never_share_an_id(a, b):
    assert (ids.document_id(a) == ids.document_id(b)) == (a == b)


def test_things_of_two_types_never_share_an_id():
    assert ids.entity_id("Person", "小米") != ids.entity_id("Product", "小米")


def test_statements_differ_by_each_part():
    a, b = Value("text", "数字经济"), Value("count", "数字经济")
    told = {
        ids.statement_id("forum/甲", "theme", a),
        ids.statement_id("forum/甲", "theme", b),
        ids.statement_id("forum/甲", "topic", a),
        ids.statement_id("forum/乙", "theme", a),
        ids.statement_id("forum/甲", "theme", "数字经济"),
        ids.statement_id("forum/甲", "theme", Value("text", "数字经济", (("number", "1"),))),
    }
    assert len(told) == 6


def test_parts_do_not_run_together():
    assert ids.statement_id("ab", "c", "d") != ids.statement_id("a", "bc", "d")


def test_evidence_differs_by_each_part():
    told = {
        ids.evidence_id(each)
        for each in (
            evidence(),
            evidence(doc_id="news-2"),
            evidence(at=1),
            evidence(rule="other"),
            evidence("别的句子。"),
            evidence(subject=Span(1, 2)),
            evidence(object=Span(1, 2)),
            evidence(trigger=Span(1, 2)),
        )
    }
    assert len(told) == 8


def test_specifications_are_told_apart_by_their_parts():
    over = Value("specification", "重量=3kg", (("comparison", "超过"),))
    assert ids.specification_id(over) != ids.specification_id(Value("specification", "重量=3kg"))
    assert ids.specification_id(over).startswith("specification/重量-3kg-")


def test_ids_do_not_depend_on_the_hash_seed():
    code = "from kg.ids import *; print(entity_id('Forum', '“互联网之光”博览会'), statement_id('a', 'b', 'c'))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONUTF8": "1"},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1")
    }
    assert len(runs) == 1
