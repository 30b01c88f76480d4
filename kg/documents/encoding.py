"""Finds out how a file is encoded: UTF-8, UTF-16 or GB18030 (which contains GBK and GB2312)."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import InputError

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHUNK = 1 << 20


def read_text(data: bytes, place: str) -> str:
    """``data`` as text, without a byte order mark.

    Raises:
        InputError: where no encoding fits.
    """
    return data.decode(_encoding([data], place))


@contextmanager
def open_text(path: Path) -> Iterator[Iterable[str]]:
    """The lines of a file, with their ends, decoded as they are read.

    Raises:
        InputError: where no encoding fits.
    """
    with path.open("rb") as raw:
        encoding = _encoding(iter(lambda: raw.read(_CHUNK), b""), str(path))
    # newline="" keeps line ends as they are; the csv module asks for it
    with path.open(encoding=encoding, newline="") as lines:
        yield lines


def _encoding(chunks: Iterable[bytes], place: str) -> str:
    """The encoding that all chunks fit; every byte is looked at, since one odd line is enough to fail later."""
    candidates: dict[str, codecs.IncrementalDecoder] = {}
    for chunk in chunks:
        if not candidates:
            names = _candidates(chunk)
            candidates = {name: codecs.getincrementaldecoder(name)() for name in names}
        for name in list(candidates):
            if not _fits(candidates[name], chunk):
                del candidates[name]
        if not candidates:
            raise InputError(f"{place}: neither UTF-8 nor UTF-16 nor GB18030; save it as UTF-8")
    complete = [name for name, decoder in candidates.items() if _fits(decoder, b"", final=True)]
    if candidates and not complete:
        raise InputError(f"{place}: ends in the middle of a character; save it as UTF-8 again")
    return complete[0] if complete else "utf-8"


def _candidates(head: bytes) -> tuple[str, ...]:
    for mark, name in _BOMS:
        if head.startswith(mark):
            return (name,)
    if b"\0" in head:
        # UTF-16, where each ASCII mark and line end brings one; unless all is UTF-8 and hardly any of it NUL, as
        # where a program left one behind
        even, odd = head[::2].count(0), head[1::2].count(0)
        wide = "utf-16-be" if even > odd else "utf-16-le"
        return (wide,) if (even + odd) * 8 > len(head) else ("utf-8", wide)
    return ("utf-8", "gb18030")


def _fits(decoder: codecs.IncrementalDecoder, data: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(data, final)
    except UnicodeDecodeError:
        return False
    return True
