"""The reasons for which a short name is taken for a longer one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Link(NamedTuple):
    """A reason, and how far to trust it.

    Args:
        rank: 0 the text says so, 1 and 2 a part that carries no meaning was left out, 3 to 5 by
            rule in any document, 6 and 7 only inside one document.
        feature: its name in the log.
    """

    rank: int
    feature: str


@dataclass(frozen=True, slots=True)
class Named:
    """A node to be linked: ``key`` is its folded name, ``name`` the same as it is written.

    ``first`` and ``last`` tell where its first and last mentions begin.
    """

    node: int
    doc: int
    key: str
    name: str
    first: int = 0
    last: int = 0


LAST_ACROSS = 5
"""Reasons up to this rank hold between documents."""

REASONS: dict[str, str] = {
    "lexicon": "the lexicon gives both names to one thing",
    "told in the text": "the text says so in a bracket",
    "introduced in another text": "another text calls it so beside its full name",
    "bracketed part": "the same without what stands in brackets",
    "legal form": "the same without its legal form (有限公司, 集团, Inc.)",
    "group form": "the same without 集团",
    "holding": "the same without 控股 or 股份",
    "version": "the same without its version, the only one in the text",
    "usual abbreviation": "the usual one-character or poetic name of a place",
    "shared company": "a short form of it, in texts that share other things",
    "initials": "the first letters of its English words",
    "part of a double name": "one of the two names that 暨 joins",
    "place prefix": "the same without the place or country before it",
    "leading modifier": "the same without 国际, 全国 and the like before it",
    "trade word": "the same without the word for its trade (科技, 半导体)",
    "line of business": "the same without the word for its trade, and no legal form after it",
    "contraction": "usual contractions of its words (大学 to 大, 委员会 to 委)",
    "abbreviation": "characters picked from the full name in one text",
    "end of the name": "the last words of the full name in one text",
    "beginning of the name": "the first words of the full name in one text",
    "quoted part": "the words inside the quotation marks of the full name",
    "head word": "the same without its common noun",
    "brand": "the same without the maker's name before it",
    "description": "the same without the words that describe it",
    "model number": "the same model number",
    "administrative suffix": "the same without 省, 市, 县",
    "last name": "the last part of a foreign name",
    "first name": "the first part of a foreign name",
    "given name": "the given name of one person in the text",
    "name and title": "the same without the title after it",
    "surname and title": "surname and title or form of address of one person in the text",
    "modifier": "the same without 国际, 中国 or a place inside the name",
}
"""What each feature means, for the log and ``kg explain``."""
