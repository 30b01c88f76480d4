"""The names that are common knowledge: ``seeds/lexicon/names/*.tsv`` and the user's own files.

A row is ``name  class  aliases  within``; a name or an alias that starts with ``?`` is
weak: an ordinary word or an ambiguous short form, to be believed only with support from
its context.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from kg.errors import SeedError
from kg.seeds.tables import read_rows, show

NAME_HEADER = ("name", "class", "aliases", "within")
WEAK = "?"


class NameRef(NamedTuple):
    """What a surface form may stand for. A named tuple, since tens of thousands are made at each start.

    Args:
        name: the canonical name.
        cls: the ontology class.
        weak: whether the form needs support from its context.
    """

    name: str
    cls: str
    weak: bool


class Name(NamedTuple):
    """A row of a names file.

    Args:
        name: canonical, without ``?``.
        cls: a class of the ontology.
        aliases: other forms, without ``?``.
        weak_forms: those of ``name`` and ``aliases`` that were marked ``?``.
        within: a place's place, an organization's parent, or what a text names that means this person by a
            weak form; empty where not known.
        source: ``file:line``.
    """

    name: str
    cls: str
    aliases: tuple[str, ...]
    weak_forms: frozenset[str]
    within: str
    source: str


@dataclass(frozen=True, slots=True)
class NameTable:
    """All names, and the way from each surface form to what it may stand for."""

    names: tuple[Name, ...]
    forms: Mapping[str, tuple[NameRef, ...]]


_NONE: frozenset[str] = frozenset()


def load_names(files: Iterable[Path], extra: Iterable[Path], classes: Mapping[str, str]) -> NameTable:
    """Reads and checks names files.

    Two rows of one name and one entity type must agree; ``extra`` files replace all
    earlier rows of the names that they hold, the last file winning.

    Args:
        files: the shipped files.
        extra: the user's files, of the same form.
        classes: known class -> entity type, from :func:`kg.seeds.classes.known_classes`.

    Raises:
        SeedError: for a malformed row, an unknown class, or rows in conflict.
    """
    rows: dict[str, tuple[Name, ...]] = {}
    for path in files:
        _add(rows, path, classes)
    for path in extra:
        own: dict[str, tuple[Name, ...]] = {}
        _add(own, path, classes)
        rows.update(own)
    names = tuple(name for group in rows.values() for name in group)
    return NameTable(names, _index(names))


def _add(rows: dict[str, tuple[Name, ...]], path: Path, classes: Mapping[str, str]) -> None:
    shown = show(path)
    for number, cells in read_rows(path, NAME_HEADER):
        name = _parse(cells, f"{shown}:{number}", classes)
        others = rows.get(name.name)
        if others is None:
            rows[name.name] = (name,)
        elif not _repeats(name, others, classes):
            rows[name.name] = (*others, name)


def _parse(cells: list[str], source: str, classes: Mapping[str, str]) -> Name:
    name, cls, aliases, within = cells
    if cls not in classes:
        raise SeedError(f"{source}: unknown class {cls!r}; known: {', '.join(sorted(classes))}")
    forms = (name, *aliases.split("|")) if aliases else (name,)
    weak = _NONE
    if WEAK in name or WEAK in aliases:
        weak = frozenset(form[1:] for form in forms if form.startswith(WEAK))
        forms = tuple(form.removeprefix(WEAK) for form in forms)
    if "" in forms or len(set(forms)) < len(forms):
        raise SeedError(_alias_problem(source, forms))
    return Name(forms[0], cls, forms[1:], weak, within, source)


def _alias_problem(source: str, forms: tuple[str, ...]) -> str:
    if "" in forms:
        return f"{source}: empty name or alias; remove the stray '|' or '{WEAK}'"
    twice = next(form for form in forms if forms.count(form) > 1)
    return f"{source}: {twice!r} stands twice in the row; keep one"


def _repeats(name: Name, others: tuple[Name, ...], classes: Mapping[str, str]) -> bool:
    """Whether an earlier row says the same; homonyms of another entity type stand beside each other."""
    for other in others:
        if name[:-1] == other[:-1]:
            return True
        if classes[name.cls] == classes[other.cls]:
            raise SeedError(f"{name.source}: {name.name!r} stands otherwise at {other.source}; make them one row")
    return False


def _index(names: Iterable[Name]) -> dict[str, tuple[NameRef, ...]]:
    forms: dict[str, tuple[NameRef, ...]] = {}
    for name, cls, aliases, weak_forms, _, _ in names:
        strong, weak = NameRef(name, cls, False), NameRef(name, cls, True) if weak_forms else None
        for form in (name, *aliases):
            ref = weak if weak and form in weak_forms else strong
            known = forms.get(form)
            forms[form] = (ref,) if known is None else (*known, ref)
    return forms
