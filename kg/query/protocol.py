"""The SPARQL 1.1 protocol, for reading: a request in, a response out, whatever carries them.

https://www.w3.org/TR/sparql11-protocol/. Updates are refused; a GET without a query gets the
service description. ``$name=…`` beside ``query`` fills in the query's parameters, as in RDF4J's protocol.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from pyoxigraph import NamedNode, QueryResultsFormat, RdfFormat, Triple, serialize

from kg.errors import KgError, QueryError
from kg.query.answers import Answer
from kg.query.asking import check_syntax, filled, run
from kg.query.graph import OpenGraph
from kg.query.questions import read_question
from kg.rdf.terms import RDF

READ_ONLY = "this endpoint is read-only; send a query, not an update"
_SD = "http://www.w3.org/ns/sparql-service-description#"
_MOST_PARAMETERS = 100

Format = QueryResultsFormat | RdfFormat

# the first is what a client gets that does not care
_RESULTS: dict[str, Format] = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "text/csv": QueryResultsFormat.CSV,
    "text/tab-separated-values": QueryResultsFormat.TSV,
    "application/json": QueryResultsFormat.JSON,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
_GRAPHS: dict[str, Format] = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/n-quads": RdfFormat.N_QUADS,
    "application/trig": RdfFormat.TRIG,
    "application/json": RdfFormat.JSON_LD,
    "application/xml": RdfFormat.RDF_XML,
    "text/plain": RdfFormat.N_TRIPLES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a client sent.

    Args:
        method: ``GET`` or ``POST``; other methods are the carrier's to refuse.
        url_query: what follows the ``?`` of the address, percent-encoded.
        content_type: as the client gave it.
        accept: as the client gave it; empty means anything.
        endpoint: the address itself, for the service description.
    """

    method: str = "GET"
    url_query: str = ""
    content_type: str = ""
    body: bytes = b""
    accept: str = ""
    endpoint: str = "http://127.0.0.1/sparql"


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What the client gets."""

    status: int
    content_type: str
    body: bytes


class _Refused(KgError):
    """A request that the protocol refuses, with its status."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def respond(graph: OpenGraph, request: Request) -> Response:
    """Answers one request; what is wrong with it becomes a status of 4xx and a line that says why."""
    try:
        parameters = _parameters(request)
        queries = [value for name, value in parameters if name == "query"]
        if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in parameters):
            raise _Refused(403, READ_ONLY)
        if not queries and request.method == "GET":
            return _description(request)
        if len(queries) != 1:
            raise _Refused(400, f"{len(queries)} queries; send one, as the parameter 'query' or as the body")
        return _answer(graph, queries[0], parameters, request.accept)
    except _Refused as refused:
        return _plain(refused.status, str(refused))


def _plain(status: int, message: str) -> Response:
    return Response(status=status, content_type="text/plain; charset=utf-8", body=f"{message}\n".encode())


def _parameters(request: Request) -> list[tuple[str, str]]:
    """Names and values of the address and the body; the body of a direct POST is the query."""
    in_url = _decoded(request.url_query)
    if request.method == "GET":
        return in_url
    kind, _, options = request.content_type.partition(";")
    kind = kind.strip().lower()
    if kind == "application/sparql-update":
        raise _Refused(403, READ_ONLY)
    if kind not in ("application/sparql-query", "application/x-www-form-urlencoded"):
        raise _Refused(415, f"{kind or 'no'} Content-Type; send a form, or application/sparql-query")
    if "charset" in options.lower() and "utf-8" not in options.lower():
        raise _Refused(415, f"{options.strip()}: send UTF-8")
    try:
        text = request.body.decode("utf-8")
    except UnicodeDecodeError:
        raise _Refused(400, "the body is not UTF-8") from None
    if kind == "application/sparql-query":
        return [*in_url, ("query", text)]
    return [*in_url, *_decoded(text)]


def _decoded(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except ValueError as error:  # bad UTF-8, or more parameters than any query has
        raise _Refused(400, f"the parameters can't be read ({error}); percent-encode them as UTF-8") from None


def _answer(graph: OpenGraph, query: str, parameters: list[tuple[str, str]], accept: str) -> Response:
    default, named = ([value for name, value in parameters if name == f"{kind}-graph-uri"] for kind in _KINDS)
    _check_iris([*default, *named])
    try:
        check_syntax(query, "query", graph.prefixes)
        question = read_question(query, "query")
        text = filled(graph, question, {name[1:]: value for name, value in parameters if name.startswith("$")})
    except QueryError as error:
        raise _Refused(400, str(error)) from error
    try:
        answer = run(graph, text, default_graphs=tuple(default), named_graphs=tuple(named))
        media_type, format = _chosen(answer, accept)
        body = answer.to_bytes(format)
    except QueryError as error:
        raise _Refused(500, str(error)) from error
    return Response(status=200, content_type=_with_charset(media_type), body=body)


_KINDS = ("default", "named")


def _check_iris(iris: Sequence[str]) -> None:
    for iri in iris:
        try:
            NamedNode(iri)
        except ValueError as error:
            raise _Refused(400, f"{iri}: names no graph ({error}); give its IRI") from None


def _chosen(answer: Answer | None, accept: str) -> tuple[str, Format]:
    """The media type that the client likes best of those that hold such an answer."""
    offered = _GRAPHS if answer is None or answer.kind == "triples" else _RESULTS
    media_type = _preferred(accept, list(offered))
    if media_type is None:
        raise _Refused(406, f"no such answer as {accept}; accept one of {', '.join(offered)}")
    return media_type, offered[media_type]


def _preferred(accept: str, offered: Sequence[str]) -> str | None:
    """The best of ``offered`` by an Accept header (RFC 9110): highest quality first, then our own order."""
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    scored = []
    for number, media_type in enumerate(offered):
        # the most specific range that fits decides: text/csv before text/* before */*
        fitting = [(pattern.count("*"), quality) for pattern, quality in ranges if _fits(pattern, media_type)]
        if fitting and (quality := min(fitting)[1]) > 0:
            scored.append((-quality, number, media_type))
    return min(scored)[2] if scored else None


def _range(text: str) -> tuple[str, float]:
    pattern, *options = (part.strip().lower() for part in text.split(";"))
    for option in options:
        if option.startswith("q="):
            try:
                return pattern, float(option[2:])
            except ValueError:
                return pattern, 0.0
    return pattern, 1.0


def _fits(pattern: str, media_type: str) -> bool:
    return pattern in ("*/*", "*", media_type, media_type.partition("/")[0] + "/*")


def _with_charset(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _description(request: Request) -> Response:
    """The service description: what this endpoint speaks."""
    media_type, format = _chosen(None, request.accept)
    assert isinstance(format, RdfFormat)
    endpoint = NamedNode(request.endpoint)
    formats = {each.iri for each in (*_RESULTS.values(), *_GRAPHS.values())}
    said = [
        (f"{RDF}type", f"{_SD}Service"),
        (f"{_SD}endpoint", request.endpoint),
        (f"{_SD}supportedLanguage", f"{_SD}SPARQL11Query"),
        *((f"{_SD}resultFormat", iri) for iri in sorted(formats)),
    ]
    triples = [Triple(endpoint, NamedNode(predicate), NamedNode(end)) for predicate, end in said]
    body = bytes(serialize(triples, format=format, prefixes={"sd": _SD}) or b"")
    return Response(status=200, content_type=_with_charset(media_type), body=body)
