"""The query page of ``kg serve`` in Chromium: questions, answers, hostile names, no other host."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kg.model import Knowledge
from kg.query import open_graph as open_store
from kg.serving import serving
from tests.query.world import hostile, world, write_graph


def pages(browser: Browser, path: Path) -> Iterator[Page]:
    """The query page of a graph; afterwards it must have complained of nothing and asked its server alone."""
    with serving(open_store(path), port=0) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        page = browser.new_page()
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("request", lambda request: None if request.url.startswith(server.url) else said.append(request.url))
        page.on("dialog", lambda dialog: (said.append("dialog"), dialog.dismiss()))
        page.goto(f"{server.url}query")
        yield page
        page.close()
        server.shutdown()
        thread.join()
    # a bad query is answered by 400, which Chromium reports as an error of the console
    assert [line for line in said if "400 (Bad Request)" not in line and "favicon" not in line] == []


@pytest.fixture
def page(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    graph: Knowledge = getattr(request, "param", world)()
    yield from pages(browser, write_graph(tmp_path, graph))


def ask(page: Page, query: str) -> None:
    page.fill("#query", query)
    page.click("button[type=submit]")
    expect(page.locator("#status")).to_have_text(re.compile("[^…]{2}"))


def test_a_question_is_asked_with_its_parameter(page: Page) -> None:
    page.select_option("#question", "who-spoke-at")
    page.fill("#parameters input", "第四届世界互联网大会")
    page.click("button[type=submit]")
    page.wait_for_selector("table")
    assert page.locator("tbody td").all_inner_texts() == ["第四届世界互联网大会", "李群", "江南银行", "行长"]


def test_a_query_of_ones_own_shows_short_names(page: Page) -> None:
    ask(page, "SELECT ?p { ?p kgo:speaksAt ?f }")
    assert page.locator("tbody td").all_inner_texts() == ["person:李群"]
    assert "1 行 rows" in page.inner_text("#status")


def test_triples_are_shown_as_turtle(page: Page) -> None:
    ask(page, "DESCRIBE person:李群")
    assert "kgo:speaksAt" in page.inner_text("pre")


def test_a_bad_query_shows_its_place(page: Page) -> None:
    ask(page, "SELECT ?p { ?p kgo:attends }")
    assert "query:1:28" in page.inner_text("#status.error")


@pytest.mark.parametrize("page", [hostile], indirect=True)
def test_hostile_names_are_text(page: Page) -> None:
    ask(page, "SELECT ?n { ?x rdfs:label ?n }")
    assert any("<script>" in text for text in page.locator("tbody td").all_inner_texts())
    assert page.locator("td script").count() == 0
