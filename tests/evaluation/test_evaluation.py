from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from rdflib import Graph

from kg.errors import InputError
from kg.evaluation import (
    Gold,
    Report,
    combine,
    evaluate,
    format_files,
    format_report,
    read_gold,
    report_json,
    rule_precision,
)
from kg.evaluation.gold import fold, fold_value, is_short_form
from kg.evaluation.intervals import f1_interval
from kg.evaluation.table import table, width
from kg.model import Entity, Knowledge, Statement, Value
from kg.rdf import read_turtle, write_turtle
from kg.schema import load_schema
from tests.factories import entity, evidence, knowledge, statement
from tests.gold import score

GOLD = Path(__file__).parent.parent / "gold"
ROWS = [
    {
        "id": "a",
        "text": "甲公司在首届数字大会上发布云图，张三出席。",
        "entities": [
            {"name": "甲科技有限公司", "type": "Organization", "forms": ["甲公司", "该公司"]},
            {"name": "首届数字大会", "type": "Forum", "forms": ["首届数字大会", "大会"]},
            {"name": "云图", "type": "Product", "forms": ["云图"]},
        ],
        "optional_entities": [{"name": "张三", "type": "Person", "forms": ["张三"]}],
        "relations": [
            ["甲科技有限公司", "releases", "云图"],
            ["云图", "presentedAt", "首届数字大会"],
            ["首届数字大会", "theme", "数字，未来"],
        ],
        "optional_relations": [["甲科技有限公司", "attends", "首届数字大会"]],
    },
    {
        "id": "b",
        "text": "李四在首届数字大会致辞。",
        "entities": [
            {"name": "李四", "type": "Person", "forms": ["李四"]},
            {"name": "首届数字大会", "type": "Forum", "forms": ["首届数字大会"]},
        ],
        "relations": [["李四", "speaksAt", "首届数字大会"]],
    },
]
COMPANY, FORUM = entity("甲公司", "Organization"), entity("首届数字大会", "Forum")
PRODUCT, SPEAKER = entity("云图", "Product"), entity("李四", "Person")
RELEASE = statement(COMPANY.id, "releases", PRODUCT.id, evidence=(evidence(doc_id="a", rule="发布"),))


@pytest.fixture
def gold(tmp_path: Path) -> Gold:
    return write_gold(tmp_path, ROWS)


def write_gold(folder: Path, rows: list[dict[str, object]]) -> Gold:
    path = folder / "texts.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    return read_gold(path)


def report_of(gold: Gold, *statements: Statement, entities: tuple[Entity, ...] = ()) -> Report:
    return evaluate(knowledge(entities or (COMPANY, FORUM, PRODUCT, SPEAKER), statements), gold, load_schema())


def kinds(report: Report) -> dict[str, str]:
    return {mistake.kind: mistake.text for mistake in report.mistakes}


def test_a_right_fact_counts_for_both(gold: Gold) -> None:
    relations = report_of(gold, RELEASE).relations
    assert (relations.right, relations.wrong, relations.found, relations.wanted) == (1, 0, 1, 4)


def test_a_literal_is_compared_without_punctuation(gold: Gold) -> None:
    assert report_of(gold, statement(FORUM.id, "theme", Value("text", "“数字 未来”"))).relations.right == 1


def test_attends_is_right_where_speaks_at_is_wanted_but_does_not_find_it(gold: Gold) -> None:
    relations = report_of(gold, statement(SPEAKER.id, "attends", FORUM.id)).relations
    assert (relations.right, relations.found) == (1, 0)


def test_a_broader_fact_beside_a_narrower_one_is_not_counted(gold: Gold) -> None:
    both = statement(SPEAKER.id, "attends", FORUM.id), statement(SPEAKER.id, "speaksAt", FORUM.id)
    assert report_of(gold, *both).relations.right == 1


def test_an_optional_fact_counts_neither_way(gold: Gold) -> None:
    relations = report_of(gold, statement(COMPANY.id, "attends", FORUM.id)).relations
    assert (relations.right, relations.wrong) == (0, 0)


def test_a_fact_with_an_optional_end_counts_neither_way(gold: Gold) -> None:
    person = entity("张三", "Person")
    report = report_of(gold, statement(person.id, "attends", FORUM.id), entities=(person, FORUM))
    assert (report.relations.wrong, report.entities.wrong) == (0, 0)


def test_a_subclass_matches_its_type(gold: Gold) -> None:
    company = entity("甲公司", "Organization", cls="Company")
    assert report_of(gold, entities=(company,)).entities.right == 1


def test_an_alias_matches_but_a_short_form_does_not(gold: Gold) -> None:
    found = entity("甲科技", "Organization", aliases=("甲公司",))
    lost = entity("乙科技", "Organization", aliases=("该公司",))
    assert report_of(gold, entities=(found, lost)).entities.right == 1


def test_an_unknown_place_is_not_counted(gold: Gold) -> None:
    assert report_of(gold, entities=(entity("浙江", "Place"),)).entities.wrong == 0


def test_an_empty_graph_has_no_figures(gold: Gold) -> None:
    report = evaluate(Knowledge(entities=(), statements=()), gold, load_schema())
    assert (report.relations.f1, report.entities.f1) == (0, 0)


@pytest.mark.parametrize(
    ("label", "type", "kind"),
    [
        ("甲科技有限公司董事会", "Organization", "boundary"),
        ("首届数字大会", "Organization", "wrong type"),
        ("丙公司", "Organization", "extra mention"),
    ],
)
def test_a_wrong_thing_is_told_by_what_is_wrong(gold: Gold, label: str, type: str, kind: str) -> None:
    assert label in kinds(report_of(gold, entities=(entity(label, type),)))[kind]


def test_a_thing_in_pieces_is_told(gold: Gold) -> None:
    pieces = (entity("甲公司", "Organization"), entity("甲科技有限公司", "Organization"))
    assert kinds(report_of(gold, entities=pieces))["split thing"] == "甲公司 | 甲科技有限公司"


@pytest.mark.parametrize(
    ("fact", "kind"),
    [
        ((PRODUCT.id, "presentedAt", COMPANY.id), "wrong relation"),
        ((COMPANY.id, "develops", PRODUCT.id), "wrong relation, wrong predicate"),
        ((PRODUCT.id, "releases", COMPANY.id), "wrong relation, wrong way round"),
        ((FORUM.id, "theme", Value("text", "过去")), "wrong relation, wrong value"),
        ((COMPANY.id, "releases", FORUM.id), "wrong relation, wrong end"),
        (("organization/丙公司", "releases", PRODUCT.id), "wrong relation, bad mention"),
    ],
)
def test_a_wrong_fact_is_told_by_what_is_wrong(gold: Gold, fact: tuple[str, str, str | Value], kind: str) -> None:
    if fact[1] == "presentedAt":
        gold = Gold(**{f: getattr(gold, f) for f in gold.__slots__} | {"relations": {}})
    assert kind in kinds(report_of(gold, statement(*fact)))


def test_a_missed_fact_tells_whether_its_ends_were_found(gold: Gold) -> None:
    assert kinds(report_of(gold, entities=(COMPANY, PRODUCT)))["missed relation"] == "甲科技有限公司 | releases | 云图"
    assert "missed relation, end missed" in kinds(report_of(gold, entities=(COMPANY,)))


def test_each_rule_has_its_precision(gold: Gold) -> None:
    wrong = statement(COMPANY.id, "develops", PRODUCT.id, evidence=(evidence(doc_id="a", rule="发布"),))
    assert rule_precision(report_of(gold, RELEASE, wrong)) == {"发布": {"right": 1, "wrong": 1}}


def test_reports_add_up(gold: Gold) -> None:
    report = combine([report_of(gold, RELEASE), report_of(gold, RELEASE)])
    assert (report.relations.right, report.relations.wanted, dict(report.by_predicate)["releases"].found) == (2, 8, 2)


def test_an_interval_holds_the_figure_and_never_changes(gold: Gold) -> None:
    report = report_of(gold, RELEASE)
    low, high = report.relation_interval
    assert low <= report.relations.f1 <= high
    assert report.relation_interval == report_of(gold, RELEASE).relation_interval


def test_documents_alike_leave_no_doubt() -> None:
    assert f1_interval([(3, 1, 3, 4)] * 9) == (0.75, 0.75)


def test_the_report_is_printed_with_its_mistakes(gold: Gold) -> None:
    text = format_report(report_of(gold, RELEASE), errors=2)
    assert "releases     1.000  1.000  1.000" in text
    assert "missed relation (3)" in text
    assert format_files([report_of(gold, RELEASE)]).splitlines()[1].startswith("texts")


def test_hostile_names_can_do_nothing_to_a_terminal(gold: Gold) -> None:
    hostile = "\x1b[31m甲\u202e\n"
    wrong = statement(COMPANY.id, "theme", Value("text", hostile), evidence=(evidence(doc_id=hostile, rule=hostile),))
    text = format_report(report_of(gold, wrong, entities=(entity(hostile, "Person"),)), errors=9)
    assert "甲" in text
    assert text.replace("\n", "").isprintable()


def test_the_report_as_json_is_the_same_every_time(gold: Gold) -> None:
    assert report_json(report_of(gold, RELEASE)) == report_json(report_of(gold, RELEASE))
    assert json.loads(report_json(report_of(gold, RELEASE)))["relations"]["right"] == 1


def test_columns_line_up_whatever_the_script() -> None:
    assert {width(line) for line in table([("论坛", "10"), ("forum", "7"), ("会", "123")]).splitlines()} == {10}


@pytest.mark.parametrize(
    ("text", "folded"), [("第四届“世界互联网大会·乌镇峰会”", "第四届世界互联网大会乌镇峰会"), ("ＯＬＥＤ Ⅱ", "oledii")]
)
def test_names_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_date_with_its_hour_is_the_day() -> None:
    assert fold_value("startDate", "2017-12-03T10:30:00+08:00") == "2017-12-03"


@pytest.mark.parametrize(
    ("text", "short"), [("本届峰会", True), ("该公司", True), ("大会", True), ("本", False), ("甲公司", False)]
)
def test_short_forms_name_nothing(text: str, short: bool) -> None:
    assert is_short_form(text) is short


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "not JSON"),
        pytest.param("[" * 100_000, "not JSON", id="deep"),
        ("[1]", "no annotated text; each line is an object with id"),
        ("{}", "id is null; it must be the text's id"),
        ('{"id": 5}', "id is 5; it must be"),
        ('{"id": "a", "entities": null}', "entities is null; it must be a list of objects"),
        ('{"id": "a", "entities": [{"name": 5}]}', "name in entities is 5; it must be a text"),
        ('{"id": "a", "entities": [{"name": "甲"}]}', 'type of "甲" in entities is null; known: Person, Org'),
        ('{"id": "a", "entities": [{"name": "甲", "type": []}]}', r'type of "甲" in entities is \[\]; known'),
        ('{"id": "a", "entities": [{"name": "甲", "type": "Person", "forms": null}]}', 'forms of "甲" .* is null'),
        ('{"id": "a", "entities": [{"name": "甲", "type": "Person", "forms": [1]}]}', 'forms of "甲" in entities is'),
        ('{"id": "a", "relations": null}', "relations is null; it must be a list of facts"),
        ('{"id": "a", "optional_relations": 3}', "optional_relations is 3; it must be a list of facts"),
        ('{"id": "a", "relations": [["甲", [], "乙"]]}', r'\["甲", \[\], "乙"\] in relations is no fact'),
        ('{"id": "a", "relations": [["甲", "attends", "乙"]]}', "甲 attends 乙 in relations: '甲' is no entity"),
    ],
)
def test_a_wrong_line_is_told(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(line, "utf-8")
    with pytest.raises(InputError, match=rf"^[^ ]*texts\.jsonl:1: {message}"):
        read_gold(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        read_gold(tmp_path / "none.jsonl")


@pytest.mark.parametrize("name", ["seeds", "dev-wic", "dev-tech", "dev-policy", "dev-company"])
def test_figures_equal_those_of_the_reference_scorer(name: str) -> None:
    gold_path = GOLD / f"{name}.jsonl"
    turtle = write_turtle(flawed_reading(gold_path))
    reference = reference_figures(turtle, gold_path)
    report = evaluate(read_turtle(turtle), read_gold(gold_path), load_schema())
    for kind, ours in (("entity", report.entities), ("relation", report.relations)):
        theirs = reference[kind]
        assert (ours.precision, ours.recall, ours.f1) == (theirs["precision"], theirs["recall"], theirs["f1"])
        assert 0 < ours.f1 < 1
    by_predicate = {
        p: {"right": s.right, "wrong": s.wrong, "found": s.found, "gold": s.wanted} for p, s in report.by_predicate
    }
    assert by_predicate == reference["by_predicate"]


def test_a_graph_read_back_has_the_figures_of_the_graph_written() -> None:
    graph, gold = flawed_reading(GOLD / "dev-wic.jsonl"), read_gold(GOLD / "dev-wic.jsonl")
    before, after = (evaluate(each, gold, load_schema()) for each in (graph, read_turtle(write_turtle(graph))))
    assert (before.entities, before.by_predicate) == (after.entities, after.by_predicate)


def reference_figures(turtle: str, gold_path: Path) -> dict[str, dict[str, float]]:
    graph, schema = Graph(), Graph()
    graph.parse(data=turtle, format="turtle")
    schema.parse(load_schema().path)
    return score.score(graph, schema + graph, score.Gold(gold_path))  # type: ignore[no-any-return]


def flawed_reading(path: Path, seed: int = 7) -> Knowledge:
    """What the annotations say, with things lost, split, renamed and mistyped, facts lost, turned and invented."""
    chance = random.Random(seed)
    entities: dict[str, Entity] = {}
    owners: dict[str, list[str]] = {}
    statements = []
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        for gold in (*row["entities"], *row.get("optional_entities", ())):
            if chance.random() < 0.15:
                continue
            type = chance.choice(("Person", "Product")) if chance.random() < 0.05 else gold["type"]
            label = chance.choice([gold["name"], *gold["forms"]]) + ("们" if chance.random() < 0.1 else "")
            id = f"{type.lower()}/{re.sub('[^0-9A-Za-z一-龥]', '-', label)}"
            made = entity(label, type, id=id, aliases=tuple(sorted({*gold["forms"]} - {label})))
            entities[made.id] = made
            owners.setdefault(gold["name"], []).append(made.id)
        for subject, predicate, end in (*row["relations"], *row.get("optional_relations", ())):
            if subject in owners and chance.random() < 0.8:
                statements += _flawed(owners, subject, predicate, end, chance)
    allowed = tuple(s for s in statements if isinstance(s.object, Value) or s.object in entities)
    return knowledge(tuple(entities.values()), tuple(dict.fromkeys(allowed)))


def _flawed(
    owners: dict[str, list[str]], subject: str, predicate: str, end: str, chance: random.Random
) -> list[Statement]:
    start = chance.choice(owners[subject])
    if predicate in score.LITERAL:
        kind = {"startDate": "date", "endDate": "date", "releaseDate": "date", "specification": "specification"}
        kind |= {"participantCount": "count"}
        name, _, value = end.partition("=")
        parts = (("name", name), ("value", value)) if predicate == "specification" else ()
        parts = (("number", "1"),) if predicate == "participantCount" else parts
        return [statement(start, predicate, Value(kind.get(predicate, "text"), end, parts))]  # type: ignore[arg-type]
    if end not in owners:
        return []
    stop = chance.choice(owners[end])
    if predicate == "cooperatesWith" or chance.random() < 0.1:
        start, stop = stop, start
    made = [statement(start, predicate, stop)]
    return [*made, statement(start, "attends", stop)] if predicate in ("speaksAt", "exhibitsAt") else made


CLOUD = {"name": "甲云公司", "type": "Organization", "forms": ["甲云公司", "甲云"]}
MERGED = entity("甲科技有限公司", "Organization", aliases=("甲公司", "甲云", "甲云公司"))


def test_names_of_two_entities_in_one_thing_are_a_false_merge(tmp_path: Path) -> None:
    rows = [ROWS[0], {"id": "c", "text": "甲云公司成立，甲云说。", "entities": [CLOUD]}]
    report = report_of(write_gold(tmp_path, rows), entities=(MERGED, FORUM, PRODUCT))
    names = report.names
    assert (names.mentions, names.entities, names.duplicates) == (5, 4, 0.0)
    assert names.bcubed[0] == pytest.approx((2 * 2 / 3 + 1 / 3 + 2) / 5)
    assert names.bcubed[1] == 1.0
    (mistake,) = [m for m in report.mistakes if m.kind == "false merge"]
    assert (mistake.text, mistake.document) == ("甲云公司 (Organization) | 甲科技有限公司 (Organization)", "a, c")
    text = format_report(report, errors=1)
    assert "0.00 duplicates per 100 entities, 1 false merges" in text
    assert json.loads(report_json(report))["names"]["false_merges"] == 1


def test_two_things_of_one_entity_are_a_duplicate(tmp_path: Path) -> None:
    gold = write_gold(tmp_path, [{"id": "c", "text": "甲云公司成立，甲云说。", "entities": [CLOUD]}])
    report = report_of(gold, entities=(entity("甲云公司", "Organization"), entity("甲云", "Organization")))
    assert (report.names.duplicates, report.names.pairwise[1]) == (100.0, 0.0)
    assert combine([report, report]).names.duplicates == 100.0


def test_a_name_that_several_things_have_is_that_of_which_its_document_tells_a_fact(tmp_path: Path) -> None:
    person = {"type": "Person", "forms": ["张三"]}
    rows = [
        {"id": "a", "text": "张三说。", "entities": [{"name": "张三（甲）", **person}]},
        {"id": "b", "text": "张三笑。", "entities": [{"name": "张三（乙）", **person}]},
    ]
    gold = write_gold(tmp_path, rows)
    one, other = entity("张三", "Person", id="person/张三-1"), entity("张三", "Person", id="person/张三-2")
    assert report_of(gold, entities=(one, other)).names.mentions == 0
    told = (
        statement(one.id, "worksFor", COMPANY.id, evidence=(evidence(doc_id="a"),)),
        statement(other.id, "worksFor", COMPANY.id, evidence=(evidence(doc_id="b"),)),
    )
    names = report_of(gold, *told, entities=(one, other, COMPANY)).names
    assert (names.mentions, names.duplicates, names.merged) == (2, 0.0, ())


def test_several_files_are_one_corpus(tmp_path: Path) -> None:
    paths = []
    for row in ROWS:
        paths.append(tmp_path / f"{row['id']}.jsonl")
        paths[-1].write_text(json.dumps(row, ensure_ascii=False), "utf-8")
    gold = read_gold(*paths)
    assert (gold.name, gold.documents) == ("gold", ("a", "b"))
    assert len([key for key in gold.entities if key[1] == "首届数字大会"]) == 1
