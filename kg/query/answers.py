"""What a query answers: rows, a truth or triples, and how they are shown and written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import pyoxigraph as ox
from pyoxigraph import (
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from kg.errors import QueryError
from kg.query.graph import OpenGraph, Term
from kg.terminal import table

Format = Literal["table", "csv", "json", "turtle"]
FORMATS: tuple[Format, ...] = ("table", "csv", "json", "turtle")

Kind = Literal["rows", "truth", "triples"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Answer:
    """The answer to one query, to be read once: rows and triples come as the store finds them.

    Args:
        result: as pyoxigraph gives it.
        graph: the graph that was asked.
        place: what messages call the query.
    """

    result: QuerySolutions | QueryBoolean | QueryTriples
    graph: OpenGraph
    place: str

    @property
    def kind(self) -> Kind:
        """``rows`` of a SELECT, ``truth`` of an ASK, ``triples`` of a CONSTRUCT or DESCRIBE."""
        if isinstance(self.result, QuerySolutions):
            return "rows"
        return "truth" if isinstance(self.result, QueryBoolean) else "triples"

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the variables of a SELECT; empty for others."""
        return tuple(v.value for v in self.result.variables) if isinstance(self.result, QuerySolutions) else ()

    @property
    def truth(self) -> bool:
        """What an ASK found.

        Raises:
            QueryError: where the query is no ASK.
        """
        if not isinstance(self.result, QueryBoolean):
            raise QueryError(f"{self.place}: gives {self.kind}, no truth; ask by ASK")
        return bool(self.result)

    def rows(self) -> Iterator[tuple[Term, ...]]:
        """The rows of a SELECT as terms, None where a variable is unbound.

        Raises:
            QueryError: where the query is no SELECT, or fails on the way.
        """
        if not isinstance(self.result, QuerySolutions):
            raise QueryError(f"{self.place}: gives {self.kind}, no rows; ask by SELECT")
        try:
            for solution in self.result:
                yield tuple(solution)
        except (RuntimeError, OSError) as error:
            raise QueryError(f"{self.place}: can't be run: {error}; mend the query") from error

    def triples(self) -> Iterator[Triple]:
        """The triples of a CONSTRUCT or DESCRIBE, each once.

        Raises:
            QueryError: where the query is neither, or fails on the way.
        """
        if not isinstance(self.result, QueryTriples):
            raise QueryError(f"{self.place}: gives {self.kind}, no triples; ask by CONSTRUCT or DESCRIBE")
        try:
            yield from dict.fromkeys(self.result)
        except (RuntimeError, OSError) as error:
            raise QueryError(f"{self.place}: can't be run: {error}; mend the query") from error

    def written(self, format: Format, *, columns: int | None = None) -> tuple[str, int]:
        """The answer as text, and how many rows or triples it has (a truth counts as one).

        Args:
            format: ``table`` for readers (Turtle where the answer is triples), ``csv`` and ``json`` as
                the W3C defines SPARQL results (JSON-LD for triples), ``turtle`` for triples.
            columns: how wide a table may be; None for no limit.

        Raises:
            QueryError: where an answer of this kind has no such format.
        """
        if self.kind == "triples":
            return self._graph_text(format)
        if format == "turtle":
            held = "table, csv or json"
            raise QueryError(f"{self.place}: gives {self.kind}, which Turtle can't hold; use --format {held}")
        if format == "table":
            return self._table(columns)
        return self._results_text(QueryResultsFormat.CSV if format == "csv" else QueryResultsFormat.JSON)

    def to_bytes(self, format: QueryResultsFormat | RdfFormat) -> bytes:
        """The answer in a W3C format, for the SPARQL protocol."""
        try:
            if isinstance(format, RdfFormat):
                return bytes(serialize(self.triples(), format=format, prefixes=dict(self.graph.prefixes)) or b"")
            assert not isinstance(self.result, QueryTriples)
            return bytes(self.result.serialize(format=format) or b"")
        except (RuntimeError, OSError) as error:
            raise QueryError(f"{self.place}: can't be run: {error}; mend the query") from error

    def _table(self, columns: int | None) -> tuple[str, int]:
        if self.kind == "truth":
            return ("true\n" if self.truth else "false\n"), 1
        rows = [[self.graph.show(term) for term in row] for row in self.rows()]
        if not rows:
            return "", 0
        return "".join(f"{line}\n" for line in table(self.columns, rows, limit=columns)), len(rows)

    def _results_text(self, format: QueryResultsFormat) -> tuple[str, int]:
        text = self.to_bytes(format).decode("utf-8")
        # neither format tells its number of rows; whether there are any is all that is asked
        empty = text.count("\n") == 1 if format == QueryResultsFormat.CSV else '"bindings":[]}' in text[-20:]
        return text if text.endswith("\n") else f"{text}\n", int(self.kind == "truth" or not empty)

    def _graph_text(self, format: Format) -> tuple[str, int]:
        if format == "csv":
            raise QueryError(f"{self.place}: gives triples, which CSV can't hold; use --format turtle or json")
        triples = sorted(self.triples(), key=str)
        used = _used(triples, self.graph)
        rdf = RdfFormat.JSON_LD if format == "json" else RdfFormat.TURTLE
        return bytes(serialize(triples, format=rdf, prefixes=used) or b"").decode("utf-8"), len(triples)


def _used(triples: list[Triple], graph: OpenGraph) -> dict[str, str]:
    """The prefixes that these triples need."""
    ends = chain.from_iterable((triple.subject, triple.predicate, triple.object) for triple in triples)
    nodes = {end.datatype if isinstance(end, ox.Literal) else end for end in ends}
    short = {graph.short(node.value).partition(":")[0] for node in nodes if isinstance(node, NamedNode)}
    return {prefix: iri for prefix, iri in sorted(graph.prefixes.items()) if prefix in short}
