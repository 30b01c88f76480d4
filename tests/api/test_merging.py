"""Two graphs as one."""

from __future__ import annotations

import pytest

from kg.api import KnowledgeGraph
from kg.errors import InputError
from kg.model import Value
from tests.factories import document, entity, evidence, knowledge, sample, statement

LONG, SHORT = "国家互联网信息办公室", "国家网信办"


def told_by(doc_id, **fields):
    return statement("organization/甲", "invests", "organization/乙", evidence=(evidence(doc_id=doc_id),), **fields)


def graph(*entities, statements=(), documents=()):
    return KnowledgeGraph(knowledge(entities, tuple(statements), tuple(documents)))


def both(one, other):
    """The merged graph, after a look that the order makes no difference."""
    assert one.merge(other) == other.merge(one)
    return one.merge(other)


ENDS = (entity("甲"), entity("乙"))


class TestFacts:
    def test_with_itself_it_stays_as_it_is(self):
        assert KnowledgeGraph(sample()).merge(KnowledgeGraph(sample())) == KnowledgeGraph(sample())

    def test_with_an_empty_one_too(self):
        assert both(KnowledgeGraph(sample()), graph()) == KnowledgeGraph(sample())

    def test_evidence_is_joined_and_other_documents_make_it_surer(self):
        merged = both(graph(*ENDS, statements=[told_by("a")]), graph(*ENDS, statements=[told_by("b")]))
        (fact,) = merged
        assert fact.documents == ("a", "b")
        assert fact.confidence == 0.99

    def test_the_same_document_makes_it_no_surer(self):
        (fact,) = both(graph(*ENDS, statements=[told_by("a")]), graph(*ENDS, statements=[told_by("a")]))
        assert fact.confidence == 0.9

    def test_nothing_is_ever_certain(self):
        sure = graph(*ENDS, statements=[told_by("a", confidence=0.999)])
        (fact,) = both(sure, graph(*ENDS, statements=[told_by("b", confidence=0.999)]))
        assert fact.confidence == 0.999

    def test_one_first_day_stays(self):
        def opening(day, *docs):
            told = tuple(evidence(doc_id=doc) for doc in docs)
            day = statement("forum/会", "startDate", Value("date", day), evidence=told)
            return graph(entity("会", "Forum"), statements=[day])

        (fact,) = both(opening("2017-12-03", "a", "b"), opening("2017-12-04", "c"))
        assert fact.object_label == "2017-12-03"


class TestThings:
    def test_aliases_are_joined_and_the_finer_class_stays(self):
        merged = both(graph(entity("甲", aliases=("甲公司",))), graph(entity("甲", cls="Company", aliases=("A",))))
        (thing,) = merged.entities
        assert (thing.aliases, thing.cls) == (("A", "甲公司"), "Company")

    def test_an_alias_of_the_other_graph_is_the_same_thing(self):
        short = graph(
            entity(SHORT),
            entity("乙"),
            statements=[statement(f"organization/{SHORT}", "cooperatesWith", "organization/乙")],
        )
        merged = both(short, graph(entity(LONG, aliases=(SHORT,))))
        assert {e.label for e in merged.entities} == {LONG, "乙"}
        assert next(iter(merged)).subject.label == LONG

    def test_an_alias_of_two_things_joins_none(self):
        merged = both(
            graph(entity("中行")), graph(entity("中国银行", aliases=("中行",)), entity("中原银行", aliases=("中行",)))
        )
        assert len(merged.entities) == 3

    def test_persons_are_never_joined_by_alias(self):
        merged = both(graph(entity("小马", "Person")), graph(entity("马化腾", "Person", aliases=("小马",))))
        assert len(merged.entities) == 2

    def test_things_that_stand_side_by_side_in_one_graph_stay_apart(self):
        apart = graph(entity(SHORT), entity(LONG))
        assert len(both(apart, graph(entity(LONG, aliases=(SHORT,)))).entities) == 2


class TestDocuments:
    def test_one_id_for_two_texts(self):
        one = graph(documents=[document("1.txt", "甲")])
        with pytest.raises(InputError, match=r"document '1\.txt' is another in each graph; give documents ids"):
            one.merge(graph(documents=[document("1.txt", "乙")]))

    def test_told_by_their_sentences_where_texts_are_gone(self):
        one = graph(*ENDS, statements=[told_by("a")])
        other = statement("organization/甲", "acquires", "organization/乙", evidence=(evidence("另" * 40, "a"),))
        clash = graph(
            *ENDS, statements=[statement(other.subject, other.predicate, other.object, evidence=one_span("a"))]
        )
        with pytest.raises(InputError, match="document 'a'"):
            one.merge(clash)

    def test_the_text_stays_where_one_has_it(self):
        merged = both(graph(documents=[document("a", "甲")]), graph(documents=[document("a", "")]))
        assert merged.documents[0].text == "甲"

    def test_base_iris_must_agree(self):
        with pytest.raises(InputError, match="base IRIs differ"):
            graph().merge(KnowledgeGraph(knowledge(), base_iri="https://news.example/"))


def one_span(doc_id):
    """Evidence at the place of the usual one, with other words."""
    usual = evidence(doc_id=doc_id)
    return (evidence("另" * len(usual.text), doc_id),)
