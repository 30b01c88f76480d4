"""The learned tagger: labels, spans, probabilities, the model file, training."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError, SeedError
from kg.mentions.tagger import LearnedTagger
from kg.mentions.tagger.crf import best_labels, path_certainty, sum_paths
from kg.mentions.tagger.files import read_model, write_model
from kg.mentions.tagger.labels import FOLLOWS, LABELS, NUMBER, balance, spans_of
from kg.model import ENTITY_TYPES
from kg.neural import Lanes
from kg.resources import resource
from kg.training.annotations import Annotated, read_annotations
from kg.training.backward import chain_loss, gru_backward, gru_forward
from kg.training.examples import Example, mark_text, read_annotated, sentences_of
from kg.training.swaps import pool_of, swap_names
from kg.training.tagger import TrainingSettings, allow, train_tagger

SENTENCES = (
    "第四届世界互联网大会在浙江乌镇开幕，国家互联网信息办公室主任徐麟主持。",
    "云栖智能科技有限公司创始人林晓舟出席大会并致辞。",
    "会上，该公司发布了新一代操作系统“飞燕OS 3.0”。",
    "《中国互联网发展报告2017》蓝皮书在乌镇发布。",
    "图。",
)


@pytest.fixture(scope="module")
def tagger() -> LearnedTagger:
    return LearnedTagger.load()


def test_finds_persons_organizations_forums_and_places(tagger: LearnedTagger) -> None:
    first, second, *_ = tagger.find(SENTENCES)
    names = {(SENTENCES[0][a:b], kind) for a, b, kind, _ in first}
    assert {("第四届世界互联网大会", "Forum"), ("乌镇", "Place"), ("徐麟", "Person")} <= names
    assert ("林晓舟", "Person") in {(SENTENCES[1][a:b], kind) for a, b, kind, _ in second}


def test_probabilities_lie_between_0_and_1(tagger: LearnedTagger) -> None:
    assert all(0 < score <= 1 for found in tagger.find(SENTENCES) for *_, score in found)


def test_a_long_sentence_keeps_its_offsets(tagger: LearnedTagger) -> None:
    text = "，".join([SENTENCES[0][:-1]] * 9)
    found = tagger.find([text])[0]
    assert [text[a:b] for a, b, kind, _ in found if kind == "Person"] == ["徐麟"] * 9


TEXTS = st.lists(st.one_of(st.sampled_from(SENTENCES), st.text("乌镇大会A1，“”张京公司", max_size=40)), max_size=8)


@settings(max_examples=20, deadline=None)
@given(TEXTS)
def test_mentions_and_scores_are_equal_whatever_the_batch(tagger: LearnedTagger, texts: list[str]) -> None:
    assert tagger.find(texts) == [tagger.find([text])[0] for text in texts]


@settings(max_examples=20, deadline=None)
@given(TEXTS)
def test_mentions_are_in_order_and_apart(tagger: LearnedTagger, texts: list[str]) -> None:
    for text, found in zip(texts, tagger.find(texts), strict=True):
        edges = [edge for start, end, *_ in found for edge in (start, end)]
        assert edges == sorted(edges)
        assert all(start < end <= len(text) and kind in ENTITY_TYPES for start, end, kind, _ in found)


def test_the_shipped_model_is_small() -> None:
    assert resource("seeds/models/tagger.model").stat().st_size < 3_000_000


# -- the model file


def test_a_model_file_is_the_same_bytes_and_nearly_the_same_numbers(tmp_path: Path) -> None:
    networks = [{"b": np.linspace(-2, 3, 7, dtype=np.float32), "a": np.zeros((2, 2), np.float32)}]
    for name in "xy":
        write_model(tmp_path / name, networks)
    assert (tmp_path / "x").read_bytes() == (tmp_path / "y").read_bytes()
    (read,) = read_model(tmp_path / "x")
    assert np.abs(read["b"] - networks[0]["b"]).max() < 1e-4


def test_a_model_for_other_channels_is_refused(tmp_path: Path) -> None:
    write_model(tmp_path / "m", [])
    (tmp_path / "m").write_bytes((tmp_path / "m").read_bytes().replace(b"gazetteer", b"gazette"))
    with pytest.raises(SeedError, match="another version of kg; make it anew with kg train"):
        read_model(tmp_path / "m")


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "m").write_bytes(b"\x00\xff")
    with pytest.raises(SeedError, match="not a model"):
        read_model(tmp_path / "m")


def test_a_missing_model_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"can't be read .*--no-tagger"):
        LearnedTagger.load(tmp_path / "none.model")


# -- labels and the chain


def test_a_cut_quotation_mark_is_taken_in() -> None:
    text = "第四届“世界互联网大会·乌镇峰会”开幕"
    assert balance(text, 0, text.index("”")) == (0, text.index("”") + 1)


def test_a_mark_of_another_quotation_is_left_alone() -> None:
    text = "“甲”和乙”论坛"
    assert balance(text, 4, 8) == (4, 8)


def _random_chain(seed: int, lengths: list[int]) -> tuple[np.ndarray, np.ndarray, Lanes]:
    rng = np.random.default_rng(seed)
    lanes = Lanes.of(range(len(lengths)), lengths)
    scores = rng.normal(size=(*lanes.shape, len(LABELS))).astype(np.float32) * 2
    return scores, rng.normal(size=(len(LABELS), len(LABELS))).astype(np.float32), lanes


def _every_labelling(length: int) -> list[list[int]]:
    rows: list[list[int]] = [[]]
    for _ in range(length):
        rows = [[*row, label] for row in rows for label in range(len(LABELS)) if not row or FOLLOWS[row[-1], label]]
    return [row for row in rows if LABELS[row[0]][0] in "OBS" and LABELS[row[-1]][0] in "OES"]


def _score(row: list[int], scores: np.ndarray, transitions: np.ndarray) -> float:
    return float(
        sum(scores[i, label] for i, label in enumerate(row)) + sum(transitions[a, b] for a, b in pairwise(row))
    )


@pytest.mark.parametrize("seed", range(3))
def test_the_best_labels_are_the_best_of_all_labellings(seed: int) -> None:
    scores, transitions, lanes = _random_chain(seed, [4, 3, 1])
    found = best_labels(scores, transitions, lanes)
    for lane, length in enumerate((4, 3, 1)):
        every = _every_labelling(length)
        best = max(every, key=lambda row: _score(row, scores[:, lane], transitions))
        assert found[:length, lane].tolist() == best


@pytest.mark.parametrize("seed", range(3))
def test_a_stretch_has_the_share_of_the_labellings_that_hold_it(seed: int) -> None:
    scores, transitions, lanes = _random_chain(seed, [4, 3])
    steps = np.where(FOLLOWS, np.exp(transitions.astype(np.float64)), 0.0)
    labels = best_labels(scores, transitions, lanes)
    marginal, running = path_certainty(sum_paths(scores, steps, lanes), steps, labels)
    every = _every_labelling(4)
    weight = np.exp([_score(row, scores[:, 0], transitions) for row in every])
    stretch = labels[1:4, 0].tolist()
    share = weight[[row[1:4] == stretch for row in every]].sum() / weight.sum()
    assert marginal[1, 0] * np.exp(running[3, 0] - running[1, 0]) == pytest.approx(share, rel=1e-6)


def test_spans_come_from_well_formed_labels() -> None:
    labels = [NUMBER["B-Forum"], NUMBER["I-Forum"], NUMBER["E-Forum"], 0, NUMBER["S-Place"]]
    assert spans_of(labels) == [(0, 3, "Forum"), (4, 5, "Place")]


# -- training


def test_the_chain_loss_has_the_gradient_of_finite_differences() -> None:
    scores, transitions, lanes = _random_chain(5, [4, 2])
    allowed = np.zeros(scores.shape, bool)
    allowed[:, :, 0] = True
    allowed[1, 0, NUMBER["S-Place"]] = True
    _, by_score, by_transition = chain_loss(scores, allowed, transitions, lanes)
    for at in ((1, 0, 0), (2, 0, NUMBER["B-Forum"]), (1, 1, 0)):
        assert by_score[at] == pytest.approx(
            _slope(lambda: chain_loss(scores, allowed, transitions, lanes)[0], scores, at), abs=2e-3
        )
    at = (0, NUMBER["S-Place"])
    slope = _slope(lambda: chain_loss(scores, allowed, transitions, lanes)[0], transitions, at)
    assert by_transition[at] == pytest.approx(slope, abs=2e-3)


def test_the_layer_has_the_gradient_of_finite_differences() -> None:
    rng = np.random.default_rng(3)
    lanes = Lanes.of((0, 1), (3, 2))
    inputs = rng.normal(size=(2, 3, 2, 384)).astype(np.float32)
    gates = (rng.normal(size=(2, 128, 256)) * 0.1).astype(np.float32)
    candidate = (rng.normal(size=(2, 128, 128)) * 0.1).astype(np.float32)
    weight = rng.normal(size=(2, 3, 2, 128)).astype(np.float32)
    weight[:, 2, 1] = 0

    def loss() -> float:
        return float((gru_forward(inputs, gates, candidate, lanes).states.astype(np.float64) * weight).sum())

    gradients = gru_backward(weight, gru_forward(inputs, gates, candidate, lanes), gates, candidate, lanes)
    for values, gradient, at in zip(
        (inputs, gates, candidate), gradients, ((0, 0, 0, 5), (1, 7, 200), (0, 3, 4)), strict=True
    ):
        assert gradient[at] == pytest.approx(_slope(loss, values, at), rel=0.05, abs=5e-3)


def _slope(loss, values: np.ndarray, at: tuple[int, ...], by: float = 1e-2) -> float:  # type: ignore[no-untyped-def]
    old = values[at]
    values[at] = old + by
    up = loss()
    values[at] = old - by
    down = loss()
    values[at] = old
    return (up - down) / (2 * by)


ROW = {
    "id": "a",
    "text": "云栖公司在乌镇大会上发布飞燕OS。云栖创始人林晓舟说，大会很好。ACDC与AC无关。",
    "entities": [
        {"name": "云栖公司", "type": "Organization", "forms": ["云栖公司", "云栖"]},
        {"name": "乌镇大会", "type": "Forum", "forms": ["乌镇大会", "大会"]},
        {"name": "林晓舟", "type": "Person", "forms": ["林晓舟"]},
        {"name": "AC", "type": "Organization", "forms": ["AC"]},
    ],
    "optional_entities": [{"name": "飞燕OS", "type": "Product", "forms": ["飞燕OS"]}],
    "relations": [],
}


def _texts(example: Example) -> list[tuple[str, str]]:
    return [(example.text[m.start : m.end], m.type) for m in example.marks]


def test_forms_are_marked_wherever_they_stand_the_longest_first() -> None:
    assert _texts(mark_text(ROW)) == [
        ("云栖公司", "Organization"),
        ("乌镇大会", "Forum"),
        ("飞燕OS", "Product"),
        ("云栖", "Organization"),
        ("林晓舟", "Person"),
        ("AC", "Organization"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "forms", "marked"),
    [
        ("云原生基金会（CNF）成立", "云原生基金会", ["云原生基金会（CNF）", "CNF"], ["云原生基金会", "CNF"]),
        ("会议（COP9）召开", "会议（COP9）", [], ["会议（COP9）"]),
        ("路线图（2022）发布", "路线图（2022）", ["路线图"], ["路线图（2022）"]),
        ("德国青湾公司的德国总部", "青湾公司", ["德国青湾公司"], ["青湾公司"]),
        ("影像芯片澄湾C1亮相", "澄湾C1", ["影像芯片澄湾C1"], ["澄湾C1"]),
        ("青湾年会开幕", "年会", ["青湾年会"], ["青湾年会"]),
        ("“慢读节”开幕，“慢读”年年有", "“慢读节”", [], ["慢读节"]),
        ("「慢讀節」與「聽雨」", "「慢讀節」", [], ["慢讀節"]),
        ("“一”和“二”", "“一”和“二”", [], ["“一”和“二”"]),
    ],
)
def test_what_is_marked_is_the_name_and_no_more(
    text: str, name: str, forms: list[str], marked: list[str], tmp_path: Path
) -> None:
    row = {"id": "x", "text": text, "entities": [{"name": name, "type": "Organization", "forms": [name, *forms]}]}
    assert [form for form, _ in _texts(mark_text(row))] == marked
    assert [mention.text for mention in _annotated(row, tmp_path).mentions] == marked


def _annotated(row: dict[str, object], folder: Path) -> Annotated:
    path = folder / "a.jsonl"
    path.write_text(json.dumps(row), "utf-8")
    (text,) = read_annotations(path)
    return text


def test_a_form_that_is_not_marked_still_says_who_is_meant(tmp_path: Path) -> None:
    row: dict[str, object] = {
        "id": "x", "text": "德国青湾公司成立",
        "entities": [{"name": "青湾公司", "type": "Organization", "forms": ["德国青湾公司"]}],
    }  # fmt: skip
    annotated = _annotated(row, tmp_path)
    found = replace(annotated.mentions[0], text="德国青湾公司", name="德国青湾公司")
    assert [mention.name for mention in annotated.rename([found])] == ["青湾公司"]


def test_marks_follow_their_sentence() -> None:
    sentences = sentences_of(mark_text(ROW))
    assert _texts(sentences[1]) == [("云栖", "Organization"), ("林晓舟", "Person")]


def test_an_optional_mention_may_be_found_or_not() -> None:
    (sentence, *_) = sentences_of(mark_text(ROW))
    allowed = allow(sentence, ())
    at = sentence.text.index("飞")
    assert allowed[at, 0] and allowed[at, NUMBER["B-Product"]] and allowed[at].sum() == 2
    assert allowed[0].sum() == 1


def test_an_unannotated_place_may_be_found_or_not() -> None:
    allowed = allow(Example("去乌镇", ()), [(1, 3)])
    assert allowed[1, 0] and allowed[1, NUMBER["B-Place"]]


def test_swapped_names_keep_marks_on_names() -> None:
    example = mark_text(ROW)
    other = mark_text(
        {"text": "月影集团的高飞扬来了，月影没说。", "entities": [
            {"name": "月影集团", "type": "Organization", "forms": ["月影集团", "月影"]},
            {"name": "高飞扬", "type": "Person", "forms": ["高飞扬"]}]}
    )  # fmt: skip
    pool = pool_of([example, other])
    swapped = [swap_names(example, pool, random.Random(seed)) for seed in range(20)]
    names = {name for s in swapped for name in _texts(s)}
    assert ("月影集团", "Organization") in names and ("高飞扬", "Person") in names
    assert {kind for s in swapped for _, kind in _texts(s)} == {kind for _, kind in _texts(example)}


def test_training_twice_gives_the_same_bytes_and_a_model_that_learnt(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps(ROW, ensure_ascii=False) + "\n", "utf-8")
    quick = TrainingSettings(rounds=30, warm_up=1, rate=5e-3)
    reports = [train_tagger([path], tmp_path / name, quick) for name in "xy"]
    assert (tmp_path / "x").read_bytes() == (tmp_path / "y").read_bytes()
    assert reports[0]["mentions"] == 5
    found = LearnedTagger.load(tmp_path / "x").find(["云栖公司在乌镇大会上发布飞燕OS。"])[0]
    assert [(start, end, kind) for start, end, kind, _ in found][:2] == [(0, 4, "Organization"), (5, 9, "Forum")]


def test_a_line_that_is_no_annotated_text_is_an_error_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "a"}\n', "utf-8")
    with pytest.raises(InputError, match=r"a\.jsonl:1: not an annotated text"):
        read_annotated([tmp_path / "a.jsonl"])


def test_texts_without_names_teach_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "a", "entities": []}\n', "utf-8")
    with pytest.raises(InputError, match="no annotated entities"):
        train_tagger([tmp_path / "a.jsonl"], tmp_path / "m")
