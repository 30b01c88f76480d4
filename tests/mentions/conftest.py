"""Builders that the tests of mention finders share."""

from __future__ import annotations

from kg.folding import fold_text
from kg.mentions.candidates import Candidate, MentionFinder, SentenceView, view_sentence
from kg.model import Sentence, Span


def view(text: str) -> SentenceView:
    """A whole text as one sentence."""
    sentence = Sentence(doc_id="d", index=0, span=Span(0, len(text)), text=text)
    return view_sentence(sentence, fold_text(text))


def proposed(finder: MentionFinder, text: str) -> set[tuple[str, str, str]]:
    """(text, type, finder) of each candidate."""
    return {(text[c.start : c.end], c.type, c.finder) for c in finder.find(view(text))}


def names(finder: MentionFinder, text: str, kind: str) -> set[str]:
    """What is proposed as a thing of the type."""
    return {found for found, type_, _ in proposed(finder, text) if type_ == kind}


def inside(text: str, candidates: list[Candidate]) -> bool:
    """Whether every candidate is a stretch of the text that is not empty."""
    return all(0 <= c.start < c.end <= len(text) and 0 <= c.score <= 1 for c in candidates)
