"""The regression's features: each a number hashed from a few facts about a pair.

A feature is a template and the values it takes; templates are few, redundant by design
(leaving any family of them out costs nothing measurable, leaving half of them costs F1 .01) and
never look at what a name says. Hashing keeps the model a plain list of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from zlib import crc32

import numpy as np
import numpy.typing as npt

from kg.relations.columns import Ints
from kg.relations.views import Mask, View, counted, distance_bucket, few, latest, soonest

Keys = npt.NDArray[np.uint64]
_NEAR = np.array([2, 4, 8])
_WINDOW, _BAG = 15, 60
_LONGEST_SKELETON = 7
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_STEP = 0x100000001B3
_MASK = (1 << 64) - 1

_Bag = tuple[str, Ints, tuple[Ints, ...]]
"""A template's name, the pairs it speaks of, in order and with repeats, and its values for each."""

Features = Iterator[tuple[Ints | None, npt.NDArray[np.uint32]]]
"""(pairs, keys) by template, no key twice for a pair; None for all pairs, each once."""


def mix(*columns: npt.ArrayLike) -> Keys:
    """One well-spread number for each row of values."""
    mixed = np.zeros(np.broadcast(*map(np.asarray, columns)).shape, np.uint64)
    for column in columns:
        mixed = (mixed ^ np.asarray(column).astype(np.uint64)) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    return mixed


def feature_keys(view: View) -> Features:
    """Every feature of every pair."""
    order = (view.first_type > view.second_type) + 2 * view.apart
    frame = view.pairs.group * 8 + order
    for family in (_shape, _words, _lists, _verbs, _triggers, _skeletons):
        for name, values in family(view):
            mixed = mix(np.uint64(crc32(name.encode())), frame, *values)
            yield None, (mixed >> np.uint64(32)).astype(np.uint32)
    for bags in (_bags, _trigger_bags):
        for name, pairs, values in bags(view):
            mixed = mix(np.uint64(crc32(name.encode())), frame[pairs], *values)
            joined = np.sort((pairs.astype(np.uint64) << np.uint64(32)) | (mixed >> np.uint64(32)))
            joined = joined[np.concatenate([np.ones(min(1, len(joined)), bool), joined[1:] != joined[:-1]])]
            yield (joined >> np.uint64(32)).astype(np.int64), joined.astype(np.uint32)


def _bucket(values: Ints, edges: Ints) -> Ints:
    return np.searchsorted(edges, values, side="right")


_Template = tuple[str, tuple[Ints, ...]]


def _shape(view: View) -> Iterator[_Template]:
    """Where the ends stand, and among what."""
    columns, pairs = view.columns, view.pairs
    a, b = pairs.first, pairs.second
    distance = distance_bucket(view.second - view.first - 1)
    clauses, sentences = np.minimum(view.clauses, 4), np.clip(view.sentences, -2, 4)
    place = np.minimum(columns.order[columns.sentence[b]], 5)
    rivals = view.between(view.first_type), view.between(view.second_type)
    inside = view.inside(view.first_type), view.inside(view.second_type)
    everything = view.any_before[view.second] - view.any_before[view.first + 1]
    sofar = view.any_before[view.second] - view.any_before[view.begin]
    kinds = columns.kinds[columns.document[b]]
    row = np.arange(len(pairs))
    things = kinds[row, view.first_type], kinds[row, view.second_type]
    ordinal = np.where(view.apart, 0, view.between(view.first_type, view.begin - 1, view.first))
    yield "bias", ()
    yield "distance", (distance,)
    yield "clauses", (clauses,)
    yield "distance-clauses", (distance, clauses)
    yield "between", (few(rivals[0]), few(rivals[1]))
    yield "between-all", (np.minimum(everything, 6),)
    yield "between-other", (few(everything - rivals[0] - rivals[1]), clauses)
    yield "inside", (few(inside[0]), few(inside[1]))
    yield "sentences", (sentences,)
    yield "source", (pairs.source,)
    yield "place", (place,)
    yield "source-sentences", (pairs.source, sentences, few(inside[0]))
    yield "things", (few(things[0]), few(things[1]))
    yield "things-source", (few(things[0]), pairs.source, clauses)
    yield "count", (few(columns.count[a]), few(columns.count[b]))
    yield "leads", (columns.leads[a], columns.leads[b])
    yield "short", (columns.short[a], columns.short[b], clauses)
    yield "nearest", (rivals[0] == 0, rivals[1] == 0, clauses)
    yield "only", (inside[0] == 1, inside[1] == 1, clauses)
    yield "ordinal", (few(ordinal), few(view.between(view.second_type, view.begin - 1, view.second)))
    yield "before-second", (few(sofar), clauses)
    kind = columns.kind[a], columns.kind[b]
    yield "kind-first", (kind[0],)
    yield "kind-second", (kind[1],)
    yield "kinds", kind
    yield "kinds-source", (*kind, pairs.source, np.minimum(clauses, 1))


def _words(view: View) -> Iterator[_Template]:
    """The words beside the ends."""
    word = view.columns.word
    crossed = np.minimum(view.clauses, 1)
    rivals = np.minimum(view.between(view.first_type) + view.between(view.second_type), 1)
    for end, place in (("first", view.first), ("second", view.second)):
        for step in (-2, -1, 1, 2):
            yield f"{end}{step:+}", (word[place + step],)
    for name, place in (("first+1", view.first + 1), ("second-1", view.second - 1), ("second+1", view.second + 1)):
        yield f"{name}-clear", (word[place], crossed, rivals)


def _lists(view: View) -> Iterator[_Template]:
    """The words beside the lists that the ends stand in, which all their members share."""
    columns, pairs, word = view.columns, view.pairs, view.columns.word
    yield "list-before-second", (word[view.second_head - 1],)
    yield "list-after-second", (word[view.second_tail + 1],)
    yield "list-before-first", (word[view.first_head - 1],)
    yield "list-after-first", (word[view.first_tail + 1],)
    yield "names-before-second", (word[columns.place[columns.strict_head[pairs.second]] - 1],)
    yield "names-after-second", (word[columns.place[columns.strict_tail[pairs.second]] + 1],)
    gap = np.maximum(view.second_head - view.first_tail - 1, 0)
    crossed = view.clause_at(view.second_head) - np.where(view.apart, 0, view.clause_at(view.first_tail))
    yield "list-gap", (distance_bucket(gap), np.clip(crossed, 0, 3))
    yield "list-words", (word[view.first_tail + 1], word[view.second_head - 1], np.clip(crossed, 0, 2))
    together = (columns.head[pairs.first] == columns.head[pairs.second]) & ~view.apart
    yield "list-same", (together, distance_bucket(view.second - view.first - 1))
    rivals = (view.between(kind, view.first_tail, view.second_head) for kind in (view.first_type, view.second_type))
    yield "list-between", tuple(few(r) for r in rivals)


def _verbs(view: View) -> Iterator[_Template]:
    """The nearest verbs and prepositions."""
    words = view.columns.word
    before_first, after_first, before_second, after_second = _beside_ends(view, words, view.verbs)
    governs_first, governs_second = _governing(view)
    yield "verb-before-first", (before_first,)
    yield "verb-after-first", (after_first,)
    yield "verb-before-second", (before_second,)
    yield "verb-after-second", (after_second,)
    yield "verbs-second", (before_second, after_second)
    yield "governs-first", (governs_first,)
    yield "governs-second", (governs_second,)
    yield "governs-second-verb", (governs_second, after_second)
    yield "governs", (governs_first, governs_second, np.minimum(view.clauses, 2))


def _beside_ends(view: View, values: Ints, mask: Mask) -> tuple[Ints, Ints, Ints, Ints]:
    """What the nearest tokens of a mask are, before and after the first and before and after the second end."""
    last, soon = latest(mask), soonest(mask)
    return (
        _seen(view, values, view.before(last, view.first), view.first) * ~view.apart,
        _seen(view, values, view.after(soon, view.first), view.first),
        _seen(view, values, view.before(last, view.second), view.second),
        _seen(view, values, view.after(soon, view.second), view.second),
    )


def _governing(view: View) -> tuple[Ints, Ints]:
    """The nearest preposition before each end."""
    last, particle = latest(view.prepositions), view.columns.particle
    return (
        _seen(view, particle, view.before(last, view.first), view.first) * ~view.apart,
        _seen(view, particle, view.before(last, view.second), view.second),
    )


def _seen(view: View, values: Ints, place: Ints, end: Ints) -> Ints:
    """The value at a place and whether an end stands in the same clause; 0 for no place."""
    at = np.maximum(place, 0)
    return np.where(place >= 0, values[at] * 2 + (view.columns.clause[at] == view.clause_at(end)), 0)


def _group_at(view: View) -> Ints:
    """For each token its first trigger group, from 1."""
    columns = view.columns
    group = np.zeros(len(columns.word), np.int64)
    group[columns.trigger_at[::-1]] = columns.trigger[::-1] + 1
    return group


def _triggers(view: View) -> Iterator[_Template]:
    """The nearest trigger words, by group."""
    columns = view.columns
    group = _group_at(view)
    last, soon, last_word = latest(group > 0), soonest(group > 0), latest(view.prepositions)
    clauses, crossed = np.minimum(view.clauses, 2), np.minimum(view.clauses, 1)
    rivals = few(view.between(view.first_type)), few(view.between(view.second_type))
    before_first, after_first, before_second, after_second = _beside_ends(view, group, group > 0)
    governs_first, governs_second = _governing(view)
    tail = _seen(view, group, view.after(soon, view.second_tail), view.second_tail)
    yield "group-before-first", (before_first,)
    for name, found in (("after-first", after_first), ("before-second", before_second), ("after-second", after_second)):
        yield f"group-{name}", (found,)
        yield f"group-{name}-clear", (found, *rivals, crossed)
    yield "groups-between", (after_first, before_second, clauses)
    yield "groups-second", (before_second, after_second)
    yield "group-before-second-governed", (before_second, governs_second)
    yield "group-after-second-governed", (after_second, governs_second)
    yield "group-after-first-governed", (after_first, governs_first)
    yield "list-group-before-second", (_seen(view, group, view.before(last, view.second_head), view.second_head),)
    yield "list-group-after-second", (tail,)
    yield "list-group-after-first", (_seen(view, group, view.after(soon, view.first_tail), view.first_tail),)
    yield "list-group-before-first", (
        _seen(view, group, view.before(last, view.first_head), view.first_head) * ~view.apart,
    )
    governs_list = _seen(view, columns.particle, view.before(last_word, view.second_head), view.second_head)
    yield "list-group-after-second-governed", (tail, governs_list)


def _skeletons(view: View) -> Iterator[_Template]:
    """What lies between, reduced to units, triggers, marks and particles, where that is short."""
    columns = view.columns
    group = _group_at(view)
    kind = np.where(columns.unit_at >= 0, columns.type[columns.unit_at] if len(columns.type) else 0, -1)
    letters = np.select(
        [kind >= 0, group > 0, columns.mark > 0, columns.particle > 0],
        [1 + kind, 100 + group, 20 + columns.mark, 40 + columns.particle],
    )
    skeleton = _Substrings(letters)
    yield "skeleton", (skeleton.hashes(view.first + 1, view.second),)
    start = view.first_tail + 1
    yield "list-skeleton", (skeleton.hashes(start, np.maximum(view.second_head, start)),)


class _Substrings:
    """Hashes of stretches of a row of letters, zeros left out; a rolling polynomial, modulo 2**64."""

    def __init__(self, letters: Ints) -> None:
        self._count = counted(letters > 0)
        sums = [0]
        for value in mix(letters[letters > 0]).tolist():
            sums.append((sums[-1] * _STEP + value) & _MASK)
        self._sums = np.array(sums, np.uint64)
        self._powers = np.array([pow(_STEP, i, 1 << 64) for i in range(_LONGEST_SKELETON + 1)], np.uint64)

    def hashes(self, start: Ints, stop: Ints) -> Ints:
        """A hash for each stretch; one for all that are too long."""
        a, b = self._count[start], self._count[stop]
        length = b - a
        hashed = self._sums[b] - self._sums[a] * self._powers[np.minimum(length, _LONGEST_SKELETON)]
        return np.where(length <= _LONGEST_SKELETON, hashed, np.uint64(1)).view(np.int64)


def _ranges(start: Ints, stop: Ints) -> tuple[Ints, Ints]:
    """(row, position) for every position of every stretch."""
    length = np.maximum(stop - start, 0)
    rows = np.repeat(np.arange(len(start)), length)
    inside = np.arange(len(rows)) - np.repeat(np.cumsum(length) - length, length)
    return rows, np.repeat(start, length) + inside


def _side(view: View, rows: Ints, at: Ints) -> Ints:
    """Whether a token shares its clause with the first end, the second, both or neither."""
    clause = view.columns.clause
    first = np.where(view.apart, 0, view.clause_at(view.first))
    return 2 * (clause[at] == view.clause_at(view.second)[rows]) + (clause[at] == first[rows])


def _bags(view: View) -> Iterator[_Bag]:
    """The words between and on both sides, without their order."""
    word = view.columns.word
    rows, at = _ranges(view.first + 1, np.minimum(view.second, view.first + 1 + _BAG))
    kept = view.columns.mark[at] == 0
    rows, at = rows[kept], at[kept]
    yield "word-between", rows, (word[at],)
    yield "word-between-side", rows, (word[at], _side(view, rows, at))
    start = np.maximum(view.clause_start(view.first), view.begin)
    rows, at = _ranges(np.maximum(start, view.first - _WINDOW), np.where(view.apart, start, view.first))
    yield "word-before", rows, (word[at],)
    rows, at = _ranges(view.second + 1, np.minimum(view.clause_stop(view.second), view.second + 1 + _WINDOW))
    yield "word-after", rows, (word[at],)


def _trigger_bags(view: View) -> Iterator[_Bag]:
    """The trigger groups between and on both sides."""
    columns = view.columns
    index = np.searchsorted(columns.trigger_at, np.arange(len(columns.word) + 1))
    group, token = columns.trigger, columns.trigger_at
    clauses = np.minimum(view.clauses, 2)
    rivals = few(view.between(view.first_type)), few(view.between(view.second_type))
    rows, at = _ranges(index[view.first + 1], index[view.second])
    yield "group-between", rows, (group[at], *(r[rows] for r in rivals))
    yield "group-between-side", rows, (group[at], _side(view, rows, token[at]), clauses[rows])
    after, before = _bucket(token[at] - view.first[rows], _NEAR), _bucket(view.second[rows] - token[at], _NEAR)
    yield "group-between-near", rows, (group[at], after, before)
    rows, at = _ranges(index[view.first_tail + 1], index[np.maximum(view.second_head, view.first_tail + 1)])
    crossed = view.clause_at(view.second_head)[rows] - columns.clause[token[at]]
    yield "group-list-between", rows, (group[at], np.minimum(crossed, 2))
    start = np.maximum(view.clause_start(view.first), view.begin)
    rows, at = _ranges(index[start], index[np.where(view.apart, start, view.first)])
    yield "group-before", rows, (group[at], clauses[rows])
    stop = view.clause_stop(view.second)
    rows, at = _ranges(index[view.second + 1], index[stop])
    yield "group-after", rows, (group[at], clauses[rows])
    near = _bucket(token[at] - view.second[rows], _NEAR)
    yield "group-after-near", rows, (group[at], few(rivals[0] + rivals[1])[rows], near)
    rows, at = _ranges(index[view.second_tail + 1], index[np.maximum(stop, view.second_tail + 1)])
    yield "group-list-after", rows, (group[at],)


