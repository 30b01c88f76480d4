"""Weighs the two proposers of relations: the rules and the learned scorer.

One small logistic model over how sure the scorer is, how precise the best rule was measured to be,
whether a rule refused the same fact, and how sure both mentions are; its probability, learnt on
texts that neither scorer nor tagger had seen, is the confidence of the fact.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from math import exp, log
from pathlib import Path

from kg.errors import SeedError
from kg.model import Evidence, Mention, Reading, Rejected, Relation, Value
from kg.relations.patterns import PatternFinder
from kg.relations.scorer import RelationScorer, ScoredPair
from kg.resources import resource

MODEL = "stack.json"
#: The scorer's facts below this probability are not even weighed.
FLOOR = 0.1
#: A rule of at least this measured precision is believed unless the model doubts it strongly.
TRUSTED = 0.7
DOUBTED = 0.2
#: All else is a fact from here on: on unseen texts, five in six of these are true.
BELIEVED = 0.65

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What is known of one possible fact of one document.

    Args:
        scored: the scorer's probability, or None where it says nothing.
        rule: the measured precision of the best rule that reads it, or None.
        refused: whether a rule read it and then refused it.
        mentions: the lower of the two ends' scores.
    """

    predicate: str
    scored: float | None
    rule: float | None
    refused: bool
    mentions: float

    def features(self, learned: Iterable[str]) -> dict[str, float]:
        """Named features; ``learned`` are the predicates that the scorer knows."""
        if self.predicate not in learned:
            return {"b": 1.0, f"lit|{self.predicate}": 1.0, "m": _odds(self.mentions), "r": _odds(self.rule or 0.5)}
        score = _odds(self.scored) if self.scored else -4.0
        out = {
            "b": 1.0,
            f"b|{self.predicate}": 1.0,
            "s": score,
            f"s|{self.predicate}": score,
            "m": _odds(self.mentions),
        }
        if self.rule is None:
            out[f"nor|{self.predicate}"] = 1.0
        else:
            out |= {"r": _odds(self.rule), "hasr": 1.0, f"hasr|{self.predicate}": 1.0}
        if self.refused:
            out["rej"] = 1.0
        return out


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationStack:
    """The relation stage with both proposers."""

    patterns: PatternFinder
    scorer: RelationScorer
    weights: Mapping[str, float]

    @classmethod
    def load(cls, patterns: PatternFinder, folder: Path | None) -> RelationStack:
        """With the shipped models, or those of a folder that ``kg train`` wrote."""
        folder = folder or resource("seeds/models")
        return cls(
            patterns=patterns, scorer=RelationScorer.load(folder / "relations.npz"), weights=_weights(folder / MODEL)
        )

    def find_many(self, readings: Sequence[Reading]) -> list[tuple[tuple[Relation, ...], tuple[Rejected, ...]]]:
        """The facts of each document with their confidence, and what the rules refused."""
        scored = self.scorer.score_many(readings)
        return [self._weighed(reading, pairs) for reading, pairs in zip(readings, scored, strict=True)]

    def _weighed(
        self, reading: Reading, pairs: Sequence[ScoredPair]
    ) -> tuple[tuple[Relation, ...], tuple[Rejected, ...]]:
        rules, rejected = self.patterns.find(reading)
        best = best_pairs(pairs, rules)
        cases = make_cases(reading, rules, rejected, {key: pair.probability for key, (pair, _) in best.items()})
        learned = self.scorer.model.predicates
        confidence = {key: self._probability(case.features(learned)) for key, case in cases.items()}
        kept = [
            replace(relation, confidence=round(confidence[key_of(relation)], 3))
            for relation in rules
            if self._believed(cases[key_of(relation)], confidence[key_of(relation)])
        ]
        told = {key_of(relation) for relation in rules}
        for key, (pair, object_) in best.items():
            if key not in told and not cases[key].refused and confidence[key] >= BELIEVED:
                kept.append(self._relation(reading, pair, object_, round(confidence[key], 3)))
        return tuple(kept), rejected

    def _believed(self, case: Case, confidence: float) -> bool:
        trusted = case.rule is not None and case.rule >= TRUSTED
        return confidence >= (DOUBTED if trusted else BELIEVED)

    def _probability(self, features: Mapping[str, float]) -> float:
        margin = sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + exp(-margin))

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


def make_cases(
    reading: Reading, rules: Sequence[Relation], rejected: Sequence[Rejected], scored: Mapping[Key, float]
) -> dict[Key, Case]:
    """Every possible fact of a document that either proposer names; ``scored`` is the scorer's word."""
    sure: dict[str, float] = {}
    for mention in reading.mentions:
        sure[mention.name] = max(mention.score, sure.get(mention.name, 0.0))
    refused = {(r.subject, r.predicate, r.object) for r in rejected}
    best: dict[Key, float] = {}
    for relation in rules:
        best[key_of(relation)] = max(relation.confidence, best.get(key_of(relation), 0.0))
    return {
        key: Case(
            predicate=key[1], scored=scored.get(key), rule=best.get(key), refused=key in refused,
            mentions=min(sure.get(key[0], 0.9), sure.get(key[2], 0.95)),
        )
        for key in sorted({*best, *scored})
    }  # fmt: skip


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
    p = min(0.995, max(0.005, probability))
    return log(p / (1.0 - p))


@lru_cache(maxsize=4)
def _weights(path: Path) -> Mapping[str, float]:
    try:
        data: dict[str, float] = json.loads(path.read_text("utf-8"))
        return {str(name): float(weight) for name, weight in data.items()}
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise SeedError(
            f"{path.name}: not the weights of the proposers ({error}); write them anew with 'kg train'"
        ) from error
