"""``kg serve``: the graph's page, a query page and a SPARQL endpoint, over HTTP, for reading.

Our own server over pyoxigraph rather than the ``oxigraph`` binary: that one is 22 MB, shows its query
page where the graph's page belongs, knows none of the graph's prefixes and would follow SERVICE onto
the network.
"""

from __future__ import annotations

import errno
import json
import socket
import socketserver
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from kg.errors import OutputError

if TYPE_CHECKING:
    from kg.query import OpenGraph
    from kg.query.protocol import Response

_LONGEST = 10_000_000
_HTML = "text/html; charset=utf-8"
_METHODS = "GET, HEAD, POST, OPTIONS"
_PAGE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})


class GraphServer(ThreadingHTTPServer):
    """A server of one graph; each request has its own thread, and none keeps it from stopping."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, graph: OpenGraph, host: str, port: int, *, cors: bool = False) -> None:
        self.graph, self.cors = graph, cors
        # what a page may not pretend to be: a name of the net that was made to point here
        self.names = _LOCAL if host in _LOCAL else None
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Binds without HTTPServer's look at DNS: kg asks no network."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing where a client hung up; anything else is a bug and keeps its traceback."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def url(self) -> str:
        """Its address."""
        name = f"[{self.server_name}]" if ":" in self.server_name else self.server_name
        return f"http://{name}:{self.server_port}/"


@contextmanager
def serving(
    graph: OpenGraph, host: str = "127.0.0.1", port: int = 7878, *, cors: bool = False
) -> Iterator[GraphServer]:
    """A server that listens; call its ``serve_forever``.

    Args:
        graph: see :func:`kg.query.open_graph`.
        host: the address to listen at.
        port: 0 picks a free one.
        cors: whether pages of other sites may ask.

    Raises:
        OutputError: where the port is taken or the address is not this machine's.
    """
    try:
        server = GraphServer(graph, host, port, cors=cors)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            problem, remedy = "the port is taken", "choose another --port (0 picks a free one)"
        else:
            problem, remedy = f"can't listen here ({error.strerror})", "choose another --host or --port"
        raise OutputError(f"{host}:{port}: {problem}; {remedy}") from error
    try:
        yield server
    finally:
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    """Carries requests to the protocol and pages to browsers."""

    server: GraphServer
    protocol_version = "HTTP/1.1"
    server_version = "kg"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        """The pages, and queries in the address."""
        address = self._address()
        if address is None:
            return
        if address.path == "/sparql":
            self._sparql("GET", address.query, b"")
        elif address.path == "/":
            self._graph_page()
        elif address.path == "/query":
            self._send(200, _HTML, _query_page(self.server.graph), {"Content-Security-Policy": _PAGE_POLICY})
        elif address.path in ("/query.js", "/query.css"):
            kind = "text/javascript" if address.path.endswith("js") else "text/css"
            self._send(200, f"{kind}; charset=utf-8", _asset(address.path[1:]))
        else:
            self._refuse(404, "nothing here; the graph is at /, queries at /query, the endpoint at /sparql")

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """Queries in the body."""
        address = self._address()
        if address is None:
            return
        length = self.headers.get("Content-Length", "")
        if address.path != "/sparql":
            self._refuse(404, "nothing to post to here; the endpoint is /sparql")
        elif not length.isdecimal():
            self._refuse(411, "say how long the body is, by Content-Length")
        elif len(length) > len(str(_LONGEST)) or int(length) > _LONGEST:
            self._refuse(413, f"a query may have {_LONGEST} bytes")
        else:
            self._sparql("POST", address.query, self.rfile.read(int(length)))

    def do_OPTIONS(self) -> None:
        """What may be asked, also for pages of other sites."""
        allowed = {"Allow": _METHODS}
        if self.server.cors:
            allowed["Access-Control-Allow-Methods"] = _METHODS
            allowed["Access-Control-Allow-Headers"] = "Accept, Content-Type"
        self._send(204, "", b"", allowed)

    def do_PUT(self) -> None:
        """Refused: the graph is for reading."""
        self._refuse(405, "this server is read-only", {"Allow": _METHODS})

    do_DELETE = do_PATCH = do_PUT

    def _sparql(self, method: str, url_query: str, body: bytes) -> None:
        from kg.query.protocol import Request, respond

        request = Request(
            method=method,
            url_query=url_query,
            content_type=self.headers.get("Content-Type", ""),
            body=body,
            accept=", ".join(self.headers.get_all("Accept") or ()),
            endpoint=f"{self.server.url}sparql",
        )
        response: Response = respond(self.server.graph, request)
        self._send(response.status, response.content_type, response.body, {"Vary": "Accept"})

    def _graph_page(self) -> None:
        page = self.server.graph.path.with_suffix(".html")
        if page.is_file():
            self._send(200, _HTML, page.read_bytes())
        else:
            self._send(302, "text/plain; charset=utf-8", b"", {"Location": "/query"})

    def _address(self) -> SplitResult | None:
        """What is asked for; None where it was refused already.

        Refused is a request under a name that is not this machine's, as of a page that rebinds its own.
        """
        try:
            address, host = urlsplit(self.path), urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        except ValueError:
            self._refuse(400, "the address or the Host can't be read; mend its brackets")
            return None
        if self.server.names is None or host in self.server.names:
            return address
        self._refuse(403, "asked under a foreign name; use 127.0.0.1 or localhost")
        return None

    def _refuse(self, status: int, message: str, headers: dict[str, str] | None = None) -> None:
        # the body of a refused request was not read, so nothing more can come on this connection
        self.close_connection = True
        self._send(status, "text/plain; charset=utf-8", f"{message}\n".encode(), headers)

    def _send(self, status: int, kind: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        given = {"Content-Type": kind, "X-Content-Type-Options": "nosniff", **(headers or {})}
        if self.server.cors:
            given["Access-Control-Allow-Origin"] = "*"
        if self.close_connection:
            given["Connection"] = "close"
        for name, value in given.items():
            if value:
                self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: a terminal is no place for what strangers send."""


def _asset(name: str) -> bytes:
    return files("kg.query").joinpath("page", name).read_bytes()


def _query_page(graph: OpenGraph) -> bytes:
    """The query page with the bundled questions and the graph's prefixes in it."""
    from kg.query import bundled_questions

    questions = [
        {
            "name": question.name,
            "zh": question.zh,
            "en": question.en,
            "text": question.text,
            "parameters": [{"name": p.name, "zh": p.zh, "en": p.en} for p in question.parameters],
        }
        for question in bundled_questions()
    ]
    content = json.dumps({"questions": questions, "prefixes": sorted(graph.prefixes.items())}, ensure_ascii=False)
    # no text of a query or prefix may end the element that holds it
    safe = content.replace("<", "\\u003c")
    page = _asset("index.html").decode("utf-8").replace(">[]</script>", f">{safe}</script>")
    return page.encode("utf-8")
