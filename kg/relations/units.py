"""What the scorer relates: mentions, values and phrases, and a sentence as a row of words and these.

A mention or a value is one token, and what it is called plays no part there, so that nothing can be
learnt by heart; a phrase stands as one more token before its own words.
"""

from __future__ import annotations

import re
from zlib import crc32

import rjieba

from kg.folding import fold_text
from kg.model import ENTITY_TYPES, Mention, Reading, Span, ValueMention
from kg.relations.phrases import PhraseWords

Unit = Mention | ValueMention
Token = tuple[str, str, Unit | None]
"""A word, its part of speech, and the unit where it stands for one."""

UNIT_TYPES: tuple[str, ...] = (*ENTITY_TYPES, "date", "count", "specification", "text")
_TYPE = {name: i for i, name in enumerate(UNIT_TYPES)}
TEXT = _TYPE["text"]
_NUMBER = re.compile(r"[\d.,，零〇一二两三四五六七八九十百千万亿余多来近约数超过逾]+")


def unit_type(unit: Unit) -> int:
    """The number of the unit's type in :data:`UNIT_TYPES`; a duration counts as a date."""
    if isinstance(unit, Mention):
        return _TYPE[unit.type]
    if unit.days is not None or unit.value.kind in ("date", "dateTime"):
        return _TYPE["date"]
    return _TYPE[unit.value.kind]


def unit_kind(unit: Unit) -> int:
    """A number for what tells units of one type apart: the class that a name tells, whether the lexicon knows
    a place, what is counted, how exact a date is, which parts of speech begin and end a phrase of how
    many words.
    """
    told: str | None = None
    if isinstance(unit, Mention):
        told = str("gazetteer" in unit.finder) if unit.type == "Place" else unit.cls
    elif unit.value.kind == "count":
        told = _NUMBER.sub("", unit.value.text)
    elif unit_type(unit) == _TYPE["date"]:
        told = f"{len(unit.value.text)} {unit.end is not None} {unit.days is not None}"
    elif unit_type(unit) == TEXT:
        tags = [tag[:1] for _, tag in rjieba.tag(fold_text(unit.text))]
        told = f"{tags[0]}{tags[-1]}{min(len(tags), 4)}"
    return crc32(told.encode()) & 0xFFFF if told else 0


def unit_name(unit: Unit) -> str:
    """What the unit stands for: units of one type and name in one document are the same thing."""
    if isinstance(unit, Mention):
        return unit.name
    return unit.value.text if unit.end is None else f"{unit.value.text}/{unit.end.text}"


def tokens_of(reading: Reading, phrases: PhraseWords) -> list[list[Token]]:
    """Each sentence as (word, part of speech, unit) triples; a phrase stands before its own words."""
    units = _units(reading, phrases)
    text, at = fold_text(reading.document.text), 0
    out = []
    for sentence in reading.sentences:
        tokens: list[Token] = []
        begin = sentence.span.start
        while at < len(units) and units[at].span.start < begin:
            at += 1
        while at < len(units) and units[at].span.end <= sentence.span.end:
            unit = units[at]
            tokens += _words(text, Span(begin, unit.span.start))
            tokens.append((f"<{UNIT_TYPES[unit_type(unit)]}>", "", unit))
            begin = unit.span.start if unit_type(unit) == TEXT else unit.span.end
            at += 1
        out.append(tokens + _words(text, Span(begin, sentence.span.end)))
    return out


def _words(text: str, span: Span) -> list[Token]:
    return [(w, tag, None) for w, tag in rjieba.tag(text[span.start : span.end])] if len(span) > 0 else []


def _units(reading: Reading, phrases: PhraseWords) -> list[Unit]:
    """Mentions, the values that overlap neither them nor an earlier, longer value, and phrases."""
    taken = sorted(m.span for m in reading.mentions)
    units: list[Unit] = [*reading.mentions, *phrases.find(reading)]
    i, last = 0, -1
    for value in sorted(reading.values, key=lambda v: (v.span.start, -v.span.end)):
        while i < len(taken) and taken[i].end <= value.span.start:
            i += 1
        if value.span.start >= last and not (i < len(taken) and taken[i].overlaps(value.span)):
            units.append(value)
            last = value.span.end
    return sorted(units, key=lambda u: (u.span.start, unit_type(u) != TEXT, u.span.end))
