"""The graph as RDF 1.1: written as Turtle or as triples, and read back.

Both directions share one layout (``nodes``): a thing with its types, names and plain facts; for each
fact a ``kgo:Statement`` with role, date, confidence and evidence; for each piece of evidence its
document, offsets and sentence.

A ``Value`` of kind ``count`` whose property takes a number (``editionNumber``) is written as that
number and reads back as ``Value("count", "4", (("number", "4"),))``; one whose property takes words
(``participantCount``) keeps its number on the statement.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from kg.ids import KGR
from kg.model import Knowledge
from kg.rdf.align import Alignment
from kg.rdf.nodes import Layout, sections, triples
from kg.rdf.reader import read_turtle
from kg.rdf.terms import check_base
from kg.rdf.turtle import turtle_lines
from kg.schema import Schema, load_schema

if TYPE_CHECKING:
    from pyoxigraph import Triple

__all__ = ["read_turtle", "to_triples", "turtle_pieces", "write_turtle"]

Provenance = Literal["full", "none"]


def write_turtle(
    knowledge: Knowledge,
    *,
    base_iri: str = KGR,
    provenance: Provenance = "full",
    align: bool = False,
    schema: Schema | None = None,
) -> str:
    """The graph as Turtle; the same knowledge gives the same text, whatever its order.

    Args:
        knowledge: the graph.
        base_iri: what the ids of things follow.
        provenance: ``none`` writes the plain facts alone, without statements, evidence and documents.
        align: adds the types and properties of schema.org.
        schema: the ontology, where it is not the one that ships with kg.

    Raises:
        InputError: where ``base_iri`` can't be one.
        OntologyError: where the graph uses a class or property that the ontology lacks.
        OutputError: where an id, a date or a number can't be written.
    """
    return "".join(turtle_pieces(knowledge, base_iri=base_iri, provenance=provenance, align=align, schema=schema))


def turtle_pieces(
    knowledge: Knowledge,
    *,
    base_iri: str = KGR,
    provenance: Provenance = "full",
    align: bool = False,
    schema: Schema | None = None,
) -> Iterator[str]:
    """As :func:`write_turtle`, piece by piece, for a graph whose text would fill the memory."""
    layout = _layout(base_iri, provenance, align, schema)
    return turtle_lines(layout, sections(knowledge, layout))


def to_triples(
    knowledge: Knowledge,
    *,
    base_iri: str = KGR,
    provenance: Provenance = "full",
    align: bool = False,
    schema: Schema | None = None,
) -> Iterator[Triple]:
    """The triples of :func:`write_turtle`, in its order, as pyoxigraph has them."""
    return triples(knowledge, _layout(base_iri, provenance, align, schema))


def _layout(base_iri: str, provenance: Provenance, align: bool, schema: Schema | None) -> Layout:
    schema = schema or load_schema()
    return Layout(
        schema=schema,
        base_iri=check_base(base_iri),
        provenance=provenance == "full",
        alignment=Alignment(schema) if align else None,
    )
