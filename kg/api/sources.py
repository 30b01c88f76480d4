"""Whatever holds texts, as documents: a path, texts in memory, rows of a frame, documents themselves."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.documents import OTHER, digest_of, read_documents
from kg.documents.tables import COLUMNS, row_document
from kg.errors import InputError
from kg.model import Document

if TYPE_CHECKING:
    import pandas

Item = str | Path | Document | Mapping[str, Any]

_EXPECTED = "give a text, a path (pathlib.Path), a kg.Document, or a mapping with 'text'"
_LONGEST_PATH = 4096


def documents_from(source: str | Path | Document | pandas.DataFrame | Iterable[Item]) -> Iterator[Document]:
    """The documents of ``source``, each once, as they come.

    Args:
        source: a path, alone or several as :class:`~pathlib.Path`; texts, rows (mappings with ``text`` and
            perhaps ``id``, ``title``, ``date``, ``source``), documents, or a mixture of them; a frame with
            a ``text`` column. A text or row without id is called by its place: ``text-1``, ``text-2`` …

    Raises:
        InputError: where an item is none of these, a path can't be read, two different documents have
            one id, or there is nothing at all.
    """
    if isinstance(source, str | Path):
        yield from read_documents([_path(source)])
        return
    seen: dict[str, bytes] = {}
    for document in _each([source] if isinstance(source, Document) else _items(source)):
        digest = digest_of(document)
        if document.id not in seen:
            seen[document.id] = digest
            yield document
        elif seen[document.id] != digest:
            raise InputError(f"the id '{document.id}' already belongs to {OTHER}; give each document its own")
    if not seen:
        raise InputError(f"no text was given; {_EXPECTED}")


def _path(source: str | Path) -> str | Path:
    """A path, unless it is plainly a text that should have stood in a list."""
    if isinstance(source, str) and ("\n" in source or "。" in source or len(source) > _LONGEST_PATH):
        raise InputError(f"“{source[:20]}…” is a text, not a path; put it in a list: kg.build([text])")
    return source


def _items(source: Any) -> Iterable[Item]:
    pandas = sys.modules.get("pandas")  # whoever has a frame has imported it
    if pandas is None or not isinstance(source, pandas.DataFrame):
        if isinstance(source, Mapping) or not isinstance(source, Iterable):
            return [source]
        return source
    # an empty cell of a frame is NaN, NaT or NA
    known = [name for name in COLUMNS if name in source.columns]
    filled = source[known].astype(object).where(source[known].notna(), None)
    rows: Iterable[Item] = filled.to_dict("records")
    return rows


def _each(items: Iterable[Item]) -> Iterator[Document]:
    for number, item in enumerate(items, 1):
        name = f"text-{number}"
        if isinstance(item, Document):
            yield item
        elif isinstance(item, str):
            yield Document(id=name, text=item)
        elif isinstance(item, Path):
            yield from read_documents([item])
        elif isinstance(item, Mapping):
            yield row_document(item, name, name)
        else:
            raise InputError(f"{name}: a {type(item).__name__} is no text; {_EXPECTED}")
