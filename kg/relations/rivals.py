"""The second stage's features: each claim of the first stage beside its rivals.

Most things have one host, one place, one employer in a sentence: how a claim stands against others
for the same object or subject, and with those of its list and of the whole text, tells more than its
own words do (relations F1 .73 -> .76 by cross-validation, with the trigger distances).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from kg.relations.claims import Claims, Floats
from kg.relations.columns import LISTING, PARTICLES, VERB
from kg.relations.distances import near_triggers
from kg.relations.features import mix
from kg.relations.views import counted, latest

_LOWEST = -12.0


def claim_features(claims: Claims, predicates: Sequence[str], groups: Sequence[str]) -> npt.NDArray[np.float32]:
    """A row of numbers for each claim: the columns of the second stage."""
    columns = [*_standing(claims), *_rivals(claims), *_places(claims), *near_triggers(claims, predicates, groups)]
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
