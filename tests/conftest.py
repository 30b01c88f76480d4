"""What tests of several rooms share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def seeds_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The graph.ttl of the seed news, built once a session."""
    from kg.documents import read_documents
    from kg.pipeline import build_knowledge
    from kg.rdf import write_turtle

    path = tmp_path_factory.mktemp("seeds") / "graph.ttl"
    result = build_knowledge(read_documents([str(ROOT / "seeds" / "corpus")]))
    path.write_text(write_turtle(result.knowledge), "utf-8")
    return path


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """In CI nothing is missing: a test that skips for want of a browser, Java or a package fails."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    wanted = ("installed", "Chromium", "Java")
    if os.environ.get("CI") and report.skipped and any(word in str(report.longrepr) for word in wanted):
        report.outcome, report.longrepr = "failed", f"skipped in CI: {report.longrepr}"
