"""Weighs the two proposers of relations: the rules and the learned scorer.

Boosted trees over how sure the scorer is, how precise the best rule was measured to be, whether a
rule refused the same fact, how sure both mentions are, and how all this stands beside other possible
facts of the same ends; their probability, learnt on texts that neither scorer nor tagger had seen,
is the confidence of the fact.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from kg.errors import SeedError
from kg.model import Evidence, Mention, Reading, Rejected, Relation, Value
from kg.relations.cases import Cases, Key, best_pairs, key_of, make_cases
from kg.relations.parts import plays_another_part
from kg.relations.patterns import PatternFinder
from kg.relations.people import OF_GUESTS, People
from kg.relations.scorer import RelationScorer, ScoredPair
from kg.relations.trees import NO_MODEL, Forest
from kg.resources import resource

MODEL = "stack.npz"
FORMAT = 2
#: What a rule reads is a fact from here on, what the scorer alone says only where it is surer: cross-validated, .7
#: finds 1 fact of 100 less than .65 and 1 more than .75, and each step is half a point of precision; in texts of
#: other kinds (web pages, magazines) half of what .65 adds to .7 was false.
BELIEVED, ALONE = 0.5, 0.7
_LEARNED = "learned:"


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
        people = self.patterns.people(reading)
        kept = [
            replace(relation, confidence=confidence[key_of(relation)])
            for relation in rules
            if confidence[key_of(relation)] >= self._needed(relation)
            and not (relation.predicate in OF_GUESTS and people.signs(relation.subject))
        ]
        told = {key_of(relation) for relation in rules}
        for key, (pair, object_) in proposed.best.items():
            if key in told or key in proposed.cases.refused or confidence[key] < ALONE:
                continue
            if not self._doubted(people, pair, object_):
                kept.append(self._relation(people, pair, object_, confidence[key]))
        return tuple(self._with_one_theme(kept))

    def _with_one_theme(self, facts: Sequence[Relation]) -> Iterator[Relation]:
        """Of the themes that a text gives an event only the surest, as its days and hosts are judged across texts;
        the users' own rules have their say in any case.
        """
        best: dict[str, Relation] = {}
        for fact in facts:
            name = fact.subject.name
            if fact.predicate == "theme" and (name not in best or best[name].confidence < fact.confidence):
                best[name] = fact
        for fact in facts:
            if fact.predicate != "theme" or key_of(best[fact.subject.name]) == key_of(fact) or self._is_own(fact):
                yield fact

    def _doubted(self, people: People, pair: ScoredPair, object_: Mention | Value) -> bool:
        """Whether the learned fact makes a guest of a reporter, gives a person a post where it is not held or a name
        another part than the text does, or puts a place where it can't lie.
        """
        if pair.predicate == "worksFor" and isinstance(object_, Mention):
            role = people.role_of(pair.subject)
            return role is not None and self.patterns.employers.rules_out([role], object_.name)
        if plays_another_part(pair.predicate, people.reading.document.text, pair.subject, pair.object.span):
            return True
        if pair.predicate in OF_GUESTS:
            return people.signs(pair.subject)
        return self.patterns.places.reason(pair.predicate, pair.subject, object_) is not None

    def _needed(self, relation: Relation) -> float:
        """How sure the trees must be of what a rule reads; of the users' own, which nobody measured, not at all."""
        return 0.0 if self._is_own(relation) else BELIEVED

    def _is_own(self, relation: Relation) -> bool:
        """Whether a rule of the users' own reads it."""
        return not relation.evidence.rule.startswith(_LEARNED) and relation.evidence.rule not in self.patterns.precision

    def _relation(self, people: People, pair: ScoredPair, object_: Mention | Value, confidence: float) -> Relation:
        sentence = people.reading.sentences[pair.sentence_index]
        inside = [e.span if sentence.span.contains(e.span) else None for e in (pair.subject, pair.object)]
        evidence = Evidence(
            doc_id=sentence.doc_id, span=sentence.span, text=sentence.text, rule=_LEARNED + pair.predicate,
            subject=inside[0], object=inside[1],
        )  # fmt: skip
        role = people.role_of(pair.subject) if pair.predicate == "worksFor" else None
        return Relation(
            predicate=pair.predicate, subject=pair.subject, evidence=evidence, confidence=confidence,
            object=object_, qualifiers=(("role", role),) if role else (),
        )  # fmt: skip


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
                raise SeedError(f"{path}: a model of another version; write it anew with 'kg train'")
            return StackModel(predicates=tuple(head["predicates"]), forest=Forest.of(head["start"], file))
    except OSError as error:
        raise SeedError(f"{path}: can't be read ({error.strerror}); write them anew with 'kg train'") from error
    except NO_MODEL as error:
        raise SeedError(f"{path}: not the weights of the proposers; write them anew with 'kg train'") from error
