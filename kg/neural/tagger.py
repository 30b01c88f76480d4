"""Tags words: embedding, two layers, CRF.

onnxruntime runs the same graph 1.8 times as fast on one core (165,000 characters a second
without decoding, against 93,000), but weighs 78 MB, and its sums depend on the batch; with
numpy both halves of the tagger together are already faster than jieba.posseg.cut. It has no
quantised GRU.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from kg.neural.layers import CELLS, LANES, Gru, Lanes, both_ways, run_gru, to_grid
from kg.neural.normal import normalise
from kg.neural.weights import Floats, Weights, read_weights

Tags = NDArray[np.uint8]
_MAX_STEPS = 192
"""Longer texts are cut into pieces: memory goes with the lanes of the longest."""
_TABLE_UNIT = 2.0**16


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the first layer makes of one batch.

    Args:
        lanes: which sentences these are, and where they end.
        first: the layer's output, both ways, (2, steps, lanes, 256).
    """

    lanes: Lanes
    first: Floats


class NeuralTagger:
    """The network with its weights.

    Args:
        weights: as :func:`kg.neural.weights.read_weights` gives them.
    """

    def __init__(self, weights: Weights) -> None:
        get = weights.matrices.__getitem__
        self.tags = weights.tags
        self._rows = {c: row for c, row in weights.characters.items() if len(c) == 1}
        self._unknown = weights.characters["OOV"]
        self._first_layer, self.second_layer = (_layer(weights, i) for i in (0, 2))
        self._inputs = _CharacterInputs(get("word_emb"), self._first_layer)
        self._score, self._score_bias = to_grid(get("fc_4.w_0")), get("fc_4.b_0").reshape(-1)
        self._start, self._stop, self._transitions = get("crfw")[0], get("crfw")[1], get("crfw")[2:]

    @classmethod
    def load(cls) -> NeuralTagger:
        """The tagger with the weights of the installed jieba, read once a process.

        Raises:
            SeedError: where the weights are absent or not the known ones.
        """
        return _load()

    def tag(self, texts: Sequence[str]) -> list[list[tuple[int, int, str]]]:
        """Words with their tags: (start, end, tag) in each text, without gaps.

        Tags are LAC's: ``PER LOC ORG TIME``, ``nr ns nt nw nz`` and parts of speech. A text's
        tags don't depend on the other texts of the call.
        """
        return [words(tags, self.tags) for tags in self.tag_characters(texts)]

    def tag_characters(self, texts: Sequence[str]) -> list[Tags]:
        """The number of each character's tag in :attr:`tags`."""
        pieces, owner = cut_long(texts)
        found: list[Tags] = [np.zeros(0, np.uint8)] * len(pieces)
        for encoded in self.encode(pieces):
            tags = viterbi(self.emissions(encoded), self._start, self._transitions, self._stop, encoded.lanes)
            for lane, i in enumerate(encoded.lanes.index):
                found[i] = tags[: len(pieces[i]), lane]
        joined: list[list[Tags]] = [[] for _ in texts]
        for i, tags in zip(owner, found, strict=True):
            joined[i].append(tags)
        return [np.concatenate(parts) if parts else np.zeros(0, np.uint8) for parts in joined]

    def encode(self, texts: Sequence[str]) -> Iterator[Encoded]:
        """Runs the first layer over all texts, the longest first, in batches."""
        order = sorted((i for i, text in enumerate(texts) if text), key=lambda i: (-len(texts[i]), i))
        at = 0
        while at < len(order):
            index = order[at : at + max(1, min(LANES, CELLS // len(texts[order[at]])))]
            at += len(index)
            lanes = Lanes.of(index, [len(texts[i]) for i in index])
            rows = np.zeros(lanes.shape, np.int32)
            for lane, i in enumerate(index):
                rows[: len(texts[i]), lane] = [self._rows.get(c, self._unknown) for c in normalise(texts[i])]
            output = run_gru(self._inputs.read(rows, lanes), self._first_layer, lanes)
            yield Encoded(lanes, both_ways(lanes, output))

    def emissions(self, encoded: Encoded) -> Floats:
        """The second layer's scores of the 57 tags, before the CRF, (steps, lanes, tags)."""
        lanes = encoded.lanes
        output = run_gru(self.second_layer.inputs(encoded.first[:, lanes.inside]), self.second_layer, lanes)
        states = both_ways(lanes, output)[0]
        out: Floats = states.reshape(-1, states.shape[2]) @ self._score
        out += self._score_bias
        return out.reshape(*lanes.shape, len(self.tags))


class _CharacterInputs:
    """What each character gives the first layer: it depends on the character alone, so it is worked out once.

    A table of all 21,000 characters would take 64 MB; news uses a fifth of them.
    """

    def __init__(self, embedding: Floats, layer: Gru) -> None:
        self._embedding, self._layer = embedding, layer
        self._slot = np.full(len(embedding), -1, np.int32)
        self._table = np.zeros((2, 0, layer.bias.shape[1]), np.float32)

    def read(self, rows: NDArray[np.int32], lanes: Lanes) -> Floats:
        """What the characters of a batch give, ready for :func:`run_gru`."""
        unseen = np.unique(rows[self._slot[rows] < 0])
        if len(unseen):
            self._slot[unseen] = np.arange(len(unseen)) + self._table.shape[1]
            given = self._embedding[unseen].astype(np.float64) @ self._layer.project.astype(np.float64)
            given += self._layer.bias[:, None]
            fine = np.rint(given * _TABLE_UNIT) / _TABLE_UNIT  # the same, however many are worked out together
            self._table = np.concatenate([self._table, fine.astype(np.float32)], axis=1)
        slot = self._slot[rows]
        ahead, back = slot[lanes.inside], lanes.mirror(slot)[lanes.inside]
        return np.stack([self._table[0][ahead], self._table[1][back]])


def viterbi(scores: Floats, start: Floats, transitions: Floats, stop: Floats, lanes: Lanes) -> Tags:
    """The best tags of each lane, (steps, lanes).

    Only the best scores are kept on the way out; the way back finds again which tag led to
    the chosen one, a fiftieth of the work of finding it for every tag.

    Args:
        scores: (steps, lanes, tags).
        start: of each tag at a sentence's start.
        transitions: (before, after).
        stop: of each tag at a sentence's end.
        lanes: where sentences end.
    """
    best = np.empty(scores.shape, np.float32)
    best[0] = scores[0] + start
    for step, n in enumerate(lanes.live[1:], 1):
        best[step, n:] = 0.0
        np.max(best[step - 1, :n, :, None] + transitions, axis=1, out=best[step, :n])
        best[step, :n] += scores[step, :n]
    tags = np.zeros(lanes.shape, np.uint8)
    into = np.ascontiguousarray(transitions.T)
    every = np.arange(len(lanes.index))
    ends = (best[lanes.lengths - 1, every] + stop).argmax(1)
    tags[lanes.lengths - 1, every] = ends
    for step in range(len(lanes.live) - 1, 0, -1):
        n = lanes.live[step]
        tags[step - 1, :n] = (best[step - 1, :n] + into[tags[step, :n]]).argmax(1)
    return tags


def cut_long(texts: Sequence[str]) -> tuple[list[str], list[int]]:
    """Pieces of at most 192 characters, cut after a mark where one stands, and the text of each piece."""
    pieces: list[str] = []
    owner: list[int] = []
    for i, text in enumerate(texts):
        start = 0
        while start < len(text):
            end = start + _MAX_STEPS
            if end < len(text):
                mark = max(text.rfind(c, start, end) for c in "；;，,、：: ")
                end = mark + 1 if mark > start else end
            pieces.append(text[start:end])
            owner.append(i)
            start = end
    return pieces, owner


def words(tags: Tags, names: Sequence[str]) -> list[tuple[int, int, str]]:
    """(start, end, tag) of each word: one begins at every ``-B``, and where O meets another tag."""
    found, start = [], 0
    for i in range(1, len(tags) + 1):
        if i == len(tags) or names[tags[i]].endswith("-B") or (names[tags[i]] == "O") != (names[tags[i - 1]] == "O"):
            found.append((start, i, names[tags[start]].partition("-")[0]))
            start = i
    return found if len(tags) else []


def _layer(weights: Weights, i: int) -> Gru:
    """The layer whose two directions have numbers i and i + 1 in the file names."""
    get = weights.matrices.__getitem__
    pairs = (i, i + 1)
    flat = [get(f"gru_{k}.w_0").reshape(-1) for k in pairs]
    width = get("gru_0.w_0").shape[0]
    cut = 2 * width * width  # Paddle keeps both gates, then the candidate, in one buffer
    return Gru.fold(
        np.stack([get(f"fc_{k}.w_0") for k in pairs]),
        np.stack([(get(f"fc_{k}.b_0") + get(f"gru_{k}.b_0")).reshape(-1) for k in pairs]),
        np.stack([f[:cut].reshape(width, 2 * width) for f in flat]),
        np.stack([f[cut:].reshape(width, width) for f in flat]),
    )


@cache
def _load() -> NeuralTagger:
    return NeuralTagger(read_weights())
