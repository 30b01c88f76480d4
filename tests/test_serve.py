"""``kg serve``: the SPARQL protocol as real clients speak it, the pages, the way it starts and stops."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pytest
from SPARQLWrapper import CSV, JSON, POST, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.errors import OutputError
from kg.exporting import export
from kg.query import open_graph
from kg.serving import GraphServer, serving
from tests.query.world import hostile, world, write_graph

PEOPLE = "SELECT ?name { ?p a kgo:Person ; rdfs:label ?name } ORDER BY ?name"
KNOWS = "PREFIX kgo: <https://example.org/kg/ontology#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "


def running(path: Path, **settings: bool) -> Iterator[GraphServer]:
    with serving(open_graph(path), port=0, **settings) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphServer]:
    folder = tmp_path_factory.mktemp("serve")
    (folder / "graph.html").write_text("<!doctype html><title>图</title>", "utf-8")
    yield from running(write_graph(folder, world()))


class Reply:
    def __init__(self, response: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.text = response.status, response.headers, response.read().decode("utf-8")

    @property
    def type(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0]

    def __repr__(self) -> str:
        return f"{self.status} {self.type} {self.text[:200]}"


def ask(server: GraphServer, method: str, path: str, body: bytes | str = b"", **headers: str) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body.encode() if isinstance(body, str) else body, named)
        return Reply(connection.getresponse())
    finally:
        connection.close()


def get(server: GraphServer, query: str, accept: str = "", **more: str) -> Reply:
    headers = {"Accept": accept} if accept else {}
    return ask(server, "GET", f"/sparql?{urlencode({'query': query, **more})}", **headers)


def post(server: GraphServer, body: bytes | str, type: str, path: str = "/sparql", **headers: str) -> Reply:
    return ask(server, "POST", path, body, Content_Type=type, **headers)


def names(reply: Reply) -> list[str]:
    return [row["name"]["value"] for row in json.loads(reply.text)["results"]["bindings"]]


class TestQuery:
    def test_by_get(self, server: GraphServer) -> None:
        assert names(get(server, PEOPLE)) == ["李群", "王晓", "赵明"]

    def test_by_posted_form(self, server: GraphServer) -> None:
        assert len(names(post(server, urlencode({"query": PEOPLE}), "application/x-www-form-urlencoded"))) == 3

    def test_by_posted_query(self, server: GraphServer) -> None:
        assert len(names(post(server, PEOPLE, "application/sparql-query"))) == 3

    def test_content_type_may_name_its_charset(self, server: GraphServer) -> None:
        assert post(server, PEOPLE, "application/sparql-query; charset=UTF-8").status == 200

    def test_chinese_in_a_query(self, server: GraphServer) -> None:
        assert json.loads(get(server, "ASK { ?x rdfs:label '李群'@zh }").text)["boolean"]

    def test_parameters_are_filled_in(self, server: GraphServer) -> None:
        reply = get(server, "SELECT ?name { ?p kgo:worksFor $o ; rdfs:label ?name }", **{"$o": "江南银行"})
        assert sorted(names(reply)) == ["李群", "赵明"]

    def test_several_at_once(self, server: GraphServer) -> None:
        replies: list[int] = []
        threads = [threading.Thread(target=lambda: replies.append(get(server, PEOPLE).status)) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert replies == [200] * 16

    def test_one_connection_may_ask_twice(self, server: GraphServer) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        for _ in range(2):
            connection.request("POST", "/sparql", PEOPLE.encode(), {"Content-Type": "application/sparql-query"})
            assert Reply(connection.getresponse()).status == 200
        connection.close()

    def test_a_dataset_may_be_named(self, tmp_path: Path) -> None:
        (trig,) = export(write_graph(tmp_path, world()), "trig")
        for server in running(trig):
            count = "SELECT (COUNT(*) AS ?name) { ?s kgo:location ?o }"
            in_one = {"default-graph-uri": "https://example.org/kg/id/document/news-2"}
            nowhere = {"default-graph-uri": "http://nowhere/"}
            assert [names(get(server, count, **given)) for given in ({}, in_one, nowhere)] == [["1"], ["1"], ["0"]]


class TestNegotiation:
    @pytest.mark.parametrize(
        ("accept", "type"),
        [
            ("", "application/sparql-results+json"),
            ("*/*", "application/sparql-results+json"),
            ("application/sparql-results+xml", "application/sparql-results+xml"),
            ("text/csv", "text/csv"),
            ("text/tab-separated-values", "text/tab-separated-values"),
            ("application/json", "application/json"),
            ("text/*", "text/csv"),
            ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
            ("text/csv;q=0, text/*", "text/tab-separated-values"),
            ("text/html, */*;q=0.1", "application/sparql-results+json"),
        ],
    )
    def test_of_rows(self, server: GraphServer, accept: str, type: str) -> None:
        assert get(server, PEOPLE, accept).type == type

    @pytest.mark.parametrize(
        ("accept", "type"),
        [
            ("", "text/turtle"),
            ("application/n-triples", "application/n-triples"),
            ("application/rdf+xml", "application/rdf+xml"),
            ("application/ld+json", "application/ld+json"),
        ],
    )
    def test_of_triples(self, server: GraphServer, accept: str, type: str) -> None:
        reply = get(server, "CONSTRUCT WHERE { ?p kgo:worksFor ?o }", accept)
        assert reply.type == type
        assert "李群" in reply.text

    @pytest.mark.parametrize("query", [PEOPLE, "DESCRIBE person:李群"])
    def test_what_nobody_offers_is_406(self, server: GraphServer, query: str) -> None:
        assert get(server, query, "image/png").status == 406

    def test_answers_vary_by_accept(self, server: GraphServer) -> None:
        assert get(server, PEOPLE).headers["Vary"] == "Accept"

    def test_no_query_gets_the_service_description(self, server: GraphServer) -> None:
        reply = ask(server, "GET", "/sparql", Accept="application/rdf+xml")
        assert reply.type == "application/rdf+xml"
        assert "SPARQL11Query" in reply.text


class TestRefused:
    @pytest.mark.parametrize(
        ("query", "said"),
        [
            ("SELEC", "query:1:"),
            ("SELECT * { ?x nope:y ?z }", "unknown prefix"),
            ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "SERVICE asks another server"),
            ("DELETE WHERE { ?s ?p ?o }", "an update"),
            ("ASK " + "{" * 5000 + "}" * 5000, "nested more than"),
        ],
    )
    def test_a_bad_query_is_400_and_says_where(self, server: GraphServer, query: str, said: str) -> None:
        reply = get(server, query)
        assert (reply.status, reply.type) == (400, "text/plain")
        assert said in reply.text

    def test_two_queries_are_400(self, server: GraphServer) -> None:
        assert ask(server, "GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D").status == 400

    def test_a_form_without_query_is_400(self, server: GraphServer) -> None:
        assert post(server, "a=b", "application/x-www-form-urlencoded").status == 400

    def test_what_is_not_utf8_is_400(self, server: GraphServer) -> None:
        assert post(server, b"ASK { ?x ?y '\xff' }", "application/sparql-query").status == 400
        assert ask(server, "GET", "/sparql?query=%ff").status == 400

    def test_what_names_no_graph_is_400(self, server: GraphServer) -> None:
        assert get(server, "ASK {}", **{"default-graph-uri": "not an iri"}).status == 400

    def test_an_unknown_parameter_value_is_400(self, server: GraphServer) -> None:
        assert get(server, "ASK { $x ?p ?o }", **{"$x": "无名"}).status == 400

    @pytest.mark.parametrize(
        ("body", "type"),
        [("update=CLEAR ALL", "application/x-www-form-urlencoded"), ("CLEAR ALL", "application/sparql-update")],
    )
    def test_an_update_is_403(self, server: GraphServer, body: str, type: str) -> None:
        reply = post(server, body, type)
        assert (reply.status, "read-only" in reply.text) == (403, True)
        assert names(get(server, PEOPLE))

    def test_another_content_type_is_415(self, server: GraphServer) -> None:
        assert post(server, "{}", "application/json").status == 415
        assert post(server, "ASK {}", "application/sparql-query; charset=gbk").status == 415

    @pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
    def test_another_method_is_405(self, server: GraphServer, method: str) -> None:
        reply = ask(server, method, "/sparql", "x")
        assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")

    @pytest.mark.parametrize("path", ["/nothing", "/../../etc/passwd", "/query/../graph.ttl", "/graph.ttl"])
    def test_another_path_is_404(self, server: GraphServer, path: str) -> None:
        assert ask(server, "GET", path).status == 404
        assert post(server, "ASK {}", "application/sparql-query", path).status == 404

    def test_a_body_that_is_too_long_is_413(self, server: GraphServer) -> None:
        assert ask(server, "POST", "/sparql", b"", Content_Length="99999999999").status == 413

    def test_a_length_that_is_no_number_of_bytes_is_413(self, server: GraphServer) -> None:
        assert ask(server, "POST", "/sparql", b"", Content_Length="9" * 5000).status == 413

    @pytest.mark.parametrize("method", ["GET", "POST"])
    @pytest.mark.parametrize(
        ("path", "host"), [("http://[x/sparql", "localhost"), ("/", "[::1"), ("/sparql", "a@[b]c"), ("/", "[")]
    )
    def test_an_address_that_can_not_be_read_is_400(
        self, server: GraphServer, method: str, path: str, host: str
    ) -> None:
        assert ask(server, method, path, Host=host).status == 400

    def test_a_client_that_hangs_up_leaves_no_trace(
        self, server: GraphServer, capfd: pytest.CaptureFixture[str]
    ) -> None:
        with socket.create_connection(("127.0.0.1", server.server_port)) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            client.recv(1)
        get(server, "ASK {}")
        time.sleep(0.1)
        assert capfd.readouterr().err == ""

    def test_a_body_of_unknown_length_is_411(self, server: GraphServer) -> None:
        assert ask(server, "POST", "/sparql", b"", Content_Length="-1").status == 411

    def test_a_foreign_name_is_403(self, server: GraphServer) -> None:
        assert ask(server, "GET", "/", Host="evil.example").status == 403
        assert ask(server, "GET", "/", Host=f"localhost:{server.server_port}").status == 200


class TestPages:
    def test_the_graph_is_at_the_root(self, server: GraphServer) -> None:
        assert "<title>图</title>" in ask(server, "GET", "/").text

    def test_without_a_page_the_root_leads_to_queries(self, tmp_path: Path) -> None:
        for server in running(write_graph(tmp_path, world())):
            reply = ask(server, "GET", "/")
            assert (reply.status, reply.headers["Location"]) == (302, "/query")

    def test_the_query_page_asks_nothing_of_other_hosts(self, server: GraphServer) -> None:
        reply = ask(server, "GET", "/query")
        assert "https:" not in reply.text.partition("<script id")[0]
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]

    def test_the_query_page_knows_the_questions(self, server: GraphServer) -> None:
        text = ask(server, "GET", "/query").text.partition('type="application/json">')[2].partition("</script>")[0]
        assert "who-spoke-at" in [question["name"] for question in json.loads(text)["questions"]]

    @pytest.mark.parametrize(("path", "type"), [("/query.js", "text/javascript"), ("/query.css", "text/css")])
    def test_its_parts_are_there(self, server: GraphServer, path: str, type: str) -> None:
        assert ask(server, "GET", path).type == type

    def test_head_has_no_body(self, server: GraphServer) -> None:
        reply = ask(server, "HEAD", "/query")
        assert (reply.status, reply.text) == (200, "")
        assert int(reply.headers["Content-Length"]) > 1000

    def test_hostile_names_come_out_as_data(self, tmp_path: Path) -> None:
        for server in running(write_graph(tmp_path, hostile())):
            reply = get(server, "SELECT ?name { ?x rdfs:label ?name }")
            assert any(name.startswith("<script>") for name in names(reply))
            assert reply.headers["X-Content-Type-Options"] == "nosniff"


class TestOtherSites:
    def test_may_not_ask(self, server: GraphServer) -> None:
        assert "Access-Control-Allow-Origin" not in get(server, PEOPLE).headers

    def test_may_where_one_says_so(self, tmp_path: Path) -> None:
        for server in running(write_graph(tmp_path, world()), cors=True):
            assert get(server, PEOPLE).headers["Access-Control-Allow-Origin"] == "*"
            assert ask(server, "OPTIONS", "/sparql").headers["Access-Control-Allow-Methods"]


class TestSparqlWrapper:
    def wrapper(self, server: GraphServer, query: str, format: str) -> SPARQLWrapper:
        wrapper = SPARQLWrapper(f"{server.url}sparql")
        wrapper.setQuery(query)
        wrapper.setReturnFormat(format)
        return wrapper

    def test_json(self, server: GraphServer) -> None:
        found = self.wrapper(server, KNOWS + PEOPLE, JSON).queryAndConvert()
        assert [row["name"]["value"] for row in found["results"]["bindings"]] == ["李群", "王晓", "赵明"]

    def test_xml(self, server: GraphServer) -> None:
        assert "王晓" in self.wrapper(server, KNOWS + PEOPLE, XML).queryAndConvert().toxml()

    def test_csv(self, server: GraphServer) -> None:
        text = self.wrapper(server, KNOWS + PEOPLE, CSV).queryAndConvert().decode("utf-8")
        assert text.split() == ["name", "李群", "王晓", "赵明"]

    def test_post(self, server: GraphServer) -> None:
        wrapper = self.wrapper(server, KNOWS + "ASK { ?p a kgo:Person }", JSON)
        wrapper.setMethod(POST)
        assert wrapper.queryAndConvert()["boolean"]

    def test_construct(self, server: GraphServer) -> None:
        query = KNOWS + "CONSTRUCT WHERE { ?p kgo:worksFor ?o }"
        assert "李群" in self.wrapper(server, query, TURTLE).queryAndConvert().decode("utf-8")

    def test_a_bad_query_is_known_as_such(self, server: GraphServer) -> None:
        with pytest.raises(QueryBadFormed):
            self.wrapper(server, "SELECT nothing { }", JSON).query()


def test_roqet_asks_over_http(server: GraphServer) -> None:
    if shutil.which("roqet") is None:
        if os.environ.get("CI"):
            pytest.fail("roqet is missing; install Debian's rasqal-utils")
        pytest.skip("roqet is not installed (Debian's rasqal-utils)")
    command = ["roqet", "-q", "-W", "0", "-r", "csv", "-p", f"{server.url}sparql", "-e", KNOWS + PEOPLE]
    assert "王晓" in subprocess.run(command, capture_output=True, text=True, timeout=30, check=True).stdout


class TestStartAndStop:
    def test_it_listens_to_this_machine_alone(self, server: GraphServer) -> None:
        assert urlsplit(server.url).hostname == "127.0.0.1"

    def test_a_taken_port_says_so(self, server: GraphServer, tmp_path: Path) -> None:
        graph = open_graph(write_graph(tmp_path, world()))
        with (
            pytest.raises(OutputError, match=r"127\.0\.0\.1:\d+: the port is taken; choose another --port"),
            serving(graph, port=server.server_port),
        ):
            pass

    def test_a_foreign_address_says_so(self, tmp_path: Path) -> None:
        graph = open_graph(write_graph(tmp_path, world()))
        with pytest.raises(OutputError, match="can't listen here"), serving(graph, "203.0.113.1", 0):
            pass

    def test_the_port_is_free_after_it(self, tmp_path: Path) -> None:
        path = write_graph(tmp_path, world())
        for server in running(path):
            port = server.server_port
            assert get(server, "ASK {}").status == 200
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))

    @pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
    def test_the_command_stops_cleanly(self, tmp_path: Path, how: signal.Signals) -> None:
        path = write_graph(tmp_path, world())
        command = [sys.executable, "-u", "-m", "kg", "serve", str(path), "--port", "0"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert process.stdout is not None
        address = process.stdout.readline().split()[0]
        connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
        connection.request("GET", f"/sparql?query={quote('ASK {}')}")
        assert connection.getresponse().status == 200  # the connection stays open, and must not hinder
        process.send_signal(how)
        _, said = process.communicate(timeout=60)
        assert (process.returncode, said) == (0, "stopped\n")
