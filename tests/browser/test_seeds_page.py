"""The page that `kg build seeds/corpus` writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Opener


@pytest.fixture(scope="module")
def html(tmp_path_factory: pytest.TempPathFactory) -> str:
    from click.testing import CliRunner

    from kg.cli import cli

    out = tmp_path_factory.mktemp("build") / "out"
    corpus = Path(__file__).parents[2] / "seeds" / "corpus"
    result = CliRunner().invoke(cli, ["build", str(corpus), "--out", str(out), "--no-tagger"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return (out / "graph.html").read_text("utf-8")


def test_search_finds_su_hua_and_shows_his_sentence(open_graph: Opener, html: str) -> None:
    page = open_graph(html).page
    page.fill("#search", "宿华")
    page.press("#search", "Enter")
    expect(page.locator("#panel-heading")).to_have_text("宿华")
    expect(page.locator("blockquote p").first).to_contain_text("快手科技创始人、CEO宿华首次亮相世界互联网大会")
    expect(page.locator("mark.subject").first).to_have_text("宿华")


def test_file_is_small(html: str) -> None:
    assert len(html.encode()) < 1_200_000


def test_main_forum_is_the_heading_and_the_hub(open_graph: Opener, html: str) -> None:
    page = open_graph(html).page
    expect(page.locator("h1")).to_contain_text("第四届世界互联网大会")
    assert page.evaluate("kgPage.graph.labels[0]") == "第四届世界互联网大会"


def test_names_do_not_overlap_at_first_sight(open_graph: Opener, html: str) -> None:
    page = open_graph(html).page
    assert page.evaluate(
        """kgPage.scene.names.placed.all.every((a, at, all) => all.slice(0, at).every((b) =>
          a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top))"""
    )
