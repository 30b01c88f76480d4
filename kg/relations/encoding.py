"""Encodes sentences as strings of units, which the compiled patterns then match."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.folding import fold_text
from kg.model import Mention, Reading, Sentence, Span, ValueMention
from kg.relations.language import ASIDE, UNITS

_ASIDE = re.compile(r"（[^（）]{1,40}）")


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A post or honorific: ``kind`` is Post, Founder, Reporter, Honorific or Occupation."""

    span: Span
    text: str
    kind: str


Unit = Mention | ValueMention | Title
_U = TypeVar("_U", ValueMention, Title)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoded:
    """A sentence as a string of units.

    Args:
        text: one character a unit; other characters as they are, punctuation folded.
        starts: for each character of ``text``, where it begins in the document.
        ends: and where it ends.
        units: by position in ``text``.
    """

    sentence: Sentence
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    units: dict[int, Unit]

    def span(self, start: int, end: int) -> Span:
        """The document's stretch behind ``text[start:end]`` (not empty)."""
        return Span(self.starts[start], self.ends[end - 1])


def _kind(unit: Unit) -> str:
    if isinstance(unit, Mention):
        return unit.type
    if isinstance(unit, Title):
        return unit.kind
    if unit.days is not None:
        return "Duration"
    if unit.value.kind in ("date", "dateTime"):
        return "Range" if unit.end is not None else "Date"
    return "Count" if unit.value.kind == "count" else "Measure"


def encode_sentences(reading: Reading, titles: Iterable[Title]) -> Iterator[tuple[Encoded, ...]]:
    """For each sentence its encodings: with bracketed asides folded away, then, where an
    aside holds units, with them open.
    """
    mentions = list(reading.mentions)
    taken = [m.span for m in mentions]
    values = _free(reading.values, taken)
    taken = sorted(taken + [v.span for v in values])
    units: list[Unit] = sorted(
        [*mentions, *values, *_free(titles, taken)], key=lambda u: (u.span.start, u.span.end)
    )
    at = 0
    for sentence in reading.sentences:
        inside: list[Unit] = []
        while at < len(units) and units[at].span.start < sentence.span.end:
            if units[at].span.start >= sentence.span.start and units[at].span.end <= sentence.span.end:
                inside.append(units[at])
            at += 1
        yield _encodings(sentence, inside)


def _free(candidates: Iterable[_U], taken: list[Span]) -> list[_U]:
    """Those that overlap neither ``taken`` nor an earlier, longer one of themselves."""
    out: list[_U] = []
    spans = sorted(taken)
    i, last = 0, -1
    for unit in sorted(candidates, key=lambda u: (u.span.start, -u.span.end)):
        while i < len(spans) and spans[i].end <= unit.span.start:
            i += 1
        if unit.span.start >= last and not (i < len(spans) and spans[i].overlaps(unit.span)):
            out.append(unit)
            last = unit.span.end
    return out


def _encodings(sentence: Sentence, units: list[Unit]) -> tuple[Encoded, ...]:
    folded_text = fold_text(sentence.text)
    asides = [Span(m.start(), m.end()).shift(sentence.span.start) for m in _ASIDE.finditer(folded_text)]
    asides = [a for a in asides if not any(u.span.overlaps(a) and not a.contains(u.span) for u in units)]
    if not asides:
        return (_encode(sentence, folded_text, units, []),)
    folded = _encode(sentence, folded_text, units, asides)
    if any(a.contains(u.span) for a in asides for u in units):
        return (folded, _encode(sentence, folded_text, units, []))
    return (folded,)


def _encode(sentence: Sentence, folded: str, units: list[Unit], asides: list[Span]) -> Encoded:
    base = sentence.span.start
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    by_position: dict[int, Unit] = {}

    def copy(start: int, end: int) -> None:
        kept: Sequence[int] = range(start, end)
        piece = folded[start - base : end - base]
        if " " in piece:
            kept = [at for at in kept if not _idle_space(folded, at - base)]
            piece = "".join(folded[at - base] for at in kept)
        text.append(piece)
        starts.extend(kept)
        ends.extend(at + 1 for at in kept)

    pieces: list[tuple[Span, Unit | None]] = [(a, None) for a in asides]
    pieces += [(_with_marks(u, folded, base), u) for u in units if not any(a.contains(u.span) for a in asides)]
    at = base
    for span, unit in sorted(pieces, key=lambda p: p[0]):
        if span.start >= at:
            copy(at, span.start)
            if unit is not None:
                by_position[len(starts)] = unit
            text.append(ASIDE if unit is None else UNITS[_kind(unit)])
            starts.append(span.start)
            ends.append(span.end)
            at = span.end
    copy(at, sentence.span.end)
    return Encoded(
        sentence=sentence, text="".join(text), starts=tuple(starts), ends=tuple(ends), units=by_position
    )


def _with_marks(unit: Unit, folded: str, base: int) -> Span:
    """The unit with the marks right around it, which lists of 《A》和《B》 would stumble over."""
    start, end = unit.span.start - base, unit.span.end - base
    if isinstance(unit, Mention) and start > 0 and folded[start - 1 : start] + folded[end : end + 1] in ("《》", "“”"):
        return Span(unit.span.start - 1, unit.span.end + 1)
    return unit.span


def _idle_space(text: str, at: int) -> bool:
    """A space that parts nothing: Chinese is written without, but bylines have them."""
    return text[at] == " " and not (text[at - 1 : at].isascii() and text[at + 1 : at + 2].isascii())
