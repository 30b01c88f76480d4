"""How much room a name takes on the page; ``assets/names.js`` breaks lines by the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from unicodedata import east_asian_width

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]

_LINE = 1.24  # of the font's size
_LINE_EMS = 9.0  # a longer name goes on in a second line, and ends in … there
_NARROW = 0.56  # of an em, for Latin letters and digits


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """The room that each thing takes at zoom 1: half width, and reach above and below its centre."""

    half_width: Points
    above: Points
    below: Points

    def take(self, indices: npt.NDArray[np.int64]) -> Boxes:
        """The boxes of some of the things."""
        return Boxes(half_width=self.half_width[indices], above=self.above[indices], below=self.below[indices])

    def scaled(self, by: float) -> Boxes:
        """Boxes so many times as large."""
        return Boxes(half_width=self.half_width * by, above=self.above * by, below=self.below * by)

    def area(self) -> float:
        """The room of all together, in square pixels."""
        return float(np.sum(2 * self.half_width * (self.above + self.below)))


def label_boxes(labels: Sequence[str], degrees: Sequence[int]) -> Boxes:
    """The room of each thing: its shape, and its name under it in one or two lines.

    Args:
        labels: the names.
        degrees: the count of facts of each; sizes grow with it.
    """
    rows = [_label_box(label, degree) for label, degree in zip(labels, degrees, strict=True)]
    half_width, above, below = np.array(rows, dtype=np.float64).reshape(-1, 3).T
    return Boxes(half_width=half_width, above=above, below=below)


def _label_box(label: str, degree: int) -> tuple[float, float, float]:
    width = sum(1.0 if east_asian_width(character) in "WFA" else _NARROW for character in label)
    lines = 1 if width <= _LINE_EMS else 2
    font = round(min(17.0, 12 + 0.7 * sqrt(degree)))
    radius = min(26.0, 6 + 2 * sqrt(degree))
    half = min(_LINE_EMS, width if lines == 1 else ceil(width / 2) + 0.5) * font / 2 + 3
    return max(half, radius), radius, radius + 5 + lines * font * _LINE
