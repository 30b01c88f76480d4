"""The second stage's features: each claim of the first stage beside its rivals.

A claim is a pair with a predicate. Most things have one host, one place, one employer in a
sentence: how a claim stands against others for the same object or subject, and with those of
its list and of the whole text, tells more than its own words do (relations F1 .73 -> .76 by
cross-validation, with the trigger distances).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kg.relations.candidates import Labels
from kg.relations.columns import LISTING, PARTICLES, VERB, Ints
from kg.relations.features import mix
from kg.relations.views import Mask, View, counted, latest, soonest

Floats = npt.NDArray[np.float64]

FLOOR = -6.0
"""First-stage margins below this are no claims."""
_FAR, _LOWEST = 60, -12.0

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


@dataclass(frozen=True)
class Claims:
    """What the first stage finds possible: one row a pair and label.

    Args:
        view: the candidate pairs.
        pair: row in them.
        label: the label's number in its group.
        predicate: the predicate's number.
        margin: the first stage's log-odds.
        context: those of its network alone.
        other: the best log-odds of another label of the pair.
        subject, object: units.
        forward: whether the subject is the pair's first end.
    """

    view: View
    pair: Ints
    label: Ints
    predicate: Ints
    margin: Floats
    context: Floats
    other: Floats
    subject: Ints
    object: Ints
    forward: Mask

    def __len__(self) -> int:
        return len(self.pair)

    def of(self, values: Ints) -> Ints:
        """Values of pairs, for each claim."""
        return values[self.pair]

    def of_mask(self, values: Mask) -> Mask:
        """The same for a mask."""
        return values[self.pair]

    @cached_property
    def keys(self) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """Sentence, document, subject's thing, object's thing, direction."""
        columns = self.view.columns
        second = self.view.pairs.second[self.pair]
        direction = self.forward * 2 + (self.view.first_type == self.view.second_type)[self.pair]
        subject, object_ = columns.name[self.subject], columns.name[self.object]
        return columns.sentence[second], columns.document[second], subject, object_, direction


def find_claims(view: View, margins: Floats, context: Floats, labels: Labels, predicates: Sequence[str]) -> Claims:
    """The claims over the floor.

    Args:
        view: the candidate pairs.
        margins: pair x label; columns that a pair's group has not are ignored.
        context: the same of the network alone.
        labels: the groups of labels.
        predicates: all predicates; a claim's is its number here.
    """
    number = {p: i for i, p in enumerate(predicates)}
    width = margins.shape[1]
    table = np.full((len(labels), width), -1, np.int64)
    flipped = np.zeros((len(labels), width), bool)
    for i, known in enumerate(labels.values()):
        for j, label in enumerate(known):
            table[i, j], flipped[i, j] = number[label.predicate], label.flipped
    valid = table[view.pairs.group] >= 0
    masked = np.where(valid, margins, -30.0)
    pair, label_at = np.nonzero(valid & (margins > FLOOR))
    group = view.pairs.group[pair]
    margin = margins[pair, label_at]
    top = np.sort(masked, axis=1)[:, -2:] if width > 1 else np.full((len(masked), 2), -30.0)
    other = np.where(margin >= top[pair, 1], top[pair, 0], top[pair, 1])
    first, second = view.pairs.first[pair], view.pairs.second[pair]
    same = view.first_type[pair] == view.second_type[pair]
    in_order = (view.first_type <= view.second_type)[pair]
    turned = flipped[group, label_at]
    forward = np.where(same, ~turned, turned != in_order)
    return Claims(
        view, pair, label_at, table[group, label_at], margin, context[pair, label_at], other,
        np.where(forward, first, second), np.where(forward, second, first), forward,
    )  # fmt: skip


def claim_features(claims: Claims, predicates: Sequence[str], groups: Sequence[str]) -> npt.NDArray[np.float32]:
    """A row of numbers for each claim: the columns of the second stage."""
    columns = [*_standing(claims), *_rivals(claims), *_places(claims), *_near_triggers(claims, predicates, groups)]
    columns += [*_particles(claims)]
    one_hot = np.eye(len(predicates))[claims.predicate]
    table = np.stack([np.asarray(c, float) for c in columns], axis=1)
    return np.concatenate([table, one_hot], axis=1).astype(np.float32)


def _standing(claims: Claims) -> Iterator[npt.ArrayLike]:
    yield claims.margin
    yield claims.context
    yield claims.other
    yield claims.predicate
    yield claims.forward
    yield claims.of(claims.view.pairs.source)


def _rivals(claims: Claims) -> Iterator[npt.ArrayLike]:
    columns, predicate = claims.view.columns, claims.predicate
    sentence, document, subject, object_, way = claims.keys
    yield from _against(claims.margin, mix(1, predicate, way, sentence, claims.object))
    yield from _against(claims.margin, mix(2, predicate, way, sentence, claims.subject))
    yield from _against(claims.margin, mix(3, predicate, document, object_))
    yield from _against(claims.margin, mix(4, predicate, document, subject))
    yield from _against(claims.margin, mix(5, claims.pair))
    yield from _beside(claims.margin, mix(6, predicate, subject, object_))
    yield from _beside(claims.margin, mix(7, predicate, way, claims.subject, columns.head[claims.object], sentence))
    yield from _beside(claims.margin, mix(8, predicate, way, claims.object, columns.head[claims.subject], sentence))


def _against(margin: Floats, key: npt.NDArray[np.uint64]) -> Iterator[npt.ArrayLike]:
    """Among the claims of one key: the lead, the rank, how many there are, the share."""
    order = np.lexsort((-margin, key))
    new = key[order][1:] != key[order][:-1]
    starts = np.flatnonzero(np.concatenate([np.ones(min(1, len(key)), bool), new]))
    sizes = np.diff(np.concatenate([starts, [len(key)]]))
    group = np.empty(len(key), np.int64)
    group[order] = np.repeat(np.arange(len(starts)), sizes)
    rank = np.empty(len(key), np.int64)
    rank[order] = np.arange(len(key)) - np.repeat(starts, sizes)
    best = margin[order][starts]
    second = np.where(sizes > 1, margin[order][np.minimum(starts + 1, max(len(key) - 1, 0))], _LOWEST)
    weight = np.exp(np.clip(margin, _LOWEST, -_LOWEST))
    yield np.where(rank == 0, margin - np.maximum(second, _LOWEST)[group], margin - best[group])
    yield np.minimum(rank, 8)
    yield np.minimum(sizes[group], 20)
    yield weight / (np.bincount(group, weight)[group] + 0.3)


def _beside(margin: Floats, key: npt.NDArray[np.uint64]) -> Iterator[npt.ArrayLike]:
    """Among the claims of one key, which support one another: the lag, the number, the mean chance."""
    _, group = np.unique(key, return_inverse=True)
    size = np.bincount(group)
    best = np.full(len(size), -30.0)
    np.maximum.at(best, group, margin)
    yield margin - best[group]
    yield np.minimum(size[group], 12)
    yield (np.bincount(group, 1 / (1 + np.exp(-margin))) / np.maximum(size, 1))[group]


def _places(claims: Claims) -> Iterator[npt.ArrayLike]:
    view, columns = claims.view, claims.view.columns
    kinds = columns.kinds[columns.document[claims.subject]]
    row = np.arange(len(claims))
    yield claims.of(view.second - view.first - 1)
    yield claims.of(view.clauses)
    yield claims.of(view.sentences)
    yield columns.order[columns.sentence[view.pairs.second[claims.pair]]]
    for kind in (view.first_type, view.second_type):
        yield claims.of(view.between(kind))
        yield claims.of(view.inside(kind))
    yield claims.of(view.any_before[view.second] - view.any_before[view.first + 1])
    for unit in (claims.subject, claims.object):
        yield columns.count[unit]
        yield columns.leads[unit]
        yield columns.short[unit]
        yield kinds[row, columns.type[unit]]
    yield claims.of(view.any_before[view.second] - view.any_before[view.begin])
    yield claims.of((view.second - view.begin) / np.maximum(1, view.end - view.begin))
    yield claims.of(columns.head[view.pairs.first] == columns.head[view.pairs.second])
    yield claims.of(np.maximum(view.second_head - view.first_tail - 1, -1))
    yield claims.of(view.first_tail - view.first_head)
    yield claims.of(view.second_tail - view.second_head)
    yield claims.of(view.second - view.second_head)
    yield claims.of(view.clause_at(view.second_head) - np.where(view.apart, 0, view.clause_at(view.first_tail)))


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


def _near_triggers(claims: Claims, predicates: Sequence[str], groups: Sequence[str]) -> Iterator[npt.ArrayLike]:
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


def _particles(claims: Claims) -> Iterator[npt.ArrayLike]:
    view, columns = claims.view, claims.view.columns
    first, second, begin = (claims.of(a) for a in (view.first, view.second, view.begin))
    apart = claims.of_mask(view.apart)
    last = latest(view.prepositions)
    for place, head in ((second, claims.of(view.second_head)), (first, claims.of(view.first_head))):
        found = last[np.maximum(place - 1, 0)]
        governs = (found >= np.maximum(head - 3, 0)) & ((place == second) | ~apart)
        yield np.where(governs, columns.particle[np.maximum(found, 0)], 0)
    yield columns.particle[second + 1]
    yield columns.particle[first + 1]
    yield columns.mark[second + 1]
    yield columns.mark[second - 1]
    yield columns.mark[first + 1]
    for mask in (columns.particle == PARTICLES["的"], columns.tag == VERB, columns.mark == LISTING):
        before = counted(mask)
        yield before[second] - before[np.minimum(first + 1, second)]
    verbs = counted(columns.tag == VERB)
    yield verbs[claims.of(view.end)] - verbs[begin]
