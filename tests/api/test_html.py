"""What notebooks show: nothing of a name or text is ever markup."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

import kg
from kg.api import KnowledgeGraph
from kg.api.html import MOST_ROWS
from kg.api.reading import TextExtraction
from kg.model import Document, Extraction, Relation
from tests.api.conftest import HOSTILE
from tests.factories import entity, evidence, knowledge, mention, statement

ALLOWED = frozenset("div p b table thead tbody tr th td a span ul li mark br pre iframe".split())


class Tags(HTMLParser):
    """The tags and attributes of a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.seen, self.attributes, self.open = set(), set(), []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def hostile_reading():
    about = Document(id="x", text=HOSTILE)
    found = mention(HOSTILE[:5], "Person", doc_id="x")
    relation = Relation(
        predicate="attends", subject=found, object=mention(HOSTILE), evidence=evidence(HOSTILE), confidence=0.5
    )
    return TextExtraction.of(Extraction(document=about, mentions=(found,), relations=(relation,)))


SHOWN = {
    "graph": lambda g: g,
    "facts": lambda g: g.facts(),
    "rows": lambda g: g.query("SELECT ?s ?p ?o { ?s ?p ?o }"),
    "triples": lambda g: g.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"),
    "explanation": lambda g: g.explain("person:hostile"),
    "text": lambda g: hostile_reading(),
}


class TestHostileNames:
    @pytest.mark.parametrize("what", SHOWN)
    def test_only_our_own_tags(self, hostile, what):
        tags = Tags(SHOWN[what](hostile)._repr_html_())
        assert tags.seen <= ALLOWED
        assert not tags.open
        assert not [name for name in tags.attributes if name.startswith("on")]

    @pytest.mark.parametrize("what", SHOWN)
    def test_no_control_and_direction_characters(self, hostile, what):
        shown = SHOWN[what](hostile)._repr_html_()
        assert what == "graph" or not {"\x1b", "\u202e"} & set(shown)

    def test_only_web_addresses_are_links(self, graph):
        result = graph.query('SELECT (IRI("javascript:alert(1)") AS ?x) {}')
        assert "href" not in result._repr_html_()

    @pytest.mark.parametrize("what", [name for name in SHOWN if name != "graph"])
    def test_dollars_are_no_formula(self, hostile, what):
        assert SHOWN[what](hostile)._repr_html_().startswith('<div class="tex2jax_ignore mathjax_ignore">')


class TestShown:
    def test_nodes_are_names_that_lead_to_their_iri(self, graph):
        html = graph.query("SELECT ?p { ?p a kgo:Person }")._repr_html_()
        assert 'href="https://example.org/kg/id/person/张群华"' in html
        assert ">张群华</a>" in html

    def test_long_tables_say_what_is_left_out(self):
        many = tuple(entity(f"公司{n}") for n in range(MOST_ROWS + 40))
        result = KnowledgeGraph(knowledge(many)).query("SELECT ?c { ?c a kgo:Organization }")
        assert f"{MOST_ROWS} of {MOST_ROWS + 40} rows" in result._repr_html_()

    def test_explanation_marks_the_words(self, graph):
        html = graph.explain("张群华", "乌镇互联网医院")._repr_html_()
        for words in ("张群华", "乌镇互联网医院", "院长"):
            assert f">{words}</span>" in html

    def test_no_facts(self):
        assert "no facts" in KnowledgeGraph(knowledge((entity("甲"),))).explain("甲")._repr_html_()

    def test_picture_asks_no_network_and_is_caged(self, graph):
        html = graph._repr_html_()
        assert html.startswith("<iframe")
        assert "sandbox=" in html
        assert "allow-same-origin" not in html

    def test_picture_says_what_it_leaves_out(self, monkeypatch):
        from kg.api import writing
        from kg.render import PageOptions

        monkeypatch.setattr(writing, "FRAGMENT", PageOptions(most_things=1))
        two = KnowledgeGraph(
            knowledge((entity("甲"), entity("乙")), (statement("organization/甲", "invests", "organization/乙"),))
        )
        assert "the 1 best connected of 2 things" in two._repr_html_()

    def test_text_keeps_every_character_and_marks_mentions(self):
        text = "张群华\n来到乌镇。"
        found = (mention("张群华", "Person"), mention("乌镇", "Place", at=6))
        reading = TextExtraction.of(Extraction(document=Document(id="x", text=text), mentions=found, relations=()))
        html = reading._repr_html_()
        assert html.count("<mark") == 2
        assert "<br>来到" in html

    def test_short_form_tells_whom_it_means(self):
        found = mention("该院", text="该院", anaphor=True)
        found = kg.Mention(**{**{f: getattr(found, f) for f in found.__slots__}, "name": "乌镇互联网医院"})
        reading = TextExtraction.of(Extraction(document=Document(id="x", text="该院"), mentions=(found,), relations=()))
        assert "→ 乌镇互联网医院" in reading._repr_html_()
