"""Reads the tab-separated tables of ``seeds/lexicon``: comments, one header line, rows.

Every problem is told as ``file:line: problem; remedy``. Cells are split by hand: the
lexicon is read at every start, and the csv module takes several times as long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.errors import InputError, SeedError

Row = tuple[int, list[str]]

# White space around a cell. Not \s*\t: that is quadratic on long runs of blanks.
_UNTIDY = re.compile(r"^ | $| \t|\t ", re.MULTILINE)


def read_rows(path: Path, header: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a table with their line numbers (from 1), each as long as ``header``.

    Lines that are blank or start with ``#`` are skipped, before the header too.

    Args:
        path: the table.
        header: the column names that its first line must give.

    Raises:
        InputError: where the file can't be read.
        SeedError: for another header, a wrong number of columns, an empty first column,
            or white space around a cell.
    """
    width, text = len(header), _text(path)
    # one search over the whole text instead of three tests a line
    untidy = _UNTIDY.search(text) is not None
    seen_header = False
    for number, line in enumerate(text.split("\n"), start=1):
        if not line or line[0] == "#" or line.isspace():
            continue
        cells = line.split("\t")
        if not seen_header:
            _check_header(path, number, tuple(cells), header)
            seen_header = True
            continue
        if len(cells) != width or not cells[0] or (untidy and _UNTIDY.search(line)):
            raise SeedError(_row_problem(f"{show(path)}:{number}", cells, header))
        yield number, cells
    if not seen_header:
        raise SeedError(f"{show(path)}:1: no header line; begin with {_tabbed(header)}")


def show(path: Path) -> str:
    """The path as messages tell it: from ``seeds`` on for shipped files, else as given."""
    shown = path.as_posix()
    at = shown.rfind("seeds/lexicon/")
    return shown[max(at, 0) :]


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise InputError(f"{show(path)}: can't be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{show(path)}: not UTF-8 at byte {error.start}; save it as UTF-8") from error


def _check_header(path: Path, number: int, found: tuple[str, ...], header: tuple[str, ...]) -> None:
    if found != header:
        raise SeedError(f"{show(path)}:{number}: header is {_tabbed(found)}; it must be {_tabbed(header)}")


def _row_problem(place: str, cells: list[str], header: tuple[str, ...]) -> str:
    if len(cells) != len(header):
        return f"{place}: {len(cells)} columns instead of {len(header)}; write {_tabbed(header)}"
    if not cells[0]:
        return f"{place}: empty {header[0]}; fill the first column or delete the line"
    return f"{place}: white space around a cell; remove it"


def _tabbed(columns: tuple[str, ...]) -> str:
    return "<TAB>".join(columns)
