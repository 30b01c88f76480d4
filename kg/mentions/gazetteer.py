"""Finds the names of the lexicon, all of them, overlapping ones too."""

from __future__ import annotations

from collections.abc import Iterator

from kg.mentions.candidates import Candidate, SentenceView
from kg.seeds import Lexicon

_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")


class Gazetteer:
    """An automaton over every surface form of the lexicon.

    A form may stand for several names: each is a candidate of its own. A form in Latin
    letters counts only as a whole word.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        from ahocorasick_rs import AhoCorasick

        self._forms = list(lexicon.forms)
        self._refs = [lexicon.forms[f] for f in self._forms]
        self._types = lexicon.types
        self._automaton = AhoCorasick(self._forms) if self._forms else None

    def find(self, view: SentenceView) -> Iterator[Candidate]:
        """Every occurrence of every form."""
        if self._automaton is None:
            return
        text = view.folded
        for index, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            if cuts_word(text, start, end):
                continue
            for ref in self._refs[index]:
                finder = "gazetteer:weak" if ref.weak else "gazetteer"
                yield Candidate(start, end, self._types[ref.cls], finder, 1.0, ref.cls, ref.name)


def cuts_word(text: str, start: int, end: int) -> bool:
    """Whether the match begins or ends inside a Latin word or number."""
    return (text[start] in _LATIN and start > 0 and text[start - 1] in _LATIN) or (
        text[end - 1] in _LATIN and end < len(text) and (text[end] in _LATIN or text[end] == "+")
    )
