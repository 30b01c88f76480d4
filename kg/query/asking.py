"""Puts a query to a graph: parameters filled in, prefixes known, errors with their place."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Store, parse

from kg.errors import QueryError
from kg.query.answers import Answer
from kg.query.graph import OpenGraph
from kg.query.names import find_thing
from kg.query.questions import Parameter, Question, find_question
from kg.query.tokens import fill, refuse_service, refuse_too_deep
from kg.rdf.terms import typed

_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected )?(?:one of )?(.*)", re.DOTALL)
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def ask(graph: OpenGraph, query: str | Question, values: Mapping[str, str] | None = None) -> Answer:
    """Asks ``graph``.

    Args:
        graph: see :func:`kg.query.open_graph`.
        query: SPARQL, the name of a bundled query, a .rq file, or a :class:`Question`. The prefixes of the
            graph's file, the ontology and schema.org need no declaration.
        values: for the query's parameters (``$forum``): of a thing its name or IRI, else a text or number.
            Where the query's comments do not say, a literal in N-Triples (``"大会"@zh``) stands for itself.

    Raises:
        QueryError: where the query does not parse or can't be run, or a value does not fit.
    """
    question = query if isinstance(query, Question) else find_question(query)
    check_syntax(question.text, question.name, graph.prefixes)
    return run(graph, filled(graph, question, values or {}), question.name)


def filled(graph: OpenGraph, question: Question, values: Mapping[str, str]) -> str:
    """The text of a query with its parameters filled in; see :func:`ask`.

    Raises:
        QueryError: where a value does not fit, or one that is required lacks.
    """
    return fill(question.text, _terms(graph, question, values))


def run(
    graph: OpenGraph,
    text: str,
    place: str = "query",
    *,
    default_graphs: tuple[str, ...] = (),
    named_graphs: tuple[str, ...] = (),
) -> Answer:
    """Runs SPARQL as it stands.

    Args:
        graph: the graph.
        text: SPARQL.
        place: what messages call it.
        default_graphs: IRIs of those that make up the default graph, as in the SPARQL protocol.
        named_graphs: IRIs of those that GRAPH may name; where both are empty, all there are.
    """
    check_syntax(text, place, graph.prefixes)
    given = bool(default_graphs or named_graphs)
    try:
        result = graph.store.query(
            text,
            prefixes=dict(graph.prefixes),
            default_graph=[NamedNode(iri) for iri in default_graphs] if given else None,
            named_graphs=[NamedNode(iri) for iri in named_graphs] if given else None,
        )
    except (RuntimeError, OSError, ValueError) as error:
        raise QueryError(f"{place}: can't be run: {error}; mend the query") from error
    return Answer(result=_known(result), graph=graph, place=place)


def _known(result: object) -> QuerySolutions | QueryBoolean | QueryTriples:
    assert isinstance(result, QuerySolutions | QueryBoolean | QueryTriples)
    return result


def check_syntax(text: str, place: str, prefixes: Mapping[str, str]) -> None:
    """Parses a query without running it; refuses one that would call another server or is nested too deep.

    Raises:
        QueryError: with line, column and the words where it breaks off.
    """
    refuse_service(text, place)
    refuse_too_deep(text, place)
    try:
        _nothing().query(text, prefixes=dict(prefixes))
    except SyntaxError as error:
        raise QueryError(_explained(str(error), text, place, prefixes)) from error
    except (RuntimeError, OSError, ValueError):
        return  # parsed; what fails on an empty graph is reported when it is run


@lru_cache(maxsize=1)
def _nothing() -> Store:
    return Store()


def _explained(message: str, text: str, place: str, prefixes: Mapping[str, str]) -> str:
    found = _PLACE.match(message)
    if not found:
        return f"{place}: is not SPARQL: {message}; mend it"
    row, column, wanted = int(found[1]), int(found[2]), found[3]
    lines = text.splitlines() or [""]
    line = lines[min(row, len(lines)) - 1]
    before, after = line[: column - 1][-30:], line[column - 1 :][:20]
    where = f"{place}:{row}:{column}: breaks off at “{before}⟦here⟧{after}”"
    if "Prefix not found" in wanted:
        return f"{where}: unknown prefix; known: {', '.join(sorted(prefixes))}; declare others by PREFIX"
    if re.match(r"\s*(DELETE|INSERT|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", line, re.IGNORECASE):
        return f"{where}: an update; graphs are read-only here, ask by SELECT, ASK, CONSTRUCT or DESCRIBE"
    for hint in ("The SELECT contains a variable that is unbound",):
        if hint in wanted:
            return f"{where}: {hint.removeprefix('The ')}; use each variable in the pattern"
    return f"{where}: not SPARQL; mend what stands there or just before"


def _terms(graph: OpenGraph, question: Question, values: Mapping[str, str]) -> dict[str, str]:
    """The values as terms, spelled by pyoxigraph: nothing of a user's text can leave its quotes."""
    known = {parameter.name: parameter for parameter in question.parameters}
    for name in values:
        if name not in known:
            there = ", ".join(known) or "none; write $name in the query where a value goes"
            raise QueryError(f"{question.name}: no parameter {name!r}; known: {there}")
    for parameter in known.values():
        if parameter.required and parameter.name not in values:
            raise QueryError(
                f"{question.name}: needs {parameter.name} ({parameter.zh} / {parameter.en}); "
                f"add --set {parameter.name}=…"
            )
    return {name: str(_term(graph, known[name], text)) for name, text in values.items()}


def _term(graph: OpenGraph, parameter: Parameter, text: str) -> NamedNode | Literal:
    literal = _literal(text) if parameter.kind == "any" else None
    if literal is not None:
        return literal
    if parameter.kind in ("any", "thing"):
        return NamedNode(find_thing(graph, text).iri)
    if parameter.kind == "text":
        return Literal(text)
    if not _NUMBER.fullmatch(text):
        raise QueryError(f"{parameter.name}={text}: is no number; write digits and at most one point")
    return typed(text, "decimal" if "." in text else "integer")


def _literal(text: str) -> Literal | None:
    """What ``text`` spells in N-Triples, where it is one literal and nothing more."""
    if not text.startswith('"'):
        return None  # nor is the parser to see terms of RDF 1.2, nested as deep as its stack
    try:
        triples = list(parse(f"<x:s> <x:p> {text} .".encode(), format=RdfFormat.N_TRIPLES))
    except SyntaxError:
        return None
    end = triples[0].object if len(triples) == 1 else None
    return end if isinstance(end, Literal) else None
