"""Stretches of plain words that may be features or topics."""

from __future__ import annotations

import pytest

from kg.evaluation.gold import fold_value
from kg.model import Reading
from kg.relations.phrases import PhraseWords
from kg.resources import resource
from kg.seeds import load_lexicon
from kg.sentences import split_sentences
from kg.training.annotations import read_annotations
from tests.examples import read_example

WORDS = PhraseWords.of(load_lexicon().lists)


def found(text: str) -> list[str]:
    return [phrase.text for phrase in WORDS.find(read_example(text))]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("[星云|Product]支持语音识别、实时翻译和手写输入。", ["语音识别", "实时翻译", "手写输入"]),
        ("[星云|Product]支持语音识别。", ["语音识别"]),
        ("它能查漏项、改错字。", ["查漏项", "改错字"]),
        ("设农产品、水产品、花卉三个展区。", ["农产品", "水产品", "花卉"]),
        ("支持语音识别、实时翻译等。", ["语音识别", "实时翻译"]),
        ("支持1,000种语言、实时翻译。", ["1,000种语言", "实时翻译"]),
        ("议题为贸易与开放、贸易与创新、贸易与投资。", ["贸易与开放", "贸易与创新", "贸易与投资"]),
        ("围绕“绿色转型”展开讨论。", ["绿色转型"]),
    ],
)
def test_items_of_lists_and_what_a_word_leads_to_are_candidates(text: str, phrases: list[str]) -> None:
    assert found(text) == phrases


def test_plain_clauses_hold_none() -> None:
    assert found("昨天天气不错，大家很高兴。") == []


def test_names_and_values_are_none() -> None:
    assert found("[甲公司|Organization]、[乙公司|Organization]参加了活动。") == []
    assert found("会期暂定，{三天|3}、地点未定。") == ["地点未定"]


def test_a_phrase_holds_whole_names_or_none() -> None:
    assert found("支持导出[云图|Product]文件、打印。") == ["导出云图文件", "打印"]


def test_without_words_only_lists_are_read() -> None:
    bare = PhraseWords(frozenset(), frozenset())
    assert [p.text for p in bare.find(read_example("支持翻译。翻译、打印。"))] == ["翻译", "打印"]


def test_a_phrase_stands_where_it_says() -> None:
    reading = read_example("[星云|Product]支持语音识别、实时翻译。")
    for phrase in WORDS.find(reading):
        assert reading.document.text[phrase.span.start : phrase.span.end] == phrase.text


def test_quoted_items_need_no_mark_between_them() -> None:
    assert found("分为“理在事中”“心外无物”两场。") == ["理在事中", "心外无物"]


def test_quoted_words_are_a_candidate_where_a_theme_is_told() -> None:
    assert "智联世界，元生无界" in found("本届[甲大会|Forum]以“智联世界，元生无界”为主题。")
    assert "智联世界，元生无界" not in found("他说“智联世界，元生无界”。")


def test_most_annotated_features_and_topics_are_candidates() -> None:
    told = among = texts = 0
    for path in sorted(resource("seeds/annotated").glob("*.jsonl")):
        for text in read_annotations(path):
            sentences = split_sentences(text.document)
            reading = Reading(document=text.document, sentences=sentences, mentions=text.mentions)
            phrases = {fold_value("feature", phrase.text) for phrase in WORDS.find(reading)}
            wanted = [fold_value(p, o) for _, p, o in text.relations if p in ("feature", "topic")]
            told, among, texts = told + len(wanted), among + sum(o in phrases for o in wanted), texts + 1
    assert texts > 1000 and among / told == pytest.approx(0.89, abs=0.015), "the figure in kg/relations/phrases.py"
