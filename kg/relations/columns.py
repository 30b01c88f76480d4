"""Readings as columns: one row a token, one row a unit (:mod:`.units`).

The features and the trees of the scorer ask everything of these arrays, for many pairs at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
import numpy.typing as npt

from kg.model import Mention, Reading
from kg.relations.phrases import PhraseWords
from kg.relations.units import TEXT, UNIT_TYPES, Token, Unit, tokens_of, unit_kind, unit_name, unit_type

Ints = npt.NDArray[np.int64]

#: Punctuation that says how clauses hang together; each its own mark.
COMMA, LISTING, SEMICOLON, COLON, QUOTE, UNQUOTE, BRACKET, UNBRACKET, DASH, STOP = range(1, 11)
_MARKS = {
    "，": COMMA, ",": COMMA, "、": LISTING, "；": SEMICOLON, ";": SEMICOLON, "：": COLON, ":": COLON,
    "“": QUOTE, "「": QUOTE, "‘": QUOTE, "”": UNQUOTE, "」": UNQUOTE, "’": UNQUOTE,
    "（": BRACKET, "(": BRACKET, "【": BRACKET, "）": UNBRACKET, ")": UNBRACKET, "】": UNBRACKET,
    "—": DASH, "－": DASH, "-": DASH, "。": STOP, "！": STOP, "？": STOP, "\n": STOP,
    "《": 11, "》": 12, "·": 13, " ": 14, "\u3000": 14,
}  # fmt: skip
CLAUSE_ENDS = (COMMA, SEMICOLON, COLON, DASH, STOP)
#: Prepositions, conjunctions and particles that say what part a name plays.
PARTICLES = {
    w: i
    for i, w in enumerate(
        "由 被 的 为 与 和 在 上 于 对 向 从 将 把 以 经 跟 同 及 据 给 让 随 等 中 是 来自 作为 担任 获 用".split(), 1
    )
}
_TAGS = {letter: i for i, letter in enumerate("nvpcudmtrfaqxbsilzyejkg", 1)}
UNIT_TAG = len(_TAGS) + 1
VERB = _TAGS["v"]
#: Padding between sentences: no window of this many tokens reaches over it.
_PAD = 4
_LONGEST_TRIGGER = 3
_LOOSE_LIST = 9


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which words the features know.

    Args:
        words: word -> its number; ``~`` and a character stand for unknown words that end so.
        groups: the names of the word groups.
        triggers: word (of up to three tokens) -> the numbers of its groups.
        phrases: finds units of plain words.
    """

    words: Mapping[str, int]
    groups: tuple[str, ...]
    triggers: Mapping[str, tuple[int, ...]]
    phrases: PhraseWords

    @classmethod
    def make(cls, words: Iterable[str], groups: Mapping[str, Iterable[str]], phrases: PhraseWords) -> Vocabulary:
        """A vocabulary; number 0 is padding, 1 any other word, 2 any other number."""
        fixed = ["<pad>", "<word>", "<number>", *(f"<{t}>" for t in UNIT_TYPES)]
        triggers: dict[str, tuple[int, ...]] = {}
        for i, name in enumerate(groups):
            for word in groups[name]:
                triggers[word] = (*triggers.get(word, ()), i)
        numbered = {word: i for i, word in enumerate([*fixed, *words])}
        return cls(numbered, tuple(groups), triggers, phrases)

    def number(self, word: str) -> int:
        """The word's number, or that of unknown words like it."""
        found = self.words.get(word)
        if found is not None:
            return found
        return 2 if word[0].isdigit() else self.words.get("~" + word[-1], 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """The arrays. Tokens of all sentences follow one another, with padding between them.

    Args:
        word, tag, mark, particle: a token's word, part of speech, punctuation mark and particle.
        clause: the number of the token's clause in its sentence.
        unit_at: the token's unit, or -1.
        trigger_at, trigger: token and group of every trigger word, in order.
        units: the units themselves.
        place, type, sentence, document, name: by unit, where it stands and what it is;
            ``name`` numbers things.
        short: whether the unit is a short form (or a duration).
        kind: a number for its class in the ontology, or for how a place is known.
        count, leads: how often its thing is named; whether it is the document's first of its type.
        head, tail: first and last unit of the list it stands in, loosely read (A公司董事长张三、B公司总裁李四).
        strict_head, strict_tail: the same of lists of nothing but names.
        begin, end: by sentence, its tokens.
        order: by sentence, its number in its document.
        kinds: by document and type, how many things there are.
    """

    word: Ints
    tag: Ints
    mark: Ints
    particle: Ints
    clause: Ints
    unit_at: Ints
    trigger_at: Ints
    trigger: Ints
    units: tuple[Unit, ...]
    place: Ints
    type: Ints
    sentence: Ints
    document: Ints
    name: Ints
    short: Ints
    kind: Ints
    count: Ints
    leads: Ints
    head: Ints
    tail: Ints
    strict_head: Ints
    strict_tail: Ints
    begin: Ints
    end: Ints
    order: Ints
    kinds: Ints


def make_columns(readings: Sequence[Reading], vocabulary: Vocabulary) -> Columns:
    """The columns of many readings; no row depends on another document's."""
    builder = _Builder(vocabulary)
    for number, reading in enumerate(readings):
        builder.add(number, reading)
    return builder.finish(len(readings))


class _Builder:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._begins = frozenset(word[0] for word in vocabulary.triggers)
        #: (word, part of speech) -> code, tag, mark, particle, whether it ends a clause
        self._known: dict[tuple[str, str], tuple[int, int, int, int, bool]] = {}
        self._tokens: list[tuple[int, int, int, int, int, int]] = []
        self._triggers: list[tuple[int, int]] = []
        self._units: list[Unit] = []
        self._rows: list[tuple[int, int, int, int, int, int, int]] = []
        self._counts: list[tuple[int, int]] = []
        self._sentences: list[tuple[int, int, int]] = []
        self._names: dict[tuple[int, int, str], int] = {}

    def add(self, number: int, reading: Reading) -> None:
        first = len(self._rows)
        for sentence, tokens in zip(reading.sentences, tokens_of(reading, self._vocabulary.phrases), strict=True):
            self._pad()
            begin = len(self._tokens)
            self._find_triggers(begin, tokens)
            self._add_tokens(number, tokens)
            self._sentences.append((begin, len(self._tokens), sentence.index))
        rows = self._rows[first:]
        named = Counter(row[4] for row in rows)
        seen: set[int] = set()
        for row in rows:
            self._counts.append((named[row[4]], row[1] not in seen))
            seen.add(row[1])

    def _pad(self) -> None:
        self._tokens += [(0, 0, 0, 0, 0, -1)] * _PAD

    def _find_triggers(self, begin: int, tokens: Sequence[Token]) -> None:
        triggers = self._vocabulary.triggers
        for i, (word, _, unit) in enumerate(tokens):
            if unit is not None or word[0] not in self._begins:
                continue
            found = triggers.get(word, ())
            followers = (t for t in tokens[i + 1 : i + 2 * _LONGEST_TRIGGER] if t[2] is None or unit_type(t[2]) != TEXT)
            for follower, _, other in islice(followers, _LONGEST_TRIGGER - 1):
                if other is not None:
                    break
                word += follower
                found = triggers.get(word, found)  # the longest word wins
            self._triggers += [(begin + i, group) for group in found]

    def _add_tokens(self, number: int, tokens: Sequence[Token]) -> None:
        clause, known, sentence = 0, self._known, len(self._sentences)
        for word, tag, unit in tokens:
            token = known.get((word, tag))
            if token is None:
                token = known[word, tag] = self._token(word, tag)
            code, kind_of, mark, particle, ends = token
            at = -1
            if unit is not None:
                at, kind_of = len(self._units), UNIT_TAG
                kind = unit_type(unit)
                thing = self._names.setdefault((number, kind, unit_name(unit)), len(self._names))
                short = unit.anaphor if isinstance(unit, Mention) else unit.days is not None
                self._units.append(unit)
                self._rows.append((len(self._tokens), kind, sentence, number, thing, short, unit_kind(unit)))
            self._tokens.append((code, kind_of, mark, particle, clause, at))
            clause += ends

    def _token(self, word: str, tag: str) -> tuple[int, int, int, int, bool]:
        mark = _MARKS.get(word, 0)
        number = self._vocabulary.number(word)
        return number, _TAGS.get(tag[:1], 0), mark, PARTICLES.get(word, 0), mark in CLAUSE_ENDS

    def finish(self, documents: int) -> Columns:
        self._pad()
        token = _table(self._tokens, 6)
        unit = _table(self._rows, 7)
        counts = _table(self._counts, 2)
        sentence = _table(self._sentences, 3)
        trigger = _table(self._triggers, 2)
        kinds = np.zeros((documents, len(UNIT_TYPES)), np.int64)
        for document, kind, _ in self._names:
            kinds[document, kind] += 1
        loose, strict = _lists(token, unit)
        return Columns(
            word=token[0], tag=token[1], mark=token[2], particle=token[3], clause=token[4], unit_at=token[5],
            trigger_at=trigger[0], trigger=trigger[1], units=tuple(self._units),
            place=unit[0], type=unit[1], sentence=unit[2], document=unit[3], name=unit[4], short=unit[5], kind=unit[6],
            count=counts[0], leads=counts[1],
            head=loose, tail=_tails(loose), strict_head=strict, strict_tail=_tails(strict),
            begin=sentence[0], end=sentence[1], order=sentence[2], kinds=kinds,
        )  # fmt: skip


def _table(rows: Sequence[tuple[int, ...]], width: int) -> Ints:
    return np.ascontiguousarray(np.array(rows, np.int64).reshape(-1, width).T)


def _lists(token: Ints, unit: Ints) -> tuple[Ints, Ints]:
    """For each unit the head of its list, loosely and strictly read; phrases don't part lists of others."""
    kind_at = np.where(token[5] >= 0, unit[1][token[5]] if unit.shape[1] else -1, -1)
    joins = (token[2] == LISTING) | np.isin(token[3], [PARTICLES[w] for w in "和与及"])
    ends = np.isin(token[2], (COMMA, SEMICOLON, COLON, STOP))
    named, phrases = (kind_at >= 0) & (kind_at != TEXT), kind_at == TEXT
    joined, parted, verbs, units, texts = (
        np.concatenate([[0], np.cumsum(mask)]) for mask in (joins, ends, token[1] == VERB, named, phrases)
    )
    loose, strict = np.arange(unit.shape[1]), np.arange(unit.shape[1])
    latest: dict[int, int] = {}
    for i, (place, kind, sentence) in enumerate(unit[:3].T.tolist()):
        before = latest.get(kind)
        latest[kind] = i
        if before is None or unit[2, before] != sentence:
            continue
        a, b = int(unit[0, before]) + 1, place
        if parted[b] > parted[a]:
            continue
        if kind == TEXT:  # phrases of one clause are items of one list
            loose[i], strict[i] = loose[before], strict[before]
            continue
        if joined[b] == joined[a]:
            continue
        plain, far = verbs[b] == verbs[a], b - a - (texts[b] - texts[a])
        if plain and far <= _LOOSE_LIST:
            loose[i] = loose[before]
        if far <= 1 or (far <= _LONGEST_TRIGGER and plain and units[b] == units[a]):
            strict[i] = strict[before]
    return loose, strict


def _tails(heads: Ints) -> Ints:
    tails = np.arange(len(heads))
    np.maximum.at(tails, heads, np.arange(len(heads)))
    return tails[heads]
