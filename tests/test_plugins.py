"""Packages that join kg by the entry-point group ``kg.extractors``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from kg import plugins
from kg.errors import SeedError
from kg.mentions.candidates import Candidate
from kg.plugins import GROUP, load_plugins
from tests.factories import mention

EXAMPLE = Path(__file__).with_name("plugin_example")
SCRIPT = """
import json, kg
found = kg.extract("清华大学的新址是宋风茶楼。", tagger=False)
print(json.dumps([[m.text for m in found.mentions], [r.evidence.rule for r in found.relations]]))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder into which pip has installed the example package."""
    target = tmp_path_factory.mktemp("site")
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "--target", target, EXAMPLE], check=True)
    return target


def read(path: Path | None):
    """What another process reads, with ``path`` among its packages."""
    env = {**os.environ, "PYTHONPATH": str(path or "")}
    done = subprocess.run([sys.executable, "-c", SCRIPT], env=env, check=True, capture_output=True, text=True)
    return json.loads(done.stdout)


@pytest.fixture
def entries(monkeypatch):
    """Sets the entry points that are installed: names and what they name in this module."""

    def install(**values):
        found = [EntryPoint(name, value, GROUP) for name, value in values.items()]
        monkeypatch.setattr(plugins, "entry_points", lambda group: found)

    return install


class Finder:
    def find_mentions(self, view):
        yield Candidate(0, 2, "Place", "own", 0.2)
        yield Candidate(2, 4, "Place", "own")


class Nothing:
    pass


FINDER = Finder()
HERE = __name__


class TestInstalled:
    def test_finds_mentions_and_relations(self, installed):
        mentions, rules = read(installed)
        assert "宋风茶楼" in mentions
        assert "dynasties" in rules

    def test_without_it_nothing_changes(self):
        mentions, rules = read(None)
        assert "宋风茶楼" not in mentions
        assert "dynasties" not in rules

    def test_the_example_is_short(self):
        code = EXAMPLE.joinpath("kg_dynasties.py").read_text("utf-8").split("class ", 1)[1]
        assert len(code.splitlines()) <= 20


class TestLoading:
    def test_none_installed(self, entries):
        entries()
        stage = object()
        assert load_plugins().finders == ()
        assert load_plugins().with_relations(stage) is stage

    def test_order_is_by_name(self, entries, monkeypatch):
        monkeypatch.setitem(sys.modules, HERE, sys.modules[__name__])
        entries(b=f"{HERE}:FINDER", a=f"{HERE}:Finder")
        assert [name for name, _ in load_plugins().mentions] == ["a", "b"]

    def test_class_and_object_both_serve(self, entries, monkeypatch):
        monkeypatch.setitem(sys.modules, HERE, sys.modules[__name__])
        entries(a=f"{HERE}:Finder", b=f"{HERE}:FINDER")
        assert all(isinstance(plugin, Finder) for _, plugin in load_plugins().mentions)

    def test_missing_module_is_told(self, entries):
        entries(lost="kg_lost:Finder")
        with pytest.raises(SeedError, match=r"plug-in lost \(kg_lost:Finder\): can't be imported .*; mend"):
            load_plugins()

    def test_neither_method_is_told(self, entries, monkeypatch):
        monkeypatch.setitem(sys.modules, HERE, sys.modules[__name__])
        entries(empty=f"{HERE}:Nothing")
        with pytest.raises(SeedError, match="neither find_mentions nor find_relations"):
            load_plugins()


class TestWeighing:
    def test_scores_become_strong_and_weak_names(self):
        (finder,) = plugins.Plugins(mentions=(("own", FINDER),)).finders
        found = list(finder.find(view=None))
        assert [c.finder for c in found] == ["gazetteer:weak", "plugin:own", "gazetteer", "plugin:own"]

    def test_unknown_type_is_told(self):
        class Odd:
            def find_mentions(self, view):
                yield Candidate(0, 1, "Event", "own")

        (finder,) = plugins.Plugins(mentions=(("odd", Odd()),)).finders
        with pytest.raises(SeedError, match="plug-in odd: unknown type 'Event' of a mention; known: Person"):
            list(finder.find(view=None))

    def test_what_the_rules_read_stays_theirs(self):
        from kg.model import Relation
        from tests.factories import evidence

        def told(rule):
            one, other = mention("快手", at=0), mention("乌镇", "Place", at=2)
            return Relation(
                predicate="headquarteredIn", subject=one, object=other, evidence=evidence(rule=rule), confidence=0.5
            )

        class Rules:
            def find_many(self, readings):
                return [((told("rules"),), ()) for _ in readings]

        class Late:
            def find_relations(self, reading):
                yield told("late")

        ((relations, _),) = plugins._JoinedStage(Rules(), (("late", Late()),)).find_many([None])
        assert [r.evidence.rule for r in relations] == ["rules"]
