"""The word lists of ``seeds/lexicon/words``: surnames, titles, head words, anaphors, triggers …

Each list has its own columns, named in its header line and in :data:`LISTS`; cells of
columns with a fixed choice are checked. A word may stand in several rows where they tell
different things (院士 is a post and an honorific).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.errors import SeedError
from kg.model import ENTITY_TYPES
from kg.seeds.tables import read_rows, show

Row = tuple[str, ...]

# List -> (column, allowed cells); None: any text; "class": a class of the ontology.
_CLASS = ("class",)
_STRENGTH = ("strong", "weak")
_HEADS = (("head", None), ("class", _CLASS), ("strength", _STRENGTH))
LISTS: Mapping[str, tuple[tuple[str, tuple[str, ...] | None], ...]] = {
    "surnames": (("surname", None), ("kind", ("common", "rare"))),
    "transliteration": (("char", None),),
    "titles": (("title", None), ("kind", ("post", "founder", "honorific", "reporter", "occupation"))),
    "title-modifiers": (("modifier", None), ("kind", ("former", "grade"))),
    "org-heads": _HEADS,
    "forum-heads": _HEADS,
    "product-heads": _HEADS,
    "place-heads": _HEADS,
    "place-abbreviations": (("short", None), ("place", None)),
    "generic": (("word", None),),
    "technical": (("word", None),),
    "anaphors": (
        ("form", None),
        ("type", ("any", *ENTITY_TYPES)),
        ("kind", ("definite", "bare", "pronoun", "ordinal", "pair")),
    ),
    "triggers": (("group", None), ("word", None)),
    "phrase-words": (("word", None), ("side", ("lead", "tail"))),
    "employers": (("post", None), ("by", ("ending", "class", "only")), ("employer", None)),
}
_WORD_COLUMN = {"triggers": 1}
# Elsewhere a word has one row.
_SEVERAL_ROWS = ("titles", "triggers", "phrase-words", "employers")


class Head(NamedTuple):
    """A word that ends names of one class; a weak one needs a proper modifier before it."""

    text: str
    cls: str
    strong: bool


class Anaphor(NamedTuple):
    """A short form that points to a known thing; ``type`` is an entity type or ``any``."""

    form: str
    type: str
    kind: str


@dataclass(frozen=True, slots=True)
class WordLists:
    """All word lists, as rows and through typed accessors.

    Args:
        rows: list name -> its rows, in file order.
        words: list name -> the distinct words of its word column.
        surnames: surname -> ``common`` or ``rare``; compound ones have two characters.
        transliteration: characters of transliterated foreign names.
        titles: title -> its kinds (``post``, ``founder``, ``honorific``, ``reporter``, ``occupation``).
        title_modifiers: modifier -> ``former`` or ``grade``.
        org_heads: head word -> :class:`Head`; so too ``forum_heads``, ``product_heads``, ``place_heads``.
        place_abbreviations: 京 -> 北京 and 羊城 -> 广州, for phrases like 在京举行.
        generic: nouns that never name a thing by themselves.
        technical: words of technology and trade, of which what names no thing is made (5G芯片).
        anaphors: form -> :class:`Anaphor`.
        triggers: group -> its words.
        phrase_words: ``lead`` and ``tail`` -> what begins and what ends a phrase.
    """

    rows: Mapping[str, tuple[Row, ...]]
    words: Mapping[str, frozenset[str]]
    surnames: Mapping[str, str]
    transliteration: frozenset[str]
    titles: Mapping[str, tuple[str, ...]]
    title_modifiers: Mapping[str, str]
    org_heads: Mapping[str, Head]
    forum_heads: Mapping[str, Head]
    product_heads: Mapping[str, Head]
    place_heads: Mapping[str, Head]
    place_abbreviations: Mapping[str, str]
    generic: frozenset[str]
    technical: frozenset[str]
    anaphors: Mapping[str, Anaphor]
    triggers: Mapping[str, frozenset[str]]
    phrase_words: Mapping[str, frozenset[str]]


def load_words(files: Iterable[Path], classes: Iterable[str]) -> WordLists:
    """Reads and checks word lists; a list without a file is empty.

    Args:
        files: ``<list name>.tsv`` each.
        classes: the ontology's classes, for the ``class`` columns.

    Raises:
        SeedError: for an unknown list, a malformed row, a cell outside its column's
            choice, or a row that contradicts or repeats an earlier one.
    """
    rows: dict[str, tuple[Row, ...]] = dict.fromkeys(LISTS, ())
    known = tuple(sorted(classes))
    for path in files:
        if path.stem not in LISTS:
            raise SeedError(f"{show(path)}:1: unknown word list {path.stem!r}; known: {', '.join(LISTS)}")
        rows[path.stem] = _read_list(path, known)
    words = {name: frozenset(row[_WORD_COLUMN.get(name, 0)] for row in table) for name, table in rows.items()}
    return WordLists(
        rows=rows,
        words=words,
        surnames={row[0]: row[1] for row in rows["surnames"]},
        transliteration=words["transliteration"],
        titles=_grouped(rows["titles"]),
        title_modifiers={row[0]: row[1] for row in rows["title-modifiers"]},
        org_heads=_heads(rows["org-heads"]),
        forum_heads=_heads(rows["forum-heads"]),
        product_heads=_heads(rows["product-heads"]),
        place_heads=_heads(rows["place-heads"]),
        place_abbreviations={row[0]: row[1] for row in rows["place-abbreviations"]},
        generic=words["generic"],
        technical=words["technical"],
        anaphors={form: Anaphor(form, kind_of, kind) for form, kind_of, kind in rows["anaphors"]},
        triggers={group: frozenset(found) for group, found in _grouped(rows["triggers"]).items()},
        phrase_words={
            side: frozenset(row[0] for row in rows["phrase-words"] if row[1] == side) for side in ("lead", "tail")
        },
    )


def _read_list(path: Path, classes: tuple[str, ...]) -> tuple[Row, ...]:
    columns = LISTS[path.stem]
    key_width = len(columns) if path.stem in _SEVERAL_ROWS else 1
    shown, found = show(path), dict[Row, tuple[int, Row]]()
    for number, cells in read_rows(path, tuple(name for name, _ in columns)):
        for cell, (column, allowed) in zip(cells, columns, strict=True):
            allowed = classes if allowed is _CLASS else allowed
            if not cell or (allowed is not None and cell not in allowed):
                raise SeedError(_cell_problem(f"{shown}:{number}", column, cell, allowed))
        row = tuple(cells)
        first = found.setdefault(row[:key_width], (number, row))[0]
        if first != number:
            raise SeedError(f"{shown}:{number}: {' '.join(row[:key_width])!r} stands already in line {first}; keep one")
    return tuple(row for _, row in found.values())


def _cell_problem(place: str, column: str, cell: str, allowed: tuple[str, ...] | None) -> str:
    if not cell:
        return f"{place}: empty {column}; fill it or delete the line"
    return f"{place}: unknown {column} {cell!r}; known: {', '.join(allowed or ())}"


def _grouped(rows: Iterable[Row]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for first, second in rows:
        groups[first] = (*groups.get(first, ()), second)
    return groups


def _heads(rows: Iterable[Row]) -> dict[str, Head]:
    return {text: Head(text, cls, strength == "strong") for text, cls, strength in rows}
