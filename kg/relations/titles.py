"""Finds posts, honorifics and bylines' words: 副院长, 联合创始人, 首席执行官, 记者."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from kg.model import Span
from kg.relations.encoding import Title

#: A word of several kinds counts as the first of these that it has.
_ORDER = ("founder", "reporter", "post", "occupation", "honorific")
#: What follows a title when it is a part of another word: 总统府, 主席团, 教授们, 部长级.
#: 董事会 is a body, but 董事会见客人 is one of it who receives guests.
_BODY = re.compile("(?<=[董理监]事|委员|校友)会(?![见晤谈同])")
_LONGER = ("府", "团", "们", "级", "制", "权", "证", "室", "令", "奖", "部", "台", "站", "会议", "职务", "职责", "一职")


class TitleFinder:
    """Leftmost-longest titles of a text, with the modifiers before them.

    Args:
        titles: title -> its kinds.
        modifiers: 副, 前, 常务 … -> ``grade`` or ``former``.
    """

    def __init__(self, titles: Mapping[str, tuple[str, ...]], modifiers: Mapping[str, str]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        self._kinds = {t: next(k for k in _ORDER if k in kinds).capitalize() for t, kinds in titles.items()}
        self._words = list(titles)
        self._modifiers: dict[str, list[str]] = {}  # by their last character, the longest first
        for modifier in sorted(modifiers, key=lambda m: (-len(m), m)):
            self._modifiers.setdefault(modifier[-1], []).append(modifier)
        self._automaton = AhoCorasick(self._words, matchkind=MatchKind.LeftmostLongest) if titles else None

    def find(self, text: str) -> Iterator[Title]:
        """Titles in order; offsets count from the text's start."""
        if self._automaton is None:
            return
        floor = 0
        for index, start, end in self._automaton.find_matches_as_indexes(text):
            if text.startswith(_LONGER, end) or _BODY.match(text, end):
                continue
            start = self._with_modifiers(text, start, floor)
            floor = end
            yield Title(span=Span(start, end), text=text[start:end], kind=self._kinds[self._words[index]])

    def _with_modifiers(self, text: str, start: int, floor: int) -> int:
        while True:
            for modifier in self._modifiers.get(text[start - 1], ()) if start > floor else ():
                if start - len(modifier) >= floor and text.startswith(modifier, start - len(modifier)):
                    start -= len(modifier)
                    break
            else:
                return start


@lru_cache(maxsize=1)
def title_finder() -> TitleFinder:
    """The finder over the shipped lexicon, made once a process."""
    from kg.seeds import load_lexicon

    lists = load_lexicon().lists
    return TitleFinder(lists.titles, lists.title_modifiers)
