"""Phase one over one document: exact offsets, the same whatever stands beside it."""

from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extraction import ExtractionSettings, Extractor, find_values
from kg.model import Document, Extraction, Mention, Span
from tests.factories import mention

NEWS = (
    "12月3日，第四届世界互联网大会在浙江乌镇开幕，会期三天。大会由国家互联网信息办公室和浙江省人民政府共同主办。"
    "快手科技创始人、CEO宿华没有出席。乌镇互联网医院院长张群华表示，该医院将发布智能终端。"
)
_ALPHABET = NEWS + "“”《》（）、：；！？…\n\u3000 ABab019🙂\ue000\u2028,.()"


@cache
def extractor() -> Extractor:
    return Extractor.load(ExtractionSettings(tagger=False))


def extract(text: str, **fields: object) -> Extraction:
    return extractor().extract(Document(id="d", text=text, **fields))  # type: ignore[arg-type]


def test_a_document_gives_mentions_relations_and_rejected() -> None:
    found = extract(NEWS, year=2017)
    assert found.mentions and found.relations and found.rejected


def test_a_date_without_year_takes_the_documents_year() -> None:
    found = extract(NEWS, year=2017)
    days = {getattr(r.object, "text", "")[:10] for r in found.relations if r.predicate == "startDate"}
    assert days == {"2017-12-03"}


def test_a_day_inside_a_name_is_no_date() -> None:
    text = "2019世界人工智能大会开幕"
    named = mention("2019世界人工智能大会", "Forum", doc_id="d")
    assert find_values(Document(id="d", text=text, year=2019), [named]) == ()


def test_an_extraction_can_be_sent_to_another_process() -> None:
    found = extract(NEWS)
    assert pickle.loads(pickle.dumps(found)) == found


def test_settings_can_be_sent_to_another_process() -> None:
    settings_ = ExtractionSettings(lexicons=(Path("a.tsv"),), tagger=False)
    assert pickle.loads(pickle.dumps(settings_)) == settings_


@pytest.mark.parametrize("text", ["", " ", "\n\n", "。", "🙂", "\ue000\ue005", "a" * 3000, "。" * 3000, "张" * 3000])
def test_an_odd_text_is_read_without_error(text: str) -> None:
    assert extract(text).document.text == text


def _marks(found: Extraction) -> list[tuple[Span, str]]:
    evidence = [e.evidence for e in (*found.relations, *found.rejected)]
    ends = [m for r in found.relations for m in (r.subject, r.object) if isinstance(m, Mention)]
    return [(e.span, e.text) for e in evidence] + [(m.span, m.text) for m in (*found.mentions, *ends)]


@settings(deadline=None, max_examples=60)
@given(st.one_of(st.text(alphabet=_ALPHABET, max_size=150), st.text(max_size=60)))
def test_offsets_are_exact_for_any_text(text: str) -> None:
    for span, told in _marks(extract(text, year=2017)):
        assert text[span.start : span.end] == told


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(alphabet=_ALPHABET, max_size=80), max_size=4))
def test_a_document_is_read_the_same_whatever_stands_beside_it(texts: list[str]) -> None:
    documents = [Document(id=f"d{i}", text=text, year=2017) for i, text in enumerate(texts)]
    assert list(extractor().extract_many(documents)) == [extractor().extract(d) for d in documents]


@settings(deadline=None, max_examples=30)
@given(st.permutations(NEWS.split("。")[:-1]))
def test_reading_twice_gives_the_same(sentences: list[str]) -> None:
    text = "。".join(sentences)
    assert extract(text) == extract(text)
