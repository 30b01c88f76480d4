"""Writes the folder of a build, whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import OutputError
from kg.ids import KGR
from kg.model import Rejected

if TYPE_CHECKING:
    from kg.pipeline import BuildResult


@dataclass(frozen=True, slots=True, kw_only=True)
class OutputSettings:
    """What to write.

    Args:
        provenance: ``full`` or ``none``.
        base_iri: None for the default.
        formats: further formats of :mod:`kg.exporting`, beside the Turtle.
    """

    html: bool = True
    provenance: str = "full"
    align: bool = False
    base_iri: str | None = None
    formats: tuple[str, ...] = ()


def write_output(result: BuildResult, out: Path, settings: OutputSettings) -> Iterator[str]:
    """Writes all files beside ``out`` first, then moves them in, the graph last.

    A build that fails or is killed before the move leaves ``out`` as it was.

    Yields:
        Lines for the user: where what is.

    Raises:
        OutputError: where ``out`` can't be written.
    """
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        waiting = Path(tempfile.mkdtemp(prefix=f".{out.name}-", dir=out.parent))
    except OSError as error:
        raise OutputError(f"{out}: can't write here ({error.strerror}); choose another --out") from error
    try:
        names = sorted(_write_files(result, waiting, settings), key=lambda name: name == "graph.ttl")
        out.mkdir(exist_ok=True)
        for name in (*names, "graph.html"):
            if (out / name).is_dir():  # told before any file has moved
                raise OutputError(f"{out / name}: is a folder where a file belongs; move it, or choose another --out")
        for name in names:
            (waiting / name).replace(out / name)
        if not settings.html:
            (out / "graph.html").unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(f"{out}: can't write here ({error.strerror}); choose another --out") from error
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
    knowledge = result.knowledge
    yield f"{len(knowledge.documents)} documents, {len(knowledge.entities)} things, {len(knowledge.statements)} facts"
    if undated := result.report.get("undated"):
        yield (
            f"{undated} of the documents tell no year, and days without one are left out: give date or year in a "
            "corpus.toml, or a column date"
        )
    yield from (f"{out / name}" for name in reversed(names))
    if settings.html:
        from kg.render import page_notice

        if notice := page_notice(knowledge):
            yield notice


def _write_files(result: BuildResult, folder: Path, settings: OutputSettings) -> Iterator[str]:
    from kg.rdf import turtle_pieces

    report = {**result.report, "versions": _versions()}
    _write(folder / "report.json", json.dumps(report, ensure_ascii=False, indent=2) + "\n")
    yield "report.json"
    _write(folder / "rejected.jsonl", "".join(_line(_rejected_row(r)) for r in result.rejected))
    yield "rejected.jsonl"
    _write(folder / "resolution.jsonl", "".join(_line(e.as_dict()) for e in result.log))
    yield "resolution.jsonl"
    if settings.html:
        from kg.render import render_page
        from kg.schema import load_schema

        _write(folder / "graph.html", render_page(result.knowledge, load_schema()))
        yield "graph.html"
    with (folder / "graph.ttl").open("w", encoding="utf-8", newline="\n") as file:
        for piece in turtle_pieces(
            result.knowledge, base_iri=settings.base_iri or KGR, provenance=settings.provenance, align=settings.align  # type: ignore[arg-type]
        ):
            file.write(piece)
    yield "graph.ttl"
    if settings.formats:
        from kg.exporting import export

        for format in settings.formats:
            yield from (path.name for path in export(folder / "graph.ttl", format))


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def _line(row: dict[str, Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


def _rejected_row(rejected: Rejected) -> dict[str, Any]:
    evidence = rejected.evidence
    return {
        "subject": rejected.subject,
        "predicate": rejected.predicate,
        "object": rejected.object,
        "reason": rejected.reason,
        "rule": evidence.rule,
        "document": evidence.doc_id,
        "begin": evidence.span.start,
        "end": evidence.span.end,
        "sentence": evidence.text,
    }


def _versions() -> dict[str, str]:
    return {name: version(name) for name in ("wuzhen-kg", "jieba", "rjieba", "rdflib", "pyoxigraph", "pyvis")}
