"""Writes a graph from Python: Turtle, the page, the picture of a notebook's cell."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from kg.api.html import block, note
from kg.errors import OutputError
from kg.render import FRAGMENT, page_notice, render_fragment, render_page
from kg.schema import load_schema

if TYPE_CHECKING:
    from kg.api.graph import KnowledgeGraph

_TITLE = "kg"


def page_of(graph: KnowledgeGraph) -> str:
    """The page as ``kg build`` writes it."""
    return render_page(graph.knowledge, load_schema(), title=_TITLE)


def fragment_of(graph: KnowledgeGraph) -> str:
    """The picture for a cell, with a word below it where it can't hold all."""
    picture = render_fragment(graph.knowledge, load_schema(), title=_TITLE)
    left_out = page_notice(graph.knowledge, FRAGMENT)
    if not left_out:
        return picture
    said = f"the {FRAGMENT.most_things:,} best connected of {len(graph.entities):,} things"
    return picture + block(note(f"{said}; to_html(path) shows more, subgraph(name) a part"))


def write_page(graph: KnowledgeGraph, path: Path) -> Path:
    """See :meth:`kg.KnowledgeGraph.to_html`."""
    return _write(path, [page_of(graph)])


def save(graph: KnowledgeGraph, path: Path) -> Path:
    """See :meth:`kg.KnowledgeGraph.save`."""
    from kg.rdf import turtle_pieces

    kind = path.suffix.lower()
    if kind in (".html", ".htm"):
        return write_page(graph, path)
    if kind not in (".ttl", ""):
        raise OutputError(f"{path}: can't write {kind} from here; save as .ttl or .html, then use 'kg export'")
    return _write(path, turtle_pieces(graph.knowledge, base_iri=graph.base_iri))


def _write(path: Path, pieces: Iterable[str]) -> Path:
    """Writes a file beside its place, then moves it in: a reader never sees half of it."""
    try:
        with tempfile.TemporaryDirectory(prefix=f".{path.name}-", dir=path.parent) as folder:
            waiting = Path(folder, path.name)
            with waiting.open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(pieces)
            waiting.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: can't write here ({error.strerror}); choose another place") from error
    return path
