from __future__ import annotations

import itertools

from kg.model import Relation, Statement, Value
from kg.schema import load_schema
from kg.statements import HIGHEST, Claim, merge_claims
from tests.factories import evidence, mention

CLASSES = {
    "forum/甲": "Conference",
    "forum/乙": "Forum",
    "person/张": "Person",
    "organization/丙": "Company",
    "organization/丁": "Organization",
    "place/浙江": "Place",
    "place/乌镇": "Place",
    "place/桐乡": "Place",
    "forum-series/甲": "ForumSeries",
}


def claim(
    subject: str,
    predicate: str,
    end: str | Value,
    *,
    doc: str = "d1",
    confidence: float = 0.8,
    role: str = "",
    at: int = 0,
) -> Claim:
    relation = Relation(
        predicate=predicate,
        subject=mention("x"),
        object=mention("y") if isinstance(end, str) else end,
        evidence=evidence(doc_id=doc, at=at),
        confidence=confidence,
        qualifiers=(("role", role),) if role else (),
    )
    return Claim(subject=subject, relation=relation, object=end, text_key=doc)


def merged(*claims: Claim) -> tuple[Statement, ...]:
    return merge_claims(claims, classes=CLASSES, schema=load_schema())[0]


def conflicts(*claims: Claim) -> list[str]:
    return [c.reason for c in merge_claims(claims, classes=CLASSES, schema=load_schema())[1]]


def date(text: str) -> Value:
    return Value("dateTime" if "T" in text else "date", text)


def test_one_fact_of_two_documents_is_one_statement_with_both_sentences():
    (fact,) = merged(
        claim("person/张", "worksFor", "organization/丙", doc="d2"), claim("person/张", "worksFor", "organization/丙")
    )
    assert [e.doc_id for e in fact.evidence] == ["d1", "d2"]
    assert fact.confidence == 0.96


def test_two_sentences_of_one_document_are_one_witness():
    (fact,) = merged(
        claim("person/张", "worksFor", "organization/丙"), claim("person/张", "worksFor", "organization/丙", at=50)
    )
    assert (len(fact.evidence), fact.confidence) == (2, 0.8)


def test_confidence_never_reaches_one():
    (fact,) = merged(*(claim("person/张", "worksFor", "organization/丙", doc=str(i)) for i in range(20)))
    assert fact.confidence == HIGHEST


def test_roles_add_up_and_a_shorter_one_is_left_out():
    (fact,) = merged(
        claim("person/张", "worksFor", "organization/丙", role="创始人"),
        claim("person/张", "worksFor", "organization/丙", role="创始人兼CEO"),
        claim("person/张", "worksFor", "organization/丙", role="院士"),
    )
    assert fact.qualifiers == (("role", "创始人兼CEO"), ("role", "院士"))


def test_a_thing_has_no_relation_to_itself():
    assert merged(claim("organization/丙", "cooperatesWith", "organization/丙")) == ()
    assert conflicts(claim("organization/丙", "cooperatesWith", "organization/丙")) == ["both ends are one thing"]


def test_a_symmetric_relation_is_told_once():
    (fact,) = merged(
        claim("organization/丙", "cooperatesWith", "organization/丁"),
        claim("organization/丁", "cooperatesWith", "organization/丙", doc="d2"),
    )
    assert (fact.subject, fact.object) == ("organization/丁", "organization/丙")


def test_what_the_ontology_does_not_allow_is_left_out():
    assert conflicts(claim("forum-series/甲", "location", "place/乌镇")) == [
        "location does not lead from ForumSeries to Place"
    ]


def test_spellings_of_one_theme_are_one_fact():
    themes = ("发展数字经济 促进开放共享", "发展数字经济，促进开放共享", "发展数字经济，促进开放共享")
    (fact,) = merged(*(claim("forum/甲", "theme", Value("text", t), doc=str(i)) for i, t in enumerate(themes)))
    assert fact.object == Value("text", "发展数字经济，促进开放共享")


def test_the_better_supported_first_day_stays():
    claims = [
        claim("forum/甲", "startDate", date("2017-12-03")),
        claim("forum/甲", "startDate", date("2017-12-03"), doc="d2"),
        claim("forum/甲", "startDate", date("2017-12-04"), doc="d3", confidence=0.95),
    ]
    (fact,) = merged(*claims)
    assert fact.object == date("2017-12-03")
    assert conflicts(*claims) == ["another value is better supported"]


def test_a_finer_date_takes_in_a_coarser_one():
    (fact,) = merged(
        claim("forum/甲", "startDate", date("2017-12")),
        claim("forum/甲", "startDate", date("2017-12-03"), doc="d2"),
        claim("forum/甲", "startDate", date("2017-12-03T10:30:00+08:00"), doc="d3"),
    )
    assert fact.object == date("2017-12-03T10:30:00+08:00")
    assert len(fact.evidence) == 3


def test_a_last_day_before_the_first_is_left_out():
    claims = [
        claim("forum/甲", "startDate", date("2017-12-03"), confidence=0.9),
        claim("forum/甲", "endDate", date("2017-12-01")),
    ]
    assert [s.predicate for s in merged(*claims)] == ["startDate"]
    assert conflicts(*claims) == ["the last day would come before the first"]


def test_a_last_month_that_holds_the_first_day_stays():
    claims = [claim("forum/甲", "startDate", date("2017-12-03")), claim("forum/甲", "endDate", date("2017-12"))]
    assert conflicts(*claims) == []


def test_who_is_read_as_host_and_cohost_in_one_text_is_the_cohost():
    claims = [claim("forum/甲", "organizer", "organization/丙"), claim("forum/甲", "coOrganizer", "organization/丙")]
    assert [s.predicate for s in merged(*claims)] == ["coOrganizer"]
    assert conflicts(*claims) == ["the same texts tell it as the co-organizer"]


def test_who_is_told_as_host_by_another_text_stays_host():
    claims = [
        claim("forum/甲", "organizer", "organization/丙", doc="d2"),
        claim("forum/甲", "coOrganizer", "organization/丙"),
    ]
    assert [s.predicate for s in merged(*claims)] == ["coOrganizer", "organizer"]


def test_two_places_of_one_forum_both_stay():
    assert len(merged(claim("forum/甲", "location", "place/乌镇"), claim("forum/甲", "location", "place/浙江"))) == 2


def test_of_a_place_and_what_it_lies_in_the_narrower_stays():
    claims = [
        claim("forum/甲", "location", "place/浙江"),
        claim("forum/甲", "location", "place/乌镇", doc="d2"),
        claim("place/乌镇", "containedIn", "place/浙江", doc="d3"),
    ]
    assert [(f.predicate, f.object) for f in merged(*claims)] == [
        ("location", "place/乌镇"), ("containedIn", "place/浙江"),
    ]  # fmt: skip
    assert conflicts(*claims) == ["the other place lies in it"]


def test_places_that_lie_in_each_other_all_stay():
    ring = ["place/浙江", "place/乌镇", "place/桐乡"]
    claims = [claim(a, "containedIn", b) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)]
    claims += [claim("forum/甲", "location", place) for place in ring]
    assert len([f for f in merged(*claims) if f.predicate == "location"]) == 3


def test_of_two_wholes_of_each_other_the_better_supported_stays():
    claims = [
        claim("place/乌镇", "containedIn", "place/浙江"),
        claim("place/乌镇", "containedIn", "place/浙江", doc="d2"),
        claim("place/浙江", "containedIn", "place/乌镇", doc="d3"),
    ]
    (fact,) = merged(*claims)
    assert (fact.subject, fact.object) == ("place/乌镇", "place/浙江")
    assert conflicts(*claims) == ["each would be a part of the other"]


def test_the_order_of_claims_changes_nothing():
    claims = [
        claim("forum/甲", "startDate", date("2017-12-03")),
        claim("forum/甲", "startDate", date("2017-12-04"), doc="d2"),
        claim("person/张", "worksFor", "organization/丙", role="院长"),
        claim("person/张", "worksFor", "organization/丙", doc="d2", confidence=0.33),
        claim("person/张", "worksFor", "organization/丙", doc="d3", confidence=0.71),
    ]
    outcomes = {
        repr(merge_claims(order, classes=CLASSES, schema=load_schema())) for order in itertools.permutations(claims)
    }
    assert len(outcomes) == 1
