"""Which of the organizations before a post without one is meant."""

from __future__ import annotations

import pytest

from kg.relations.employers import Employers
from kg.relations.patterns import PatternFinder
from kg.seeds import load_lexicon
from tests.examples import read_example
from tests.relations.conftest import told

COMPANY, OTHER = "[北岭科技|Organization:Company]", "[木棉集团|Organization:Company]"
SCHOOL = "[北岭中学|Organization:EducationalInstitution]"


def employers(shipped: PatternFinder, marked: str) -> set[str]:
    return {told(r) for r in shipped.find(read_example(marked))[0] if r.predicate == "worksFor"}


@pytest.mark.parametrize(
    ("marked", "fact"),
    [
        (f"{SCHOOL}与{COMPANY}昨天签约。校长[周一苇|Person]说", "周一苇 worksFor 北岭中学"),
        (f"{SCHOOL}与{COMPANY}昨天签约。董事长[周一苇|Person]说", "周一苇 worksFor 北岭科技"),
        (f"{COMPANY}昨天开业，[周一苇|Person]任董事长。", "周一苇 worksFor 北岭科技"),
        (f"{COMPANY}昨天开业，董事长由[周一苇|Person]出任。", "周一苇 worksFor 北岭科技"),
    ],
)
def test_the_post_tells_the_employer(shipped: PatternFinder, marked: str, fact: str) -> None:
    assert fact in employers(shipped, marked)


def test_the_sentences_subject_goes_before_what_is_only_named(shipped: PatternFinder) -> None:
    only = shipped.employers.find
    reading = read_example(f"{COMPANY}脱胎于{OTHER}，董事长")
    found = only("董事长", reading.mentions, reading.document.text, len(reading.document.text))
    assert found is not None and found.name == "北岭科技"


def test_of_companies_in_sentences_before_the_most_named_is_meant(shipped: PatternFinder) -> None:
    reading = read_example(f"{COMPANY}昨天开业。{COMPANY}去年买下{OTHER}。董事长")
    found = shipped.employers.find("董事长", reading.mentions, reading.document.text, len(reading.document.text) - 3)
    assert found is not None and found.name == "北岭科技"


@pytest.mark.parametrize("title", ["国家主席", "总书记", "教授"])
def test_a_post_that_tells_nothing_has_no_employer(shipped: PatternFinder, title: str) -> None:
    reading = read_example(f"{COMPANY}与[木棉联盟|Organization:Association]昨天签约，")
    assert shipped.employers.find(title, reading.mentions, reading.document.text, 20) is None


def test_every_class_of_the_list_is_one_of_the_ontology() -> None:
    lexicon = load_lexicon()
    table = Employers.from_rows(lexicon.lists.rows["employers"])
    assert {cls for classes in table.classes.values() for cls in classes} <= set(lexicon.types)


def test_every_post_of_the_list_is_a_title() -> None:
    lexicon = load_lexicon()
    titles = set(lexicon.lists.titles)
    assert {post for post, *_ in lexicon.lists.rows["employers"] if not any(t.endswith(post) for t in titles)} == set()


@pytest.mark.parametrize("title", ["学生", "青年作家", "副总理", "省委书记", "国务委员", "国王"])
def test_who_studies_writes_or_governs_works_for_no_firm(shipped: PatternFinder, title: str) -> None:
    assert shipped.employers.rules_out([title], "木棉集团")
    assert not shipped.employers.rules_out([title, "董事长"], "木棉集团")


@pytest.mark.parametrize(("title", "body"), [("总理", "国务院"), ("市长", "木棉市政府"), ("省委书记", "木棉省委")])
def test_who_governs_works_for_the_body_of_the_post(shipped: PatternFinder, title: str, body: str) -> None:
    assert f"周一苇 worksFor {body}" in employers(shipped, f"[{body}|Organization]{title}[周一苇|Person]说")


def test_a_post_that_is_held_elsewhere_is_refused(shipped: PatternFinder) -> None:
    reading = read_example(f"{COMPANY}昨天参展。国务委员[周一苇|Person]说")
    facts, rejected = shipped.find(reading)
    assert not facts
    assert {r.reason for r in rejected} == {"contradicted"}
