"""How much a page holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class PageOptions:
    """The caps of a page.

    Args:
        most_things: the best connected things that are kept; 50,000 open in about a second.
        most_facts: facts kept; things are left out until no more remain.
        most_sentences: sentences kept for one fact.
        most_characters: characters of sentences kept in all; a browser's tab holds this well.
    """

    most_things: int = 50_000
    most_facts: int = 250_000
    most_sentences: int = 8
    most_characters: int = 8_000_000


FRAGMENT = PageOptions(most_things=1_000, most_sentences=3, most_characters=400_000)
