"""What the tests of relations share: the shipped rules, and finders with rules of a test's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import Rejected, Relation, Value
from kg.relations.patterns import PatternFinder
from kg.relations.rules import load_rules
from tests.examples import read_example

PREDICATES = frozenset({"attends", "organizer", "worksFor", "cooperatesWith", "startDate", "endDate", "topic", "theme"})
CLASSES = frozenset({"SubForum"})
GROUPS = {"host": frozenset({"主办"})}

Find = Callable[[str], tuple[tuple[Relation, ...], tuple[Rejected, ...]]]


def told(relation: Relation) -> str:
    """A fact as rules promise it: ``subject predicate object``."""
    end = relation.object
    return f"{relation.subject.name} {relation.predicate} {end.text if isinstance(end, Value) else end.name}"


@pytest.fixture(scope="session")
def shipped() -> PatternFinder:
    return PatternFinder.load()


@pytest.fixture
def with_rule(tmp_path: Path, shipped: PatternFinder) -> Callable[..., Find]:
    """Makes a finder of one rule, given by its pattern, its facts and perhaps more keys."""

    def make(pattern: str, *facts: str, **more: object) -> Find:
        rows = {"id": "own", "pattern": pattern, "facts": list(facts), "example": "-", **more}
        path = tmp_path / "own.toml"
        text = "".join(f"{k} = {v!r}\n" if isinstance(v, list) else f"{k} = '{v}'\n" for k, v in rows.items())
        path.write_text("[[rule]]\n" + text, encoding="utf-8")
        finder = replace(shipped, rules=load_rules([path], GROUPS, PREDICATES, CLASSES)[0])
        return lambda marked: finder.find(read_example(marked))

    return make
