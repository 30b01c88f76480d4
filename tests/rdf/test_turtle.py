"""Turtle: what is written, that every parser reads the same, and that nothing is lost on the way back."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from dataclasses import replace
from difflib import unified_diff
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse, serialize
from rdflib import RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import to_isomorphic

from kg import ids
from kg.errors import InputError, OntologyError, OutputError
from kg.model import Knowledge, Value
from kg.rdf import read_turtle, to_triples, write_turtle
from kg.rdf.terms import clean
from kg.schema import KGO, load_schema
from tests.factories import document, entity, evidence, knowledge, sample, statement
from tests.test_ids import HOSTILE

OURS, THINGS, SCHEMA = Namespace(KGO), Namespace(ids.KGR), Namespace("https://schema.org/")
FORUM, PERSON = "forum/第四届世界互联网大会", "person/张群华"


def without_texts(graph: Knowledge) -> Knowledge:
    return replace(graph, documents=tuple(replace(d, text="") for d in graph.documents))


def rdflib_graph(graph: Knowledge, **options: object) -> Graph:
    return Graph().parse(data=write_turtle(graph, **options), format="turtle")  # type: ignore[arg-type]


def one_fact(value: str | Value, predicate: str = "theme", **fields: object) -> Knowledge:
    return knowledge((entity("大会", "Forum"),), (statement("forum/大会", predicate, value, **fields),), (document(),))


def hostile_graph(text: str) -> Knowledge:
    """``text`` in every place that takes words from outside."""
    person, forum = ids.entity_id("Person", text), ids.entity_id("Forum", text)
    said = evidence(text, doc_id=text, rule=text)
    measure = Value("specification", text, (("comparison", text), ("name", text), ("unit", text), ("value", text)))
    return knowledge(
        (
            entity(text, "Person", id=person, aliases=(text + "二",)),
            entity(text, "Forum", id=forum),
            entity(text, "Product", id=ids.entity_id("Product", text)),
        ),
        (
            statement(person, "attends", forum, evidence=(said,), qualifiers=(("role", text),)),
            statement(forum, "theme", Value("text", text), evidence=(said,)),
            statement(forum, "participantCount", Value("count", text), evidence=(said,)),
            statement(ids.entity_id("Product", text), "specification", measure, evidence=(said,)),
        ),
        (document(text, text="", title=text, date=text, source=text),),
    )


class TestContent:
    def test_a_thing_has_its_class_and_its_top_class(self):
        types = set(rdflib_graph(sample()).objects(THINGS[FORUM], RDF.type))
        assert types == {OURS.Conference, OURS.Forum}

    def test_names_are_chinese(self):
        assert rdflib_graph(sample()).value(THINGS[PERSON], RDFS.label) == Literal("张群华", lang="zh")

    def test_a_fact_is_a_plain_triple(self):
        assert (THINGS[PERSON], OURS.attends, THINGS[FORUM]) in rdflib_graph(sample())

    def test_a_fact_has_one_statement(self):
        graph = rdflib_graph(sample())
        assert len(list(graph.subjects(RDF.type, OURS.Statement))) == len(sample().statements)

    def test_a_statement_carries_role_confidence_and_evidence(self):
        graph = rdflib_graph(sample())
        node = graph.value(None, OURS.role, Literal("院长", lang="zh"))
        assert graph.value(node, RDF.predicate) == OURS.worksFor
        assert float(graph.value(node, OURS.confidence)) == pytest.approx(0.9)
        said = graph.value(node, OURS.evidence)
        assert str(graph.value(said, OURS.subjectSpan)) == "char=33,36"
        assert (graph.value(said, OURS.document), RDF.type, OURS.Document) in graph

    def test_a_count_keeps_its_words_and_its_number(self):
        graph = rdflib_graph(sample())
        node = graph.value(None, RDF.predicate, OURS.participantCount)
        assert graph.value(node, RDF.object) == Literal("411家企业", lang="zh")
        assert int(graph.value(node, OURS.number)) == 411

    @pytest.mark.parametrize(
        ("kind", "text", "datatype"),
        [
            ("date", "2017-12-03", "date"),
            ("date", "2017-12", "gYearMonth"),
            ("date", "2017", "gYear"),
            ("dateTime", "2017-12-03T10:30:00+08:00", "dateTime"),
        ],
    )
    def test_a_date_has_the_type_of_its_precision(self, kind, text, datatype):
        found = rdflib_graph(one_fact(Value(kind, text), "startDate")).value(THINGS["forum/大会"], OURS.startDate)
        assert (str(found), found.datatype.fragment) == (text, datatype)

    def test_a_specification_is_a_node_with_name_value_and_unit(self):
        graph = rdflib_graph(sample())
        node = graph.value(THINGS["product/移动版智能健康终端"], OURS.specification)
        assert str(graph.value(node, RDFS.label)) == "内弯半径=3mm"
        assert str(graph.value(node, SCHEMA.name)) == "内弯半径"
        assert graph.value(node, SCHEMA.value).toPython() == 3
        assert str(graph.value(node, SCHEMA.unitText)) == "mm"
        assert str(graph.value(node, OURS.comparison)) == "超过"

    def test_there_is_no_blank_node(self):
        assert not [t for triple in rdflib_graph(sample(), align=True) for t in triple if isinstance(t, BNode)]

    def test_without_provenance_the_plain_facts_stay(self):
        graph = rdflib_graph(sample(), provenance="none")
        assert (THINGS[PERSON], OURS.attends, THINGS[FORUM]) in graph
        assert not set(graph.objects(None, RDF.type)) & {OURS.Statement, OURS.Evidence, OURS.Document}

    def test_another_base_takes_the_place_of_ours(self):
        text = write_turtle(sample(), base_iri="http://kg.example.com/id/")
        assert ids.KGR not in text
        assert URIRef(f"http://kg.example.com/id/{PERSON}") in Graph().parse(data=text).all_nodes()

    def test_the_triples_are_those_of_the_turtle(self):
        told = {str(triple) for triple in to_triples(sample(), align=True)}
        assert told == {str(quad.triple) for quad in parse(write_turtle(sample(), align=True), format=RdfFormat.TURTLE)}

    def test_an_id_that_is_an_iri_stays_so(self):
        known = (("editionOf", "http://dbpedia.org/x"),)
        text = write_turtle(
            knowledge((entity("会", "Forum", properties=known), entity("会", "ForumSeries", id="http://dbpedia.org/x")))
        )
        assert "kgo:editionOf <http://dbpedia.org/x> ;" in text


class TestAlignment:
    def test_schema_org_types_are_added(self):
        types = set(rdflib_graph(sample(), align=True).objects(THINGS[FORUM], RDF.type))
        assert {SCHEMA.Event, SCHEMA.BusinessEvent} <= types

    def test_schema_org_names_are_added(self):
        assert str(rdflib_graph(sample(), align=True).value(THINGS[PERSON], SCHEMA.name)) == "张群华"

    def test_a_property_is_repeated_in_schema_org(self):
        graph = rdflib_graph(sample(), align=True)
        assert (THINGS[FORUM], SCHEMA.location, THINGS["place/乌镇"]) in graph

    def test_an_inverse_property_points_the_other_way(self):
        graph = rdflib_graph(sample(), align=True)
        assert (THINGS[FORUM], SCHEMA.attendee, THINGS[PERSON]) in graph

    def test_a_subproperty_is_repeated_as_its_parents_is(self):
        speaker = knowledge(
            (entity("库克", "Person"), entity("大会", "Forum")), (statement("person/库克", "speaksAt", "forum/大会"),)
        )
        found = set(rdflib_graph(speaker, align=True).predicates(THINGS["forum/大会"], THINGS["person/库克"]))
        assert found == {SCHEMA.attendee, SCHEMA.performer}

    def test_it_only_adds(self):
        assert not set(rdflib_graph(sample())) - set(rdflib_graph(sample(), align=True))

    def test_it_does_not_change_what_is_read_back(self):
        assert read_turtle(write_turtle(sample(), align=True)) == without_texts(sample())


class TestRoundTrip:
    def test_the_sample_comes_back_whole(self):
        assert read_turtle(write_turtle(sample())) == without_texts(sample())

    def test_from_a_file(self, tmp_path):
        (tmp_path / "graph.ttl").write_text(write_turtle(sample()), "utf-8")
        assert read_turtle(tmp_path / "graph.ttl") == without_texts(sample())

    def test_with_another_base(self):
        text = write_turtle(sample(), base_iri="http://kg.example.com/id#")
        assert read_turtle(text) == without_texts(sample())

    def test_after_rdflib_has_saved_it(self):
        assert read_turtle(rdflib_graph(sample()).serialize(format="turtle")) == without_texts(sample())

    def test_after_rdflib_has_saved_one_of_another_base(self):
        saved = rdflib_graph(sample(), base_iri="http://kg.example.com/id/").serialize(format="turtle")
        assert "@prefix kgr:" not in saved
        assert read_turtle(saved) == without_texts(sample())

    def test_an_empty_graph(self):
        assert read_turtle(write_turtle(knowledge())) == knowledge()

    def test_plain_facts_come_back_without_evidence(self):
        found = read_turtle(write_turtle(sample(), provenance="none"))
        assert [(s.subject, s.predicate) for s in found.statements] == [
            (s.subject, s.predicate) for s in sample().statements
        ]
        assert {s.evidence for s in found.statements} == {()}
        assert found.entities == sample().entities

    @given(HOSTILE)
    @settings(deadline=None)
    def test_hostile_words_come_back_as_they_were(self, text):
        # what XML can't hold is replaced, one character for one: see kg.rdf.terms.clean
        graph = hostile_graph(clean(text))
        assert read_turtle(write_turtle(graph)) == without_texts(graph)

    @given(HOSTILE)
    @settings(deadline=None)
    def test_hostile_words_are_written_at_all(self, text):
        write_turtle(hostile_graph(text), align=True)

    @pytest.mark.parametrize("text", ["\x00", "\x1f", "\ud800", "\ufffe"])
    def test_a_character_that_xml_lacks_becomes_one_replacement(self, text):
        assert read_turtle(write_turtle(one_fact(Value("text", f"甲{text}乙")))).statements[0].object == Value(
            "text", "甲\ufffd乙"
        )


class TestParsers:
    @given(HOSTILE)
    @settings(deadline=None, max_examples=60)
    def test_rdflib_reads_what_pyoxigraph_reads(self, text):
        turtle = write_turtle(hostile_graph(text), align=True)
        lines = serialize((q.triple for q in parse(turtle, format=RdfFormat.TURTLE)), format=RdfFormat.N_TRIPLES)
        assert set(Graph().parse(data=turtle)) == set(Graph().parse(data=lines, format="nt"))

    @pytest.mark.skipif(not shutil.which("rapper"), reason="rapper (raptor2-utils) is not installed")
    def test_rapper_reads_the_same(self, tmp_path):
        graph = knowledge(
            (*sample().entities, *hostile_graph("\"'\\\n\r\t\u2028\u202e<>{}|^`%").entities),
            (*sample().statements, *hostile_graph("\"'\\\n\r\t\u2028\u202e<>{}|^`%").statements),
            sample().documents,
        )
        path = tmp_path / "graph.ttl"
        path.write_text(write_turtle(graph), "utf-8", newline="\n")
        read = subprocess.run(["rapper", "-q", "-i", "turtle", path], capture_output=True, check=True).stdout
        told = Graph().parse(data=read, format="nt")
        assert to_isomorphic(told) == to_isomorphic(Graph().parse(path))

    def test_no_rdf_1_2_syntax_is_used(self):
        assert "<<" not in write_turtle(sample())


class TestStability:
    @given(st.randoms(use_true_random=False))
    @settings(deadline=None)
    def test_the_order_of_the_input_does_not_matter(self, chance: random.Random):
        graph = sample()
        shuffled = Knowledge(
            entities=tuple(chance.sample(graph.entities, len(graph.entities))),
            statements=tuple(chance.sample(graph.statements, len(graph.statements))),
            documents=tuple(chance.sample(graph.documents, len(graph.documents))),
        )
        assert write_turtle(shuffled, align=True) == write_turtle(graph, align=True)

    def test_another_hash_seed_gives_the_same_bytes(self):
        code = "import sys; from tests.factories import sample; from kg.rdf import write_turtle; "
        code += "sys.stdout.buffer.write(write_turtle(sample(), align=True).encode())"
        runs = {
            subprocess.run(
                [sys.executable, "-c", code],
                cwd=Path(__file__).parents[2],
                env={"PYTHONHASHSEED": seed},
                capture_output=True,
                check=True,
            ).stdout
            for seed in ("1", "2", "3")
        }
        assert runs == {write_turtle(sample(), align=True).encode()}

    def test_writing_what_was_read_gives_the_same_text(self):
        text = write_turtle(sample(), align=True)
        assert write_turtle(read_turtle(text), align=True) == text

    def test_more_evidence_for_a_fact_only_adds_lines(self):
        before = sample()
        again = evidence(doc_id="news-3")
        after = replace(
            before,
            statements=tuple(replace(s, evidence=(*s.evidence, again)) for s in before.statements),
            documents=(*before.documents, document("news-3")),
        )
        diff = list(unified_diff(write_turtle(before).splitlines(), write_turtle(after).splitlines(), n=0))[2:]
        assert not [line for line in diff if line.startswith("-")]
        assert len([line for line in diff if line.startswith("+")]) == len(before.statements) + 10 + 5

    def test_a_new_fact_changes_no_line(self):
        before = sample()
        new = statement("person/张群华", "speaksAt", FORUM)
        after = replace(before, statements=tuple(sorted((*before.statements, new))))
        diff = unified_diff(write_turtle(before).splitlines(), write_turtle(after).splitlines(), n=0)
        assert not [line for line in list(diff)[2:] if line.startswith("-")]


class TestLegibility:
    def test_things_stand_under_their_class_by_label(self):
        people = tuple(entity(name, "Person") for name in ("乙", "丙", "甲"))
        text = write_turtle(knowledge((*people, entity("公司"))))
        places = [
            text.index(part) for part in ("### Person 人物", "\nperson:丙", "\nperson:乙", "### Organization 机构")
        ]
        assert places == sorted(places)

    def test_names_are_legible_under_the_prefix_of_their_type(self):
        assert "kgo:attends forum:第四届世界互联网大会 ;" in write_turtle(sample())

    def test_one_predicate_a_line(self):
        body = write_turtle(sample()).split("###", 1)[1].splitlines()
        assert all(line.endswith(" ;") for line in body if line.startswith("    ") and line.strip() != ".")

    def test_statements_stand_after_things(self):
        text = write_turtle(sample())
        assert text.index("### Place") < text.index("### Statements") < text.index("### Evidence")


class TestMistakes:
    def test_a_class_that_the_ontology_lacks(self):
        with pytest.raises(OntologyError, match="unknown class 'Frum'"):
            write_turtle(knowledge((entity("会", "Forum", cls="Frum"),)))

    def test_a_property_that_the_ontology_lacks(self):
        with pytest.raises(OntologyError, match="unknown property 'tehme'"):
            write_turtle(one_fact(Value("text", "甲"), "tehme"))

    def test_a_qualifier_that_the_ontology_lacks(self):
        with pytest.raises(OntologyError, match="unknown property 'roll'"):
            write_turtle(one_fact(Value("text", "甲"), qualifiers=(("roll", "院长"),)))

    @pytest.mark.parametrize("text", ["2017-13-01", "2017-02-30", "2017年", "", "２０１７"])
    def test_a_date_that_is_none(self, text):
        with pytest.raises(OutputError, match="is no date; write 2017"):
            write_turtle(one_fact(Value("date", text), "startDate"))

    def test_a_number_that_is_none(self):
        with pytest.raises(OutputError, match="number '四百': is no decimal number"):
            write_turtle(one_fact(Value("count", "四百家", (("number", "四百"),)), "participantCount"))

    def test_a_value_of_the_wrong_kind(self):
        with pytest.raises(OutputError, match=r"kgo:theme: takes text, not date '2017'"):
            write_turtle(one_fact(Value("date", "2017")))

    def test_a_part_of_a_specification_that_is_unknown(self):
        graph = knowledge(
            (entity("屏", "Product"),),
            (statement("product/屏", "specification", Value("specification", "a=1", (("x", "1"),))),),
        )
        with pytest.raises(OutputError, match="unknown part 'x'; known: name, value, unit, comparison"):
            write_turtle(graph)

    def test_a_thing_that_is_not_in_the_graph(self):
        with pytest.raises(ValueError, match="no entity of this graph"):
            write_turtle(one_fact("place/乌镇", "location"))

    def test_one_fact_stated_twice(self):
        said = statement("forum/大会", "theme", Value("text", "甲"))
        with pytest.raises(ValueError, match="two statements of one fact"):
            write_turtle(knowledge((entity("大会", "Forum"),), (said, replace(said, confidence=0.5))))

    @pytest.mark.parametrize("base", ["id/", "http://e/ /", "http://e", "http://e/<>/", KGO])
    def test_a_base_that_is_none(self, base):
        with pytest.raises(InputError, match="--base-iri"):
            write_turtle(sample(), base_iri=base)

    def test_a_file_that_is_not_there(self, tmp_path):
        with pytest.raises(InputError, match=r"graph\.ttl: can't be read \(No such file"):
            read_turtle(tmp_path / "graph.ttl")

    def test_a_file_that_is_not_turtle(self, tmp_path):
        (tmp_path / "graph.ttl").write_text("kgo:a\n  ^^ .", "utf-8")
        with pytest.raises(InputError, match=r"graph\.ttl:\d+: is not Turtle"):
            read_turtle(tmp_path / "graph.ttl")

    @pytest.mark.parametrize("line", ["kgo:document document:news-1 ;", 'kgo:rule "test" ;', "nif:anchorOf"])
    def test_evidence_that_lacks_something(self, line):
        text = "\n".join(each for each in write_turtle(sample()).splitlines() if line not in each)
        with pytest.raises(InputError, match=r"<.*/evidence/.*> has 0 of .*; build the graph again"):
            read_turtle(text)

    def test_a_statement_whose_evidence_is_gone(self):
        text = write_turtle(sample()).split("### Evidence")[0]
        with pytest.raises(InputError, match="which is no kgo:Evidence"):
            read_turtle(text)

    def test_a_thing_of_two_top_classes(self):
        text = write_turtle(sample()) + "\nperson:张群华 a kgo:Place ."
        with pytest.raises(OntologyError, match="is of kgo:Person and kgo:Place; give it one top class"):
            read_turtle(text)


def test_a_users_own_terms_are_written_and_read(tmp_path):
    path = tmp_path / "kg.ttl"
    own = """
        kgo:Festival a owl:Class ; rdfs:subClassOf kgo:Forum .
        kgo:motto a owl:DatatypeProperty ; rdfs:range xsd:string .
    """
    path.write_text(Path(load_schema().path).read_text("utf-8") + own, "utf-8")
    schema = load_schema(path)
    graph = knowledge(
        (entity("灯会", "Forum", cls="Festival"),),
        (statement("forum/灯会", "motto", Value("text", "光")),),
        (document(),),
    )
    assert read_turtle(write_turtle(graph, schema=schema), schema=schema) == without_texts(graph)
    # a reader with the shipped ontology alone still knows the thing by its top class
    assert read_turtle(write_turtle(graph, schema=schema)).entities[0].cls == "Festival"


def test_a_hundred_times_the_facts_take_no_more_than_linear_time():
    from time import process_time

    def seconds(count: int) -> float:
        graph = knowledge(
            (entity("大会", "Forum"), *(entity(f"公司{i}") for i in range(count))),
            tuple(statement(f"organization/公司{i}", "attends", "forum/大会") for i in range(count)),
        )
        start = process_time()
        write_turtle(graph)
        return process_time() - start

    seconds(100)
    assert seconds(20_000) < 40 * max(seconds(2_000), 0.05)
