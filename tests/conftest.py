"""What tests of several rooms share."""

from __future__ import annotations

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
