from __future__ import annotations

from pathlib import Path

import pytest

from kg.query import OpenGraph, open_graph
from tests.query.world import hostile, world, write_graph


@pytest.fixture(scope="session")
def world_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_graph(tmp_path_factory.mktemp("world"), world())


@pytest.fixture(scope="session")
def graph(world_path: Path) -> OpenGraph:
    return open_graph(world_path)


@pytest.fixture(scope="session")
def hostile_graph(tmp_path_factory: pytest.TempPathFactory) -> OpenGraph:
    return open_graph(write_graph(tmp_path_factory.mktemp("hostile"), hostile()))
