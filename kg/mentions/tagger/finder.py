"""Finds mentions with the trained model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.mentions.tagger.crf import best_labels, path_certainty, sum_paths
from kg.mentions.tagger.echo import echoes, encourage, known_names
from kg.mentions.tagger.features import FeatureReader, Ints
from kg.mentions.tagger.files import read_model
from kg.mentions.tagger.labels import FOLLOWS, LABELS, balance, spans_of
from kg.mentions.tagger.network import Network
from kg.neural import LANES, Encoded, Lanes, NeuralTagger, cut_long
from kg.resources import resource
from kg.seeds import Lexicon, load_lexicon

Floats = NDArray[np.float32]
Found = tuple[int, int, str, float]
"""Start and end in the sentence, entity type, probability."""

TEMPERATURE = 1.5
"""Scores are divided by it before they become probabilities: of mentions on held-out texts with a
probability of about 0.75, 0.74 are then right (without it, 0.59)."""

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
            doc_of: the number of each sentence's document; with it, a name that is sure in one
                sentence helps in the others.
        """
        pieces, owner = cut_long(sentences)
        scores: list[Floats] = [np.zeros((0, len(LABELS)), np.float32)] * len(pieces)
        for encoded in self._neural.encode(pieces):
            lanes = encoded.lanes
            features = read_features(self._reader, encoded, pieces)
            mean = np.mean([network.scores(encoded, features) for network in self._networks], axis=0)
            for lane, i in enumerate(lanes.index):
                scores[i] = mean[: len(pieces[i]), lane]
        found = self._decode(pieces, scores)
        if doc_of is not None:
            self._look_again(pieces, [doc_of[i] for i in owner], scores, found)
        return _joined(found, pieces, owner, len(sentences))

    def _look_again(
        self, pieces: Sequence[str], doc_of: Sequence[int], scores: Sequence[Floats], found: list[list[Found]]
    ) -> None:
        """Reads again the sentences that hold a name which their document is sure of elsewhere."""
        members: dict[int, list[int]] = defaultdict(list)
        for i, doc in enumerate(doc_of):
            members[doc].append(i)
        again: dict[int, Floats] = {}
        for inside in members.values():
            names = known_names([pieces[i] for i in inside], [found[i] for i in inside])
            for i in inside:
                missed = echoes(pieces[i], found[i], names)
                if missed:
                    again[i] = encourage(scores[i], missed)
        for i, mentions in zip(again, self._decode([pieces[i] for i in again], list(again.values())), strict=True):
            found[i] = mentions

    def _decode(self, texts: Sequence[str], scores: Sequence[Floats]) -> list[list[Found]]:
        """The mentions of each text from its label scores (characters, labels)."""
        found: list[list[Found]] = [[] for _ in texts]
        order = sorted((i for i, text in enumerate(texts) if text), key=lambda i: -len(texts[i]))
        for at in range(0, len(order), LANES):
            index = order[at : at + LANES]
            lanes = Lanes.of(index, [len(texts[i]) for i in index])
            batch = lanes.stack([scores[i] for i in index])
            for i, mentions in zip(index, self._decode_batch(batch, lanes), strict=True):
                found[i] = _balanced(texts[i], mentions)
        return found

    def _decode_batch(self, scores: Floats, lanes: Lanes) -> Iterator[list[Found]]:
        labels = best_labels(scores, self._transitions, lanes)
        steps = np.where(FOLLOWS, np.exp(self._transitions.astype(np.float64) / TEMPERATURE), 0.0)
        chain = sum_paths(scores / np.float32(TEMPERATURE), steps, lanes)
        marginal, running = path_certainty(chain, steps, labels)
        for lane, length in enumerate(lanes.lengths):
            yield [
                (start, end, kind, _probability(marginal[start, lane], running[end - 1, lane] - running[start, lane]))
                for start, end, kind in spans_of(labels[:length, lane].tolist())
            ]


def _probability(first: float, rest: float) -> float:
    """Of a span, from its first label's marginal and the logarithm of the links' product."""
    return round(min(float(first * np.exp(rest)), 1.0), 4)


def read_features(reader: FeatureReader, encoded: Encoded, pieces: Sequence[str]) -> Ints:
    """The categories of a batch, (steps, lanes, channels)."""
    lanes = encoded.lanes
    texts = [pieces[i] for i in lanes.index]
    return lanes.stack(np.split(reader.read(texts), np.cumsum([len(text) for text in texts[:-1]])))


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
