"""Tells claims that are facts from those that are negated, planned, hearsay and the like."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.relations.encoding import Encoded
from kg.relations.language import CLAUSE_MARKS

if TYPE_CHECKING:
    from kg.relations.matcher import Claim

#: The reasons, each a word group of ``seeds/patterns/judgement.toml``; ``looks_<reason>`` names
#: the words that only look like it.
REASONS = ("negated", "hearsay", "conditional", "question", "planned", "former")
#: How far before the match a word still governs it: the whole sentence or its own clause.
_WHOLE_SENTENCE = ("hearsay", "conditional")
_FORMER = "前原"
#: 新华社记者张三、本报记者李四: the second works for the paper that prints this.
_OWN_PAPER = re.compile("本[报台网刊社]")
_FULL_STOP = re.compile("[。！？；]")


@dataclass(frozen=True, slots=True)
class Judge:
    """Compiled word groups.

    Args:
        tests: reason -> its expression.
        failed: what a sentence says last of a thing that came to nothing: 告吹, 未果.
    """

    tests: Mapping[str, re.Pattern[str]]
    failed: re.Pattern[str] | None

    @classmethod
    def from_groups(cls, groups: Mapping[str, frozenset[str]]) -> Judge:
        """A judge over the word groups of the pattern files."""
        tests = {}
        for reason in REASONS:
            if groups.get(reason):
                # a look-alike is consumed first, so that 不仅 never counts as 不
                alike = _either(groups.get(f"looks_{reason}"))
                tests[reason] = re.compile(f"(?:{alike})|(?P<hit>{_either(groups[reason])})")
        return cls(tests, re.compile(_either(groups["failed"])) if groups.get("failed") else None)

    def reason(self, claim: Claim, encoded: Encoded) -> str | None:
        """Why the claim is not a fact, or None where it is one."""
        if claim.predicate == "worksFor" and _is_former(claim, encoded):
            return "former"
        if claim.predicate == "worksFor" and _OWN_PAPER.search(_between(claim, encoded)):
            return "contradicted"
        start, end = _positions(claim, encoded)
        clause = max(encoded.text.rfind(mark, 0, start) for mark in CLAUSE_MARKS) + 1
        if self.failed is not None and self.failed.search(encoded.text, end, _sentence_end(encoded.text, end)):
            return "negated"
        for reason, test in self.tests.items():
            if reason in claim.rule.allow or (reason == "former" and claim.predicate not in ("worksFor", "founderOf")):
                continue
            begin = 0 if reason in _WHOLE_SENTENCE else clause
            if any(m["hit"] for m in test.finditer(encoded.text, begin, _reach(reason, encoded.text, end))):
                return reason
        return None


def _is_former(claim: Claim, encoded: Encoded) -> bool:
    """前院长, 前中国游泳队总教练: 前 or 原 right before the post or before the whole."""
    post = claim.object.span.start - encoded.sentence.span.start
    before = encoded.sentence.text[max(0, post - 1) : post + 1]
    return any(t.text[0] in _FORMER for t in claim.titles) or any(c in _FORMER for c in before)


def _between(claim: Claim, encoded: Encoded) -> str:
    """The words between the ends."""
    (_, start), (end, _) = sorted((span.start, span.end) for span in (claim.subject.span, claim.object.span))
    base = encoded.sentence.span.start
    return encoded.sentence.text[start - base : end - base]


def _reach(reason: str, text: str, end: int) -> int:
    """Questions are told by their end, the others before the match ends."""
    return _sentence_end(text, end) if reason == "question" else end


def _sentence_end(text: str, at: int) -> int:
    mark = _FULL_STOP.search(text, at)
    return mark.end() if mark else len(text)


def _positions(claim: Claim, encoded: Encoded) -> tuple[int, int]:
    starts = encoded.starts
    return bisect_left(starts, claim.scope.start), bisect_left(starts, claim.scope.end)


def _either(words: frozenset[str] | None) -> str:
    return "|".join(re.escape(w) for w in sorted(words or ("\x00",), key=lambda w: (-len(w), w)))
