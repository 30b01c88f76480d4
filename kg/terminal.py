"""Text for a terminal: safe against what a hostile name may hold, aligned where letters are two columns wide."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

_GAP = "  "


def safe(text: str) -> str:
    r"""``text`` without what moves a cursor, turns the direction of writing or hides.

    Blanks and line ends become spaces; control and format characters (escape sequences, bidi marks,
    zero-width letters) become U+FFFD, so that a reader sees that something was there.

    >>> safe("张\x1b[31m三\u202e\n李四")
    '张�[31m三� 李四'
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\u3000" else " " if c.isspace() else "\ufffd" for c in text)


def width(text: str) -> int:
    """The columns that a terminal gives ``text``: two for a Chinese character, none for a combining mark.

    >>> width("Mate 10 手机")
    12
    """
    if text.isascii():
        return len(text)
    return sum(_columns(c) for c in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def table(header: Sequence[str], rows: Iterable[Sequence[str]], *, limit: int | None = None) -> Iterator[str]:
    """The lines of a table, columns aligned.

    Args:
        header: the names of the columns.
        rows: their cells; made safe here.
        limit: the widest that a line may be; longer cells go on in further lines. None for no limit.
    """
    cells = [[safe(cell) for cell in row] for row in (header, *rows)]
    widths = _fitted([max(map(width, column)) for column in zip(*cells, strict=True)], limit)
    for number, row in enumerate(cells):
        parts = [_wrapped(cell, columns) for cell, columns in zip(row, widths, strict=True)]
        for line in range(max(map(len, parts), default=0)):
            texts = [part[line] if line < len(part) else "" for part in parts]
            padded = (text + " " * (columns - width(text)) for text, columns in zip(texts, widths, strict=True))
            yield _GAP.join(padded).rstrip()
        if number == 0:
            yield _GAP.join("─" * columns for columns in widths)


def _fitted(widths: list[int], limit: int | None) -> list[int]:
    """``widths``, the widest of them cut until a line fits; none below eight columns."""
    if limit is None:
        return widths
    room = limit - len(_GAP) * (len(widths) - 1)
    cap = max(widths, default=0)
    while cap > 8 and sum(min(columns, cap) for columns in widths) > room:
        cap -= 1
    return [min(columns, cap) for columns in widths]


def _wrapped(text: str, columns: int) -> list[str]:
    """``text`` in pieces of at most ``columns`` columns; Chinese may break anywhere, and so do we."""
    if width(text) <= columns:
        return [text]
    lines, used = [""], 0
    for character in text:
        step = _columns(character)
        if used + step > columns:
            lines.append("")
            used = 0
        lines[-1] += character
        used += step
    return lines
