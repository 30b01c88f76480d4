"""Weighs the two proposers of relations: the rules and the learned scorer.

Boosted trees over how sure the scorer is, how precise the best rule was measured to be, whether a
rule refused the same fact, how sure both mentions are, and how all this stands beside other possible
facts of the same ends; their probability, learnt on texts that neither scorer nor tagger had seen,
is the confidence of the fact.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from math import log
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from kg.errors import SeedError
from kg.model import Evidence, Mention, Reading, Rejected, Relation, Value
from kg.relations.patterns import PatternFinder
from kg.relations.scorer import RelationScorer, ScoredPair
from kg.relations.trees import Forest
from kg.resources import resource

MODEL = "stack.npz"
FORMAT = 2
#: The scorer's facts below this probability are not even weighed.
FLOOR = 0.1
#: What a rule reads is a fact from here on, what the scorer alone says only where it is surer. On unseen texts of
#: the training's kind .6 has 2 points more F1, but in texts of other kinds and times the scorer is surer than right:
#: in an old newspaper and in web pages all ten that it said alone between .7 and .75 were wrong.
BELIEVED, ALONE = 0.5, 0.75
#: What a rule reads that was hardly ever wrong is a fact unless the trees doubt it strongly.
CERTAIN, DOUBTED = 0.97, 0.2
#: Log-odds of what a proposer does not say at all.
_UNSAID = -6.0
#: How sure a mention is of which nothing is known, a literal the more so.
_SUBJECT, _OBJECT = 0.9, 0.95

_OF_STATES = ("总统", "首相", "国王", "女王", "天皇")
#: Who wrote the report is not its news.
_OF_GUESTS = ("attends", "speaksAt")
_SIGNS = re.compile(
    r"[（(【][^（）()【】。]{0,30}(?:记者|通讯员|编译|摄影)[^（）()【】。]{0,30}$"
    r"|(?:记者|通讯员|编译|编辑|摄影)[ 　：:/]?$"
)

Key = tuple[str, str, str]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """The possible facts of one document that either proposer names.

    Args:
        keys: the facts.
        refused: those that some rule read and then refused.
        features: one row a fact; see :func:`make_cases`.
    """

    keys: tuple[Key, ...]
    refused: frozenset[Key]
    features: Floats


@dataclass(frozen=True, slots=True)
class _Proposed:
    """What both proposers say of one document, before it is weighed."""

    reading: Reading
    rules: tuple[Relation, ...]
    rejected: tuple[Rejected, ...]
    best: Mapping[Key, tuple[ScoredPair, Mention | Value]]
    cases: Cases


@dataclass(frozen=True, slots=True, kw_only=True)
class StackModel:
    """The trees.

    Args:
        predicates: in the order of the last columns.
    """

    predicates: tuple[str, ...]
    forest: Forest


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationStack:
    """The relation stage with both proposers."""

    patterns: PatternFinder
    scorer: RelationScorer
    model: StackModel

    @classmethod
    def load(cls, patterns: PatternFinder, folder: Path | None) -> RelationStack:
        """With the shipped models, or those of a folder that ``kg train`` wrote."""
        folder = folder or resource("seeds/models")
        return cls(
            patterns=patterns, scorer=RelationScorer.load(folder / "relations.npz"), model=_read_model(folder / MODEL)
        )

    def find_many(self, readings: Sequence[Reading]) -> list[tuple[tuple[Relation, ...], tuple[Rejected, ...]]]:
        """The facts of each document with their confidence, and what the rules refused."""
        proposed = [
            self._propose(reading, pairs)
            for reading, pairs in zip(readings, self.scorer.score_many(readings), strict=True)
        ]
        if not proposed:
            return []
        margins = self.model.forest.margins(np.concatenate([p.cases.features for p in proposed]))
        confidence = iter(np.round(1 / (1 + np.exp(-margins)), 3).tolist())
        return [(self._kept(p, {key: next(confidence) for key in p.cases.keys}), p.rejected) for p in proposed]

    def _propose(self, reading: Reading, pairs: Sequence[ScoredPair]) -> _Proposed:
        rules, rejected = self.patterns.find(reading)
        best = best_pairs(pairs, rules)
        scored = {key: pair.probability for key, (pair, _) in best.items()}
        cases = make_cases(reading, rules, rejected, scored, self.model.predicates)
        return _Proposed(reading, rules, rejected, best, cases)

    def _kept(self, proposed: _Proposed, confidence: Mapping[Key, float]) -> tuple[Relation, ...]:
        reading, rules = proposed.reading, proposed.rules
        kept = [
            replace(relation, confidence=confidence[key_of(relation)])
            for relation in rules
            if confidence[key_of(relation)] >= self._needed(relation)
            and not (relation.predicate in _OF_GUESTS and _signs(reading, relation.subject))
        ]
        told = {key_of(relation) for relation in rules}
        for key, (pair, object_) in proposed.best.items():
            if key in told or key in proposed.cases.refused or confidence[key] < ALONE:
                continue
            if not self._doubted(reading, pair, object_):
                kept.append(self._relation(reading, pair, object_, confidence[key]))
        return tuple(kept)

    def _doubted(self, reading: Reading, pair: ScoredPair, object_: Mention | Value) -> bool:
        """Whether the learned fact makes a guest of a reporter, has a head of state work for someone, or puts a
        place where it can't lie.
        """
        if pair.predicate == "worksFor":
            return (self.patterns.role_of(reading, pair.subject) or "").endswith(_OF_STATES)
        if pair.predicate in _OF_GUESTS:
            return _signs(reading, pair.subject)
        return self.patterns.places.reason(pair.predicate, pair.subject, object_) is not None

    def _needed(self, relation: Relation) -> float:
        """How sure the trees must be of what a rule reads; of the users' own, which nobody measured, not at all."""
        measured = self.patterns.precision.get(relation.evidence.rule)
        if measured is None:
            return 0.0
        return DOUBTED if measured >= CERTAIN else BELIEVED

    def _relation(self, reading: Reading, pair: ScoredPair, object_: Mention | Value, confidence: float) -> Relation:
        sentence = reading.sentences[pair.sentence_index]
        inside = [e.span if sentence.span.contains(e.span) else None for e in (pair.subject, pair.object)]
        evidence = Evidence(
            doc_id=sentence.doc_id, span=sentence.span, text=sentence.text, rule=f"learned:{pair.predicate}",
            subject=inside[0], object=inside[1],
        )  # fmt: skip
        role = self.patterns.role_of(reading, pair.subject) if pair.predicate == "worksFor" else None
        return Relation(
            predicate=pair.predicate, subject=pair.subject, evidence=evidence, confidence=confidence,
            object=object_, qualifiers=(("role", role),) if role else (),
        )  # fmt: skip


def _signs(reading: Reading, person: Mention) -> bool:
    """Whether the name stands in the report's byline, or as that of a reporter, anywhere in the text."""
    text = reading.document.text
    named = (m.span.start for m in reading.mentions if m.name == person.name)
    return any(_SIGNS.search(text, max(0, at - 70), at) for at in named)


def make_cases(
    reading: Reading, rules: Sequence[Relation], rejected: Sequence[Rejected], scored: Mapping[Key, float],
    predicates: Sequence[str],
) -> Cases:  # fmt: skip
    """Every possible fact of a document that either proposer names, described.

    The columns: what the scorer says and what the rules say (log-odds), whether a rule refused it,
    how sure both ends are, how often they are named, how many facts of the predicate claim the same
    subject and the same object; what scorer and rules say at best of others for the same predicate
    and object, for the same predicate and subject, and for the same ends; how long the document is and how
    far apart the ends are named at the nearest, in sentences; the predicate, one column each.
    """
    best: dict[Key, float] = {}
    for relation in rules:
        best[key_of(relation)] = max(relation.confidence, best.get(key_of(relation), 0.0))
    keys = tuple(sorted({*best, *scored}))
    refused = frozenset((r.subject, r.predicate, r.object) for r in rejected)
    sure: dict[str, float] = {}
    for mention in reading.mentions:
        sure[mention.name] = max(mention.score, sure.get(mention.name, 0.0))
    named = Counter(mention.name for mention in reading.mentions)
    same_subject = [(p, s) for s, p, _ in keys]
    same_object = [(p, o) for _, p, o in keys]
    said = [[scored.get(key, 0.0) for key in keys], [best.get(key, 0.0) for key in keys]]
    columns = [
        *([_odds(p) for p in says] for says in said),
        [key in refused for key in keys],
        [sure.get(s, _SUBJECT) for s, _, _ in keys],
        [sure.get(o, _OBJECT) for _, _, o in keys],
        [named[s] for s, _, _ in keys],
        [named[o] for _, _, o in keys],
        *(_sizes(groups) for groups in (same_subject, same_object)),
        *(_best_of_others(g, says) for g in (same_object, same_subject, [(s, o) for s, _, o in keys]) for says in said),
        [len(reading.sentences)] * len(keys),
        _sentences_apart(reading, keys),
        *([key[1] == predicate for key in keys] for predicate in predicates),
    ]
    return Cases(keys=keys, refused=refused, features=np.array(columns, np.float32).T.reshape(len(keys), len(columns)))


def _sentences_apart(reading: Reading, keys: Sequence[Key]) -> list[int]:
    """The least distance between sentences that name both ends, or -1 for an end that no mention or value names."""
    begins = [sentence.span.start for sentence in reading.sentences]
    named: dict[str, set[int]] = defaultdict(set)
    for mention in reading.mentions:
        named[mention.name].add(bisect_right(begins, mention.span.start))
    for found in reading.values:
        for value in (found.value, found.end):
            if value is not None:
                named[value.text].add(bisect_right(begins, found.span.start))
    places = {name: np.array(sorted(found)) for name, found in named.items()}
    return [_least_distance(places[s], places[o]) if s in places and o in places else -1 for s, _, o in keys]


def _least_distance(some: npt.NDArray[np.int64], others: npt.NDArray[np.int64]) -> int:
    """Between two rising rows of numbers."""
    after = np.searchsorted(others, some)
    right = np.abs(others[np.minimum(after, len(others) - 1)] - some)
    return int(min(right.min(), np.abs(others[np.maximum(after - 1, 0)] - some).min()))


def _sizes(groups: Sequence[Hashable]) -> list[int]:
    counts = Counter(groups)
    return [counts[group] for group in groups]


def _best_of_others(groups: Sequence[Hashable], values: Sequence[float]) -> list[float]:
    """For each row the highest value of another row of its group, or 0."""
    top: dict[Hashable, tuple[float, float]] = {}
    for group, value in zip(groups, values, strict=True):
        first, second = top.get(group, (0.0, 0.0))
        top[group] = (value, first) if value > first else (first, max(second, value))
    return [top[g][1] if value == top[g][0] else top[g][0] for g, value in zip(groups, values, strict=True)]


def best_pairs(pairs: Sequence[ScoredPair], rules: Sequence[Relation]) -> dict[Key, tuple[ScoredPair, Mention | Value]]:
    """The most probable pair of each fact, those above :data:`FLOOR`, with its object."""
    first = {r.subject.name: r.object.text for r in rules if r.predicate == "startDate" and isinstance(r.object, Value)}
    best: dict[Key, tuple[ScoredPair, Mention | Value]] = {}
    for pair in pairs:
        object_ = _object_of(pair, first)
        if object_ is None or pair.probability < FLOOR:
            continue
        key = (pair.subject.name, pair.predicate, object_.text if isinstance(object_, Value) else object_.name)
        if key not in best or best[key][0].probability < pair.probability:
            best[key] = (pair, object_)
    return best


def _object_of(pair: ScoredPair, first: Mapping[str, str]) -> Mention | Value | None:
    """What the pair's object is to its predicate: of a range the last day is the end, of 为期三天 the third."""
    unit = pair.object
    if isinstance(unit, Mention):
        return unit
    if unit.days is None:
        return unit.end if pair.predicate == "endDate" and unit.end is not None else unit.value
    start = first.get(pair.subject.name, "")
    if pair.predicate != "endDate" or len(start) < 10:
        return None
    return Value("date", (date.fromisoformat(start[:10]) + timedelta(days=unit.days - 1)).isoformat())


def key_of(relation: Relation) -> Key:
    """What a relation says, as names."""
    object_ = relation.object
    return relation.subject.name, relation.predicate, object_.text if isinstance(object_, Value) else object_.name


def _odds(probability: float) -> float:
    if probability == 0.0:
        return _UNSAID
    p = min(0.995, max(0.005, probability))
    return log(p / (1.0 - p))


def write_stack(model: StackModel, path: Path) -> None:
    """Writes the model; equal models give equal bytes."""
    head = {"format": FORMAT, "predicates": model.predicates, "start": model.forest.start}
    text = json.dumps(head, ensure_ascii=False, sort_keys=True).encode("utf-8")
    with path.open("wb") as file:
        np.savez_compressed(file, allow_pickle=False, head=np.frombuffer(text, np.uint8), **model.forest.arrays())


@lru_cache(maxsize=4)
def _read_model(path: Path) -> StackModel:
    try:
        with np.load(path) as file:
            head = json.loads(bytes(file["head"]).decode("utf-8"))
            if head["format"] != FORMAT:
                raise SeedError(f"{path.name}: a model of another version; write it anew with 'kg train'")
            return StackModel(predicates=tuple(head["predicates"]), forest=Forest.of(head["start"], file))
    except (OSError, EOFError, BadZipFile, ValueError, KeyError, TypeError) as error:
        raise SeedError(
            f"{path.name}: not the weights of the proposers ({error}); write them anew with 'kg train'"
        ) from error
