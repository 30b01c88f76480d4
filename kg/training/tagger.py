"""Trains the tagger: Adam on the chain's loss, on texts whose names are swapped anew in every round."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import InputError
from kg.mentions.tagger.features import CHANNELS, FeatureReader, Ints
from kg.mentions.tagger.files import write_model
from kg.mentions.tagger.finder import read_features
from kg.mentions.tagger.labels import LABELS, NUMBER
from kg.neural import Lanes, NeuralTagger, width_of
from kg.neural.upper import STATES
from kg.seeds import load_lexicon
from kg.training.backward import chain_loss
from kg.training.examples import Example, Mark, read_annotated, sentences_of
from kg.training.layer import Adam, Floats, LayerPass, Parameters, keep_mask, shipped_layer
from kg.training.swaps import SHARE_OF_TEXTS, pool_of, swap_names

_GAZETTEER = list(CHANNELS).index("gazetteer")
_PLACES = ("LOC", "ns")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingSettings:
    """How long and how hard to train; the values were chosen on held-out training files.

    Args:
        rounds: passes over the texts.
        batch: sentences a step; 24 at the same number of rounds loses 1.5 points of F1.
        rate: peak of the learning rate, which rises for ``warm_up`` steps, then falls to 0.
        drop_states, drop_output, drop_categories: dropout of the lower layer's states,
            of the upper states, of the embedded categories.
        drop_names: share of gazetteer matches hidden, so that unknown names are learnt too.
        seed: of swaps, order and dropout.
    """

    rounds: int = 18
    batch: int = 12
    rate: float = 2e-3
    warm_up: int = 200
    drop_states: float = 0.3
    drop_output: float = 0.5
    drop_categories: float = 0.35
    drop_names: float = 0.15
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence ready for training: layers below, categories, allowed labels; one row a character."""

    first: Floats
    features: Ints
    allowed: NDArray[np.bool_]


def train_tagger(
    paths: Sequence[Path], out: Path, settings: TrainingSettings | None = None, networks: int = 1
) -> dict[str, object]:
    """Trains on annotated texts and writes the model file.

    Args:
        paths: files in the form of ``seeds/annotated``.
        out: the model file to write.
        settings: see :class:`TrainingSettings`.
        networks: how many networks vote; each has the next seed.

    Returns:
        What was trained on and how well it fits, for a report.

    Raises:
        InputError: where a file can't be read or holds no annotated text.
    """
    examples = read_annotated(paths)
    if not any(example.marks for example in examples):
        raise InputError(
            f"{', '.join(map(str, paths))}: no annotated entities to learn from; give annotated .jsonl files"
        )
    settings = settings or TrainingSettings()
    trained = [train_network(examples, settings, settings.seed + i) for i in range(networks)]
    write_model(out, [parameters for parameters, _ in trained])
    return {
        "texts": len(examples),
        "characters": sum(len(example.text) for example in examples),
        "mentions": sum(not mark.optional for example in examples for mark in example.marks),
        "loss": round(trained[-1][1], 4),
    }


def train_network(examples: Sequence[Example], settings: TrainingSettings, seed: int) -> tuple[Parameters, float]:
    """One network's parameters, and its mean loss a sentence in the last round."""
    neural, reader = NeuralTagger.load(), FeatureReader(load_lexicon())
    rng, chance = np.random.default_rng(seed), random.Random(seed)
    parameters = initial_parameters(rng)
    pool = pool_of(examples)
    adam = Adam(parameters, settings.rate, settings.warm_up)
    loss = 0.0
    for turn in range(settings.rounds):
        texts = [swap_names(e, pool, chance) if chance.random() < SHARE_OF_TEXTS else e for e in examples]
        sentences = [sentence for text in texts for sentence in sentences_of(text)]
        samples = make_samples(sentences, neural, reader)
        loss = 0.0
        batches = _batches(samples, settings.batch, rng)
        for done, batch in enumerate(batches):
            progress = (turn + done / len(batches)) / settings.rounds
            step_loss, gradients = _Pass(parameters, settings, rng).run([samples[i] for i in batch])
            adam.step(gradients, progress)
            loss += step_loss
        loss /= len(samples)
    return parameters, loss


def initial_parameters(rng: np.random.Generator) -> Parameters:
    """The second layer as jieba ships it, unfolded; small random numbers elsewhere."""
    output = (rng.normal(size=(STATES + width_of(CHANNELS), len(LABELS))) * 0.02).astype(np.float32)
    return {
        **shipped_layer(CHANNELS, rng),
        "output": output,
        "output_bias": np.zeros(len(LABELS), np.float32),
        "transitions": np.zeros((len(LABELS), len(LABELS)), np.float32),
    }


def make_samples(sentences: Sequence[Example], neural: NeuralTagger, reader: FeatureReader) -> list[Sample]:
    """Runs the layers below and reads the categories."""
    texts = [sentence.text for sentence in sentences]
    found: dict[int, Sample] = {}
    tags = neural.tag(texts)
    for encoded in neural.encode(texts):
        features = read_features(reader, encoded, texts)
        for lane, i in enumerate(encoded.lanes.index):
            n = len(texts[i])
            places = [(start, end) for start, end, tag in tags[i] if tag in _PLACES]
            found[i] = Sample(encoded.first[0, :n, lane].copy(), features[:n, lane], allow(sentences[i], places))
    return [found[i] for i in range(len(texts))]


def allow(sentence: Example, places: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """The labels that annotation leaves open, (characters, labels).

    An optional mention may be found or not, but an optional place is one: places are
    annotated only where a relation needs them, so that every other place that the layers
    below see may be found, too.
    """
    allowed = np.zeros((len(sentence.text), len(LABELS)), bool)
    allowed[:, 0] = True
    open_places = [Mark(a, b, "Place", True, -1) for a, b in places if not _meets(a, b, sentence.marks)]
    for mark in (*sentence.marks, *open_places):
        part = allowed[mark.start : mark.end]
        part[:] = False
        part[:, 0] = mark.optional and (mark.type != "Place" or mark.entity < 0)
        if len(part) == 1:
            part[0, NUMBER[f"S-{mark.type}"]] = True
        else:
            part[0, NUMBER[f"B-{mark.type}"]] = part[-1, NUMBER[f"E-{mark.type}"]] = True
            part[1:-1, NUMBER[f"I-{mark.type}"]] = True
    return allowed


def _meets(start: int, end: int, marks: Sequence[Mark]) -> bool:
    return any(start < mark.end and mark.start < end for mark in marks)


def _batches(samples: Sequence[Sample], size: int, rng: np.random.Generator) -> list[list[int]]:
    """Sentences of about equal length together, the longest first; batches in random order."""
    length = np.array([len(sample.first) for sample in samples])
    order = np.argsort(-(length + rng.random(len(samples)) * 12), kind="stable")
    batches = [order[at : at + size] for at in range(0, len(order), size)]
    batches = [batches[i] for i in rng.permutation(len(batches))]
    return [[int(i) for i in batch[np.argsort(-length[batch], kind="stable")]] for batch in batches]


class _Pass:
    """One forward and backward pass with dropout."""

    def __init__(self, parameters: Parameters, settings: TrainingSettings, rng: np.random.Generator) -> None:
        self._p, self._settings, self._rng = parameters, settings, rng

    def run(self, samples: Sequence[Sample]) -> tuple[float, Parameters]:
        """The batch's loss, and the gradient of its mean a sentence."""
        s = self._settings
        lanes = Lanes.of(range(len(samples)), [len(sample.first) for sample in samples])
        first, allowed = (lanes.stack([getattr(x, field) for x in samples]) for field in ("first", "allowed"))
        features = self._hide_names(lanes.stack([x.features for x in samples]))
        keep_embedded = keep_mask(self._rng, (*lanes.shape, width_of(CHANNELS)), s.drop_categories)
        first = first * keep_mask(self._rng, first.shape, s.drop_states)
        layer = LayerPass.run(self._p, CHANNELS, lanes, first, features, keep_embedded)
        keep_upper = keep_mask(self._rng, layer.states.shape, s.drop_output)
        seen = np.concatenate([layer.states * keep_upper, layer.embedded], axis=2)
        scores = seen @ self._p["output"] + self._p["output_bias"]
        loss, slope, by_transition = chain_loss(scores, allowed, self._p["transitions"], lanes)
        slope /= len(samples)
        gradients = {"transitions": by_transition / np.float32(len(samples))}
        by_seen = self._output_backward(seen, slope, gradients)
        gradients |= layer.back(by_seen[..., :STATES] * keep_upper, by_seen[..., STATES:])
        return loss, gradients

    def _output_backward(self, seen: Floats, slope: Floats, gradients: Parameters) -> Floats:
        flat = slope.reshape(-1, slope.shape[2])
        gradients["output_bias"] = flat.sum(0)
        gradients["output"] = seen.reshape(-1, seen.shape[2]).T @ flat
        result: Floats = slope @ self._p["output"].T
        return result

    def _hide_names(self, features: Ints) -> Ints:
        """Hides some gazetteer matches, each as a whole."""
        column = features[..., _GAZETTEER].T.ravel()  # lane after lane, so that a match is one stretch
        starts = (column > 0) & ((column - 1) % 4 < 2)
        match = np.cumsum(starts)
        hidden = self._rng.random(int(match[-1]) + 1) < self._settings.drop_names
        column = np.where(hidden[match], 0, column)
        features[..., _GAZETTEER] = column.reshape(features.shape[1], features.shape[0]).T
        return features
