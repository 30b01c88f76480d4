"""The learned proposer of relations: how probable each predicate is for each candidate pair.

Two stages, all of it small: the mean of a logistic regression over hashed features of the pair
(:mod:`.features`) and of a network that reads its context (:mod:`.context`), then boosted trees
over its margin beside those of its rivals (:mod:`.rivals`), then a calibration for each predicate.
Learnt by ``kg train`` from annotated texts (:mod:`kg.training.relations`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kg.errors import SeedError
from kg.model import Mention, Reading, ValueMention
from kg.neural import NeuralTagger, Parameters
from kg.neural.upper import from_steps, to_steps
from kg.relations.candidates import Label, find_pairs
from kg.relations.claims import find_claims
from kg.relations.columns import Vocabulary, make_columns
from kg.relations.context import ContextNetwork
from kg.relations.features import Features, feature_keys
from kg.relations.phrases import PhraseWords
from kg.relations.rivals import claim_features
from kg.relations.trees import NO_MODEL, Forest
from kg.relations.units import UNIT_TYPES
from kg.relations.views import View
from kg.resources import resource
from kg.seeds.words import WordLists

FORMAT = 2
PROBABILITY_FLOOR = 0.02
#: So many of a key's 32 bits are left out where a table tells where it may stand.
_REST = 14
_UNGROUPED = ("question", "respectively", "conditional", "passive")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPair:
    """A relation that may hold between two units of one text.

    Args:
        probability: how probable it is that the text tells the fact, calibrated.
        sentence_index: the sentence that tells it.
    """

    subject: Mention
    predicate: str
    object: Mention | ValueMention
    probability: float
    sentence_index: int


@dataclass(frozen=True, kw_only=True)
class RelationModel:
    """What training learns.

    Args:
        labels: for each pair of types, its labels.
        keys: hashed features, sorted.
        weights: feature x label, in steps of ``scale``.
        context: the parameters of the network.
        predicates: in the order of the second stage.
        calibration: by predicate, slope and intercept on the second stage's margin.
        thresholds: by predicate, the probability from which precision was 0.85 by cross-validation.
    """

    labels: Mapping[tuple[int, int], tuple[Label, ...]]
    words: tuple[str, ...]
    groups: tuple[str, ...]
    keys: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.int8]
    scale: float
    context: Parameters
    predicates: tuple[str, ...]
    forest: Forest
    calibration: Mapping[str, tuple[float, float]]
    thresholds: Mapping[str, float]

    def margins(self, features: Features, pairs: int) -> npt.NDArray[np.float64]:
        """The first stage's regression: pair x label, as log-odds."""
        out = np.zeros((pairs, self.weights.shape[1]), np.int32)
        for rows, keys in features:
            hit, at = self._known(keys)
            if rows is None:
                out[hit] += self.weights[at]
            elif len(hit):
                told = rows[hit]
                starts = np.flatnonzero(np.concatenate([[True], told[1:] != told[:-1]]))
                out[told[starts]] += np.add.reduceat(self.weights[at], starts, axis=0, dtype=np.int32)
        return np.asarray(out * self.scale, np.float64)

    def _known(self, keys: npt.NDArray[np.uint32]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """The places of the keys that the model knows, and their rows in :attr:`weights`."""
        first, most, ended = self._buckets
        at = first[keys >> _REST]
        for _ in range(most):
            at += ended[at] < keys
        hit = np.flatnonzero(ended[at] == keys)
        return hit, at[hit]

    @cached_property
    def _buckets(self) -> tuple[npt.NDArray[np.int64], int, npt.NDArray[np.uint64]]:
        """For the first bits of a key the first known one that may be it, and how many may be; all known keys.

        A few steps from there find a key in half the time of a binary search; an end that no key
        reaches stops them.
        """
        starts = np.arange(0, 1 << 32, 1 << _REST, dtype=np.uint64)
        first = np.searchsorted(self.keys, np.append(starts, np.uint64(1 << 32)))
        ended = np.append(self.keys.astype(np.uint64), np.uint64(1 << 32))
        return first[:-1], int(np.diff(first).max()), ended


def first_stage(words: npt.NDArray[np.float64], context: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Both halves of the first stage as one: the mean, near to what a regression over both gives."""
    return (words + context) / 2


def word_groups(lists: WordLists) -> dict[str, list[str]]:
    """The word groups that the features know: triggers, titles by kind and what stands before titles."""
    groups = {name: sorted(words) for name, words in lists.triggers.items() if name not in _UNGROUPED}
    for title, kinds in lists.titles.items():
        for kind in kinds:
            groups.setdefault(f"title-{kind}", []).append(title)
    for modifier, kind in lists.title_modifiers.items():
        groups.setdefault(f"mod-{kind}", []).append(modifier)
    return {name: sorted(groups[name]) for name in sorted(groups)}


@dataclass(frozen=True, slots=True)
class RelationScorer:
    """Scores the candidate pairs of readings."""

    model: RelationModel
    vocabulary: Vocabulary
    context: ContextNetwork

    @classmethod
    def load(cls, path: Path | None = None) -> RelationScorer:
        """The shipped scorer, or that of a file; read once a process.

        Raises:
            SeedError: where the file is no model of this version, or jieba's weights are absent or not the known ones.
            InputError: where the shipped model is missing.
        """
        return _load(path or resource("seeds/models") / "relations.npz")

    @classmethod
    def of(cls, model: RelationModel, lists: WordLists) -> RelationScorer:
        """A scorer of a model; ``lists`` gives the words of the groups that the model names."""
        groups = word_groups(lists)
        vocabulary = Vocabulary.make(
            model.words, {name: groups.get(name, ()) for name in model.groups}, PhraseWords.of(lists)
        )
        return cls(model, vocabulary, ContextNetwork(NeuralTagger.load(), model.context))

    def score(self, reading: Reading) -> list[ScoredPair]:
        """The scored pairs of one document over a low floor, in the order of the text."""
        return self.score_many([reading])[0]

    def score_many(self, readings: Sequence[Reading]) -> list[list[ScoredPair]]:
        """The same for many documents at once, which is several times as fast; same results."""
        out: list[list[ScoredPair]] = [[] for _ in readings]
        columns = make_columns(readings, self.vocabulary)
        view = View(columns, find_pairs(columns, self.model.labels))
        context = self.context.margins(view, readings, self.model.labels)
        margins = first_stage(self.model.margins(feature_keys(view), len(view.pairs)), context)
        claims = find_claims(view, margins, context, self.model.labels, self.model.predicates)
        chance = self._chances(claim_features(claims, self.model.predicates, self.vocabulary.groups), claims.predicate)
        sentence, document, *_ = claims.keys
        kept = np.flatnonzero(chance >= PROBABILITY_FLOOR)
        numbers = (document, claims.subject, claims.predicate, claims.object, columns.order[sentence])
        rows = zip(*(column[kept].tolist() for column in (*numbers, chance)), strict=True)
        for number, subject_at, predicate, object_at, index, probability in rows:
            subject = columns.units[subject_at]
            assert isinstance(subject, Mention), "no label has a value for its subject"
            out[number].append(
                ScoredPair(
                    subject=subject,
                    predicate=self.model.predicates[predicate],
                    object=columns.units[object_at],
                    probability=round(probability, 4),
                    sentence_index=index,
                )
            )
        return out

    def _chances(
        self, features: npt.NDArray[np.float32], predicate: npt.NDArray[np.int64]
    ) -> npt.NDArray[np.float64]:
        lines = np.array([self.model.calibration.get(p, (1.0, 0.0)) for p in self.model.predicates]).reshape(-1, 2)
        slope, intercept = lines[predicate].T
        return np.asarray(1 / (1 + np.exp(-(slope * self.model.forest.margins(features) + intercept))))


@lru_cache(maxsize=4)
def _load(path: Path) -> RelationScorer:
    from kg.seeds import load_lexicon

    return RelationScorer.of(read_model(path), load_lexicon().lists)


def read_model(path: Path) -> RelationModel:
    """The model in a file.

    Raises:
        SeedError: where the file is no model of this version.
    """
    try:
        with np.load(path) as file:
            head = json.loads(bytes(file["head"]).decode("utf-8"))
            if head["format"] != FORMAT or head["types"] != list(UNIT_TYPES):
                raise SeedError(f"{path}: a model of another version; write it anew with 'kg train'")
            return RelationModel(
                labels={(a, b): tuple(Label(p, f) for p, f in labels) for a, b, labels in head["labels"]},
                words=tuple(head["words"]),
                groups=tuple(head["groups"]),
                keys=np.cumsum(file["keys"], dtype=np.uint32),
                weights=file["weights"],
                scale=head["scale"],
                context={name: from_steps(file[f"context:{name}"], unit) for name, unit in head["context"].items()},
                predicates=tuple(head["predicates"]),
                forest=Forest.of(head["start"], file),
                calibration={p: (a, b) for p, (a, b) in head["calibration"].items()},
                thresholds=head["thresholds"],
            )
    except OSError as error:
        raise SeedError(f"{path}: can't be read ({error.strerror}); write it anew with 'kg train'") from error
    except NO_MODEL as error:
        raise SeedError(f"{path}: not a relation model; write it anew with 'kg train'") from error


def write_model(model: RelationModel, path: Path) -> None:
    """Writes the model; equal models give equal bytes."""
    context = {name: to_steps(matrix) for name, matrix in model.context.items()}
    head = {
        "format": FORMAT, "types": UNIT_TYPES, "words": model.words, "groups": model.groups, "scale": model.scale,
        "labels": [(a, b, [(x.predicate, x.flipped) for x in labels]) for (a, b), labels in model.labels.items()],
        "predicates": model.predicates, "start": model.forest.start,
        "context": {name: unit for name, (_, unit) in context.items()},
        "calibration": dict(model.calibration), "thresholds": dict(model.thresholds),
    }  # fmt: skip
    text = json.dumps(head, ensure_ascii=False, sort_keys=True).encode("utf-8")
    arrays: dict[str, npt.NDArray[np.generic]] = {
        "head": np.frombuffer(text, np.uint8),
        "keys": np.diff(model.keys, prepend=np.uint32(0)).astype(np.uint32),
        "weights": model.weights,
        **{f"context:{name}": steps for name, (steps, _) in context.items()},
        **model.forest.arrays(),
    }
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, **arrays)
