"""The whole lexicon: names that are common knowledge, and the word lists of the mention grammar."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.errors import InputError
from kg.resources import resource
from kg.seeds.classes import known_classes
from kg.seeds.names import Name, NameRef, load_names
from kg.seeds.words import WordLists, load_words


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What every reader of a newspaper knows; picklable.

    Args:
        names: the rows of all names files.
        forms: surface form (canonical or alias, without ``?``) -> what it may stand for.
        lists: the word lists, typed.
        types: known class -> entity type (``Company`` -> ``Organization``).
    """

    names: tuple[Name, ...]
    forms: Mapping[str, tuple[NameRef, ...]]
    lists: WordLists
    types: Mapping[str, str]

    @property
    def words(self) -> Mapping[str, frozenset[str]]:
        """List name (``org-heads``) -> its words."""
        return self.lists.words


@cache
def load_lexicon(extra: tuple[Path, ...] = ()) -> Lexicon:
    """Reads ``seeds/lexicon`` once per process and set of extra files.

    Args:
        extra: names files of the user (``--lexicon``), which override shipped rows of
            the same name.

    Raises:
        SeedError: for a row that can't be used, with file and line.
        InputError: where a file can't be read.
    """
    return read_lexicon(resource("seeds/lexicon"), known_classes(), extra)


def read_lexicon(folder: Path, classes: Mapping[str, str], extra: tuple[Path, ...] = ()) -> Lexicon:
    """The same for any folder with ``names/*.tsv`` and ``words/*.tsv``, uncached."""
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder; name one that holds names/ and words/")
    table = load_names(sorted(folder.glob("names/*.tsv")), extra, classes)
    lists = load_words(sorted(folder.glob("words/*.tsv")), classes)
    return Lexicon(table.names, table.forms, lists, dict(classes))
