"""What an annotated text says of a pair of units: a fact, no fact, or not to be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from kg.evaluation.gold import LITERALS, fold, fold_value
from kg.model import Mention, Reading, ValueMention
from kg.relations.candidates import Labels, Pairs
from kg.relations.columns import Columns
from kg.relations.units import UNIT_TYPES, unit_name, unit_type
from kg.training.annotations import Annotated

#: A predicate holds wherever one of these does.
MORE_GENERAL = {"attends": ("speaksAt", "exhibitsAt")}
#: It is not asked for where one of these holds: the scoring lets it pass, but it says too little.
_NEXT_TO = {"organizer": ("coOrganizer",)}
_SYMMETRIC = ("cooperatesWith",)
Fact = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A text to learn from, read one way; the same text may be read in several.

    Args:
        fold: cases of one fold are judged by models that saw none of them.
        joined: whether it is made of texts that are cases themselves (:mod:`kg.training.joined`).
    """

    text: Annotated
    reading: Reading
    fold: int
    joined: bool = False


def _folded(facts: frozenset[Fact]) -> frozenset[Fact]:
    return frozenset((s, p, fold_value(p, o) if p in LITERALS else o) for s, p, o in facts)


class Truth:
    """The facts of one annotated text, and the names of its things."""

    def __init__(self, text: Annotated) -> None:
        self._facts, self._unsure = _folded(text.relations), _folded(text.optional_relations)
        self._optional = text.optional
        self._names: dict[tuple[str, str], str] = {
            (m.type, fold(form)): m.name for m in text.mentions for form in (m.text, m.name)
        }

    def name(self, unit: Mention | ValueMention) -> str:
        """The annotated name of what the unit names, else its own."""
        own = unit_name(unit)
        return self._names.get((UNIT_TYPES[unit_type(unit)], fold(own)), own)

    def fact(self, subject: str, predicate: str, object_: str, unit: Mention | ValueMention) -> Fact:
        """The fact that a claim tells; a range gives two dates, a duration counts from the first day."""
        if not isinstance(unit, ValueMention):
            return subject, predicate, object_
        value = unit.value
        if predicate == "endDate":
            if unit.days is not None:
                return subject, predicate, self._last_day(subject, unit.days)
            value = unit.end or value
        return subject, predicate, fold_value(predicate, value.text)

    def _last_day(self, subject: str, days: int) -> str:
        told = sorted(self._facts | self._unsure)
        known = [o for s, p, o in told if (s, p) == (subject, "startDate") and len(o) == 10]
        return (date.fromisoformat(known[0]) + timedelta(days=days - 1)).isoformat() if known else ""

    def status(self, fact: Fact) -> int:
        """1 for a fact, 0 for none, -1 where a reader may or may not see one."""
        subject, predicate, object_ = fact
        if self._holds(fact, self._facts):
            return 1
        if self._holds(fact, self._unsure) or subject in self._optional or object_ in self._optional:
            return -1
        beside = any((subject, p, object_) in self._facts | self._unsure for p in _NEXT_TO.get(predicate, ()))
        return -1 if beside else 0

    @staticmethod
    def _holds(fact: Fact, facts: frozenset[Fact]) -> bool:
        subject, predicate, object_ = fact
        if fact in facts or (predicate in _SYMMETRIC and (object_, predicate, subject) in facts):
            return True
        return any((subject, p, object_) in facts for p in MORE_GENERAL.get(predicate, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """For each pair and label, whether it holds and which fact it would be."""

    status: npt.NDArray[np.int8]
    facts: list[tuple[int, list[Fact]]]

    def best_only(self, score: npt.NDArray[np.float64]) -> npt.NDArray[np.int8]:
        """The answers with one pair for each fact, the best scored; the others are not asked.

        A fact told twice need not be read off its harder telling (F1 +.04 over all tellings;
        +.01 where a first model's scores choose rather than nearness).
        """
        chosen: dict[tuple[int, Fact], tuple[float, int, int]] = {}
        status = self.status.copy()
        for i, j in zip(*np.nonzero(self.status == 1), strict=True):
            case, facts = self.facts[i]
            key, rank = (case, facts[j]), float(score[i, j])
            if key not in chosen or rank > chosen[key][0]:
                chosen[key] = (rank, i, j)
            status[i, j] = -1
        for _, i, j in chosen.values():
            status[i, j] = 1
        return status


def answers_of(cases: Sequence[Case], columns: Columns, pairs: Pairs, labels: Labels) -> Answers:
    """The answers for the candidate pairs of the cases' readings."""
    truths = [Truth(case.text) for case in cases]
    names = [truths[d].name(u) for d, u in zip(columns.document.tolist(), columns.units, strict=True)]
    groups = list(labels.values())
    status = np.full((len(pairs), max(map(len, groups))), -1, np.int8)
    facts: list[tuple[int, list[Fact]]] = []
    rows = np.stack([pairs.first, pairs.second, pairs.group], axis=1).tolist()
    for row, (a, b, group) in enumerate(rows):
        case = int(columns.document[b])
        told = []
        for j, label in enumerate(groups[group]):
            low, high = (a, b) if columns.type[a] <= columns.type[b] else (b, a)
            s, o = (high, low) if label.flipped else (low, high)
            unit = columns.units[o]
            told.append(truths[case].fact(names[s], label.predicate, names[o], unit))
            duration = isinstance(unit, ValueMention) and unit.days is not None and label.predicate != "endDate"
            status[row, j] = 0 if names[s] == names[o] else -1 if duration else truths[case].status(told[-1])
        facts.append((case, told))
    return Answers(status=status, facts=facts)


def nearness(columns: Columns, pairs: Pairs) -> npt.NDArray[np.float64]:
    """How near the ends of each pair stand: the first guess at which pair tells a fact."""
    order = columns.order[columns.sentence]
    far = 1000 + 100 * np.abs(order[pairs.second] - order[pairs.first]) + 50 * (pairs.source & 1 == 0)
    return -np.where(pairs.source == 0, columns.place[pairs.second] - columns.place[pairs.first], far).astype(float)
