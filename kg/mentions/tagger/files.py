"""The model file: one line that tells what follows, then the matrices as 16-bit whole numbers.

The same parameters give the same bytes: no dates, no compression, a fixed order.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.errors import SeedError
from kg.mentions.tagger.features import CHANNELS
from kg.mentions.tagger.labels import LABELS
from kg.neural import Parameters
from kg.neural.upper import from_steps, to_steps

_FORMAT = "kg tagger 1"


def write_model(path: Path, networks: Sequence[Parameters]) -> None:
    """Writes the parameters of one or more networks, each matrix scaled to 16 bits."""
    matrices, content = [], []
    for number, parameters in enumerate(networks):
        for name in sorted(parameters):
            steps, unit = to_steps(parameters[name])
            content.append(steps.tobytes())
            matrices.append({"network": number, "name": name, "shape": list(steps.shape), "unit": unit})
    header = {"format": _FORMAT, "labels": LABELS, "channels": _channels(), "matrices": matrices}
    line = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode()
    path.write_bytes(line + b"\n" + b"".join(content))


def read_model(path: Path) -> list[dict[str, NDArray[np.float32]]]:
    """The networks of a model file.

    Raises:
        SeedError: for a file that can't be read, or was made for other labels or channels.
    """
    remedy = "make it anew with kg train, or build with --no-tagger"
    try:
        line, _, content = path.read_bytes().partition(b"\n")
    except OSError as error:
        raise SeedError(f"{path}: the tagger's model can't be read ({error.strerror}); {remedy}") from error
    try:
        header = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SeedError(f"{path}:1: not a model of the tagger; {remedy}") from error
    made_for = [header.get(key) for key in ("format", "labels", "channels")] if isinstance(header, dict) else []
    if made_for != [_FORMAT, list(LABELS), _channels()]:
        raise SeedError(f"{path}:1: a model for another version of kg; {remedy}")
    try:
        return _networks(header["matrices"], content)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise SeedError(f"{path}: the file is cut short or damaged; {remedy}") from error


def _networks(matrices: list[dict[str, Any]], content: bytes) -> list[dict[str, NDArray[np.float32]]]:
    networks: list[dict[str, NDArray[np.float32]]] = []
    at = 0
    for entry in matrices:
        size = math.prod(entry["shape"])
        matrix = from_steps(np.frombuffer(content, "<i2", size, at), entry["unit"])
        if entry["network"] == len(networks):
            networks.append({})
        networks[entry["network"]][entry["name"]] = matrix.reshape(entry["shape"])
        at += 2 * size
    return networks


def _channels() -> list[list[object]]:
    return [[name, *sizes] for name, sizes in CHANNELS.items()]
