"""Reads the weights and dictionaries that jieba ships, and checks that they are the known ones."""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from kg.errors import SeedError

Floats = NDArray[np.float32]

JIEBA = "0.42.1"
"""The release whose files :data:`DIGEST` describes."""
DIGEST = "1b77f85d28bfba0bed0fd5ca46319eee8427479938410a15f7b7afc4154e51cc"
WIDTH = 128
"""Characters embed, and each GRU direction runs, in this many dimensions."""
_DICTIONARIES = ("tag.dic", "word.dic")
_MATRICES = (
    "word_emb",
    "crfw",
    *(f"fc_{i}.{kind}_0" for i in range(5) for kind in "wb"),
    *(f"gru_{i}.{kind}_0" for i in range(4) for kind in "wb"),
)


@dataclass(frozen=True, slots=True)
class Weights:
    """The files of ``jieba/lac_small``.

    Args:
        characters: normalised character -> row of ``word_emb``.
        tags: the CRF's labels in their order (``nr-B``, ``LOC-I``, ``O``).
        matrices: file name -> matrix.
    """

    characters: Mapping[str, int]
    tags: tuple[str, ...]
    matrices: Mapping[str, Floats]


def read_weights(folder: Path | None = None) -> Weights:
    """Reads the weights of the installed jieba, or of any folder laid out like its lac_small.

    Raises:
        SeedError: where files are missing or are not those of the known release.
    """
    folder = folder or _installed()
    paths = [folder / name for name in _DICTIONARIES] + [folder / "model_baseline" / name for name in _MATRICES]
    remedy = f"install jieba=={JIEBA} again, or build with --no-tagger"
    try:
        contents = [path.read_bytes() for path in paths]
    except OSError as error:
        raise SeedError(
            f"{error.filename}: jieba's neural weights can't be read ({error.strerror}); {remedy}"
        ) from error
    digest = hashlib.sha256()
    for content in contents:
        digest.update(hashlib.sha256(content).digest())
    if digest.hexdigest() != DIGEST:
        raise SeedError(f"{folder}: these are not the neural weights of jieba {JIEBA}; {remedy}")
    tags, characters = (_read_dictionary(content.decode("utf-8")) for content in contents[:2])
    return Weights(
        characters=characters,
        tags=tuple(sorted(tags, key=tags.__getitem__)),
        matrices={name: _read_matrix(content) for name, content in zip(_MATRICES, contents[2:], strict=True)},
    )


def _installed() -> Path:
    found = importlib.util.find_spec("jieba")  # not imported: that reads its dictionary
    if found is None or found.origin is None:
        raise SeedError(f"jieba is not installed; install jieba=={JIEBA}")
    return Path(found.origin).parent / "lac_small"


def _read_dictionary(text: str) -> dict[str, int]:
    """Lines of number and entry; a line whose entry is missing is skipped, as Paddle's reader does."""
    cells = (line.split("\t") for line in text.split("\n"))
    return {cell[1].rstrip("\r"): int(cell[0]) for cell in cells if len(cell) == 2}


def _read_matrix(content: bytes) -> Floats:
    """A tensor as Paddle 1.x saved it: versions, a protobuf that tells type and shape, then floats."""
    (size,) = struct.unpack_from("<i", content, 16)
    header, at, shape = content[20 : 20 + size], 0, []
    while at < len(header):
        field, at = header[at], at + 1
        value = shift = 0
        while True:
            byte, at = header[at], at + 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        if field == 0x10:  # the other field is the element type, which the digest has settled
            shape.append(value)
    return np.frombuffer(content, "<f4", offset=20 + size).reshape(shape)
