"""Joins atoms to expressions: 12月 | 3日 | 上午 | 10时30分 is one."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.model import Span
from kg.times.grammar import TO, Atom, find_atoms

_FINENESS = {
    "year": 0,
    "relative_year": 0,
    "month": 1,
    "relative_month": 1,
    "lunar": 1,
    "period": 1,
    "holiday": 1,
    "month_part": 2,
    "month_week": 2,
    "day": 2,
    "deictic": 2,
    "anaphoric": 2,
    "numeric": 2,
    "weekday": 3,
    "part": 4,
    "clock": 5,
}
"""How fine an atom is; inside one expression it only grows. Kinds not listed stand alone."""

_CLOSE = re.compile(r"\s?[）)]")
_RANGE = re.compile(rf"(?:{TO})(?:从|自)?")
_BETWEEN = re.compile("之?[间間]")
_LIST = re.compile(r"\s?[、和与及]\s?")


@dataclass(frozen=True, slots=True)
class Expression:
    """A run of atoms; ``parts`` maps the kind of each to its word."""

    parts: dict[str, str]
    span: Span

    @property
    def sure(self) -> bool:
        """False for a lone 下午 or 两点, which name no time or no time at all."""
        kinds = self.parts.keys()
        if kinds <= {"part"}:
            return False
        return kinds != {"clock"} or bool(re.fullmatch(r"\d+\s?([:：]\d+|时.*|点.+)", self.parts["clock"]))


def find_expressions(text: str) -> list[Expression]:
    """All expressions of ``text``, in order."""
    found: list[Expression] = []
    for atom in find_atoms(text):
        if found and _continues(found[-1], atom, text):
            parts = found[-1].parts | {atom.kind: atom.word}
            found[-1] = Expression(parts, Span(found[-1].span.start, _end(text, found[-1].span.end, atom)))
        else:
            found.append(Expression({atom.kind: atom.word}, atom.span))
    kept: list[Expression] = []
    for expression in found:
        if expression.sure or (kept and "clock" in kept[-1].parts and joined(text, kept[-1], expression) == "range"):
            kept.append(expression)
    return kept


def joined(text: str, left: Expression, right: Expression) -> str | None:
    """``range`` where 至 or a dash stands between the two (or 之间 after them), ``list`` where 、 or 和 does."""
    between = text[left.span.end : right.span.start]
    if _RANGE.fullmatch(between) or (between in ("与", "和") and _BETWEEN.match(text, right.span.end)):
        return "range"
    return "list" if _LIST.fullmatch(between) else None


def _continues(left: Expression, atom: Atom, text: str) -> bool:
    fineness = _FINENESS.get(atom.kind)
    if fineness is None or any(_FINENESS.get(kind, 9) >= fineness for kind in left.parts):
        return False
    between = text[left.span.end : atom.span.start]
    if atom.kind == "weekday":
        return bool(re.fullmatch(r"\s?[,，]?\s?[（(]?", between))
    return bool(re.fullmatch(r"\s?的?\s?", between))


def _end(text: str, before: int, atom: Atom) -> int:
    """The atom's end, past the bracket that closes 3日（周六）."""
    bracketed = atom.kind == "weekday" and any(c in "（(" for c in text[before : atom.span.start])
    close = _CLOSE.match(text, atom.span.end) if bracketed else None
    return close.end() if close else atom.span.end
