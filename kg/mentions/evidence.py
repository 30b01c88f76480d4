"""The evidence for each candidate span: small named features over the whole document.

A feature is a number while it is weighed, and has a name where it is learnt: ``Person|title<`` says that
a title stands before what may be a person. What stands around a place is looked up once for all spans
that begin or end there, and all that spans are to one another is worked out for a batch at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from kg.mentions.candidates import SentenceView
from kg.mentions.overlaps import Ints, Mask, find_overlaps, rival_features, tagger_features
from kg.mentions.spans import Proposed, Span
from kg.mentions.surroundings import FeatureNames, Vocabulary, tell_after, tell_before, tell_finder, tell_inside
from kg.model import ENTITY_TYPES

_STRONG = frozenset(
    ("gazetteer", "surname:byline:2", "surname:byline:1", "surname:title:2", "surname:title:1", "title-mark", "dotted")
)
_TYPE: dict[str, int] = {kind: number for number, kind in enumerate(ENTITY_TYPES)}
_UNTAGGED = -1.0
_SURE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """The features of spans.

    Args:
        spans: those of all sentences of all documents, in order.
        sentences: by sentence, the row of its first span; one more for the end.
        type: by span, the number of its type.
        rows, features: every feature of every span, as the span's row and the feature's number.
        plain_rows, plain_features: those that also count without the type: what few texts show
            of a type may be known of all.
    """

    spans: Sequence[Span]
    sentences: Sequence[int]
    type: Ints
    rows: Ints
    features: Ints
    plain_rows: Ints
    plain_features: Ints

    def named(self, names: FeatureNames) -> list[list[str]]:
        """The features of each span by name, as they are learnt."""
        name_of = {number: name for name, number in names.items()}
        out: list[list[str]] = [[] for _ in self.spans]
        for row, feature in zip(self.rows.tolist(), self.features.tolist(), strict=True):
            kind, name = self.spans[row].type, name_of[feature]
            out[row].append(f"{kind}|{name}" if name else kind)
        for row, feature in zip(self.plain_rows.tolist(), self.plain_features.tolist(), strict=True):
            out[row].append(f"*|{name_of[feature]}")
        return out


@dataclass(slots=True)
class _Told:
    """What is told of the spans of a sentence one by one; a row each, in order.

    Args:
        columns: stretch, type, whether a good finder proposes it.
        tagger: the learned tagger's probability.
        finder_rows: a span's row for each of its finders.
        finders: the finder's feature and, for some, that of its score.
    """

    spans: Sequence[Span]
    columns: list[int] = field(default_factory=list)
    tagger: list[float] = field(default_factory=list)
    finder_rows: list[int] = field(default_factory=list)
    finders: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Rows:
    """The same of many sentences, one after another."""

    spans: list[Span] = field(default_factory=list)
    sentences: list[int] = field(default_factory=list)
    columns: list[int] = field(default_factory=list)
    tagger: list[float] = field(default_factory=list)
    finder_rows: list[int] = field(default_factory=list)
    finders: list[int] = field(default_factory=list)

    def add(self, told: _Told) -> None:
        """The next sentence's."""
        first = len(self.spans)
        self.sentences.append(first)
        self.spans += told.spans
        self.columns += told.columns
        self.tagger += told.tagger
        self.finder_rows += [first + row for row in told.finder_rows]
        self.finders += told.finders


class Describer:
    """Finds the features of spans; made for one batch of documents, whose readings share what it looks up."""

    def __init__(self, words: Vocabulary, names: FeatureNames) -> None:
        self._words, self._names = words, names
        self._stretch_at: dict[tuple[int, int], int] = {}
        self._before_at: dict[int, int] = {}
        self._after_at: dict[int, int] = {}
        self._text_at: dict[str, int] = {}
        self._finder_at: dict[tuple[str, float], tuple[int, int]] = {}
        #: by the identity of a sentence's spans, which it holds: the second reading changes few sentences
        self._told: dict[int, _Told] = {}
        #: start, end, document, context before, context after, text
        self._stretches: list[int] = []
        self._before: list[int] = []
        self._after: list[int] = []
        self._texts: list[int] = []

    def describe(self, documents: Iterable[Proposed]) -> Evidence:
        """The features of all spans of the batch."""
        rows = _Rows()
        offset = 0
        for number, document in enumerate(documents):
            for view, spans in document:
                told = self._told.get(id(spans))
                if told is None:
                    told = self._told[id(spans)] = self._tell(number, offset, view, spans)
                rows.add(told)
                offset += len(view.folded) + 1
        rows.sentences.append(len(rows.spans))
        return self._evidence(rows)

    def _tell(self, document: int, offset: int, view: SentenceView, spans: Sequence[Span]) -> _Told:
        stretch_at, told = self._stretch_at, _Told(spans)
        for row, span in enumerate(spans):
            place = (offset + span.start, offset + span.end)
            stretch = stretch_at.get(place)
            if stretch is None:
                stretch = stretch_at[place] = len(stretch_at)
                self._stretches += (*place, document, *self._contexts(offset, view, span))
            finders = span.finders
            told.columns += (stretch, _TYPE[span.type], not _STRONG.isdisjoint(finders))
            told.tagger.append(finders.get("tagger", _UNTAGGED))
            for found in finders.items():
                numbers = self._finder_at.get(found)
                if numbers is None:
                    numbers = self._finder_at[found] = tell_finder(*found, self._names)
                told.finder_rows.append(row)
                told.finders += numbers
        return told

    def _contexts(self, offset: int, view: SentenceView, span: Span) -> tuple[int, int, int]:
        """The rows of what stands before and after the span, and of its text."""
        before = self._before_at.get(offset + span.start)
        if before is None:
            before = self._before_at[offset + span.start] = len(self._before_at)
            self._before += tell_before(view, span.start, self._words, self._names)
        after = self._after_at.get(offset + span.end)
        if after is None:
            after = self._after_at[offset + span.end] = len(self._after_at)
            self._after += tell_after(view, span.end, self._words, self._names)
        name = view.folded[span.start : span.end]
        text = self._text_at.get(name)
        if text is None:
            text = self._text_at[name] = len(self._text_at)
            self._texts += tell_inside(name, self._words, self._names)
        return before, after, text

    def _evidence(self, rows: _Rows) -> Evidence:
        stretch, kind, strong = _table(rows.columns, 3)
        start, end, document, before, after, text = _table(self._stretches, 6)[:, stretch]
        tagger = np.array(rows.tagger)
        one, *before_features, first = _table(self._before, 7)[:, before]
        *after_features, last = _table(self._after, 5)[:, after]
        text_features = _table(self._texts, 7)[:, text]
        cut = self._cuts()[2 * (first < 0) + (last < 0)]
        again, elsewhere = _repeated(document, text, kind, (strong > 0) | (tagger > _SURE))
        names = self._names
        columns = [
            np.full(len(rows.spans), names[""]), cut, *before_features, *after_features, *text_features,
            np.where((first == last) & (first >= 0), one, 0), again * names["again"], elsewhere * names["elsewhere"],
            np.where(tagger >= 0, self._eighths()[(tagger * 8).astype(np.int64)], 0), (tagger >= 0) * names["tag"],
        ]  # fmt: skip
        table = np.stack(columns)
        column, row = np.nonzero(table)
        overlaps = find_overlaps(start, end, kind)
        proposed = np.array(rows.finder_rows, np.int64)
        finders, ranks = _table(rows.finders, 2)
        found = [
            (row, table[column, row]),
            (proposed[finders > 0], finders[finders > 0]),
            (proposed[ranks > 0], ranks[ranks > 0]),
            rival_features(overlaps, strong > 0, names),
            tagger_features(overlaps, tagger, names),
        ]
        return Evidence(
            spans=rows.spans, sentences=rows.sentences, type=kind,
            rows=np.concatenate([r for r, _ in found]), features=np.concatenate([f for _, f in found]),
            plain_rows=np.concatenate([np.arange(len(kind)), found[1][0]]),
            plain_features=np.concatenate([cut, found[1][1]]),
        )  # fmt: skip

    def _cuts(self) -> Ints:
        """By whether a span begins, and whether it ends, inside a word."""
        return np.array([self._names[f"cut{cut}"] for cut in ("00", "01", "10", "11")])

    def _eighths(self) -> Ints:
        return np.array([self._names[f"tag{eighth}"] for eighth in range(9)])


def _table(values: Sequence[int], width: int) -> Ints:
    """Rows told one after another, as columns."""
    return np.array(values, np.int64).reshape(-1, width).T


def _repeated(document: Ints, text: Ints, kind: Ints, sure: Mask) -> tuple[Mask, Mask]:
    """Whether the same words stand as the same type again, and surely elsewhere, in the document."""
    key = (document * (text.max(initial=0) + 1) + text) * len(_TYPE) + kind
    _, thing = np.unique(key, return_inverse=True)
    seen, strong = np.bincount(thing), np.bincount(thing, sure)
    return seen[thing] > 1, strong[thing] > sure
