"""The second look: a name that is sure in one sentence of a document counts in its others, too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from kg.mentions.gazetteer import cuts_word
from kg.mentions.tagger.labels import NUMBER

Found = tuple[int, int, str, float]

SURE = 0.5
"""A mention of this probability makes a name known in its document."""
BONUS = 2.0
"""Added to the score of each character of a known name; 1 to 4 are as good, and worth 0.3 points of F1."""


def known_names(texts: Iterable[str], found: Iterable[Sequence[Found]]) -> dict[str, str]:
    """Names that a document is sure of, with their types: the surest reading of each."""
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for text, mentions in zip(texts, found, strict=True):
        for start, end, kind, score in mentions:
            name = text[start:end]
            if score >= SURE and len(name) > 1:
                best[name][kind] = max(score, best[name].get(kind, 0.0))
    return {name: max(sorted(kinds), key=kinds.__getitem__) for name, kinds in best.items()}


def echoes(text: str, mentions: Sequence[Found], names: dict[str, str]) -> list[tuple[int, int, str]]:
    """Where known names stand and were not found: longest first, not inside a longer mention."""
    taken = [(start, end) for start, end, kind, _ in mentions if names.get(text[start:end]) == kind]
    result: list[tuple[int, int, str]] = []
    for name in sorted((n for n in names if n in text), key=lambda n: (-len(n), n)):
        for start, end in _occurrences(name, text):
            inside = any(a <= start and end <= b and b - a > end - start for a, b, *_ in mentions)
            if not inside and not any(start < b and a < end for a, b in taken):
                taken.append((start, end))
                result.append((start, end, names[name]))
    return result


def encourage(scores: NDArray[np.float32], spans: Iterable[tuple[int, int, str]]) -> NDArray[np.float32]:
    """Label scores (characters, labels) with the bonus added along the spans."""
    scores = scores.copy()
    for start, end, kind in spans:
        scores[start, NUMBER[f"B-{kind}"]] += BONUS
        scores[start + 1 : end - 1, NUMBER[f"I-{kind}"]] += BONUS
        scores[end - 1, NUMBER[f"E-{kind}"]] += BONUS
    return scores


def _occurrences(name: str, text: str) -> list[tuple[int, int]]:
    """Where ``name`` stands, one after another; in Latin letters only as whole words."""
    found = []
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        whole = not cuts_word(text, start, end)
        if whole:
            found.append((start, end))
        start = text.find(name, end if whole else start + 1)
    return found
