"""The proposer over one document: facts kept once, durations worked out, confidence measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import median

import pytest

from kg.errors import SeedError
from kg.relations import precision
from kg.relations.patterns import PatternFinder
from kg.relations.precision import load_precision, smoothed
from tests.examples import read_example
from tests.relations.conftest import Find, told

Make = Callable[..., Find]


def test_a_claim_of_one_sentence_is_told_once(with_rule: Make) -> None:
    found = with_rule("{who:Person}……出席{f:Forum}", "who attends f")
    assert len(found("[马云|Person]（左）出席[云栖大会|Forum]")[0]) == 1


@pytest.mark.parametrize(("way", "expected"), [("主办方的邀请函", 1), ("邀请函", 0)])
def test_a_rule_may_ask_what_a_text_begins_with(with_rule: Make, way: str, expected: int) -> None:
    found = with_rule("{who:Person}带{way:text}出席{f:Forum}", "who attends f", **{"where.way": "@host"})
    assert len(found(f"[马云|Person]带{way}出席[云栖大会|Forum]")[0]) == expected


def test_a_claim_of_two_sentences_is_kept_with_both(with_rule: Make) -> None:
    found = with_rule("{who:Person}出席{f:Forum}", "who attends f")
    facts, _ = found("[马云|Person]出席[云栖大会|Forum]。[马云|Person]出席[云栖大会|Forum]。")
    assert len({r.evidence.span for r in facts}) == 2


def test_a_duration_gives_no_day_before_all_calendars(shipped: PatternFinder) -> None:
    facts, _ = shipped.find(read_example("[云栖大会|Forum]于{1月2日|0001-01-02}闭幕，为期{三天|3}。"))
    assert [f.object.text for f in facts if f.predicate.endswith("Date")] == ["0001-01-02"]


def test_a_duration_gives_the_last_day(shipped: PatternFinder) -> None:
    facts, _ = shipped.find(read_example("[云栖大会|Forum]{12月3日|2017-12-03}开幕，为期{三天|3}。"))
    assert "云栖大会 endDate 2017-12-05" in {told(r) for r in facts}


def test_a_duration_gives_the_first_day_where_only_the_last_one_is_told(shipped: PatternFinder) -> None:
    facts, _ = shipped.find(read_example("[云栖大会|Forum]{12月5日|2017-12-05}闭幕，历时{三天|3}。"))
    dates = {told(r) for r in facts if r.predicate in ("startDate", "endDate")}
    assert dates == {"云栖大会 startDate 2017-12-03", "云栖大会 endDate 2017-12-05"}


def test_a_duration_without_first_day_gives_nothing(shipped: PatternFinder) -> None:
    facts, _ = shipped.find(read_example("[云栖大会|Forum]为期{三天|3}。"))
    assert not [r for r in facts if r.predicate == "endDate"]


def test_confidence_is_the_rules_measured_precision(with_rule: Make, shipped: PatternFinder) -> None:
    rule = next(r for r in shipped.rules if r.id in shipped.precision and r.expect)
    (first, *_), _ = replace(shipped, rules=(rule,)).find(read_example(rule.example))
    assert first.confidence == shipped.precision[rule.id]


def test_a_rule_that_was_never_measured_counts_as_the_middling_one(with_rule: Make, shipped: PatternFinder) -> None:
    (relation,), _ = with_rule("{who:Person}出席{f:Forum}", "who attends f")("[马云|Person]出席[云栖大会|Forum]")
    assert relation.confidence == median(shipped.precision.values())


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("[云栖大会|Forum]下月来。[外交部吹风会|Forum]说，{9家|9家}参加。", "云栖大会 participantCount 9家"),
        ("[云栖大会闭幕新闻发布会|Forum]上说，{9家|9家}参加。", "云栖大会 participantCount 9家"),
        ("[云栖大会|Forum]下月来。[外交部吹风会|Forum]上，[马云|Person]致辞。", "马云 speaksAt 外交部吹风会"),
    ],
)
def test_a_press_conference_tells_of_its_event(shipped: PatternFinder, text: str, fact: str) -> None:
    (relation,) = [r for r in shipped.find(read_example(text))[0] if told(r) == fact]
    assert relation.subject.text == relation.subject.name, "the press conference is no other name of the event"


def test_rules_below_the_least_precision_are_left_out(shipped: PatternFinder, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        "[[rule]]\nid = 'own'\npattern = '{who:Person}站台{f:Forum}'\nfacts = ['who attends f']\nexample = '-'\n",
        encoding="utf-8",
    )
    kept = {rule.id for rule in PatternFinder.load((own,), least=0.7).rules}
    assert kept == {r.id for r in shipped.rules if shipped.precision.get(r.id, 1.0) >= 0.7} | {"own"}
    assert len(kept) < len(shipped.rules)


def test_a_users_rules_stand_beside_the_shipped_ones(tmp_path: Path, shipped: PatternFinder) -> None:
    path = tmp_path / "own.toml"
    path.write_text(
        "[[rule]]\nid = 'own'\npattern = '{who:Person}站台{f:Forum}'\nfacts = ['who attends f']\nexample = '-'\n",
        encoding="utf-8",
    )
    finder = PatternFinder.load((path,))
    assert len(finder.rules) == len(shipped.rules) + 1
    assert "马云 attends 云栖大会" in {
        told(r) for r in finder.find(read_example("[马云|Person]站台[云栖大会|Forum]"))[0]
    }


def test_precision_of_few_cases_is_drawn_to_one_half() -> None:
    assert (smoothed(0, 0), smoothed(1, 0), smoothed(98, 0)) == (0.5, 0.667, 0.99)


def test_a_damaged_precision_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / precision.FILE).write_text('{"own": {"right": 1}}', "utf-8")
    monkeypatch.setattr(precision, "resource", lambda _: tmp_path)
    with pytest.raises(SeedError, match=r"precision\.json: KeyError\('wrong'\); write it anew with 'make precision'"):
        load_precision.__wrapped__()


@pytest.mark.parametrize("then", ["，向董事长汇报", "，同时宣布董事长退休", ""])
def test_a_role_ends_with_its_clause(shipped: PatternFinder, then: str) -> None:
    facts, _ = shipped.find(read_example(f"[木棉科技|Organization]任命[李国强|Person]为首席技术官{then}。"))
    assert [dict(f.qualifiers) for f in facts] == [{"role": "首席技术官"}]


def test_a_role_is_no_sentence(shipped: PatternFinder) -> None:
    facts, _ = shipped.find(read_example("[木棉基金会|Organization]理事长为企业家[何孟达|Person]。"))
    assert {dict(f.qualifiers).get("role") for f in facts} == {"理事长"}


@pytest.mark.parametrize("of", ["直属于", "隶属于", "附属于"])
def test_whom_a_company_belongs_to_is_no_part_of_it(shipped: PatternFinder, of: str) -> None:
    facts, _ = shipped.find(read_example(f"[木棉机械|Organization]{of}[北岭集团|Organization]。"))
    assert {told(f) for f in facts} == {"木棉机械 subsidiaryOf 北岭集团"}
