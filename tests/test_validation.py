"""The shapes, and the report of what breaks them."""

from __future__ import annotations

import pytest
from rdflib import RDF, SH, Graph, URIRef

from kg.errors import InputError, OntologyError
from kg.rdf import write_turtle
from kg.resources import resource
from kg.schema import KGO, load_schema
from kg.validation import KGS, validate
from tests.factories import sample

SCHEMA = load_schema()


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(resource("ontology/shapes.ttl"))


def report(tmp_path, turtle="", **options):
    """What is found in the sample with ``turtle`` added."""
    path = tmp_path / "graph.ttl"
    path.write_text(write_turtle(sample(), **options) + turtle, "utf-8")
    return validate(path)


def test_a_file_without_triples_is_refused(tmp_path):
    (tmp_path / "report.json").write_text('{"documents": 1}')
    with pytest.raises(InputError, match=r"report\.json: holds no triples"):
        validate(tmp_path / "report.json")


class TestShapes:
    def test_every_class_has_a_shape(self, shapes):
        targets = {str(o).removeprefix(KGO) for o in shapes.objects(None, SH.targetClass)}
        assert set(SCHEMA.classes) == targets

    def test_every_property_has_a_shape(self, shapes):
        targets = {str(o).removeprefix(KGO) for o in shapes.objects(None, SH.targetSubjectsOf)}
        assert set(SCHEMA.properties) == targets

    def test_every_property_says_what_its_objects_are(self, shapes):
        paths = {str(shapes.value(node, SH.path)).removeprefix(KGO) for node in shapes.objects(None, SH.property)}
        assert set(SCHEMA.properties) <= paths

    @pytest.mark.parametrize("name", sorted(SCHEMA.facts()))
    def test_domains_and_ranges_are_those_of_the_ontology(self, shapes, name):
        def classes(node):
            either = shapes.value(node, SH["or"])
            parts = shapes.items(either) if either else (node,)
            return {str(c).removeprefix(KGO) for part in parts for c in shapes.objects(part, SH["class"])}

        shape = URIRef(KGS + name)
        assert classes(shape) == set(SCHEMA.properties[name].domain)
        assert classes(shapes.value(shape, SH.property)) == set(SCHEMA.properties[name].range)

    def test_they_are_shacl_by_shacls_own_shapes(self, shapes):
        import pyshacl

        conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes, meta_shacl=True)
        assert conforms, text

    def test_nothing_but_shapes_is_declared(self, shapes):
        named = {s for s in shapes.subjects() if str(s).startswith(KGS)}
        assert named == set(shapes.subjects(RDF.type, SH.NodeShape))


class TestReport:
    @pytest.mark.parametrize("options", [{}, {"align": True}, {"provenance": "none"}, {"base_iri": "http://e/id#"}])
    def test_a_built_graph_conforms(self, tmp_path, options):
        found = report(tmp_path, **options)
        assert found.findings == ()
        assert found.conforms

    def test_a_folder_stands_for_its_graph(self, tmp_path):
        report(tmp_path)
        assert validate(tmp_path).path == str(tmp_path / "graph.ttl")

    @pytest.mark.parametrize(
        ("turtle", "problem"),
        [
            ("person:甲 a kgo:Person .", "person/甲 lacks rdfs:label"),
            ('person:张群华 rdfs:label "张"@zh .', "has more than 1 rdfs:label"),
            ('person:甲 a kgo:Person ; rdfs:label "甲" .', 'the rdfs:label "甲", which is no text tagged @zh'),
            ('person:张群华 skos:altLabel "张群华"@zh .', "repeats its rdfs:label as skos:altLabel"),
            ("person:张群华 a kgo:Place .", "is of two classes that exclude each other"),
            (
                'person:甲 a kgo:Company ; rdfs:label "甲"@zh .',
                "lacks the rdf:type kgo:Organization",
            ),
            ("person:张群华 kgo:worksFor place:乌镇 .", "the kgo:worksFor place/乌镇, which is no kgo:Organization"),
            (
                "place:乌镇 kgo:worksFor organization:乌镇互联网医院 .",
                "is no kgo:Person, as what has kgo:worksFor must be",
            ),
            ("place:乌镇 kgo:attends forum:第四届世界互联网大会 .", "is of no class that may have kgo:attends"),
            ('forum:第四届世界互联网大会 kgo:startDate "2017" .', 'the kgo:startDate "2017", which is no date'),
            ("forum:第四届世界互联网大会 kgo:editionNumber 5 .", "has more than 1 kgo:editionNumber"),
            ("place:乌镇 kgo:containedIn place:乌镇 .", "is related to itself"),
            ("statement:b8044af15b7f762c kgo:confidence 1.5 .", "kgo:confidence 1.5, which is not between 0 and 1"),
            ("statement:x a kgo:Statement, rdf:Statement .", "statement/x lacks kgo:evidence"),
            (
                "statement:x a kgo:Statement, rdf:Statement ; rdf:subject place:乌镇 ; rdf:predicate kgo:containedIn ;"
                " rdf:object place:浙江 .",
                "statement/x states a fact whose plain triple is not in the graph",
            ),
            ("evidence:x a kgo:Evidence, nif:Phrase .", "evidence/x lacks kgo:document"),
            ('evidence:fcd265452fc86801 kgo:subjectSpan "3-4" .', "which is no mark such as char=12,15"),
            (
                'evidence:x a kgo:Evidence ; nif:beginIndex "3"^^xsd:nonNegativeInteger ;'
                ' nif:endIndex "3"^^xsd:nonNegativeInteger .',
                "which is not below its nif:endIndex",
            ),
            (
                'evidence:x a kgo:Evidence ; nif:beginIndex "3"^^xsd:nonNegativeInteger ;'
                ' nif:endIndex "4"^^xsd:nonNegativeInteger ; nif:anchorOf "甲乙" .',
                "has words (nif:anchorOf) that are not as long as its offsets say",
            ),
            ('document:x a kgo:Document ; dcterms:date "昨天" .', 'the dcterms:date "昨天", which is no date'),
            ("person:张群华 kgo:wroksFor place:乌镇 .", "kgo:wroksFor is used as a property but is none"),
            ("person:张群华 a kgo:Persn .", "kgo:Persn is used as a class but is none"),
        ],
    )
    def test_a_fault_is_told_in_plain_words(self, tmp_path, turtle, problem):
        found = report(tmp_path, turtle)
        assert not found.conforms
        assert problem in str(found)

    @pytest.mark.parametrize(
        ("turtle", "problem"),
        [
            ('forum:第四届世界互联网大会 kgo:endDate "2017-12-06"^^xsd:date .', "has more than 1 kgo:endDate"),
            (
                'forum:x a kgo:Forum ; rdfs:label "会"@zh ; kgo:startDate "2017-12-03"^^xsd:date ;'
                ' kgo:endDate "2017-12-01"^^xsd:date .',
                "forum/x “会” ends before it starts",
            ),
        ],
    )
    def test_what_is_odd_about_the_world_is_a_warning(self, tmp_path, turtle, problem):
        found = report(tmp_path, turtle)
        assert found.conforms
        assert [f.severity for f in found.findings] == ["warning"]
        assert problem in str(found)

    def test_the_first_line_is_the_verdict(self, tmp_path):
        first = str(report(tmp_path, "person:甲 a kgo:Person .")).splitlines()[0]
        assert first.endswith("graph.ttl: does not conform (143 triples, 1 violations, 0 warnings)")

    def test_findings_come_in_one_order(self, tmp_path):
        turtle = "person:乙 a kgo:Person . person:甲 a kgo:Person, kgo:Persn . statement:x a kgo:Statement ."
        found = report(tmp_path, turtle).findings
        assert len(found) > 3
        assert list(found) == sorted(found)


class TestMistakes:
    def test_a_graph_that_is_not_there(self, tmp_path):
        with pytest.raises(InputError, match=r"none\.ttl: can't be read \(No such file"):
            validate(tmp_path / "none.ttl")

    def test_a_graph_that_does_not_parse(self, tmp_path):
        (tmp_path / "graph.ttl").write_text("person:甲 a .", "utf-8")
        with pytest.raises(InputError, match=r"graph\.ttl:1: is not Turtle"):
            validate(tmp_path)

    def test_shapes_that_are_none(self, tmp_path):
        shapes = tmp_path / "shapes.ttl"
        shapes.write_text(
            "@prefix sh: <http://www.w3.org/ns/shacl#> . <http://e/s> a sh:NodeShape ; sh:targetNode <http://e/n> ;"
            " sh:property [ sh:minCount 1 ] .",
            "utf-8",
        )
        (tmp_path / "graph.ttl").write_text(write_turtle(sample()), "utf-8")
        with pytest.raises(OntologyError, match=r"shapes\.ttl: is not SHACL: .*; mend that shape"):
            validate(tmp_path, shapes=shapes)
