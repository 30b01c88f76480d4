"""The measured precision of each rule, from which the confidence of its facts comes.

``seeds/patterns/precision.json`` is written by ``make precision`` from the annotated texts
and committed; nobody edits it by hand.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from kg.errors import SeedError
from kg.resources import resource

FILE = "precision.json"


@lru_cache(maxsize=1)
def load_precision() -> Mapping[str, float]:
    """Rule id -> precision in 0 to 1.

    Raises:
        SeedError: where the file is not what ``make precision`` writes.
    """
    path = resource("seeds/patterns") / FILE
    if not path.exists():
        return MappingProxyType({})
    try:
        data = json.loads(path.read_text("utf-8"))
        return MappingProxyType({rule: smoothed(row["right"], row["wrong"]) for rule, row in data.items()})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SeedError(f"seeds/patterns/{FILE}: {error!r}; write it anew with 'make precision'") from error


def smoothed(right: int, wrong: int) -> float:
    """Precision of few cases, drawn towards one half (Laplace's rule of succession)."""
    return round((right + 1) / (right + wrong + 2), 3)
