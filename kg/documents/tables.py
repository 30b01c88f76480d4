"""Reads rows with a ``text`` column: JSON lines, CSV and Parquet."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from kg.documents.encoding import open_text
from kg.documents.settings import CorpusSettings, iso_day
from kg.errors import InputError
from kg.model import Document

COLUMNS = ("id", "title", "text", "date", "source")
_LONGEST_FIELD = 1 << 30  # the csv module's own limit, 128 KB, is shorter than some reports


def read_jsonl(path: Path, name: str, settings: CorpusSettings) -> Iterator[tuple[Document, str]]:
    """One document a line; each line is a JSON object."""
    with open_text(path) as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            place = f"{path}:{number}"
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:  # also a number too long, and brackets too deep
                problem = error.msg if isinstance(error, json.JSONDecodeError) else error
                raise InputError(f"{place}: not JSON ({problem}); each line must be one JSON object") from error
            if not isinstance(row, dict):
                raise InputError(f'{place}: not a JSON object; write it as {{"text": "…"}}')
            yield row_document(row, f"{name}#{number}", place), place


def read_csv(path: Path, name: str, settings: CorpusSettings) -> Iterator[tuple[Document, str]]:
    """One document a row below the header; commas, or tabs where the header has tabs alone."""
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_FIELD))
    with open_text(path) as lines:
        stream = iter(lines)
        header = next(stream, "")
        delimiter = "\t" if "\t" in header and "," not in header else ","
        columns = [column.strip() for column in next(csv.reader([header], delimiter=delimiter), [])]
        rows = csv.reader(stream, delimiter=delimiter)
        first = 2
        try:
            for cells in rows:
                place, number = f"{path}:{first}", first
                first = rows.line_num + 2
                if len(cells) > len(columns):
                    raise InputError(
                        f"{place}: {len(cells)} cells under {len(columns)} columns; "
                        'put a text that holds commas or line ends in "…"'
                    )
                if cells:
                    yield row_document(dict(zip(columns, cells, strict=False)), f"{name}#{number}", place), place
        except csv.Error as error:
            raise InputError(f"{path}:{first}: not CSV ({error}); save it as CSV in UTF-8 again") from error


def read_parquet(path: Path, name: str, settings: CorpusSettings) -> Iterator[tuple[Document, str]]:
    """One document a row, read batch by batch."""
    try:
        import pyarrow as arrow
        import pyarrow.parquet as parquet
    except ImportError as error:
        raise InputError(f"{path}: Parquet needs pyarrow, which is not installed; pip install pyarrow") from error
    try:
        table = parquet.ParquetFile(path)
        columns = [column for column in COLUMNS if column in table.schema_arrow.names]
        batches: Iterable[Any] = table.iter_batches(columns=columns, batch_size=1024)
        number = 0
        for batch in batches:
            for row in batch.to_pylist():
                number += 1
                place = f"{path}: row {number}"
                yield row_document(row, f"{name}#{number}", place), place
    except arrow.ArrowInvalid as error:
        raise InputError(f"{path}: not a Parquet file ({error}); write it anew") from error


def row_document(row: Mapping[str, Any], fallback_id: str, place: str) -> Document:
    """The document of a row with a ``text`` column and perhaps ``id``, ``title``, ``date`` and ``source``.

    Raises:
        InputError: where it has no text, or a date that is no day; the message begins with ``place``.
    """
    text = row.get("text")
    if not isinstance(text, str):
        there = ", ".join(map(str, row)) or "nothing"
        raise InputError(f"{place}: no text; a row needs a column 'text' with words in it, here are: {there}")
    return Document(
        id=_cell(row.get("id")) or fallback_id,
        text=text,
        title=_cell(row.get("title")),
        date=iso_day(row.get("date"), place),
        source=_cell(row.get("source")),
    )


def _cell(value: object) -> str | None:
    text = "" if value is None else str(value).strip()
    return text or None
