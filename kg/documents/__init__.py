"""Reads the inputs of a build: folders, text, tables, web pages and standard input.

Documents stream: no more than one file's text is held at a time, and tables and line-split
texts are read row by row. Files of a folder come in sorted order, so that the order of
documents does not depend on the file system.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from kg.documents.encoding import open_text, read_text
from kg.documents.settings import CorpusSettings, read_settings
from kg.documents.tables import read_csv, read_jsonl, read_parquet
from kg.documents.web import read_page
from kg.errors import InputError
from kg.model import Document

__all__ = ["read_documents"]

STDIN = "-"
OTHER = "another text, or the same with another title, date or source"
# what a build leaves in its folder that looks like documents
_BUILT = frozenset(
    "graph.html rejected.jsonl resolution.jsonl graph-nodes.csv graph-relationships.csv graph-things.parquet "
    "graph-facts.parquet".split()
)


def read_documents(inputs: Sequence[str | Path]) -> Iterator[Document]:
    """The documents of ``inputs``, each once, in the order of the inputs.

    Args:
        inputs: files, folders (read with their subfolders; files of other kinds in them
            are left alone, and so is what an earlier build wrote there) or ``-`` for standard
            input, which is one document.

    Raises:
        InputError: where something can't be read, two different documents have one id,
            or there is no document at all; the message says place, problem and remedy.
    """
    seen: dict[str, tuple[bytes, str]] = {}
    for item in inputs:
        found = False
        for document, place in _read_input(item):
            found = True
            digest = digest_of(document)
            if document.id not in seen:
                seen[document.id] = (digest, place)
                yield document
            elif seen[document.id][0] != digest:
                raise InputError(
                    f"{place}: the id '{document.id}' already belongs to {OTHER} ({seen[document.id][1]}); "
                    "give each document its own id, or its file its own name"
                )
        if not found:
            raise InputError(f"{item}: no document here; expected {_kinds()} with some text")
    if not inputs:
        raise InputError("no input was named; name a folder or a file, or - for standard input")


def digest_of(document: Document) -> bytes:
    """Tells documents of one id apart: what a build reads of them."""
    about = (document.title, document.date, document.source)
    return hashlib.blake2b(f"{document.text}\n{about}".encode(), digest_size=8).digest()


def _read_input(item: str | Path) -> Iterator[tuple[Document, str]]:
    if str(item) == STDIN:
        text = read_text(sys.stdin.buffer.read(), "standard input")
        if text.strip():
            yield Document(id="stdin", text=text, path=STDIN), "standard input"
        return
    path = Path(item)
    if path.is_dir():
        yield from _read_folder(path)
    elif not path.exists():
        raise InputError(f"{path}: there is no such file or folder; check the spelling")
    elif path.suffix.lower() not in READERS:
        raise InputError(f"{path}: not a kind of file that can be read; expected {_kinds()}")
    else:
        yield from _read_file(path, path.name, read_settings(path.parent, CorpusSettings()))


def _read_folder(root: Path) -> Iterator[tuple[Document, str]]:
    """Every readable file below ``root``; a ``corpus.toml`` holds for its folder and those below."""
    settings: dict[Path, CorpusSettings] = {}

    def of(folder: Path) -> CorpusSettings:
        if folder not in settings:
            above = CorpusSettings() if folder == root else of(folder.parent)
            settings[folder] = read_settings(folder, above)
        return settings[folder]

    files = (p for p in root.rglob("*") if p.suffix.lower() in READERS and p.is_file())
    for path in sorted(files, key=lambda p: p.relative_to(root).parts):
        relative = path.relative_to(root)
        if not any(part.startswith(".") for part in relative.parts) and not _is_built(path):
            yield from _read_file(path, relative.as_posix(), of(path.parent))


def _is_built(path: Path) -> bool:
    """Whether a build wrote the file: a user may keep the graph below the texts that it is made of."""
    return path.name in _BUILT and all((path.parent / name).exists() for name in ("graph.ttl", "report.json"))


def _read_file(path: Path, name: str, settings: CorpusSettings) -> Iterator[tuple[Document, str]]:
    """One file's documents with their places; ``name`` is the id where nothing better is given."""
    try:
        for document, place in READERS[path.suffix.lower()](path, name, settings):
            yield (
                replace(
                    document,
                    date=document.date or settings.date,
                    year=settings.year,
                    source=document.source or settings.source,
                    path=str(path),
                ),
                place,
            )
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}); check its permissions") from error


def _read_txt(path: Path, name: str, settings: CorpusSettings) -> Iterator[tuple[Document, str]]:
    if settings.split == "line":
        with open_text(path) as lines:
            for number, line in enumerate(lines, 1):
                text = line.strip("\r\n")
                if text.strip():
                    yield Document(id=f"{name}#{number}", text=text), f"{path}:{number}"
        return
    text = read_text(path.read_bytes(), str(path))
    if text.strip():
        yield Document(id=name, text=text), str(path)


def _read_html(path: Path, name: str, settings: CorpusSettings) -> Iterator[tuple[Document, str]]:
    page = read_page(path.read_bytes(), str(path))
    if page.text:
        yield Document(id=name, text=page.text, title=page.title, date=page.date), str(path)


READERS: dict[str, Callable[[Path, str, CorpusSettings], Iterator[tuple[Document, str]]]] = {
    ".txt": _read_txt,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
    ".parquet": read_parquet,
    ".html": _read_html,
    ".htm": _read_html,
}


def _kinds() -> str:
    return ", ".join(kind for kind in READERS if kind != ".htm")
