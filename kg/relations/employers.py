"""Where the holder of a post works, told by the post: 校长 belongs to the school that the text named before.

A post without its organization beside it (院长张群华 after the hospital was named) leaves open which of the
organizations before is meant. The word of the post nearly tells: it shares its last character with the
names of what it heads, or heads things of one class.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.model import Mention

#: Organizations that a reader still has in mind.
_MEMORY = 8
#: What is known to be no company is none; of the others nobody knows.
_UNKNOWN = (None, "Organization")
#: The employer in a row of what is no post.
_NOBODY = "-"
#: Posts of the state name no employer by themselves.
_OF_STATE = ("国家", "中央", "总书记")
#: What may stand before a sentence's first word.
_OPENS = " \u3000“《●◆■▲★【】"
#: What stands after one of these is no subject.
_GOVERNS = frozenset("由与和同跟被向对为从于给以及、")


@dataclass(frozen=True, slots=True)
class Employers:
    """The rows of ``employers.tsv``.

    Args:
        endings: post -> what the names of its employers end with.
        classes: post -> their classes.
        only: post -> what the names of all its employers end with; nothing where nobody employs for it.
    """

    endings: Mapping[str, tuple[str, ...]]
    classes: Mapping[str, frozenset[str]]
    only: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_rows(cls, rows: Iterable[tuple[str, ...]]) -> Employers:
        """From (post, ``ending``, ``class`` or ``only``, employer) rows."""
        endings: dict[str, tuple[str, ...]] = {}
        classes: dict[str, frozenset[str]] = {}
        only: dict[str, tuple[str, ...]] = {}
        for post, by, employer in rows:
            if by == "only":
                only[post] = only.get(post, ()) + ((employer,) if employer != _NOBODY else ())
                continue
            endings.setdefault(post, ())
            classes.setdefault(post, frozenset())
            if by == "ending":
                endings[post] += (employer,)
            else:
                classes[post] |= {employer}
        return cls(endings, classes, only)

    def rules_out(self, titles: Sequence[str], employer: str) -> bool:
        """Whether an organization of this name employs nobody for what a person is called: 省长 a firm, 作家 none."""
        known = [self.only.get(_known_end(title, self.only)) for title in titles]
        return bool(known) and all(ends is not None and not employer.endswith(ends) for ends in known)

    def find(self, title: str, before: Sequence[Mention], text: str, at: int) -> Mention | None:
        """The organization that the post is held in; None where the post doesn't tell or none fits.

        Args:
            title: the post, with what grades it (高级副总裁).
            before: the organizations named before it, the latest last.
            text: the document's, to tell subjects: 甲公司脱胎于乙公司，董事长 is that of 甲公司.
            at: where the post stands in it.
        """
        post = _known_end(title, self.endings)
        if not post or title.startswith(_OF_STATE):
            return None
        fitting = [m for m in before[-_MEMORY:] if self._fits(post, m)]
        if fitting and "Company" in self.classes[post] and _sentence_start(text, at) > fitting[-1].span.start:
            named = Counter(m.name for m in before)
            return max(fitting, key=lambda m: (named[m.name], m.span.start))
        for last in reversed(fitting):
            start = _sentence_start(text, last.span.start)
            inside = [m for m in fitting if m.span.start >= start and m.span.end <= last.span.end]
            opening = next((m for m in inside if not text[start : m.span.start].strip(_OPENS)), None)
            governed = text[max(0, last.span.start - 1) : last.span.start] in _GOVERNS
            if opening is not None or not governed:
                return opening or last
        return None

    def _fits(self, post: str, mention: Mention) -> bool:
        classes = self.classes[post]
        if mention.cls in classes or ("Company" in classes and mention.cls in _UNKNOWN):
            return True
        return mention.name.endswith(self.endings[post]) or mention.text.endswith(self.endings[post])


def _known_end(title: str, posts: Mapping[str, object]) -> str:
    """The longest of the posts that the title ends with (总裁 of 高级副总裁), or an empty string."""
    return next((title[at:] for at in range(len(title)) if title[at:] in posts), "")


def _sentence_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in "。！？；\n") + 1
