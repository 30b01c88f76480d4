"""The neural weights: the known files, exact whatever the batch, close to plain arithmetic."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import SeedError
from kg.neural import NeuralTagger, normalise
from kg.neural.tagger import cut_long
from kg.neural.weights import Weights, read_weights

SENTENCES = (
    "第四届世界互联网大会在浙江乌镇开幕，国家互联网信息办公室主任徐麟主持。",
    "记者从苹果公司获悉，库克将于12月3日抵达乌镇。",
    "小说《平凡的世界》和《白鹿原》再版。",
    "大會由浙江省人民政府主辦。",
    "A",
    "快手科技创始人、CEO宿华首次亮相世界互联网大会，并出席开幕式，参与分论坛圆桌讨论。",
    "華為發布Mate X2，售价17999元起！",
)


@pytest.fixture(scope="module")
def neural() -> NeuralTagger:
    return NeuralTagger.load()


def _sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def _reference_gru(inputs: np.ndarray, w: np.ndarray) -> np.ndarray:
    size = w.shape[0]
    flat = w.reshape(-1).astype(np.float64)
    gates, candidate = flat[: 2 * size * size].reshape(size, 2 * size), flat[2 * size * size :].reshape(size, size)
    h, out = np.zeros(size), []
    for x in inputs:
        g = _sigmoid(x[: 2 * size] + h @ gates)
        c = np.tanh(x[2 * size :] + (g[size:] * h) @ candidate)
        h = (1 - g[:size]) * h + g[:size] * c
        out.append(h)
    return np.array(out)


def _reference_scores(weights: Weights, text: str) -> np.ndarray:
    """The network as Paddle's operators define it, one sentence at a time, in float64."""
    m = {name: matrix.astype(np.float64) for name, matrix in weights.matrices.items()}
    x = m["word_emb"][[weights.characters.get(c, weights.characters["OOV"]) for c in normalise(text)]]
    for i in (0, 2):
        ahead = x @ m[f"fc_{i}.w_0"] + m[f"fc_{i}.b_0"].reshape(-1) + m[f"gru_{i}.b_0"].reshape(-1)
        back = x @ m[f"fc_{i + 1}.w_0"] + m[f"fc_{i + 1}.b_0"].reshape(-1) + m[f"gru_{i + 1}.b_0"].reshape(-1)
        x = np.concatenate(
            [_reference_gru(ahead, m[f"gru_{i}.w_0"]), _reference_gru(back[::-1], m[f"gru_{i + 1}.w_0"])[::-1]], axis=1
        )
    return x @ m["fc_4.w_0"] + m["fc_4.b_0"].reshape(-1)


def _reference_tags(weights: Weights, text: str) -> list[int]:
    scores, crf = _reference_scores(weights, text), weights.matrices["crfw"].astype(np.float64)
    best, back = crf[0] + scores[0], []
    for row in scores[1:]:
        paths = best[:, None] + crf[2:]
        back.append(paths.argmax(0))
        best = paths.max(0) + row
    tags = [int((best + crf[1]).argmax())]
    for pointers in reversed(back):
        tags.append(int(pointers[tags[-1]]))
    return tags[::-1]


@pytest.mark.parametrize("text", SENTENCES)
def test_tags_are_those_of_the_reference_arithmetic(neural: NeuralTagger, text: str) -> None:
    assert neural.tag_characters([text])[0].tolist() == _reference_tags(read_weights(), text)


@pytest.mark.parametrize("text", SENTENCES)
def test_scores_are_near_those_of_the_reference_arithmetic(neural: NeuralTagger, text: str) -> None:
    (encoded,) = neural.encode([text])
    assert np.abs(neural.emissions(encoded)[:, 0] - _reference_scores(read_weights(), text)).max() < 0.3


TEXTS = st.lists(
    st.one_of(st.sampled_from(SENTENCES), st.text("乌镇大会A1，。“”·\U0001f600", max_size=60)), max_size=12
)


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_tags_are_equal_whatever_the_batch(neural: NeuralTagger, texts: list[str]) -> None:
    assert neural.tag(texts) == [neural.tag([text])[0] for text in texts]


@settings(max_examples=10, deadline=None)
@given(TEXTS)
def test_layers_are_equal_to_the_bit_whatever_the_batch(neural: NeuralTagger, texts: list[str]) -> None:
    alone = {i: next(neural.encode([text])) for i, text in enumerate(texts) if text}
    for encoded in neural.encode(texts):
        for lane, i in enumerate(encoded.lanes.index):
            n = len(texts[i])
            assert np.array_equal(encoded.first[0, :n, lane], alone[i].first[0, :, 0])
            assert np.array_equal(neural.emissions(encoded)[:n, lane], neural.emissions(alone[i])[:, 0])


@settings(max_examples=25, deadline=None)
@given(TEXTS)
def test_words_cover_each_text_without_gaps(neural: NeuralTagger, texts: list[str]) -> None:
    for text, found in zip(texts, neural.tag(texts), strict=True):
        assert "".join(text[start:end] for start, end, _ in found) == text


def test_persons_places_and_works_have_their_tags(neural: NeuralTagger) -> None:
    found = {(text[start:end], tag) for text in SENTENCES[:3] for start, end, tag in neural.tag([text])[0]}
    assert {("徐麟", "PER"), ("乌镇", "LOC"), ("白鹿原", "nw")} <= found


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_normalising_keeps_every_offset(text: str) -> None:
    assert len(normalise(text)) == len(text)


def test_normalising_reads_full_width_and_traditional_forms() -> None:
    assert normalise("ＫＧ大會開幕。（圖）") == "kg大会开幕.(图)"


def test_long_texts_are_cut_after_a_mark() -> None:
    text = "甲" * 150 + "，" + "乙" * 100
    pieces, owner = cut_long(["短", text])
    assert pieces == ["短", "甲" * 150 + "，", "乙" * 100]
    assert owner == [0, 1, 1]


def test_missing_weights_name_the_release_of_jieba(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"can't be read .*; install jieba==0\.42\.1 again"):
        read_weights(tmp_path)


def test_other_weights_are_refused(tmp_path: Path) -> None:
    import jieba

    folder = tmp_path / "lac_small"
    shutil.copytree(Path(jieba.__file__).parent / "lac_small", folder)
    (folder / "tag.dic").write_text("0\tO\n")
    with pytest.raises(SeedError, match=r"not the neural weights of jieba 0\.42\.1"):
        read_weights(folder)
