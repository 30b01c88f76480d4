"""Short forms inside one document: 大会, 该公司, 前者; names that brackets introduce."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.model import Mention
from kg.reference import ReferenceFinder, ShortForm
from kg.seeds import load_lexicon
from tests.examples import read_example

ORG, FORUM = "[木棉科技|Organization:Company]", "[云栖大会|Forum:Conference]"


@cache
def finder() -> ReferenceFinder:
    anaphors = load_lexicon().lists.anaphors.values()
    return ReferenceFinder(ShortForm(form=a.form, type=a.type, kind=a.kind) for a in anaphors)


def resolved(marked: str) -> tuple[Mention, ...]:
    reading = read_example(marked)
    return finder().resolve(reading.document, reading.sentences, reading.mentions)


def short_forms(marked: str) -> dict[str, str]:
    """Short form -> the name that it refers to."""
    return {m.text: m.name for m in resolved(marked) if m.anaphor}


@pytest.mark.parametrize(
    ("marked", "form", "name"),
    [
        (f"{ORG}昨天成立。该公司总部位于深圳。", "该公司", "木棉科技"),
        (f"{ORG}昨天成立。昨日在[港交所|Organization:Company]公告，该公司总部位于深圳。", "该公司", "木棉科技"),
        (f"{FORUM}昨天开幕。本届大会为期三天。", "本届大会", "云栖大会"),
        (f"{FORUM}昨天开幕。大会为期三天。", "大会", "云栖大会"),
        ("[海湾展|Forum:Exhibition]开幕，[创业论坛|Forum:Conference]举行。展会为期三天。", "展会", "海湾展"),
        ("[乌镇互联网医院|Organization:Hospital]昨天开业。医院院长致辞。", "医院", "乌镇互联网医院"),
        ("[甲公司|Organization]收购[乙公司|Organization]，后者位于深圳。", "后者", "乙公司"),
        ("[甲公司|Organization]收购[乙公司|Organization]，前者位于深圳。", "前者", "甲公司"),
        ("[甲公司|Organization]收购[乙公司|Organization]，第一家位于深圳。", "第一家", "甲公司"),
    ],
)
def test_a_short_form_refers_to_what_was_named(marked: str, form: str, name: str) -> None:
    assert short_forms(marked).get(form) == name


@pytest.mark.parametrize(
    "marked",
    [
        "该公司总部位于深圳。",
        f"{ORG}昨天成立。上市公司们都来了。",
        f"{ORG}昨天成立。大会为期三天。",
        "[丝路产业论坛|Forum:Conference]昨天举行。本届展会为期三天。",
        "[木棉科技|Organization:Company]昨天成立。医院院长致辞。",
    ],
)
def test_what_cannot_be_resolved_is_left_out(marked: str) -> None:
    assert short_forms(marked) == {}


def test_a_short_form_never_refers_forward() -> None:
    assert short_forms(f"大会为期三天。{FORUM}昨天开幕。") == {}


def test_a_short_form_has_type_and_class_of_what_it_refers_to() -> None:
    (short,) = (m for m in resolved(f"{FORUM}开幕。本届大会为期三天。") if m.anaphor)
    assert (short.type, short.cls, short.finder) == ("Forum", "Conference", "reference")


@pytest.mark.parametrize("introduced", ["（以下简称“信通院”）", "（信通院）", "（简称信通院）"])
def test_a_name_in_brackets_is_the_name_before_it(introduced: str) -> None:
    marked = "[中国信息通信研究院|Organization]" + introduced.replace("信通院", "[信通院|Organization]") + "发布报告。"
    assert {m.name for m in resolved(marked)} == {"中国信息通信研究院"}


def test_two_names_side_by_side_stay_two() -> None:
    marked = "[阿里|Organization]、[腾讯|Organization]出席。"
    assert [m.name for m in resolved(marked)] == ["阿里", "腾讯"]


_TEXT = st.lists(
    st.sampled_from([ORG, FORUM, "该公司", "大会", "其", "前者", "双方", "说", "。", "，", "（", "）"]), max_size=20
)


@settings(deadline=None)
@given(_TEXT)
def test_offsets_are_exact_and_mentions_apart(pieces: list[str]) -> None:
    text = read_example("".join(pieces)).document.text
    mentions = resolved("".join(pieces))
    assert all(text[m.span.start : m.span.end] == m.text for m in mentions)
    assert all(a.span.end <= b.span.start for a, b in pairwise(mentions))


@settings(deadline=None)
@given(_TEXT)
def test_a_short_form_bears_the_name_of_a_mention_before_it(pieces: list[str]) -> None:
    mentions = resolved("".join(pieces))
    for index, mention in enumerate(mentions):
        if mention.anaphor:
            assert mention.name in {m.name for m in mentions[:index] if not m.anaphor}


def _seconds(sentences: int) -> float:
    reading = read_example(f"{ORG}成立。该公司总部位于深圳。" * sentences)
    began = process_time()
    finder().resolve(reading.document, reading.sentences, reading.mentions)
    return process_time() - began


def test_time_grows_with_the_length_of_a_document_and_no_faster() -> None:
    _seconds(100)
    assert _seconds(4000) <= 2.6**3 * max(_seconds(500), 0.01)


def names(marked: str) -> list[str]:
    return [m.name for m in resolved(marked)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (f"{ORG}（[木棉|Organization]）开会。", ["木棉科技", "木棉科技"]),
        (f"{ORG}（以下简称“[木棉|Organization]”）开会。", ["木棉科技", "木棉科技"]),
        (f"{ORG}机构的说法。（《[芯生活|Organization]》记者）", ["木棉科技", "芯生活"]),
        (f"{ORG}开会。（《[芯生活|Organization]》记者）", ["木棉科技", "芯生活"]),
    ],
)
def test_a_bracket_right_after_a_name_introduces_its_other_name(marked: str, expected: list[str]) -> None:
    assert names(marked) == expected
