"""Which spans overlap, and what that says for and against each: its rivals, and the tagger's reading."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.model import ENTITY_TYPES

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Features = tuple[Ints, Ints]
"""The spans' rows, and the features that each has, none of them twice."""

#: How a span lies to another one: they are the same stretch, it lies inside, around, or they cross.
EQUAL, INSIDE, AROUND, CROSS = range(4)
_SAME_TYPE = len(ENTITY_TYPES)
_SURE = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlaps:
    """Pairs of spans that overlap, each pair both ways.

    Args:
        row, other: the span that is spoken of, and the one beside it.
        way: how the span lies to the other one.
        type: the other one's type, or :data:`_SAME_TYPE`.
    """

    row: Ints
    other: Ints
    way: Ints
    type: Ints


def find_overlaps(start: Ints, end: Ints, kind: Ints) -> Overlaps:
    """The pairs; spans are in the order of their starts, and offsets go on from sentence to sentence."""
    # a span's partners lie between the first one that some span before may still reach, and its own end
    lower = np.searchsorted(np.maximum.accumulate(end), start, side="right")
    count = np.searchsorted(start, end, side="left") - lower
    row = np.repeat(np.arange(len(start)), count)
    other = np.arange(len(row)) + np.repeat(lower - np.cumsum(count) + count, count)
    kept = (end[other] > start[row]) & (row != other)
    row, other = row[kept], other[kept]
    inside = (start[other] <= start[row]) & (end[other] >= end[row])
    around = (start[row] <= start[other]) & (end[row] >= end[other])
    way = np.select([inside & around, inside, around], [EQUAL, INSIDE, AROUND], CROSS)
    return Overlaps(
        row=row, other=other, way=way, type=np.where(kind[row] == kind[other], _SAME_TYPE, kind[other])
    )


def rival_features(overlaps: Overlaps, strong: Mask, names: Mapping[str, int]) -> Features:
    """What a span's rivals say; those that lie within it, or cross it, only where a good finder proposes them."""
    numbers = np.zeros((4, _SAME_TYPE + 1, 2), np.int64)
    for number, same in enumerate((*(kind[:2] for kind in ENTITY_TYPES), "=")):
        numbers[EQUAL, number] = names[f"also{same}"], names[f"also{same}g"]
        numbers[INSIDE, number] = names[f"in{same}"], names[f"in{same}g"]
        numbers[AROUND, number, 1] = names[f"over{same}"]
        numbers[CROSS, number, 1] = names[f"cross{same}"]
    return _once(overlaps, strong[overlaps.other], numbers, len(strong))


def tagger_features(overlaps: Overlaps, score: Floats, names: Mapping[str, int]) -> Features:
    """How the learned tagger's reading stands to the spans that it does not share."""
    numbers = np.zeros((4, _SAME_TYPE + 1, 2), np.int64)
    for sure, mark in enumerate(("", "!")):
        for number, kind in enumerate(ENTITY_TYPES):
            numbers[EQUAL, number, sure] = names[f"as{kind[:2]}{mark}"]
        for way, name in ((INSIDE, "within"), (AROUND, "around"), (CROSS, "across")):
            numbers[way, :, sure] = names[f"{name}{mark}"]
            numbers[way, _SAME_TYPE, sure] = names[f"{name}={mark}"]
    tagged = score >= 0
    asked = np.flatnonzero(tagged[overlaps.other] & ~tagged[overlaps.row])
    some = Overlaps(
        row=overlaps.row[asked], other=overlaps.other[asked], way=overlaps.way[asked], type=overlaps.type[asked]
    )
    row, feature = _once(some, score[some.other] > _SURE, numbers, len(score))
    alone = ~tagged
    alone[some.row] = False
    alone_at = np.flatnonzero(alone)
    return np.concatenate([row, alone_at]), np.concatenate([feature, np.full(len(alone_at), names["untagged"])])


def _once(overlaps: Overlaps, good: Mask, numbers: Ints, spans: int) -> Features:
    """The features that ``numbers`` gives by way, type and ``good``, for each span once."""
    feature = numbers[overlaps.way, overlaps.type, good.astype(np.int64)]
    different = np.unique(numbers)
    seen = np.zeros((spans, len(different)), bool)
    seen[overlaps.row, np.searchsorted(different, feature)] = True
    row, place = np.nonzero(seen)
    known = different[place] > 0
    return row[known], different[place[known]]
