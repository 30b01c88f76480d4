"""What render_page writes, without a browser."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from importlib.resources import files
from typing import Any

import pytest

from kg.model import Entity, Knowledge, Span
from kg.render import PageOptions, page_notice, render_fragment, render_page
from kg.schema import load_schema
from tests.factories import entity, evidence, knowledge, statement
from tests.render.news import FORUM, SUHE, news
from tests.render.synthetic import synthetic


def page(graph: Knowledge, **fields: Any) -> str:
    return render_page(graph, load_schema(), **fields)


def block(html: str, name: str) -> Any:
    found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', html, re.DOTALL)
    assert found
    return json.loads(found[1])


def test_same_bytes_for_the_same_graph_whatever_the_hash_seed() -> None:
    code = (
        "from kg.render import render_page; from kg.schema import load_schema;"
        "from tests.render.synthetic import synthetic;"
        "from hashlib import sha256; print(sha256(render_page(synthetic(300), load_schema()).encode()).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_order_of_the_input_does_not_matter_to_places() -> None:
    graph = synthetic(120)
    turned = Knowledge(entities=graph.entities[::-1], statements=graph.statements, documents=graph.documents)
    first, second = (block(page(each), "graph-data")["things"] for each in (graph, turned))
    assert (first["id"], first["x"], first["y"]) == (second["id"], second["x"], second["y"])


def test_nothing_is_loaded_from_anywhere() -> None:
    html = page(news())
    outside_scripts = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    assert not re.search(r"""(?:src|href)\s*=|@import|url\(|https?://""", outside_scripts)


def test_policy_allows_exactly_the_scripts_and_the_style_of_the_page() -> None:
    html = page(news())
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy
    texts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL) + re.findall(
        r"<style>(.*?)</style>", html, re.DOTALL
    )
    digests = {"sha256-" + b64encode(sha256(text.encode()).digest()).decode() for text in texts}
    assert set(re.findall(r"sha256-[\w+/=]+", policy[1])) == digests
    assert "unsafe" not in policy[1]
    assert policy[1].startswith("default-src &#39;none&#39;")


def test_a_page_of_hundreds_of_facts_stays_small() -> None:
    assert len(page(synthetic(200)).encode()) < 1_200_000


def test_hostile_text_can_not_leave_its_block() -> None:
    hostile = "</script><script>alert(1)</script><!--\u2028\u2029]]>&amp;"
    html = page(knowledge(entities=(entity(hostile, id="x"),)), title=hostile)
    assert "alert(1)</script>" not in html
    assert "\u2028" not in re.sub(r"<(title|h1)>.*?</\1>", "", html, flags=re.DOTALL)
    assert block(html, "graph-data")["things"]["label"] == [hostile]


def test_half_a_surrogate_pair_is_replaced() -> None:
    html = page(knowledge(entities=(entity("甲\ud83d乙", id="x"),)))
    assert block(html, "graph-data")["things"]["label"] == ["甲\ufffd乙"]
    html.encode("utf-8")


def test_title_is_the_main_forum_unless_given() -> None:
    assert "<title>第三届云岭数字大会 · 知识图谱</title>" in page(news())
    assert "<title>某题</title>" in page(news(), title="某题")


def test_things_and_facts_are_columns_of_one_length() -> None:
    data = block(page(news()), "graph-data")
    things, facts = data["things"], data["facts"]
    assert {len(things[name]) for name in ("id", "label", "class", "x", "y")} == {10}
    assert {len(facts[name]) for name in ("subject", "predicate", "object", "confidence", "date")} == {11}


def test_best_connected_thing_comes_first_and_the_forum_stands_in_the_middle() -> None:
    things = block(page(news()), "graph-data")["things"]
    assert things["id"][0] == FORUM
    assert (things["x"][0], things["y"][0]) == (0, 0)


def test_classes_and_predicates_carry_both_names() -> None:
    data = block(page(news()), "graph-data")
    assert ["Company", "公司", "Company"] in [each[:3] for each in data["classes"]]
    assert ["worksFor", "任职于", "works for"] in [each[:3] for each in data["predicates"]]


def test_a_class_that_the_ontology_lacks_is_shown_by_its_name() -> None:
    odd = Entity(id="x", type="Spaceship", cls="Spaceship", label="某船")
    assert ["Spaceship", "Spaceship", "Spaceship", 0] in block(page(knowledge(entities=(odd,))), "graph-data")[
        "classes"
    ]


def test_marks_are_offsets_into_the_sentence() -> None:
    html = page(news())
    graph, sentences = block(html, "graph-data"), block(html, "evidence-data")
    fact = next(
        number
        for number, (subject, predicate) in enumerate(
            zip(graph["facts"]["subject"], graph["facts"]["predicate"], strict=True)
        )
        if graph["things"]["id"][subject] == SUHE and graph["predicates"][predicate][0] == "worksFor"
    )
    count, (sentence, _, *marks) = sentences["facts"][fact]
    text = sentences["sentences"][sentence][1]
    assert count == 1
    assert [text[start:end] for start, end in zip(marks[::2], marks[1::2], strict=True)] == ["苏禾", "澄心科技", ""]


def test_facts_take_the_date_of_the_event_at_their_end() -> None:
    data = block(page(news()), "graph-data")
    dates = {
        data["predicates"][predicate][0]: data["dates"][date] if date >= 0 else None
        for predicate, date in zip(data["facts"]["predicate"], data["facts"]["date"], strict=True)
    }
    assert dates["speaksAt"] == "2023-05-08"
    assert dates["attends"] == "2023-05-09"  # its sub-forum has no date: the document's
    assert dates["worksFor"] in (None, "2023-05-08")


def test_what_resolution_knows_is_a_fact_without_sentence() -> None:
    edition = entity("第三届某会", "Forum", properties=(("editionOf", "series/某会"),))
    html = page(knowledge(entities=(edition, entity("某会", "ForumSeries", id="series/某会"))))
    assert block(html, "graph-data")["facts"]["object"] == [1 - block(html, "graph-data")["facts"]["subject"][0]]
    assert block(html, "evidence-data")["facts"] == [[0]]


def test_too_large_a_graph_keeps_the_best_connected_and_says_so() -> None:
    graph, options = synthetic(60), PageOptions(most_things=20)
    data = block(page(graph, options=options), "graph-data")
    assert (len(data["things"]["id"]), data["left_out"]) == (20, 40)
    assert page_notice(graph, options) == (
        "graph.html: 60 things are more than a page holds well; it shows the 20 best connected; all are in graph.ttl"
    )
    assert page_notice(graph) is None


def test_things_are_left_out_until_the_facts_fit() -> None:
    data = block(page(synthetic(200), options=PageOptions(most_facts=40)), "graph-data")
    assert 20 < len(data["facts"]["subject"]) <= 40
    assert data["left_out"] > 0


def test_every_script_is_in_the_page() -> None:
    assets = files("kg.render") / "assets"
    html = page(news())
    for script in assets.iterdir():
        if script.name.endswith(".js"):
            assert script.read_text("utf-8").strip() in html


def test_a_sentence_read_by_two_rules_is_shown_once() -> None:
    marked = evidence(subject=Span(0, 2), rule="a")
    graph = knowledge(
        entities=(entity("甲", id="a"), entity("乙", id="b")),
        statements=(statement("a", "cooperatesWith", "b", evidence=(evidence(rule="z"), marked)),),
    )
    data = block(page(graph), "evidence-data")
    assert data["facts"] == [[1, [0, 0, 0, 2, -1, -1, -1, -1]]]
    assert data["rules"] == ["a"]


def test_a_fact_keeps_few_sentences_from_many_documents_and_counts_all() -> None:
    told = tuple(evidence(doc_id=f"news-{number // 3}", at=number) for number in range(30))
    graph = knowledge(
        entities=(entity("甲", id="a"), entity("乙", id="b")),
        statements=(statement("a", "cooperatesWith", "b", evidence=told),),
    )
    html = page(graph, options=PageOptions(most_sentences=5))
    (row,) = block(html, "evidence-data")["facts"]
    sentences = block(html, "evidence-data")["sentences"]
    assert row[0] == 30
    assert len({sentences[each[0]][0] for each in row[1:]}) == 5


def test_sentences_beyond_the_cap_are_left_out() -> None:
    html = page(news(), options=PageOptions(most_characters=0))
    assert block(html, "evidence-data")["sentences"] == []


@pytest.mark.parametrize("graph", [Knowledge(entities=(), statements=()), synthetic(1)])
def test_tiny_graphs_are_pages_too(graph: Knowledge) -> None:
    assert len(block(page(graph), "graph-data")["things"]["id"]) == len(graph.entities)


def test_fragment_is_one_frame_with_the_page_in_it() -> None:
    html = render_fragment(news(), load_schema())
    assert html.startswith("<iframe ") and html.endswith("</iframe>")
    assert html.count('"') == html.count('="') * 2
    assert 'sandbox="allow-scripts allow-downloads"' in html
