"""Finds mentions with the trained model."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np

from kg.mentions.neural import Encoded, NeuralTagger, cut_long
from kg.mentions.tagger.crf import best_labels, path_certainty, sum_paths
from kg.mentions.tagger.features import CHANNELS, FeatureReader, Ints
from kg.mentions.tagger.files import read_model
from kg.mentions.tagger.labels import FOLLOWS, balance, spans_of
from kg.mentions.tagger.network import Network
from kg.resources import resource
from kg.seeds import Lexicon, load_lexicon

Found = tuple[int, int, str, float]
"""Start and end in the sentence, entity type, probability."""

MODEL = "seeds/models/tagger.model"


class LearnedTagger:
    """The trained tagger; see :mod:`kg.mentions.tagger` for what it is made of.

    Args:
        networks: the trained networks; their label scores are averaged.
        lexicon: names and word lists that the categories look up.
        neural: the layers below.
    """

    def __init__(self, networks: Sequence[Network], lexicon: Lexicon, neural: NeuralTagger) -> None:
        self._networks = tuple(networks)
        self._reader = FeatureReader(lexicon)
        self._neural = neural
        self._transitions = np.mean([network.transitions for network in networks], axis=0)

    @classmethod
    def load(cls, path: Path | None = None) -> LearnedTagger:
        """The tagger with the shipped model, or another, read once a process.

        Raises:
            SeedError: where the model or jieba's weights can't be used.
        """
        return _load(path or resource(MODEL))

    def find(self, sentences: Sequence[str], doc_of: Sequence[int] | None = None) -> list[list[Found]]:
        """The mentions of each sentence, in order, not overlapping.

        Args:
            sentences: of one or many documents; the more, the faster.
            doc_of: the number of each sentence's document.
        """
        pieces, owner = cut_long(sentences)
        found: list[list[Found]] = [[] for _ in pieces]
        for encoded in self._neural.encode(pieces):
            features = read_features(self._reader, encoded, pieces)
            for i, mentions in self._decode(encoded, features):
                found[i] = _balanced(pieces[i], mentions)
        return _joined(found, pieces, owner, len(sentences))

    def _decode(self, encoded: Encoded, features: Ints) -> list[tuple[int, list[Found]]]:
        lanes = encoded.lanes
        scores = np.mean([network.scores(encoded, features) for network in self._networks], axis=0)
        labels = best_labels(scores, self._transitions, lanes)
        steps = np.where(FOLLOWS, np.exp(self._transitions.astype(np.float64)), 0.0)
        marginal, running = path_certainty(sum_paths(scores, steps, lanes), steps, labels)
        result = []
        for lane, i in enumerate(lanes.index):
            mentions = []
            for start, end, kind in spans_of(labels[: lanes.lengths[lane], lane].tolist()):
                probability = marginal[start, lane] * np.exp(running[end - 1, lane] - running[start, lane])
                mentions.append((start, end, kind, round(min(float(probability), 1.0), 4)))
            result.append((i, mentions))
        return result


def read_features(reader: FeatureReader, encoded: Encoded, pieces: Sequence[str]) -> Ints:
    """The categories of a batch, (steps, lanes, channels)."""
    lanes = encoded.lanes
    texts = [pieces[i] for i in lanes.index]
    rows = reader.read(texts)
    out = np.zeros((*lanes.shape, len(CHANNELS)), np.int16)
    at = 0
    for lane, text in enumerate(texts):
        out[: len(text), lane] = rows[at : at + len(text)]
        at += len(text)
    return out


def _balanced(text: str, mentions: Sequence[Found]) -> list[Found]:
    """Mends cut quotation marks, where that doesn't reach into the mention before."""
    result: list[Found] = []
    for at, (start, end, kind, score) in enumerate(mentions):
        new_start, new_end = balance(text, start, end)
        after = mentions[at + 1][0] if at + 1 < len(mentions) else len(text)
        if (result and new_start < result[-1][1]) or new_end > after:
            new_start, new_end = start, end
        result.append((new_start, new_end, kind, score))
    return result


def _joined(found: Sequence[list[Found]], pieces: Sequence[str], owner: Sequence[int], count: int) -> list[list[Found]]:
    """Puts the pieces of long sentences together again."""
    result: list[list[Found]] = [[] for _ in range(count)]
    offset = [0] * count
    for mentions, piece, i in zip(found, pieces, owner, strict=True):
        result[i] += [(start + offset[i], end + offset[i], kind, score) for start, end, kind, score in mentions]
        offset[i] += len(piece)
    return result


@cache
def _load(path: Path) -> LearnedTagger:
    return LearnedTagger([Network(p) for p in read_model(path)], load_lexicon(), NeuralTagger.load())
