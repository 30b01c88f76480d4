"""How far from a claim's ends the words stand that tell its predicate, and those that make it doubtful."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.relations.claims import Claims
from kg.relations.columns import Ints
from kg.relations.views import Mask, View, counted, latest, soonest

_FAR = 60

#: Predicate -> the word groups that tell it.
TRIGGERS: Mapping[str, str] = {
    "location": "held meet open close", "organizer": "host meet", "coOrganizer": "cohost", "attends": "attend",
    "speaksAt": "speech say", "exhibitsAt": "exhibit show", "partnerOf": "partner", "congratulates": "congratulate",
    "worksFor": "work take_post appoint title-post title-reporter", "founderOf": "found title-founder",
    "releases": "release", "develops": "develop", "presentedAt": "show release exhibit",
    "cooperatesWith": "cooperate", "invests": "invest funded", "acquires": "acquire",
    "subsidiaryOf": "subunit parent owned", "headquarteredIn": "based", "startDate": "held open meet",
    "endDate": "close last", "releaseDate": "release show", "subEventOf": "sub", "theme": "theme", "topic": "topic",
    "feature": "feature_verb", "specification": "spec", "participantCount": "attend",
}  # fmt: skip
#: What makes a claim doubtful.
_DOUBTS = ("former mod-former", "negated", "planned hearsay")


class _Tables:
    """For several kinds of trigger at once: the last and next of each kind at each token."""

    def __init__(self, view: View, kinds: Sequence[str], groups: Sequence[str]) -> None:
        columns = view.columns
        number = {g: i for i, g in enumerate(groups)}
        masks = np.zeros((len(kinds), len(columns.word)), bool)
        for row, names in zip(masks, kinds, strict=True):
            wanted = [number[g] for g in names.split() if g in number]
            row[columns.trigger_at[np.isin(columns.trigger, wanted)]] = True
        self.last = np.stack([latest(m) for m in masks])
        self.next = np.stack([soonest(m) for m in masks])
        self.count = np.stack([counted(m) for m in masks])


def near_triggers(claims: Claims, predicates: Sequence[str], groups: Sequence[str]) -> Iterator[npt.ArrayLike]:
    """How far the words are that tell the claim's predicate, and those that make it doubtful."""
    view = claims.view
    tables = _Tables(view, [*(TRIGGERS.get(p, "") for p in predicates), *_DOUBTS], groups)
    ends = _Ends.of(claims)
    yield from _trigger_places(ends, tables, claims.predicate)
    for i in range(len(_DOUBTS)):
        kind = np.full(len(claims), len(predicates) + i)
        yield ends.back(tables, kind, ends.second)
        yield tables.count[kind, ends.second] - tables.count[kind, np.minimum(ends.first + 1, ends.second)]
        yield np.where(ends.apart, _FAR, ends.back(tables, kind, ends.first))
        yield ends.ahead(tables, kind, ends.second)


@dataclass(frozen=True)
class _Ends:
    """The tokens of the claims' ends and sentences."""

    view: View
    first: Ints
    second: Ints
    begin: Ints
    end: Ints
    first_tail: Ints
    second_head: Ints
    second_tail: Ints
    apart: Mask

    @classmethod
    def of(cls, claims: Claims) -> _Ends:
        view = claims.view
        return cls(
            view, claims.of(view.first), claims.of(view.second), claims.of(view.begin), claims.of(view.end),
            claims.of(view.first_tail), claims.of(view.second_head), claims.of(view.second_tail),
            claims.of_mask(view.apart),
        )  # fmt: skip

    def back(self, tables: _Tables, kind: Ints, place: Ints) -> Ints:
        """How many tokens before ``place`` the last trigger stands."""
        found = tables.last[kind, np.maximum(place - 1, 0)]
        return np.where(found >= self.begin, np.minimum(place - found, _FAR), _FAR)

    def ahead(self, tables: _Tables, kind: Ints, place: Ints) -> Ints:
        """How many tokens after ``place`` the next trigger stands."""
        found = tables.next[kind, np.minimum(place + 1, tables.next.shape[1] - 1)]
        return np.where(found < self.end, np.minimum(found - place, _FAR), _FAR)


def _trigger_places(ends: _Ends, tables: _Tables, kind: Ints) -> Iterator[npt.ArrayLike]:
    view = ends.view
    units, clause = view.any_before, view.columns.clause
    first, second = ends.first, ends.second
    back, ahead = ends.back(tables, kind, second), ends.ahead(tables, kind, second)
    left, right = np.maximum(second - back, 0), np.minimum(second + ahead, len(clause) - 1)
    yield back
    yield np.where(back < _FAR, units[second] - units[left], 9)
    yield np.where(back < _FAR, clause[second] - clause[left], 9)
    yield ahead
    yield np.where(ahead < _FAR, units[right] - units[second + 1], 9)
    yield np.where(ahead < _FAR, clause[right] - clause[second], 9)
    before = np.where(ends.apart, _FAR, ends.back(tables, kind, first))
    after = ends.ahead(tables, kind, first)
    yield before
    yield np.where(before < _FAR, units[first] - units[np.maximum(first - before, 0)], 9)
    yield after
    yield np.where(after < _FAR, units[np.minimum(first + after, len(clause) - 1)] - units[first + 1], 9)
    yield tables.count[kind, second] - tables.count[kind, np.minimum(first + 1, second)]
    yield tables.count[kind, ends.end] - tables.count[kind, ends.begin]
    yield ends.back(tables, kind, ends.second_head)
    yield ends.ahead(tables, kind, ends.second_tail)
    inner = np.minimum(ends.first_tail + 1, ends.second_head)
    between = tables.count[kind, ends.second_head] - tables.count[kind, inner]
    yield np.where(ends.second_head > ends.first_tail, between, -1)
