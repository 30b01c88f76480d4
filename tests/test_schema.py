"""The ontology: what it names, that it holds together, and that a user can add to it."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef

from kg.errors import OntologyError
from kg.resources import resource
from kg.schema import KGO, load_schema

SCHEMA = load_schema()
PATH = resource("ontology/kg.ttl")

ORGANIZATIONS = {
    "Company", "GovernmentBody", "MediaOutlet", "Hospital", "EducationalInstitution", "ResearchInstitute",
    "InternationalOrganization", "Association",
}  # fmt: skip
OCCASIONS = {"Conference", "SubForum", "Exhibition", "LaunchEvent", "Ceremony"}
PRODUCTS = {"Device", "Software", "Service", "Technology", "Publication", "Standard"}
TOPS = {
    "Person", "Organization", "Forum", "ForumSeries", "Product", "Place", "Topic", "Specification",
    "Document", "Evidence", "Statement",
}  # fmt: skip
FACTS = {
    "location", "containedIn", "startDate", "endDate", "theme", "topic", "organizer", "coOrganizer", "subEventOf",
    "attends", "speaksAt", "exhibitsAt", "partnerOf", "congratulates", "worksFor", "founderOf", "releases",
    "develops", "presentedAt", "releaseDate", "feature", "specification", "cooperatesWith", "invests", "acquires",
    "subsidiaryOf", "headquarteredIn", "participantCount", "editionOf", "editionNumber",
}  # fmt: skip
INNER = {
    "role", "date", "amount", "number", "confidence", "evidence", "comparison",
    "document", "rule", "subjectSpan", "objectSpan", "triggerSpan",
}  # fmt: skip


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph().parse(PATH)


def extended(tmp_path: Path, turtle: str) -> Path:
    """The shipped ontology with a user's own lines at its end."""
    path = tmp_path / "kg.ttl"
    path.write_text(PATH.read_text("utf-8") + turtle, "utf-8")
    return path


class TestTerms:
    def test_the_classes_are_those_of_the_design(self):
        assert set(SCHEMA.classes) == TOPS | ORGANIZATIONS | OCCASIONS | PRODUCTS

    def test_the_properties_are_those_of_the_annotation_guide(self):
        assert SCHEMA.facts() == FACTS

    def test_the_other_properties_describe_statements_and_evidence(self):
        assert set(SCHEMA.properties) - SCHEMA.facts() == INNER

    @pytest.mark.parametrize(
        ("top", "below"), [("Organization", ORGANIZATIONS), ("Forum", OCCASIONS), ("Product", PRODUCTS)]
    )
    def test_subclasses_lie_below_their_top_class(self, top, below):
        assert SCHEMA.subclasses(top) == below | {top}
        assert {SCHEMA.top(cls) for cls in below} == {top}

    def test_a_top_class_is_its_own_top(self):
        assert {SCHEMA.top(cls) for cls in TOPS} == TOPS

    def test_speaking_and_exhibiting_are_attending(self):
        assert SCHEMA.is_subproperty("speaksAt", "attends")
        assert SCHEMA.is_subproperty("exhibitsAt", "attends")

    def test_partners_and_co_organizers_stand_alone(self):
        assert SCHEMA.properties["partnerOf"].parents == ()
        assert SCHEMA.properties["coOrganizer"].parents == ()

    def test_only_cooperation_is_symmetric(self):
        assert {name for name, each in SCHEMA.properties.items() if each.symmetric} == {"cooperatesWith"}

    @pytest.mark.parametrize("predicate", [RDFS.label, RDFS.comment])
    @pytest.mark.parametrize("language", ["zh", "en"])
    def test_every_term_is_worded_once_in_both_languages(self, graph, predicate, language):
        terms = {s for s in graph.subjects(RDF.type) if isinstance(s, URIRef) and str(s).startswith(KGO)}
        worded = {
            term: [o for o in graph.objects(term, predicate) if isinstance(o, Literal) and o.language == language]
            for term in terms
        }
        assert [term for term, found in worded.items() if len(found) != 1 or not found[0].strip()] == []

    def test_no_two_terms_of_a_kind_share_a_label(self):
        for kind in (SCHEMA.classes, SCHEMA.properties):
            for language in ("label_zh", "label_en"):
                labels = [getattr(each, language) for each in kind.values()]
                assert len(set(labels)) == len(labels)


class TestAllows:
    def test_a_subclass_may_stand_where_its_top_class_may(self):
        assert SCHEMA.allows("exhibitsAt", "Company", "Exhibition")

    def test_either_class_of_a_union_may_attend(self):
        assert SCHEMA.allows("attends", "Person", "Forum")
        assert SCHEMA.allows("attends", "Hospital", "Forum")

    @pytest.mark.parametrize(
        ("predicate", "subject", "object"),
        [
            ("speaksAt", "Company", "Forum"),
            ("worksFor", "Person", "Forum"),
            ("location", "Forum", "text"),
            ("theme", "Forum", "Person"),
            ("theme", "Forum", "date"),
            ("theme", "Person", "text"),
            ("startDate", "Forum", "text"),
            ("participantCount", "Forum", "text"),
        ],
    )
    def test_a_wrong_end_is_refused(self, predicate, subject, object):
        assert not SCHEMA.allows(predicate, subject, object)

    @pytest.mark.parametrize(
        ("predicate", "subject", "kind"),
        [
            ("theme", "Conference", "text"),
            ("startDate", "Forum", "date"),
            ("startDate", "Forum", "dateTime"),
            ("specification", "Device", "specification"),
            ("participantCount", "Forum", "count"),
            ("editionNumber", "Forum", "count"),
        ],
    )
    def test_a_value_of_the_right_kind_is_taken(self, predicate, subject, kind):
        assert SCHEMA.allows(predicate, subject, kind)

    def test_an_unknown_property_is_an_error_that_lists_the_known(self):
        with pytest.raises(OntologyError, match=r"unknown property 'organiser'; known: .*organizer"):
            SCHEMA.allows("organiser", "Forum", "Company")

    def test_an_unknown_class_is_an_error_that_lists_the_known(self):
        with pytest.raises(OntologyError, match=r"unknown class 'Compnay'; known: .*Company"):
            SCHEMA.top("Compnay")


class TestConsistency:
    """What a reasoner would find, by plain reading; HermiT looks again where it can run."""

    def test_the_five_types_exclude_one_another(self):
        types = ("Person", "Organization", "Forum", "Product", "Place")
        assert all(SCHEMA.are_disjoint(a, b) for a in types for b in types if a != b)

    def test_a_class_and_its_superclass_are_not_disjoint(self):
        assert not SCHEMA.are_disjoint("Company", "Organization")

    def test_every_class_can_have_members(self):
        for cls in SCHEMA.classes.values():
            assert not [
                (a, b) for a in cls.ancestors for b in cls.ancestors if frozenset({a, b}) in SCHEMA.disjoint_pairs
            ]

    def test_a_subproperty_keeps_within_its_parent(self):
        for each in SCHEMA.properties.values():
            for parent in (SCHEMA.properties[name] for name in each.parents):
                assert all(any(SCHEMA.is_subclass(d, of) for of in parent.domain) for d in each.domain)
                assert all(any(SCHEMA.is_subclass(r, of) for of in parent.range) for r in each.range)

    def test_every_property_says_what_it_leads_from_and_to(self):
        assert not [p.name for p in SCHEMA.properties.values() if not p.domain or not (p.range or p.datatype)]

    def test_alignments_are_declared_and_of_known_vocabularies(self, graph):
        known = (
            "https://schema.org/", "http://www.w3.org/ns/org#", "http://xmlns.com/foaf/0.1/", "http://www.w3.org/ns/prov#",
            "http://www.w3.org/2004/02/skos/core#", "http://semanticweb.cs.vu.nl/2009/11/sem/", str(RDF),
            "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
        )  # fmt: skip
        named = {iri for cls in SCHEMA.classes.values() for iri in cls.aligned}
        named |= {iri for each in SCHEMA.properties.values() for iri, _ in each.aligned}
        assert all(iri.startswith(known) for iri in named)
        assert not [
            iri for iri in named if not iri.startswith(str(RDF)) and not list(graph.objects(URIRef(iri), RDF.type))
        ]

    def test_alignments_join_things_to_things_and_words_to_words(self, graph):
        for each in SCHEMA.properties.values():
            kind = OWL.DatatypeProperty if each.datatype else OWL.ObjectProperty
            assert [iri for iri, _ in each.aligned if (URIRef(iri), RDF.type, kind) not in graph] == []

    def test_nothing_of_ours_lies_above_a_term_of_others(self, graph):
        for via in (RDFS.subClassOf, RDFS.subPropertyOf):
            below = [s for s, o in graph.subject_objects(via) if str(o).startswith(KGO)]
            assert all(isinstance(s, URIRef) and str(s).startswith(KGO) for s in below)

    def test_every_name_of_ours_that_is_used_is_declared(self, graph):
        used = {t for triple in graph for t in triple if isinstance(t, URIRef) and str(t).startswith(KGO)}
        assert [term for term in used if not list(graph.objects(term, RDF.type))] == []

    def test_hermit_finds_every_class_satisfiable(self, graph):
        owlready2 = pytest.importorskip("owlready2", reason="owlready2 (with HermiT) is installed in CI only")
        if not shutil.which("java"):
            pytest.skip("HermiT needs Java")
        from kg.rdf import write_turtle
        from tests.factories import sample

        # with the sample's facts, so that disjointness, domains and ranges have something to clash over
        both = graph + Graph().parse(data=write_turtle(sample()), format="turtle")
        world = owlready2.World()
        data = io.BytesIO(both.serialize(format="nt").encode())
        world.get_ontology("https://example.org/kg/ontology").load(fileobj=data, format="ntriples")
        # xsd:date and xsd:gYear are RDF's, not OWL's
        owlready2.sync_reasoner_hermit(world, ignore_unsupported_datatypes=True, debug=0)
        assert list(world.inconsistent_classes()) == []


class TestOwnTerms:
    def test_a_class_of_ones_own_is_known(self, tmp_path):
        path = extended(tmp_path, 'kgo:Festival a owl:Class ; rdfs:subClassOf kgo:Forum ; rdfs:label "节日"@zh .')
        schema = load_schema(path)
        assert schema.top("Festival") == "Forum"
        assert schema.allows("attends", "Person", "Festival")
        assert schema.classes["Festival"].label_zh == "节日"

    def test_a_property_of_ones_own_is_known(self, tmp_path):
        path = extended(tmp_path, "kgo:mentors a owl:ObjectProperty ; rdfs:domain kgo:Person ; rdfs:range kgo:Person .")
        schema = load_schema(path)
        assert schema.allows("mentors", "Person", "Person")
        assert not schema.allows("mentors", "Person", "Company")
        assert "mentors" in schema.facts()

    def test_a_text_property_without_a_range_takes_text(self, tmp_path):
        path = extended(tmp_path, "kgo:motto a owl:DatatypeProperty ; rdfs:domain kgo:Organization .")
        assert load_schema(path).allows("motto", "Company", "text")

    def test_a_subproperty_of_ones_own_lies_below_all_above_its_parent(self, tmp_path):
        path = extended(tmp_path, "kgo:chairs a owl:ObjectProperty ; rdfs:subPropertyOf kgo:speaksAt .")
        assert load_schema(path).properties["chairs"].ancestors == {"chairs", "speaksAt", "attends"}

    @pytest.mark.parametrize(
        ("turtle", "message"),
        [
            ("kgo:X a owl:Class ; rdfs:subClassOf kgo:Frum .", r"kg.ttl:\d+: kgo:X .* 'kgo:Frum'; known: .*Forum"),
            ("kgo:p a owl:ObjectProperty ; rdfs:domain kgo:Frum .", r"kgo:p names an unknown class 'kgo:Frum'"),
            ("kgo:p a owl:ObjectProperty ; rdfs:subPropertyOf kgo:atends .", r"unknown property 'kgo:atends'"),
            ("kgo:X a owl:Class ; rdfs:subClassOf kgo:Person, kgo:Place .", r"lies below Person and Place"),
            ("kgo:X a owl:Class ; rdfs:subClassOf kgo:Y . kgo:Y a owl:Class ; rdfs:subClassOf kgo:X .", "above itself"),
            ("kgo:X rdfs:subClassOf kgo:Forum .", r"kgo:X has a superclass but is no class; add 'a owl:Class'"),
            ("kgo:p rdfs:domain kgo:Forum .", r"kgo:p is no property; add"),
            ("kgo:p a owl:ObjectProperty, owl:DatatypeProperty .", r"both an object and a datatype property"),
            ("kgo:p a owl:ObjectProperty ; rdfs:domain kgo:Person, kgo:Place .", r"2 of rdfs:domain; join them"),
            ("kgo:p a owl:DatatypeProperty ; rdfs:range xsd:duration .", r"unknown range .*known: .*xsd:date"),
            ('kgo:p a owl:DatatypeProperty ; kgo:valueKind "number" .', r"kgo:valueKind 'number'; known: .*count"),
            ("<http://e/X> a owl:Class ; rdfs:subClassOf kgo:Forum .", r"<http://e/X> names kgo:Forum .* name it kgo:"),
            ("kgo:X a owl:Class", r"kg.ttl:\d+: is not Turtle"),
        ],
    )  # fmt: skip
    def test_a_mistake_is_an_error_with_place_and_remedy(self, tmp_path, turtle, message):
        with pytest.raises(OntologyError, match=message):
            load_schema(extended(tmp_path, turtle))

    def test_a_missing_file_is_an_error(self, tmp_path):
        with pytest.raises(OntologyError, match=r"none\.ttl: can't be read \(No such file"):
            load_schema(tmp_path / "none.ttl")

    def test_a_file_in_another_encoding_is_an_error(self, tmp_path):
        (tmp_path / "gbk.ttl").write_bytes("# 本体".encode("gb18030"))
        with pytest.raises(OntologyError, match="is not UTF-8"):
            load_schema(tmp_path / "gbk.ttl")

    def test_a_file_without_our_classes_is_an_error(self, tmp_path):
        (tmp_path / "empty.ttl").write_text("", "utf-8")
        with pytest.raises(OntologyError, match="declares no class"):
            load_schema(tmp_path / "empty.ttl")


def test_the_schema_is_read_once():
    assert load_schema() is load_schema()


def test_blank_nodes_serve_only_unions_inverses_and_disjointness(graph):
    roots = {s for s in graph.subjects() if isinstance(s, BNode) and not list(graph.subjects(None, s))}
    assert {o for root in roots for o in graph.objects(root, RDF.type)} == {OWL.AllDisjointClasses}
