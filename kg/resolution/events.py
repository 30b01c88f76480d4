"""The log of resolution: every merge, refusal and split with the features that decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

EventKind = Literal["merge", "refusal", "split", "conflict", "override"]


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ResolutionEvent:
    """One line of ``resolution.jsonl``.

    Args:
        kind: ``merge`` (two names, one thing), ``refusal`` (a merge that a guard or an
            ambiguity forbade), ``split`` (one name, several things), ``conflict`` (two facts
            of which one was kept), ``override`` (a line of the user's file, obeyed or not).
        type: the entity type; the predicate for a conflict.
        names: the names or values concerned; the first is the one that went on.
        features: what decided, by name.
        detail: the same for a reader, one sentence.
    """

    kind: EventKind
    type: str
    names: tuple[str, ...]
    features: tuple[str, ...]
    detail: str

    def as_dict(self) -> dict[str, object]:
        """The line's fields, ready for ``json.dumps``."""
        return {
            "kind": self.kind,
            "type": self.type,
            "names": list(self.names),
            "features": list(self.features),
            "detail": self.detail,
        }
