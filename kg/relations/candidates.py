"""Which pairs of units may be related: the one candidate set of the scorer.

Pairs within a sentence, and for each unit the things that the text speaks of without naming
them again there: the latest, the second latest, the first and the most frequent of each type.
They hold 96 in 100 of the annotated facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from kg.relations.columns import Columns, Ints
from kg.relations.units import TEXT, UNIT_TYPES
from kg.schema import Schema

#: Why a pair whose first unit stands in another sentence is a candidate; bits.
LATEST, SECOND, FIRST, MAIN, OPENS = 1, 2, 4, 8, 16
#: A unit is paired with so many after it: a sentence's pairs stay linear in its length.
_REACH = 40
_NAMED = UNIT_TYPES[:5]
_EXCLUDED = ("editionOf", "editionNumber")


@dataclass(frozen=True, slots=True)
class Label:
    """A predicate between two types; ``flipped`` where the subject is of the second one.

    Between units of one type, ``flipped`` says that the later unit is the subject.
    """

    predicate: str
    flipped: bool


Labels = Mapping[tuple[int, int], tuple[Label, ...]]
"""For each pair of types, the smaller first, its labels."""


def labels_of(schema: Schema) -> dict[tuple[int, int], tuple[Label, ...]]:
    """The labels that the ontology allows."""
    found: dict[tuple[int, int], list[Label]] = {}
    for predicate in sorted(schema.facts() - set(_EXCLUDED)):
        for s, subject in enumerate(_NAMED):
            for o, kind in enumerate(UNIT_TYPES):
                if not schema.property_(predicate).domain or not schema.allows(predicate, subject, kind):
                    continue
                labels = found.setdefault((min(s, o), max(s, o)), [])
                labels.append(Label(predicate, s > o))
                if s == o and not schema.property_(predicate).symmetric:
                    labels.append(Label(predicate, True))
    return {pair: tuple(labels) for pair, labels in sorted(found.items())}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Candidate pairs, one row each.

    Args:
        first, second: the units. Within a sentence ``first`` stands before ``second``; else
            ``second`` stands in the sentence that is read, ``first`` somewhere else.
        source: 0 within a sentence, else the bits that say why.
        group: the number of the pair's labels in the model's order.
    """

    first: Ints
    second: Ints
    source: Ints
    group: Ints

    def __len__(self) -> int:
        return len(self.first)


def find_pairs(columns: Columns, labels: Labels) -> Pairs:
    """All candidates of all documents, in the order of the text."""
    groups = np.full((len(UNIT_TYPES), len(UNIT_TYPES)), -1, np.int64)
    for number, (a, b) in enumerate(labels):
        groups[a, b] = groups[b, a] = number
    finder = _Finder(columns, groups)
    rows = np.array(finder.rows(), np.int64).reshape(-1, 3).T
    first, second, source = np.ascontiguousarray(rows)
    return Pairs(
        first=first, second=second, source=source, group=groups[columns.type[first], columns.type[second]]
    )


class _Finder:
    def __init__(self, columns: Columns, groups: Ints) -> None:
        self._type: list[int] = columns.type.tolist()
        self._name: list[int] = columns.name.tolist()
        self._document: list[int] = columns.document.tolist()
        self._sentence: list[int] = columns.sentence.tolist()
        self._count: list[int] = columns.count.tolist()
        self._partners = [[t for t in range(len(UNIT_TYPES)) if row[t] >= 0] for row in groups]
        self._may = (groups >= 0).tolist()

    def rows(self) -> list[tuple[int, int, int]]:
        rows: list[tuple[int, int, int]] = []
        for document in _runs(self._document):
            focus = self._focus(document)
            latest: list[list[int]] = [[] for _ in UNIT_TYPES]
            opener = -1
            for sentence in _runs(self._sentence, document):
                self._inside(sentence, rows)
                self._outside(sentence, (latest, focus, opener), rows)
                opener = next((unit for unit in sentence if self._type[unit] != TEXT), -1)
                for unit in sentence:
                    self._note(latest[self._type[unit]], unit)
        return rows

    def _note(self, latest: list[int], unit: int) -> None:
        """Adds a unit; the last two are always two things."""
        if latest and self._name[latest[-1]] == self._name[unit]:
            latest.pop()
        latest.append(unit)

    def _focus(self, document: range) -> tuple[dict[int, int], dict[int, int]]:
        """For each type, the document's first unit and the first one of its most frequent thing."""
        first: dict[int, int] = {}
        main: dict[int, int] = {}
        for unit in document:
            kind = self._type[unit]
            first.setdefault(kind, unit)
            if kind not in main or self._count[unit] > self._count[main[kind]]:
                main[kind] = unit
        return first, main

    def _inside(self, sentence: range, rows: list[tuple[int, int, int]]) -> None:
        for a in sentence:
            may, name = self._may[self._type[a]], self._name[a]
            for b in range(a + 1, min(a + _REACH, sentence.stop)):
                if may[self._type[b]] and self._name[b] != name:
                    rows.append((a, b, 0))

    def _outside(
        self,
        sentence: range,
        known: tuple[list[list[int]], tuple[dict[int, int], dict[int, int]], int],
        rows: list[tuple[int, int, int]],
    ) -> None:
        here = {self._name[unit] for unit in sentence}
        offers: dict[int, list[tuple[int, int]]] = {}
        for unit in sentence:
            for kind in self._partners[self._type[unit]]:
                if kind not in offers:
                    offers[kind] = self._offers(kind, *known)
                rows += [(other, unit, why) for other, why in offers[kind] if self._name[other] not in here]

    def _offers(
        self, kind: int, latest: Sequence[Sequence[int]], focus: tuple[dict[int, int], dict[int, int]], opener: int
    ) -> list[tuple[int, int]]:
        """The units of a type that are in focus, with the reasons."""
        found: dict[int, list[int]] = {}
        if latest[kind]:
            last = latest[kind][-1]
            found[self._name[last]] = [last, LATEST]
            for other in latest[kind][-2:-1]:
                found[self._name[other]] = [other, SECOND]
        for bit, table in zip((FIRST, MAIN), focus, strict=True):
            unit = table.get(kind)
            if unit is not None:
                found.setdefault(self._name[unit], [unit, 0])[1] |= bit
        if opener >= 0 and self._type[opener] == kind and self._name[opener] in found:
            found[self._name[opener]][1] |= OPENS
        return [(unit, why) for unit, why in found.values()]


def _runs(values: Sequence[int], within: range | None = None) -> list[range]:
    """Stretches of equal values."""
    within = range(len(values)) if within is None else within
    runs: list[range] = []
    start = within.start
    for i in within:
        if values[i] != values[start]:
            runs.append(range(start, i))
            start = i
    if start < within.stop:
        runs.append(range(start, within.stop))
    return runs
