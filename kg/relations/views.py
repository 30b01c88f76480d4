"""What the two stages of the scorer both ask about a pair: where its ends stand, and what lies near."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kg.relations.candidates import Pairs
from kg.relations.columns import CLAUSE_ENDS, PARTICLES, VERB, Columns, Ints
from kg.relations.units import TEXT, UNIT_TYPES

Mask = npt.NDArray[np.bool_]
_DISTANCES = np.array([1, 2, 3, 4, 5, 7, 9, 12, 16, 22, 30, 45])


def counted(mask: Mask) -> Ints:
    """For each position how many are true before it; one longer than ``mask``."""
    return np.concatenate([[0], np.cumsum(mask)])


def latest(mask: Mask) -> Ints:
    """For each token the last true one up to it, or -1."""
    return np.maximum.accumulate(np.where(mask, np.arange(len(mask)), -1))


def soonest(mask: Mask) -> Ints:
    """For each token the first true one from it on, or the number of tokens."""
    return np.minimum.accumulate(np.where(mask, np.arange(len(mask)), len(mask))[::-1])[::-1]


def few(values: Ints) -> Ints:
    """Counts, 3 for all that are higher."""
    return np.minimum(values, 3)


def distance_bucket(tokens: Ints) -> Ints:
    """How far apart, in steps that grow: 0 to 12."""
    return np.searchsorted(_DISTANCES, tokens, side="right")


@dataclass(frozen=True)
class View:
    """Pairs, and for each pair the tokens around its two ends.

    The first end of a pair that crosses sentences is taken to stand just before the sentence:
    what a reader carries over is most often the sentence's silent subject.
    """

    columns: Columns
    pairs: Pairs

    @cached_property
    def apart(self) -> Mask:
        """Whether the first end stands in another sentence."""
        return self.pairs.source > 0

    @cached_property
    def begin(self) -> Ints:
        """The first token of the sentence."""
        return self.columns.begin[self.columns.sentence[self.pairs.second]]

    @cached_property
    def end(self) -> Ints:
        """The token after the sentence."""
        return self.columns.end[self.columns.sentence[self.pairs.second]]

    def first_at(self, unit: Ints) -> Ints:
        """The token of a unit on the first end's side."""
        return np.where(self.apart, self.begin - 1, self.columns.place[unit])

    @cached_property
    def first(self) -> Ints:
        """The token of the first end."""
        return self.first_at(self.pairs.first)

    @cached_property
    def second(self) -> Ints:
        """The token of the second end."""
        return self.columns.place[self.pairs.second]

    @cached_property
    def first_type(self) -> Ints:
        """The type of the first end."""
        return self.columns.type[self.pairs.first]

    @cached_property
    def second_type(self) -> Ints:
        """The type of the second end."""
        return self.columns.type[self.pairs.second]

    def clause_at(self, place: Ints) -> Ints:
        """The clause of a token; padding before the sentence belongs to the first one."""
        return self.columns.clause[np.maximum(place, 0)]

    @cached_property
    def clauses(self) -> Ints:
        """How many clause ends lie between."""
        return self.clause_at(self.second) - np.where(self.apart, 0, self.clause_at(self.first))

    @cached_property
    def sentences(self) -> Ints:
        """How many sentences lie between; negative where the first end comes later."""
        order, sentence = self.columns.order, self.columns.sentence
        return order[sentence[self.pairs.second]] - order[sentence[self.pairs.first]]

    @cached_property
    def of_type(self) -> Ints:
        """By type, how many units come before each token."""
        at = self.columns.unit_at
        kind = np.where(at >= 0, self.columns.type[at] if len(self.columns.type) else -1, -1)
        return np.stack([counted(kind == t) for t in range(len(UNIT_TYPES))])

    def between(self, kind: Ints, start: Ints | None = None, stop: Ints | None = None) -> Ints:
        """How many units of a type lie between the ends, or between two tokens."""
        start = self.first if start is None else start
        stop = self.second if stop is None else stop
        return np.asarray(self.of_type[kind, np.maximum(stop, start + 1)] - self.of_type[kind, start + 1])

    def inside(self, kind: Ints) -> Ints:
        """How many units of a type the sentence holds."""
        return np.asarray(self.of_type[kind, self.end] - self.of_type[kind, self.begin])

    @cached_property
    def any_before(self) -> Ints:
        """By token, how many units but phrases come before it."""
        return np.delete(self.of_type, TEXT, axis=0).sum(0)

    # the lists in which the ends stand, loosely read

    @cached_property
    def first_head(self) -> Ints:
        """The token where the first end's list begins."""
        return self.first_at(self.columns.head[self.pairs.first])

    @cached_property
    def first_tail(self) -> Ints:
        """The token where the first end's list ends."""
        return self.first_at(self.columns.tail[self.pairs.first])

    @cached_property
    def second_head(self) -> Ints:
        """The token where the second end's list begins."""
        return self.columns.place[self.columns.head[self.pairs.second]]

    @cached_property
    def second_tail(self) -> Ints:
        """The token where the second end's list ends."""
        return self.columns.place[self.columns.tail[self.pairs.second]]

    # the nearest token of some kind

    @cached_property
    def _clause_end(self) -> Mask:
        return np.isin(self.columns.mark, CLAUSE_ENDS) | (self.columns.word == 0)

    def clause_start(self, place: Ints) -> Ints:
        """The first token of the clause that ends before ``place``."""
        return latest(self._clause_end)[np.maximum(place - 1, 0)] + 1

    def clause_stop(self, place: Ints) -> Ints:
        """The mark that ends the clause after ``place``."""
        return soonest(self._clause_end)[np.minimum(place + 1, len(self.columns.word) - 1)]

    def before(self, table: Ints, place: Ints) -> Ints:
        """The entry of a :func:`latest` table before ``place`` in its sentence, or -1."""
        found = table[np.maximum(place - 1, 0)]
        return np.where(found >= self.begin, found, -1)

    def after(self, table: Ints, place: Ints) -> Ints:
        """The entry of a :func:`soonest` table after ``place`` in its sentence, or -1."""
        found = table[np.minimum(place + 1, len(table) - 1)]
        return np.where(found < self.end, found, -1)

    @cached_property
    def verbs(self) -> Mask:
        """Which tokens are verbs."""
        return self.columns.tag == VERB

    @cached_property
    def prepositions(self) -> Mask:
        """Which tokens are particles other than 的."""
        return (self.columns.particle > 0) & (self.columns.particle != PARTICLES["的"])
