"""Which pairs the scorer looks at."""

from __future__ import annotations

from kg.model import Reading, Value, ValueMention
from kg.relations.candidates import FIRST, LATEST, SECOND, Label, Pairs, find_pairs, labels_of
from kg.relations.columns import Columns, Vocabulary, make_columns
from kg.relations.phrases import PhraseWords
from kg.relations.units import UNIT_TYPES
from kg.schema import load_schema
from kg.sentences import split_sentences
from tests.factories import document, mention, span_of

PERSON, ORGANIZATION, FORUM, _, PLACE, DATE = range(6)
LABELS = {
    (PERSON, ORGANIZATION): (Label("worksFor", False),),
    (ORGANIZATION, FORUM): (Label("organizer", True),),
    (FORUM, DATE): (Label("startDate", False),),
}


def reading(text: str, *named: tuple[str, str], values: tuple[str, ...] = ()) -> Reading:
    doc = document(text=text)
    mentions = (mention(name, kind, at=text.index(name)) for name, kind in named)  # type: ignore[arg-type]
    dates = (
        ValueMention(doc_id=doc.id, span=span_of(v, text), text=v, value=Value("date", "2017-12-03")) for v in values
    )
    return Reading(
        document=doc, sentences=split_sentences(doc), mentions=tuple(sorted(mentions, key=lambda m: m.span)),
        values=tuple(dates),
    )  # fmt: skip


def candidates(*readings: Reading) -> tuple[Columns, Pairs]:
    columns = make_columns(readings, Vocabulary.make((), {}, PhraseWords(frozenset(), frozenset())))
    return columns, find_pairs(columns, LABELS)


def named(columns: Columns, pairs: Pairs) -> list[tuple[str, str, int]]:
    texts = [u.text for u in columns.units]
    rows = zip(pairs.first.tolist(), pairs.second.tolist(), pairs.source.tolist(), strict=True)
    return [(texts[a], texts[b], source) for a, b, source in rows]


def test_units_of_one_sentence_pair_where_a_label_joins_their_types():
    text = "张三是甲公司的员工，住在乌镇。"
    read = reading(text, ("张三", "Person"), ("甲公司", "Organization"), ("乌镇", "Place"))
    assert named(*candidates(read)) == [("张三", "甲公司", 0)]


def test_a_value_is_a_candidate_like_a_mention():
    read = reading("甲大会12月3日开幕。", ("甲大会", "Forum"), values=("12月3日",))
    assert named(*candidates(read)) == [("甲大会", "12月3日", 0)]


def test_a_value_inside_a_mention_is_none():
    read = reading("2017甲大会开幕。", ("2017甲大会", "Forum"), values=("2017",))
    assert named(*candidates(read)) == []


def test_an_earlier_thing_in_focus_pairs_with_the_units_of_a_later_sentence():
    read = reading("甲大会开幕。乙公司主办。", ("甲大会", "Forum"), ("乙公司", "Organization"))
    sources = {(a, b): why for a, b, why in named(*candidates(read))}
    assert sources["甲大会", "乙公司"] & (LATEST | FIRST) == LATEST | FIRST


def test_the_second_latest_thing_is_in_focus_too():
    read = reading(
        "甲大会开幕。乙大会闭幕。丙公司主办。", ("甲大会", "Forum"), ("乙大会", "Forum"), ("丙公司", "Organization")
    )
    sources = {a: why for a, b, why in named(*candidates(read)) if b == "丙公司"}
    assert sources["甲大会"] & SECOND
    assert sources["乙大会"] & LATEST


def test_what_the_sentence_names_itself_is_not_carried_into_it():
    text = "甲大会开幕。乙公司主办甲大会。"
    first = mention("甲大会", "Forum", at=0)
    again = mention("甲大会", "Forum", at=text.rindex("甲大会"))
    company = mention("乙公司", at=text.index("乙公司"))
    doc = document(text=text)
    read = Reading(document=doc, sentences=split_sentences(doc), mentions=(first, company, again))
    assert [a for a, b, _ in named(*candidates(read)) if b == "乙公司"] == []


def test_pairs_of_one_document_do_not_depend_on_another():
    one = reading("甲大会开幕。乙公司主办。", ("甲大会", "Forum"), ("乙公司", "Organization"))
    other = reading("丙大会开幕。丁公司主办。", ("丙大会", "Forum"), ("丁公司", "Organization"))
    assert named(*candidates(one, other)) == named(*candidates(one)) + named(*candidates(other))


def test_a_sentence_of_very_many_units_has_linearly_many_pairs():
    names = [f"甲{chr(0x4E00 + i)}公司" for i in range(600)]
    people = [f"张{chr(0x5E00 + i)}" for i in range(600)]
    text = "、".join(a + b for a, b in zip(names, people, strict=True))
    mentions, at = [], 0
    for company, person in zip(names, people, strict=True):
        mentions += [mention(company, at=at), mention(person, "Person", at=at + len(company))]
        at += len(company) + len(person) + 1
    doc = document(text=text)
    read = Reading(document=doc, sentences=split_sentences(doc), mentions=tuple(mentions))
    _, pairs = candidates(read)
    assert len(pairs) < 80 * len(mentions)


def test_no_units_no_pairs():
    assert named(*candidates(reading("今天天气很好。"))) == []


def test_labels_are_what_the_ontology_allows():
    labels = labels_of(load_schema())
    person, organization = UNIT_TYPES.index("Person"), UNIT_TYPES.index("Organization")
    assert Label("worksFor", False) in labels[person, organization]
    assert Label("acquires", True) in labels[organization, organization]
    assert Label("cooperatesWith", True) not in labels[organization, organization]
    assert Label("startDate", False) in labels[UNIT_TYPES.index("Forum"), UNIT_TYPES.index("date")]
