"""A graph that is open to questions: its store, the prefixes of its file, and where it lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, parse

from kg.errors import InputError
from kg.ids import KGR, PLAIN_LOCAL
from kg.query.cache import LARGE, load, store_on_disk
from kg.rdf.formats import declared_prefixes
from kg.rdf.terms import PREFIXES

Term = object
"""Any term of pyoxigraph: NamedNode, Literal or BlankNode."""

# what a query may use beside the prefixes of the graph's own file
_ALSO_KNOWN = {
    "foaf": "http://xmlns.com/foaf/0.1/",
    "kgr": KGR,
    "org": "http://www.w3.org/ns/org#",
    "prov": "http://www.w3.org/ns/prov#",
    "sem": "http://semanticweb.cs.vu.nl/2009/11/sem/",
}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OpenGraph:
    """A graph to ask; made by :func:`open_graph`.

    Args:
        path: its file.
        store: its triples.
        prefixes: what queries need not declare: those of the file, of the ontology and schema.org.
    """

    path: Path
    store: Store
    prefixes: Mapping[str, str]

    def short(self, iri: str) -> str:
        """``iri`` as a prefixed name (``person:张群华``) where it has one, else in angle brackets."""
        cut = max(iri.rfind("/"), iri.rfind("#")) + 1
        local = iri[cut:]
        if PLAIN_LOCAL.fullmatch(local):
            for prefix, namespace in self.prefixes.items():
                if namespace == iri[:cut]:
                    return f"{prefix}:{local}"
        return f"<{iri}>"

    def show(self, term: Term) -> str:
        """A term as a reader likes it: a prefixed name, or the words of a literal alone."""
        if isinstance(term, NamedNode):
            return self.short(term.value)
        if isinstance(term, Literal):
            return term.value
        return "" if term is None else str(term)


def graph_file(path: Path) -> Path:
    """The file that ``path`` means: itself, or ``graph.ttl`` in the folder of a build.

    Raises:
        InputError: where there is none.
    """
    file = path / "graph.ttl" if path.is_dir() else path
    if not file.is_file():
        raise InputError(f"{path}: no graph here; give the folder of a build, or a file such as graph.ttl")
    return file


def open_graph(path: Path | str, *, large: int = LARGE) -> OpenGraph:
    """Opens a graph: in memory, or by way of a store on disk where its file is ``large``.

    Args:
        path: a file in any RDF format, told by its ending (Turtle where that is unknown), or the
            folder of a build.
        large: bytes from which on a store is kept beside the file and used again.

    Raises:
        InputError: where it can't be read or parsed.
    """
    file = graph_file(Path(path))
    format = RdfFormat.from_extension(file.suffix.removeprefix(".")) or RdfFormat.TURTLE
    try:
        # an empty prefix would make queries depend on the file that they are put to
        declared = {prefix: iri for prefix, iri in declared_prefixes(file).items() if prefix}
        store = store_on_disk(file, format) if file.stat().st_size >= large else None
        if store is None:
            store = Store()
            load(store, file, format)
    except SyntaxError as error:
        place = f"{file}:{error.lineno or 1}"
        raise InputError(f"{place}: is not {format.name}: {error.msg}; build the graph again") from error
    except OSError as error:
        raise InputError(f"{file}: can't be read ({error.strerror or error}); give the path of a graph") from error
    return OpenGraph(path=file, store=store, prefixes={**_ALSO_KNOWN, **PREFIXES, **declared})


def open_turtle(turtle: str) -> OpenGraph:
    """Opens a graph that is in memory, as Turtle text; messages call it ``<turtle>``.

    Raises:
        InputError: where it does not parse.
    """
    store = Store()
    try:
        # by way of the parser, which tells the prefixes as it goes
        parser = parse(turtle, format=RdfFormat.TURTLE)
        store.bulk_extend(parser)
    except SyntaxError as error:
        raise InputError(f"<turtle>:{error.lineno or 1}: is not Turtle: {error.msg}; build the graph again") from error
    declared = {prefix: iri for prefix, iri in parser.prefixes.items() if prefix}
    return OpenGraph(path=Path("<turtle>"), store=store, prefixes={**_ALSO_KNOWN, **PREFIXES, **declared})
