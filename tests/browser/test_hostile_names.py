"""Names and sentences that try to be more than text."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from kg.model import Document, Knowledge, Value
from tests.browser.conftest import Opener
from tests.factories import entity, evidence, knowledge, statement

HOSTILE = {
    "script": "</script><script>window.harmed=1</script>",
    "image": "<img src=x onerror=window.harmed=1>",
    "link": '<a href="javascript:window.harmed=1">href</a>',
    "quotes": "\"' onmouseover=window.harmed=1 x='`${window.harmed=1}`",
    "lines": "甲\u2028乙\u2029丙\n丁\t戊",
    "cdata": "]]><svg onload=window.harmed=1>",
    "comment": "<!--<script>",
    "template": "{{ 7*7 }}{% raw %}{word}$&",
    "bidi": "\u202e大会名称\u202d\u2066",
    "prototype": "__proto__",
    "long": "极长" * 3_000,
    "blank": " ",
}


def graph(text: str) -> Knowledge:
    """A graph in which every string that a text can bring along is the hostile one."""
    told = evidence(text=f"{text}在{text}发言", doc_id=text, rule=text)
    return knowledge(
        entities=(
            entity(text, "Person", id=f"person/{text}", aliases=(text + "1", text)),
            entity("某大会", "Forum", id="forum/某大会"),
            entity("某类", text, id="odd", cls=text),
        ),
        statements=(
            statement(f"person/{text}", "speaksAt", "forum/某大会", evidence=(told,), qualifiers=(("role", text),)),
            statement("forum/某大会", "theme", Value("text", text), evidence=(told,)),
            statement("forum/某大会", text, "odd", evidence=(told,)),
        ),
        documents=(Document(id=text, text="", title=text, date=text, source=text),),
    )


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_stays_text_everywhere(open_graph: Opener, name: str) -> None:
    text = HOSTILE[name]
    watched = open_graph(graph(text), title=text)
    page = watched.page
    marks = "script, img, a, iframe, object, embed, svg[onload], [onerror], [onmouseover]"
    before = page.locator(f"body {marks}").count()
    page.fill("#search", text.strip()[:80] or "某大会")
    page.click("#filter-toggle")
    page.evaluate(
        """() => {
          const { scene, graph } = kgPage, box = scene.canvas.getBoundingClientRect();
          for (const type of ["pointermove"]) {
            for (let thing = 0; thing < graph.count; thing += 1) {
              scene.container.dispatchEvent(new PointerEvent(type, { bubbles: true,
                clientX: box.left + scene.screenX(thing), clientY: box.top + scene.screenY(thing) }));
            }
          }
        }"""
    )
    for thing in range(3):
        page.evaluate("(thing) => kgPage.pick(thing, { bring: true })", thing)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    page.evaluate("kgPage.openLink(0)")
    page.evaluate("kgPage.go({ path: [0, 1], thing: -1, link: null })")
    page.evaluate("kgPage.startPath(0)")
    page.evaluate("kgPage.setLanguage('en')")
    page.wait_for_timeout(100)
    assert page.evaluate("window.harmed") is None
    assert page.locator(f"body {marks}").count() == before
    assert page.evaluate("49 !== 7*7 || !document.title.startsWith('49')")


@pytest.mark.parametrize("name", ["script", "image", "link", "quotes", "cdata", "comment", "template"])
def test_hostile_text_is_shown_as_it_is(open_graph: Opener, name: str) -> None:
    text = HOSTILE[name]
    page = open_graph(graph(text), title=text).page
    assert page.locator("h1").text_content() == text
    page.evaluate("(id) => kgPage.pick(kgPage.graph.numbers.get(id))", f"person/{text}")
    assert page.locator("#panel-heading bdi").text_content() == text
    assert page.locator("blockquote p").first.text_content() == f"{text}在{text}发言"
    assert page.locator(".chip.role").first.text_content() == text


@pytest.mark.parametrize(
    "fragment", ["#thing=<img src=x onerror=window.harmed=1>", "#document=%3Cscript%3E", "#from=<b>&to='"]
)
def test_hostile_fragment_does_nothing(open_graph: Opener, fragment: str) -> None:
    page = open_graph(graph("某人"), fragment=fragment).page
    page.click("#filter-toggle")
    page.wait_for_timeout(100)
    assert page.evaluate("window.harmed") is None


def test_policy_stops_a_script_that_got_in(open_graph: Opener) -> None:
    watched = open_graph(graph("某人"))
    watched.page.evaluate(
        """() => {
          const script = document.createElement("script");
          try { script.textContent = "window.harmed = 1"; } catch (error) { return; }
          document.body.append(script);
        }"""
    )
    assert watched.page.evaluate("window.harmed") is None
    assert any("Security Policy" in error or "TrustedScript" in error for error in watched.errors)
    watched.errors.clear()


def test_a_name_that_is_a_formula_is_text_in_the_table(open_graph: Opener) -> None:
    page = open_graph(graph("=1+1")).page
    page.click("#export-toggle")
    with page.expect_download() as download:
        page.click("#export-table")
    assert "'=1+1" in download.value.path().read_text("utf-8")
    expect(page.locator("#export-menu")).to_be_hidden()
