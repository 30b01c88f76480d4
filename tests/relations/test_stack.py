"""The weighing of both proposers: what it knows of a possible fact, whom it believes, its file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from kg.errors import SeedError
from kg.model import Relation
from kg.relations.cases import Cases, make_cases
from kg.relations.patterns import PatternFinder
from kg.relations.scorer import RelationScorer
from kg.relations.stack import RelationStack, StackModel, write_stack
from kg.relations.trees import Forest
from kg.resources import resource
from tests.examples import read_example
from tests.relations.conftest import told

TEXT = "[云栖大会|Forum]由[木棉科技|Organization]主办，[北岭研究院|Organization]到场。"
HOSTED, GUEST = ("云栖大会", "organizer", "木棉科技"), ("云栖大会", "organizer", "北岭研究院")
PREDICATES = ("attends", "organizer")
SCORED, RULE, REFUSED, RIVAL_SCORED = 0, 1, 2, 11


def model(leaf: float) -> StackModel:
    """Trees that give every fact the same log-odds."""
    forest = Forest(
        start=0.0, feature=np.zeros((1, 1), np.uint16), threshold=np.zeros((1, 1), np.float32),
        leaf=np.full((1, 2), leaf, np.float32),
    )  # fmt: skip
    return StackModel(predicates=PREDICATES, forest=forest)


@pytest.fixture
def hosted(shipped: PatternFinder) -> Relation:
    (relation, *_) = [r for r in shipped.find(read_example(TEXT))[0] if told(r) == " ".join(HOSTED)]
    return replace(relation, confidence=0.9)


def cases_of(hosted: Relation, scored: dict[tuple[str, str, str], float]) -> Cases:
    return make_cases(read_example(TEXT), [hosted], [], scored, PREDICATES)


def test_a_fact_is_described_by_what_either_proposer_says(hosted: Relation) -> None:
    cases = cases_of(hosted, {GUEST: 0.5})
    rows = dict(zip(cases.keys, cases.features.tolist(), strict=True))
    assert rows[HOSTED][RULE] == pytest.approx(np.log(9)) and rows[HOSTED][SCORED] < -5
    assert rows[GUEST][SCORED] == pytest.approx(0.0) and rows[GUEST][RULE] < -5
    assert rows[GUEST][-2:] == [0.0, 1.0], "the predicate, one column each"


def test_rivals_count_without_the_fact_itself(hosted: Relation) -> None:
    cases = cases_of(hosted, {HOSTED: 0.8, GUEST: 0.3})
    rows = dict(zip(cases.keys, cases.features.tolist(), strict=True))
    assert rows[HOSTED][RIVAL_SCORED] == pytest.approx(0.3)
    assert rows[GUEST][RIVAL_SCORED] == pytest.approx(0.8)


def test_how_far_apart_the_ends_are_named_is_told(hosted: Relation) -> None:
    reading = read_example(TEXT + "[南山社|Organization]没有来。")
    rows = make_cases(reading, [hosted], [], {("云栖大会", "attends", "南山社"): 0.5}, PREDICATES)
    assert dict(zip(rows.keys, rows.features[:, -4:-2].tolist(), strict=True)) == {
        HOSTED: [2.0, 0.0],
        ("云栖大会", "attends", "南山社"): [2.0, 1.0],
    }


def test_a_document_without_facts_has_no_rows() -> None:
    cases = make_cases(read_example("今天下雨。"), [], [], {}, PREDICATES)
    assert cases.keys == () and len(cases.features) == 0


@pytest.mark.parametrize(("leaf", "kept"), [(3.0, True), (-3.0, False)])
def test_the_trees_decide(shipped: PatternFinder, leaf: float, kept: bool) -> None:
    stack = RelationStack(patterns=shipped, scorer=RelationScorer.load(), model=model(leaf))
    facts, _ = stack.find_many([read_example(TEXT)])[0]
    assert (" ".join(HOSTED) in {told(f) for f in facts}) is kept
    assert all(f.confidence == pytest.approx(1 / (1 + np.exp(-leaf)), abs=1e-3) for f in facts)


@pytest.mark.parametrize(
    "signed",
    [
        "[新华社|Organization]北京电（记者[罗玉|Person]）[周一苇|Person]在[云栖大会|Forum]上致辞。",
        "[新华社|Organization]记者[罗玉|Person]在[云栖大会|Forum]看到许多人。[周一苇|Person]在[云栖大会|Forum]上致辞。",
    ],
)
def test_who_wrote_the_report_is_no_guest(shipped: PatternFinder, signed: str) -> None:
    stack = RelationStack(patterns=shipped, scorer=RelationScorer.load(), model=model(3.0))
    facts, _ = stack.find_many([read_example(signed)])[0]
    guests = {f.subject.name for f in facts if f.predicate in ("attends", "speaksAt")}
    assert guests == {"周一苇"}


def test_what_a_users_rule_reads_is_kept(shipped: PatternFinder, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        "[[rule]]\nid = 'own'\npattern = '{o:Organization}到场'\nfacts = ['o attends @forum']\nexample = '-'\n", "utf-8"
    )
    stack = RelationStack(patterns=PatternFinder.load((own,)), scorer=RelationScorer.load(), model=model(-3.0))
    facts, _ = stack.find_many([read_example(TEXT)])[0]
    assert {told(f) for f in facts} == {"北岭研究院 attends 云栖大会"}


def test_a_text_gives_a_forum_one_theme(shipped: PatternFinder, tmp_path: Path) -> None:
    text = "[云栖大会|Forum]开幕，主题是“智联世界”。[云栖大会|Forum]去年的主题是“飞天”。"
    stack = RelationStack(patterns=shipped, scorer=RelationScorer.load(), model=model(3.0))
    (theme,) = {told(f) for f in stack.find_many([read_example(text)])[0][0] if f.predicate == "theme"}
    assert theme == "云栖大会 theme 智联世界"
    own = tmp_path / "own.toml"
    own.write_text(
        "[[rule]]\nid = 'own'\npattern = '去年的主题是“{t:quote}”'\nfacts = ['@forum theme t']\nexample = '-'\n",
        "utf-8",
    )
    stack = replace(stack, patterns=PatternFinder.load((own,)))
    assert "云栖大会 theme 飞天" in {told(f) for f in stack.find_many([read_example(text)])[0][0]}


def test_a_model_is_read_as_it_was_written(shipped: PatternFinder, tmp_path: Path) -> None:
    for name in ("relations.npz",):
        (tmp_path / name).write_bytes((resource("seeds/models") / name).read_bytes())
    write_stack(model(1.5), tmp_path / "stack.npz")
    read = RelationStack.load(shipped, tmp_path).model
    assert read.predicates == PREDICATES
    assert read.forest.leaf.tolist() == [[1.5, 1.5]]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"{}"])
def test_what_is_no_model_is_told(shipped: PatternFinder, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "relations.npz").write_bytes((resource("seeds/models") / "relations.npz").read_bytes())
    (tmp_path / "stack.npz").write_bytes(content)
    with pytest.raises(SeedError, match="kg train"):
        RelationStack.load(shipped, tmp_path)
