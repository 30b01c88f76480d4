"""What a query answers, as Python values and as a table in a notebook."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, overload

from kg.api.html import block, link, note, table, text_html
from kg.errors import QueryError
from kg.query import Answer
from kg.query.names import label_of

if TYPE_CHECKING:
    import pandas

    from kg.rdf.bridge import Graph

Cell = str | int | float | bool | datetime.date | datetime.datetime | None
"""A node is its IRI; numbers, days and hours are Python's; a month or a year alone is text."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_READERS: dict[str, Callable[[str], Cell]] = {
    **dict.fromkeys(("integer", "int", "long", "nonNegativeInteger", "positiveInteger"), int),
    **dict.fromkeys(("decimal", "double", "float"), float),
    "boolean": lambda text: text in ("true", "1"),
    "date": datetime.date.fromisoformat,
    "dateTime": datetime.datetime.fromisoformat,
}


class Row(tuple[Cell, ...]):
    """One row of an answer: a tuple whose cells also have names.

    >>> row = Row(("张群华", 0.9), ("name", "confidence"))
    >>> row[0], row["confidence"], row.name
    ('张群华', 0.9, '张群华')
    """

    _columns: tuple[str, ...]

    def __new__(cls, cells: Sequence[Cell], columns: tuple[str, ...]) -> Row:
        """A row of ``cells`` under ``columns``."""
        row = super().__new__(cls, cells)
        object.__setattr__(row, "_columns", columns)
        return row

    def __getitem__(self, key: Any) -> Any:
        if not isinstance(key, str):
            return super().__getitem__(key)
        if key not in self._columns:
            raise QueryError(f"{key}: no column of this answer; there are: {', '.join(self._columns)}")
        return super().__getitem__(self._columns.index(key))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_") or name not in self._columns:
            raise AttributeError(f"no column {name!r}")
        return self[name]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name}: rows can't be changed")

    def __reduce__(self) -> tuple[object, ...]:
        return Row, (tuple(self), self._columns)

    def asdict(self) -> dict[str, Cell]:
        """The cells by the names of their columns."""
        return dict(zip(self._columns, self, strict=True))


@dataclass(frozen=True, slots=True, repr=False)
class QueryResult(Sequence[Row]):
    """The answer to a query: a sequence of rows, a truth, or triples.

    Args:
        columns: the variables of a SELECT; empty for others.
        rows: of a SELECT.
        truth: of an ASK; None for others.
        turtle: of a CONSTRUCT or DESCRIBE; None for others.
        labels: names of the nodes in the rows, by IRI.
    """

    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    truth: bool | None = None
    turtle: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __bool__(self) -> bool:
        return self.truth if self.truth is not None else bool(self.rows or self.turtle)

    def __repr__(self) -> str:
        from kg.terminal import table as lines

        if self.truth is not None:
            return str(self.truth)
        if self.turtle is not None:
            return self.turtle
        return "\n".join(lines(self.columns, ([self._shown(cell) for cell in row] for row in self.rows), limit=120))

    def to_pandas(self, *, labels: bool = False) -> pandas.DataFrame:
        """The rows as a frame.

        Args:
            labels: whether a node is shown by its name instead of its IRI.

        Raises:
            QueryError: where the query was no SELECT.
        """
        from kg.api.frames import frame

        if self.truth is not None or self.turtle is not None:
            raise QueryError("to_pandas: only the rows of a SELECT make a frame; ask by SELECT")
        shown = ([self._shown(c) if labels and isinstance(c, str) else c for c in row] for row in self.rows)
        return frame(shown, self.columns)

    @property
    def rdf(self) -> Graph:
        """The triples of a CONSTRUCT or DESCRIBE, as an rdflib graph.

        Raises:
            QueryError: where the query was another.
        """
        from kg.rdf.bridge import parse_turtle, to_rdflib

        if self.turtle is None:
            raise QueryError("rdf: only CONSTRUCT and DESCRIBE give triples; ask by one of them")
        return to_rdflib(parse_turtle(self.turtle))

    def _shown(self, cell: Cell) -> str:
        return "" if cell is None else self.labels.get(cell, cell) if isinstance(cell, str) else str(cell)

    def _repr_html_(self) -> str:
        if self.truth is not None or self.turtle is not None:
            return block(f"<pre>{text_html(repr(self)) if self.turtle is None else _lines(self.turtle)}</pre>")
        rows = ([self._cell(cell) for cell in row] for row in self.rows)
        return block(table(self.columns, rows, len(self.rows)), note("no rows") if not self.rows else "")

    def _cell(self, cell: Cell) -> str:
        if isinstance(cell, str) and cell in self.labels:
            return link(cell, self.labels[cell])
        return text_html(self._shown(cell))


def result_of(answer: Answer) -> QueryResult:
    """Reads an answer to its end.

    Raises:
        QueryError: where it fails on the way.
    """
    if answer.kind == "triples":
        return QueryResult(turtle=answer.written("turtle")[0])
    if answer.kind == "truth":
        return QueryResult(truth=answer.truth)
    # the W3C's JSON tells all of a term, and keeps this room free of pyoxigraph
    told = json.loads(answer.written("json")[0])["results"]["bindings"]
    columns = answer.columns
    nodes = {term["value"] for row in told for term in row.values() if term["type"] == "uri"}
    rows = tuple(Row([_value(row.get(name)) for name in columns], columns) for row in told)
    return QueryResult(columns, rows, labels={iri: label_of(answer.graph, iri) for iri in sorted(nodes)})


def _value(term: Mapping[str, str] | None) -> Cell:
    if term is None:
        return None
    text, datatype = term["value"], term.get("datatype", "")
    read = _READERS.get(datatype.removeprefix(_XSD)) if datatype.startswith(_XSD) else None
    try:
        return read(text) if read else text
    except ValueError:
        return text  # 2017-02-30, or a day before the year 1, which Python has not


def _lines(turtle: str) -> str:
    return "\n".join(map(text_html, turtle.splitlines()))
