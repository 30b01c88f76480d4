"""How names of one type are shortened: what the linker needs to know of organisations, places and products."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kg.resolution.features import Link, Named
from kg.resolution.knowledge import Knowledge

ShortNames = Callable[[str, Knowledge], Mapping[str, Link]]
InOneText = Callable[[Named, Named, Knowledge], Link | None]
IsWeak = Callable[[str, Knowledge], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class NameRules:
    """How names of one type are shortened.

    Args:
        short_names: the short forms that a name makes by rule, for any document.
        in_one_text: why one folded name may stand for another in one document.
        is_weak: whether a folded name says who only where more is known.
        last_renaming: up to which rank a reason in one document outweighs what the lexicon says.
        same_words: whether two full names are one; where it is given, what a document abbreviates goes before what
            the lexicon knows so.
    """

    type: str
    short_names: ShortNames
    in_one_text: InOneText
    is_weak: IsWeak
    last_renaming: int = 0
    same_words: Callable[[str, str], bool] | None = None
