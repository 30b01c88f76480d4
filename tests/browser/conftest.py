"""One Chromium for all tests; each test gets a fresh profile and a watch on everything the page does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.model import Knowledge
from kg.render import render_page
from kg.schema import load_schema

pytest.importorskip("playwright.sync_api", reason="playwright is not installed")

from playwright.sync_api import Browser

from tests.browser.chromium import CHROMIUM, Watched, chromium

Opener = Callable[..., Watched]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    with chromium() as running:
        yield running


@pytest.fixture
def open_graph(browser: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Draws a graph and opens it; afterwards the page must have asked for nothing and complained of nothing."""
    contexts, opened = [], []

    def opener(graph: Knowledge | str, *, fragment: str = "", title: str | None = None, **context: Any) -> Watched:
        file = tmp_path / f"graph-{len(opened)}.html"
        html = graph if isinstance(graph, str) else render_page(graph, load_schema(), title=title)
        file.write_text(html, encoding="utf-8", newline="")
        given = {"locale": "zh-CN", "viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce", **context}
        contexts.append(browser.new_context(**given))
        watched = Watched(contexts[-1].new_page())
        opened.append(watched)
        watched.open(file, fragment)
        return watched

    yield opener
    requests = [
        url for watched in opened for url in watched.requests if not url.startswith(("file:", "blob:", "about:"))
    ]
    errors = [error for watched in opened for error in watched.errors]
    for context in contexts:
        context.close()
    assert requests == []
    assert errors == []
