"""The labels of characters: outside, and single, begin, inside, end of each entity type."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.model import ENTITY_TYPES

PARTS = "BIES"
LABELS = ("O", *(f"{part}-{kind}" for kind in ENTITY_TYPES for part in PARTS))
"""Four parts a type: ends are as telling as beginnings (head words), and BIO lost a point of F1."""

NUMBER = {label: i for i, label in enumerate(LABELS)}
_OPEN = [label[0] in "BI" for label in LABELS]
_JOINS = [label[0] in "IE" for label in LABELS]

FOLLOWS: NDArray[np.bool_] = np.array(
    [
        [joins == opens and (not opens or before[2:] == after[2:]) for after, joins in zip(LABELS, _JOINS, strict=True)]
        for before, opens in zip(LABELS, _OPEN, strict=True)
    ]
)
"""(before, after): which label may follow which."""
STARTS: NDArray[np.bool_] = ~np.array(_JOINS)
ENDS: NDArray[np.bool_] = ~np.array(_OPEN)


def spans_of(labels: Sequence[int]) -> list[tuple[int, int, str]]:
    """(start, end, entity type) of each mention in a well-formed row of label numbers.

    Example:
        >>> spans_of([NUMBER["S-Place"], 0, NUMBER["B-Person"], NUMBER["E-Person"]])
        [(0, 1, 'Place'), (2, 4, 'Person')]
    """
    found, start = [], 0
    for i, number in enumerate(labels):
        if not number:
            continue
        part, _, kind = LABELS[number].partition("-")
        if part in "BS":
            start = i
        if part in "ES":
            found.append((start, i + 1, kind))
    return found


_PAIRS = {"”": "“", "》": "《", "）": "（", ")": "("}
_OPENERS = {opener: closer for closer, opener in _PAIRS.items()}
_REACH = 40


def balance(text: str, start: int, end: int) -> tuple[int, int]:
    """Takes in the other half of a quotation mark or bracket that a span cuts in two.

    Example:
        >>> text = "在“共享红利：精准扶贫”分论坛上"
        >>> text[slice(*balance(text, text.index("精"), text.index("上")))]
        '“共享红利：精准扶贫”分论坛'
    """
    waiting: list[str] = []
    for c in text[start:end]:
        if c in _OPENERS:
            waiting.append(_OPENERS[c])
        elif c in _PAIRS:
            if waiting and waiting[-1] == c:
                waiting.pop()
                continue
            before = text.rfind(_PAIRS[c], max(0, start - _REACH), start)
            if before < 0 or c in text[before:start]:
                return start, end
            start = before
    if len(waiting) == 1 and text[end : end + 1] == waiting[0]:
        end += 1
    return start, end
