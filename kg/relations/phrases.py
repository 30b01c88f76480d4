"""Finds stretches of plain words that may be what a product does or a meeting speaks of.

A candidate is an item of a list (语音识别、实时翻译和手写输入), what follows a word that leads to
one (支持…, 围绕…) up to the end of the clause, or the quoted words of a sentence that speaks of a
theme. Of the annotated features and topics 89 in 100 are among them, six candidates a text. Which of
them are facts, the scorer learns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import rjieba

from kg.folding import fold_text
from kg.model import Reading, Span, Value, ValueMention
from kg.seeds.words import WordLists

_CLAUSE = re.compile(r"[^，。；：！？—（）\n]+")
_QUOTED = re.compile(r"“([^“”\n]{2,30})”")
_OF_THEME = re.compile("主[题題]|[为為][题題]")
_MARK = frozenset("、")
_JOINTS = frozenset("和与及或") | {"以及"}
_LOOSE = " “”‘’"
_COUNTED = re.compile(r"[两三四五六七八九十几多数\d]+[大个项样种类件条处套场道组节]?")
_LENGTH = range(2, 15)

Token = tuple[int, int, str]
"""Where a word begins and ends in the document, and the word."""


@dataclass(frozen=True, slots=True)
class PhraseWords:
    """The words that begin and end phrases.

    Args:
        leads: after one of them a phrase begins.
        tails: before one of them the last phrase of a list ends.
    """

    leads: frozenset[str]
    tails: frozenset[str]

    @classmethod
    def of(cls, lists: WordLists) -> PhraseWords:
        """Those of the word lists."""
        return cls(lists.phrase_words["lead"], lists.phrase_words["tail"])

    def find(self, reading: Reading) -> list[ValueMention]:
        """The candidates of one reading in the order of the text.

        None is a mention or value itself, begins with a name or cuts one.
        """
        document = reading.document
        taken = {m.span for m in reading.mentions} | {v.span for v in reading.values}
        inside = {at for span in taken for at in range(span.start + 1, span.end)}
        named = {m.span.start for m in reading.mentions}
        text = fold_text(document.text)
        spans = [
            span
            for sentence in reading.sentences
            for clause in _CLAUSE.finditer(text, sentence.span.start, sentence.span.end)
            for span in self._of_clause(text, clause.start(), clause.group())
        ]
        spans = sorted({*spans, *(span for sentence in reading.sentences for span in _quoted(text, sentence.span))})
        return [
            ValueMention(doc_id=document.id, span=span, text=told, value=Value("text", told))
            for span, told in ((span, document.text[span.start : span.end]) for span in spans)
            if span not in taken and not {span.start, span.end} & inside and span.start not in named
        ]

    def _of_clause(self, text: str, start: int, clause: str) -> Iterator[Span]:
        tokens: list[Token] = []
        for word in rjieba.cut(clause, False):
            tokens.append((start, start + len(word), word))
            start += len(word)
        items = _split(tokens)
        for number, item in enumerate(items):
            led = self._after_lead(item, anywhere=number == 0)
            if led is None and len(items) == 1:
                continue
            kept = item if led is None else led
            if number == len(items) - 1:
                kept = self._before_tail(kept)
            if kept:
                span = _bare(text, Span(kept[0][0], kept[-1][1]))
                if len(span) in _LENGTH:
                    yield span

    def _after_lead(self, item: Sequence[Token], anywhere: bool) -> Sequence[Token] | None:
        """What follows the first lead and those right after it, or None where nothing leads."""
        for at, (_, _, word) in enumerate(item):
            if word in self.leads:
                while at < len(item) and item[at][2] in self.leads:
                    at += 1
                return item[at:]
            if not anywhere:
                return None
        return None

    def _before_tail(self, item: Sequence[Token]) -> Sequence[Token]:
        for at, (_, _, word) in enumerate(item[1:], 1):
            if word in self.tails or _COUNTED.fullmatch(word):
                return item[:at]
        return item


def _quoted(text: str, sentence: Span) -> Iterator[Span]:
    if _OF_THEME.search(text, sentence.start, sentence.end):
        for match in _QUOTED.finditer(text, sentence.start, sentence.end):
            yield Span(*match.span(1))


def _split(tokens: Sequence[Token]) -> list[Sequence[Token]]:
    """The items of a clause: what stands between its joints.

    In a list with 、 other joints part the last two items (A、B和C), unless they stand in others, too (A与B、C与D).
    """
    items = _parted(tokens, _MARK)
    if any(_parted(item, _JOINTS) != [item] for item in items[:-1]):
        return items
    return [*items[:-1], *_parted(items[-1], _JOINTS)]


def _parted(tokens: Sequence[Token], joints: frozenset[str]) -> list[Sequence[Token]]:
    """What stands between joints; a joint also lies between ” and “."""
    items, begin = [], 0
    for at, (_, _, word) in enumerate(tokens):
        if word in joints:
            items.append(tokens[begin:at])
            begin = at + 1
        elif word == "“" and at > begin and tokens[at - 1][2] == "”":
            items.append(tokens[begin:at])
            begin = at
    return [*items, tokens[begin:]]


def _bare(text: str, span: Span) -> Span:
    """What stands inside the quotation marks with which the span begins, or the span without any at its ends."""
    start, end = span.start, span.end
    if text[start] == "“":
        closed = text.find("”", start, end)
        end = closed if closed > 0 else end
    while start < end and text[start] in _LOOSE:
        start += 1
    while start < end and text[end - 1] in _LOOSE:
        end -= 1
    return Span(start, end)
