"""How much room a name takes on the page; ``assets/labels.js`` breaks lines by the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt
from unicodedata import east_asian_width

import numpy as np

from kg.render.layout import Boxes

FONT = 13.0  # pixels
LINE = 16.0
LINE_EMS = 9.0  # a longer name goes on in a second line, and ends in … there
_NARROW = 0.56  # of an em, for Latin letters and digits


def ems(text: str) -> float:
    """The width of a text, in ems."""
    return sum(1.0 if east_asian_width(character) in "WFA" else _NARROW for character in text)


def radius(degree: int) -> float:
    """The radius of a thing's shape, in pixels, at zoom 1."""
    return round(min(26.0, 6.0 + 2.0 * sqrt(degree)), 1)


def label_boxes(labels: Sequence[str], degrees: Sequence[int]) -> Boxes:
    """The room of each thing: its shape, and its name under it in one or two lines."""
    widths = np.array([ems(label) for label in labels])
    radii = np.array([radius(degree) for degree in degrees])
    lines = np.where(widths > LINE_EMS, 2, 1)
    half = np.minimum(np.ceil(widths / lines) + 0.5, LINE_EMS) * FONT / 2 + 3
    return Boxes(half_width=np.maximum(half, radii), above=radii, below=radii + 3 + lines * LINE)
