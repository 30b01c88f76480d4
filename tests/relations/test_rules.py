"""The rules of seeds/patterns: each fires on its example, and a wrong one is told where it stands."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from kg.errors import InputError, SeedError
from kg.model import Relation
from kg.relations.patterns import PatternFinder
from kg.relations.rules import FOCUS, PSEUDO_PREDICATES, Rule, load_rules
from kg.resources import resource
from kg.schema import load_schema
from tests.examples import read_example
from tests.relations.conftest import told

GROUPS = {"host": frozenset({"主办", "承办"})}
PREDICATES = frozenset({"organizer", "worksFor", "startDate"})
CLASSES = frozenset({"Conference", "SubForum"})
GOOD = """
[[rule]]
id = "hosts"
pattern = "{f:Forum}由{o:Organization}@host"
facts = ["f organizer o"]
example = "[云栖大会|Forum]由[木棉科技|Organization]主办"
expect = ["云栖大会 organizer 木棉科技"]
"""


@cache
def finder() -> PatternFinder:
    return PatternFinder.load()


def alone(rule: Rule) -> tuple[Relation, ...]:
    """What one rule finds in its own example, every other rule left out."""
    return replace(finder(), rules=(rule,)).find(read_example(rule.example))[0]


def load(tmp_path: Path, text: str) -> tuple[Rule, ...]:
    path = tmp_path / "own.toml"
    path.write_text(text, encoding="utf-8")
    return load_rules([path], GROUPS, PREDICATES, CLASSES)[0]


def wrong(tmp_path: Path, old: str, new: str) -> str:
    """The message about the good rule with one part of it changed."""
    assert old in GOOD
    with pytest.raises(SeedError) as caught:
        load(tmp_path, GOOD.replace(old, new))
    return str(caught.value)


SHIPPED = PatternFinder.load().rules


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.id)
def test_rule_finds_in_its_example_what_it_promises(rule: Rule) -> None:
    assert set(rule.expect) <= {told(r) for r in alone(rule)}


@pytest.mark.parametrize("rule", [r for r in SHIPPED if r.expect], ids=lambda rule: rule.id)
def test_rule_finds_in_its_example_nothing_else(rule: Rule) -> None:
    assert {told(r) for r in alone(rule)} == set(rule.expect)


@pytest.mark.parametrize("rule", [r for r in SHIPPED if not r.expect], ids=lambda rule: rule.id)
def test_rule_without_a_promise_matches_its_example(rule: Rule) -> None:
    from kg.relations.encoding import encode_sentences
    from kg.relations.matcher import RuleSet, match_rules

    reading = read_example(rule.example)
    titles = finder().titles.find(reading.document.text)
    every = {m.type: m for m in reading.mentions}
    claims = [
        claim
        for encodings in encode_sentences(reading, tuple(titles))
        for encoded in encodings
        for claim in match_rules(encoded, RuleSet([rule]), lambda kind, *_: every.get(kind))
    ]
    assert claims


@pytest.mark.parametrize("rule", SHIPPED, ids=lambda rule: rule.id)
def test_rule_joins_types_that_the_ontology_allows(rule: Rule) -> None:
    schema = load_schema()
    for relation in alone(rule):
        assert relation.predicate in schema.properties


def test_a_rule_without_a_promise_tells_of_days_alone() -> None:
    assert all("days" in fact.predicate for r in SHIPPED if not r.expect for fact in r.facts)


def test_rules_have_ids_of_their_own() -> None:
    assert len({r.id for r in SHIPPED}) == len(SHIPPED)


def test_precision_is_kept_for_shipped_rules_alone() -> None:
    path = resource("seeds/patterns") / "precision.json"
    assert set(json.loads(path.read_text("utf-8"))) <= {r.id for r in SHIPPED}


def test_a_good_rule_loads(tmp_path: Path) -> None:
    rule = load(tmp_path, GOOD)[0]
    assert (rule.id, rule.facts[0].predicate, rule.place.rpartition("/")[2]) == ("hosts", "organizer", "own.toml:2")


def test_a_pattern_that_does_not_parse_is_told_with_file_line_and_rule(tmp_path: Path) -> None:
    assert "own.toml:2: hosts: '(' is never closed" in wrong(tmp_path, "由{o", "(由{o")


@pytest.mark.parametrize("nothing", ["", "[]", "(||)", "!(的)", "…", "~", "[由]", "^", "^………$"])
def test_a_pattern_that_matches_where_nothing_stands_is_told(tmp_path: Path, nothing: str) -> None:
    text = GOOD.replace("{f:Forum}由{o:Organization}@host", nothing)
    text = text.replace("f organizer o", "@forum organizer @person")
    with pytest.raises(SeedError, match=r"own\.toml:2: hosts: the pattern matches where nothing stands; give"):
        load(tmp_path, text)


def test_a_pattern_that_no_rule_writer_means_is_told(tmp_path: Path) -> None:
    assert "brackets are nested more than 40 deep" in wrong(tmp_path, "由{o", "(" * 3000 + "由" + ")" * 3000 + "{o")
    assert "own.toml:2: hosts: " in wrong(tmp_path, "由{o", f"…{'9' * 5000}由{{o")


def test_an_unknown_type_is_told_with_the_known_ones(tmp_path: Path) -> None:
    message = wrong(tmp_path, "{f:Forum}", "{f:Meeting}")
    assert "unknown type 'Meeting'; known: Person, Organization, Forum" in message


def test_an_unknown_word_group_is_told_with_the_known_ones(tmp_path: Path) -> None:
    assert "unknown word group @hosted; known: host" in wrong(tmp_path, "@host", "@hosted")


def test_an_unknown_word_group_that_a_text_must_begin_with_is_told(tmp_path: Path) -> None:
    message = wrong(tmp_path, "example =", 'where = { o = "@hosted" }\nexample =')
    assert "unknown word group @hosted; known: host" in message


def test_an_unknown_class_is_told_with_the_known_ones(tmp_path: Path) -> None:
    message = wrong(tmp_path, "example =", 'where = { f = "Subforum" }\nexample =')
    assert "unknown class 'Subforum'; known: Conference, SubForum" in message


def test_an_unknown_predicate_is_told_with_the_known_ones(tmp_path: Path) -> None:
    assert "unknown predicate 'hostedBy'; known: " in wrong(tmp_path, "f organizer o", "f hostedBy o")


def test_an_unknown_variable_is_told_with_those_of_the_pattern(tmp_path: Path) -> None:
    assert "names 'x'; variables here: f, o, @forum" in wrong(tmp_path, "f organizer o", "f organizer x")


def test_a_fact_of_two_words_is_told(tmp_path: Path) -> None:
    assert "is not 'subject predicate object'" in wrong(tmp_path, "f organizer o", "f organizer")


def test_a_rule_without_example_is_told(tmp_path: Path) -> None:
    assert "the rule lacks example; add it" in wrong(tmp_path, "example", "# example")


def test_an_unknown_key_is_told_with_the_known_ones(tmp_path: Path) -> None:
    assert "unknown key 'facto'" in wrong(tmp_path, "facts =", "facto =")


def test_an_unknown_reason_is_told_with_the_known_ones(tmp_path: Path) -> None:
    assert "unknown reason 'plan'; known: negated" in wrong(tmp_path, 'id = "hosts"', 'id = "hosts"\nallow = ["plan"]')


def test_a_role_that_is_no_variable_is_told(tmp_path: Path) -> None:
    assert "role names 'post'; variables here: f, o" in wrong(tmp_path, 'id = "hosts"', 'id = "hosts"\nrole = "post"')


def test_broken_toml_is_told_with_its_file(tmp_path: Path) -> None:
    assert "own.toml: " in wrong(tmp_path, 'id = "hosts"', "id = hosts")


@pytest.mark.parametrize("value", ["[" * 3000, "9" * 5000], ids=["deep", "long"])
def test_toml_that_python_can_not_read_is_told_with_its_file(tmp_path: Path, value: str) -> None:
    assert "own.toml: " in wrong(tmp_path, 'id = "hosts"', f"id = {value}")


def test_an_unknown_table_is_told(tmp_path: Path) -> None:
    assert "unknown table 'rules'; known: words, rule" in wrong(tmp_path, "[[rule]]", "[[rules]]")


def test_a_rule_id_that_stands_twice_is_told_with_both_places(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"own\.toml:9: rule id 'hosts' stands already at .*own\.toml:2; choose"):
        load(tmp_path, GOOD + GOOD)


def test_a_missing_pattern_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no\.toml: can't be read"):
        load_rules([tmp_path / "no.toml"], GROUPS, PREDICATES, CLASSES)


def test_focus_and_pseudo_predicates_are_documented() -> None:
    readme = resource("README.md").read_text("utf-8")
    assert all(f"`{name}`" in readme for name in (*FOCUS, *PSEUDO_PREDICATES))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[rule]]", "[rule]", "each rule begins with a line"),
        ('pattern = "{f:Forum}由{o:Organization}@host"', "pattern = 3", "pattern is not text"),
        ('facts = ["f organizer o"]', 'facts = "f organizer o"', "facts is not a list of texts"),
        ('facts = ["f organizer o"]', 'facts = ["f dates o"]', "needs a Date, Range or Duration"),
        ("[[rule]]", '[words]\nhost = ["主办"]\n[[rule]]', "own.toml: \\[words\\] holds"),
    ],
)
def test_a_value_of_the_wrong_kind_is_told(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert re.search(message, wrong(tmp_path, old, new))
