"""Keeps a large graph in a store on disk, so that only the first question waits for it to be parsed."""

from __future__ import annotations

import json
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, parse

LARGE = 8_000_000
"""Bytes of a graph's file from which on a store pays: some 170,000 triples, half a second to parse."""

_STAMP = "kg.json"


def store_path(file: Path) -> Path:
    """Where the store of a graph's file is kept: ``graph.store`` beside ``graph.ttl``."""
    return file.with_name(f"{file.stem}.store" if file.suffix == ".ttl" else f"{file.name}.store")


def store_on_disk(file: Path, format: RdfFormat) -> Store | None:
    """The store of ``file``, loaded now or, where the file has not changed since, earlier.

    Returns:
        The store, read-only; None where none can be kept here (the folder takes no writing).

    Raises:
        SyntaxError: where the file does not parse.
    """
    place, stamp = store_path(file), _stamp(file)
    kept = _kept(place, stamp)
    if kept is not None:
        return kept
    try:
        waiting = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
    except OSError:
        return None
    try:
        _load(file, format, waiting)
        (waiting / _STAMP).write_text(json.dumps(stamp) + "\n", "utf-8")
        _move(waiting, place)
        return _kept(place, stamp)
    except OSError:
        return None  # a full disk, or another process that put its own store here: memory will do
    finally:
        shutil.rmtree(waiting, ignore_errors=True)


def load(store: Store, file: Path, format: RdfFormat) -> None:
    """Puts the triples of a file into a store; what is in named graphs is in the default graph too.

    Oxigraph can also take the default graph to be all graphs, but counts a triple once for each of them.

    Raises:
        SyntaxError: where the file does not parse.
    """
    with file.open("rb") as source:
        if not format.supports_datasets:
            # one transaction of all triples costs twice the memory of a bulk load, which reads on the fly
            store.bulk_load(source, format)
            return
        store.bulk_extend(parse(source, format))
    store.bulk_extend([Quad(*quad.triple) for quad in store if quad.graph_name != DefaultGraph()])


def _load(file: Path, format: RdfFormat, place: Path) -> None:
    store = Store(place)
    load(store, file, format)
    store.flush()
    del store  # closes it: RocksDB lets one process at a time write


def _stamp(file: Path) -> dict[str, int | str]:
    """What tells that neither the file nor the store's own format has changed."""
    about = file.stat()
    return {"bytes": about.st_size, "changed": about.st_mtime_ns, "pyoxigraph": version("pyoxigraph")}


def _kept(place: Path, stamp: dict[str, int | str]) -> Store | None:
    try:
        if json.loads((place / _STAMP).read_text("utf-8")) != stamp:
            return None
        return Store.read_only(str(place))
    except (OSError, ValueError):
        return None  # none there, or one that was damaged: it is loaded anew


def _move(waiting: Path, place: Path) -> None:
    """Puts the new store in the place of an old one, which other processes may still read."""
    if place.exists():
        old = Path(tempfile.mkdtemp(prefix=f".{place.name}-", dir=place.parent))
        place.replace(old / "old")
        shutil.rmtree(old, ignore_errors=True)
    waiting.replace(place)
