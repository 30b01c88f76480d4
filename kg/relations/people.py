"""What a text tells of its persons beside facts: the titles at their names, and who signs it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from kg.model import Mention, Reading
from kg.relations.encoding import Title

#: Who wrote the report is not its news.
OF_GUESTS = ("attends", "speaksAt")
_SIGNS = re.compile(
    r"[（(【][^（）()【】。]{0,30}(?:记者|通讯员|编译|摄影)[^（）()【】。]{0,30}$"
    r"|(?:记者|通讯员|编译|编辑|摄影)[ 　：:/]?$"
)
_LONGEST_BYLINE = 70


@dataclass(frozen=True)
class People:
    """The persons of one document; nothing is looked up before it is asked for.

    Args:
        find_titles: the titles of a text, in its order.
    """

    reading: Reading
    find_titles: Callable[[str], Iterable[Title]]

    def role_of(self, person: Mention) -> str | None:
        """The title right before or after a person, as the text has it."""
        before, after = self._titles
        return before.get(person.span.start) or after.get(person.span.end)

    def signs(self, person: Mention) -> bool:
        """Whether the name stands in the report's byline, or as that of a reporter, anywhere in the text."""
        return person.name in self._signers

    @cached_property
    def _titles(self) -> tuple[dict[int, str], dict[int, str]]:
        titles = list(self.find_titles(blanked(self.reading)))
        return {t.span.end: t.text for t in titles}, {t.span.start: t.text for t in titles}

    @cached_property
    def _signers(self) -> frozenset[str]:
        text = self.reading.document.text
        starts = ((m.name, m.span.start) for m in self.reading.mentions)
        return frozenset(name for name, at in starts if _SIGNS.search(text, max(0, at - _LONGEST_BYLINE), at))


def blanked(reading: Reading) -> str:
    """The text without its mentions: 研究所所长 after a 研究所 that is named holds 所长."""
    pieces, at = [], 0
    text = reading.document.text
    for mention in reading.mentions:
        pieces += [text[at : mention.span.start], "\0" * len(mention.span)]
        at = mention.span.end
    return "".join([*pieces, text[at:]])
