"""Writes a graph for other tools: the formats of RDF, of networks, of tables."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from kg.errors import InputError, OutputError
from kg.exporting.network import Network, NetworkEdge, NetworkNode, network_of

__all__ = ["FORMATS", "Network", "NetworkEdge", "NetworkNode", "export", "network_of"]

FORMATS = {
    "jsonld": (".jsonld",),
    "trig": (".trig",),
    "nquads": (".nq",),
    "ntriples": (".nt",),
    "rdfxml": (".rdf",),
    "graphml": (".graphml",),
    "gexf": (".gexf",),
    "csv": ("-nodes.csv", "-relationships.csv"),
    "parquet": ("-things.parquet", "-facts.parquet"),
}
"""Each format and what the names of its files end in."""


def export(graph: Path | str, format: str, out: Path | str | None = None) -> tuple[Path, ...]:
    """Writes the graph in ``format``; whole or not at all.

    Args:
        graph: its file, or the folder of a build.
        format: a key of :data:`FORMATS`.
        out: the file to write; where a format has two, their names begin with its name without ending.
            None for beside the graph.

    Returns:
        The files written.

    Raises:
        InputError: where the graph can't be read.
        OutputError: where the format is unknown or the files can't be written.
    """
    if format not in FORMATS:
        raise OutputError(f"{format}: unknown format; known: {', '.join(FORMATS)}")
    source = Path(graph)
    source = source / "graph.ttl" if source.is_dir() else source
    if not source.is_file():
        raise InputError(f"{graph}: no graph here; give the folder of a build, or a file such as graph.ttl")
    targets = _targets(source, format, None if out is None else Path(out))
    if source.resolve() in [target.resolve() for target in targets]:
        raise OutputError(f"{source}: is the graph itself; choose another --out")
    folder = targets[0].parent
    try:
        waiting = Path(tempfile.mkdtemp(prefix=".kg-export-", dir=folder))
    except OSError as error:
        raise OutputError(f"{folder}: can't write here ({error.strerror}); choose another --out") from error
    try:
        for target, write in zip(targets, _writers(source, format), strict=True):
            write(waiting / target.name)
        for target in targets:
            (waiting / target.name).replace(target)
    except OSError as error:
        raise OutputError(f"{folder}: can't write here ({error.strerror}); choose another --out") from error
    finally:
        shutil.rmtree(waiting, ignore_errors=True)
    return targets


def _targets(source: Path, format: str, out: Path | None) -> tuple[Path, ...]:
    endings = FORMATS[format]
    if out is not None and len(endings) == 1:
        return (out,)
    stem = (out or source).with_suffix("")
    return tuple(stem.with_name(stem.name + ending) for ending in endings)


def _writers(source: Path, format: str) -> list[Callable[[Path], None]]:
    """What writes each file of a format."""
    from kg.rdf.formats import RDF_FORMATS, rdf_pieces

    if format in RDF_FORMATS:
        return [lambda path: _write(path, rdf_pieces(source, format))]
    from kg.exporting import tables, xml
    from kg.rdf import read_turtle
    from kg.schema import load_schema

    knowledge = read_turtle(source)
    if format == "parquet":
        return [
            lambda path: tables.write_parquet(tables.things_rows(knowledge), "things", path),
            lambda path: tables.write_parquet(tables.facts_rows(knowledge), "facts", path),
        ]
    network = network_of(knowledge, load_schema())
    if format == "csv":
        return [
            lambda path: _write(path, tables.neo4j_nodes(network)),
            lambda path: _write(path, tables.neo4j_relationships(network)),
        ]
    pieces = xml.graphml if format == "graphml" else xml.gexf
    return [lambda path: _write(path, pieces(network))]


def _write(path: Path, pieces: Iterable[str]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(pieces)
