"""Describes every possible fact of a document that rules or scorer name, for the trees that weigh it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import log

import numpy as np
import numpy.typing as npt

from kg.model import Mention, Reading, Rejected, Relation, Value
from kg.relations.scorer import ScoredPair

#: The scorer's facts below this probability are not even weighed.
FLOOR = 0.1
#: Log-odds of what a proposer does not say at all.
_UNSAID = -6.0
#: How sure a mention is of which nothing is known, a literal the more so.
_SUBJECT, _OBJECT = 0.9, 0.95

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
