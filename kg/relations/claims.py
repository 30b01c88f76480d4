"""What the scorer's first stage finds possible: pairs with a predicate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kg.relations.candidates import Labels
from kg.relations.columns import Ints
from kg.relations.views import Mask, View

Floats = npt.NDArray[np.float64]

FLOOR = -6.0
"""First-stage margins below this are no claims."""


@dataclass(frozen=True)
class Claims:
    """What the first stage finds possible: one row a pair and label.

    Args:
        view: the candidate pairs.
        pair: row in them.
        label: the label's number in its group.
        predicate: the predicate's number.
        margin: the first stage's log-odds.
        context: those of its network alone.
        other: the best log-odds of another label of the pair.
        subject, object: units.
        forward: whether the subject is the pair's first end.
    """

    view: View
    pair: Ints
    label: Ints
    predicate: Ints
    margin: Floats
    context: Floats
    other: Floats
    subject: Ints
    object: Ints
    forward: Mask

    def __len__(self) -> int:
        return len(self.pair)

    def of(self, values: Ints) -> Ints:
        """Values of pairs, for each claim."""
        return values[self.pair]

    def of_mask(self, values: Mask) -> Mask:
        """The same for a mask."""
        return values[self.pair]

    @cached_property
    def keys(self) -> tuple[Ints, Ints, Ints, Ints, Ints]:
        """Sentence, document, subject's thing, object's thing, direction."""
        columns = self.view.columns
        second = self.view.pairs.second[self.pair]
        direction = self.forward * 2 + (self.view.first_type == self.view.second_type)[self.pair]
        subject, object_ = columns.name[self.subject], columns.name[self.object]
        return columns.sentence[second], columns.document[second], subject, object_, direction


def find_claims(view: View, margins: Floats, context: Floats, labels: Labels, predicates: Sequence[str]) -> Claims:
    """The claims over the floor.

    Args:
        view: the candidate pairs.
        margins: pair x label; columns that a pair's group has not are ignored.
        context: the same of the network alone.
        labels: the groups of labels.
        predicates: all predicates; a claim's is its number here.
    """
    number = {p: i for i, p in enumerate(predicates)}
    width = margins.shape[1]
    table = np.full((len(labels), width), -1, np.int64)
    flipped = np.zeros((len(labels), width), bool)
    for i, known in enumerate(labels.values()):
        for j, label in enumerate(known):
            table[i, j], flipped[i, j] = number[label.predicate], label.flipped
    valid = table[view.pairs.group] >= 0
    masked = np.where(valid, margins, -30.0)
    pair, label_at = np.nonzero(valid & (margins > FLOOR))
    group = view.pairs.group[pair]
    margin = margins[pair, label_at]
    top = np.sort(masked, axis=1)[:, -2:] if width > 1 else np.full((len(masked), 2), -30.0)
    other = np.where(margin >= top[pair, 1], top[pair, 0], top[pair, 1])
    first, second = view.pairs.first[pair], view.pairs.second[pair]
    same = view.first_type[pair] == view.second_type[pair]
    in_order = (view.first_type <= view.second_type)[pair]
    turned = flipped[group, label_at]
    forward = np.where(same, ~turned, turned != in_order)
    return Claims(
        view, pair, label_at, table[group, label_at], margin, context[pair, label_at], other,
        np.where(forward, first, second), np.where(forward, second, first), forward,
    )  # fmt: skip
