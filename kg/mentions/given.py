"""What a user vouches for: names of their own files and finds of plug-ins weigh more than shipped names.

The weights of the choice are learnt where no user has spoken. A shipped name of a kind that the annotated
texts seldom show may lose there even with nothing against it; a name that a user has added for these very
texts should not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.mentions.candidates import Candidate, MentionFinder, SentenceView
from kg.mentions.finder import MentionStage, with_weights

GIVEN = "given"
WEIGHT = 4.0
"""Log-odds: enough to win where nothing speaks against a name, too little to cut a longer, well supported one."""


@dataclass(frozen=True, slots=True)
class GivenFinder:
    """A finder whose strong candidates are vouched for; weak ones stay as they are."""

    finder: MentionFinder

    def find(self, view: SentenceView) -> Iterator[Candidate]:
        """The finder's candidates, the strong ones once more as :data:`GIVEN`."""
        for candidate in self.finder.find(view):
            yield candidate
            if not candidate.finder.endswith(":weak"):
                yield candidate._replace(finder=GIVEN)


def with_given(stage: MentionStage, finders: Sequence[MentionFinder]) -> MentionStage:
    """The stage with ``finders`` that the user vouches for beside its own."""
    if not finders:
        return stage
    trust = {f"*|{GIVEN}": WEIGHT}
    stage = replace(stage, finders=(*stage.finders, *map(GivenFinder, finders)))
    return with_weights(stage, {**stage.first.weights, **trust}, {**stage.chooser.weights, **trust})
