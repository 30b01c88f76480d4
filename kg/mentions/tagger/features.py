"""What the tagger sees of each character besides the neural layers: small categories.

All sentences are read as one text joined by line ends, so that each source (the POS
dictionary, the automata over the lexicon) is asked once. Every source treats a line end as a
wall, so that a sentence's features do not depend on its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.folding import fold_text
from kg.model import ENTITY_TYPES
from kg.neural.upper import PARTS, mark_stretches
from kg.seeds import Lexicon

Ints = NDArray[np.int16]

_POS = (
    "a ad ag an b c d df dg e eng f g h i j k l m mg mq n ng nr nrfg nrt ns nt nz o p q r rg rr rz s t tg u ud ug uj "
    "ul uv uz v vd vg vi vn vq x y z zg"
).split()
_POS_ID = {pos: i for i, pos in enumerate(_POS)}
_TITLE_KINDS = ("post", "founder", "honorific", "reporter", "occupation")
_NUMERALS = "一二三四五六七八九十百千万亿零〇两第"
_CLASSES = ("“”", "《》〈〉", "，、；：", "。！？", "·", "-—_", "（）()", " ", "/&+.")

CHANNELS: Mapping[str, tuple[int, int]] = {
    # name: (categories, embedding width)
    "class": (6 + len(_CLASSES), 8),
    "inside": (8, 6),
    "pos": (len(_POS) * PARTS + 1, 16),
    "gazetteer": ((len(ENTITY_TYPES) + 1) * 2 * PARTS + 1, 16),
    "place-heads": (2 * PARTS + 1, 4),
    "org-heads": (2 * PARTS + 1, 6),
    "forum-heads": (2 * PARTS + 1, 6),
    "product-heads": (2 * PARTS + 1, 6),
    "titles": (len(_TITLE_KINDS) * PARTS + 1, 8),
    "surnames": (2 * PARTS + 1, 4),
    "transliteration": (2, 3),
    "generic": (PARTS + 1, 3),
    "anaphors": (PARTS + 1, 3),
}
"""The channels in their order; 0 is "nothing" wherever a channel marks matches."""


class FeatureReader:
    """Turns sentences into rows of categories, one row a character.

    Args:
        lexicon: the names and word lists that the gazetteer channels look up.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._classes = _class_table()
        rows = lexicon.lists.rows
        patterns: dict[str, dict[str, int]] = {"gazetteer": _names(lexicon)}
        for channel in ("place-heads", "org-heads", "forum-heads", "product-heads"):
            patterns[channel] = {row[0]: int(row[2] == "weak") for row in rows.get(channel, ())}
        titles: dict[str, int] = {}
        for row in rows["titles"]:
            titles.setdefault(row[0], _TITLE_KINDS.index(row[1]))
        patterns["titles"] = titles
        patterns["surnames"] = {row[0]: int(row[1] == "rare") for row in rows["surnames"]}
        patterns["generic"] = {row[0]: 0 for row in rows["generic"]}
        patterns["anaphors"] = {row[0]: 0 for row in rows["anaphors"]}
        self._matchers = {channel: _Matcher(found) for channel, found in patterns.items() if found}
        self._transliteration = np.zeros(0x10000, np.int16)
        self._transliteration[[ord(c) for c in lexicon.lists.transliteration]] = 1

    def read(self, sentences: Sequence[str]) -> Ints:
        """The categories of every character.

        Args:
            sentences: without line ends.

        Returns:
            One row a character, sentence after sentence; one column a channel.
        """
        joined = "\n".join(fold_text(sentence) for sentence in sentences)  # each by itself: folding looks around
        codes = np.frombuffer(joined.encode("utf-32-le"), np.uint32).astype(np.int64)
        keep = np.ones(len(codes), bool)
        ends = np.cumsum([len(s) + 1 for s in sentences])
        keep[ends[:-1] - 1] = False
        low = np.minimum(codes, 0xFFFF)
        out = np.zeros((len(codes), len(CHANNELS)), np.int16)
        for column, channel in enumerate(CHANNELS):
            if channel in self._matchers:
                self._matchers[channel].mark(joined, out[:, column])
        names = list(CHANNELS)
        out[:, names.index("class")] = self._classes[low]
        out[:, names.index("inside")] = _inside(codes, ends)
        out[:, names.index("pos")] = _part_of_speech(joined)
        out[:, names.index("transliteration")] = self._transliteration[low]
        return out[keep]


class _Matcher:
    """Marks the longest matches of a word list, each with its category and the place in the word."""

    def __init__(self, categories: Mapping[str, int]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        words = sorted(categories)
        self._automaton: Any = AhoCorasick(words, matchkind=MatchKind.LeftmostLongest)
        self._category = np.array([categories[w] for w in words], np.int16)

    def mark(self, text: str, column: Ints) -> None:
        """Writes ``1 + 4 * category + part`` for every matched character."""
        found = np.array(self._automaton.find_matches_as_indexes(text), np.int64).reshape(-1, 3)
        if len(found):
            whole = _whole_words(text, found)
            found = found[whole]
        mark_stretches(column, found[:, 1], found[:, 2], 1 + PARTS * self._category[found[:, 0]])


def _whole_words(text: str, found: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which matches do not begin or end inside a Latin word."""
    codes = np.frombuffer(f" {text} ".encode("utf-32-le"), np.uint32)
    latin = ((codes >= 48) & (codes <= 57)) | ((codes | 32) >= 97) & ((codes | 32) <= 122)
    start, end = found[:, 1], found[:, 2]  # codes[i + 1] is text[i]
    result: NDArray[np.bool_] = ~((latin[start] & latin[start + 1]) | (latin[end] & latin[end + 1]))
    return result


def _names(lexicon: Lexicon) -> dict[str, int]:
    """Surface form -> type and strength; a form of several types has a category of its own."""
    found = {}
    for form, refs in lexicon.forms.items():
        types = {lexicon.types[ref.cls] for ref in refs}
        kind = [*ENTITY_TYPES].index(min(types)) if len(types) == 1 else len(ENTITY_TYPES)  # type: ignore[arg-type]
        found[form] = 2 * kind + int(all(ref.weak for ref in refs))
    return found


def _class_table() -> Ints:
    table = np.zeros(0x10000, np.int16)
    table[0x4E00:0xA000] = 1
    _set(table, _NUMERALS, 2)
    _set(table, "0123456789０１２３４５６７８９", 3)
    _set(table, map(chr, [*range(65, 91), *range(0xC0, 0xDF)]), 4)
    _set(table, map(chr, [*range(97, 123), *range(0xDF, 0x180)]), 5)
    for i, chars in enumerate(_CLASSES):
        _set(table, chars, 6 + i)
    return table


def _set(table: Ints, chars: Iterable[str], value: int) -> None:
    table[[ord(c) for c in chars]] = value


def _inside(codes: NDArray[np.int64], ends: NDArray[np.int64]) -> Ints:
    """Whether each character stands inside “”, 《》 or （）, three bits; a mark left open ends with its sentence."""
    starts = np.concatenate([[0], ends[:-1]])
    state = np.zeros(len(codes), np.int16)
    for bit, (opener, closer) in enumerate((("“", "”"), ("《", "》"), ("（", "）"))):
        step = (codes == ord(opener)).astype(np.int64) - (codes == ord(closer))
        depth = np.cumsum(step)
        before = np.repeat(depth[starts] - step[starts], ends - starts)[: len(codes)]
        state |= ((depth - before > 0).astype(np.int16)) << bit
    return state


def _part_of_speech(text: str) -> Ints:
    import rjieba

    words = rjieba.tag(text)
    length = np.fromiter((len(word) for word, _ in words), np.int64, len(words))
    pos = np.fromiter((_POS_ID.get(tag, _POS_ID["x"]) for _, tag in words), np.int64, len(words))
    column = np.zeros(len(text), np.int16)
    end = np.cumsum(length)
    mark_stretches(column, end - length, end, 1 + PARTS * pos)
    return column
