"""What a reader does with the page, in a real browser."""

from __future__ import annotations

import csv
import io
import re

import pytest
from playwright.sync_api import Page, expect

from kg.model import Knowledge
from kg.render import render_fragment
from kg.schema import load_schema
from tests.browser.conftest import Opener
from tests.render.news import news
from tests.render.synthetic import synthetic

FADED = "[...kgPage.scene.emphasis.things].map((thing) => kgPage.graph.labels[thing])"


def shown(page: Page) -> set[str]:
    """Names of the things on the canvas."""
    return set(page.evaluate("kgPage.scene.members.map((thing) => kgPage.graph.labels[thing])"))


def seek(page: Page, query: str) -> None:
    """Types into the search field and takes the first result."""
    page.fill("#search", query)
    page.wait_for_selector("#results [role=option]")
    page.press("#search", "Enter")


def point(page: Page, name: str) -> tuple[float, float]:
    """Where a thing stands in the window."""
    place = page.evaluate(
        """(name) => {
          const { scene, graph } = kgPage, thing = graph.labels.indexOf(name);
          const box = scene.canvas.getBoundingClientRect();
          return [box.left + scene.screenX(thing), box.top + scene.screenY(thing)];
        }""",
        name,
    )
    return place[0], place[1]


def inked(page: Page) -> int:
    """Pixels of the canvas that are not bare."""
    return int(
        page.evaluate(
            """() => {
              const { canvas } = kgPage.scene;
              const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
              let count = 0;
              for (let at = 3; at < data.length; at += 4) if (data[at] > 0) count += 1;
              return count;
            }"""
        )
    )


@pytest.mark.parametrize("things", [1, 30, 1_000])
def test_canvas_is_drawn(open_graph: Opener, things: int) -> None:
    assert inked(open_graph(synthetic(things)).page) > 100


def test_an_empty_graph_opens(open_graph: Opener) -> None:
    page = open_graph(Knowledge(entities=(), statements=())).page
    expect(page.locator("#state")).to_have_text("当前筛选下没有可显示的事物。")


def test_names_do_not_overlap_at_first_sight(open_graph: Opener) -> None:
    page = open_graph(synthetic(1_000)).page
    overlaps = page.evaluate(
        """() => {
          const { all } = kgPage.scene.names.placed;
          let count = 0;
          all.forEach((a, at) => all.slice(0, at).forEach((b) => {
            if (a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom) count += 1;
          }));
          return [count, all.length];
        }"""
    )
    assert overlaps[0] == 0
    assert overlaps[1] > 20


def test_every_name_of_a_small_graph_is_written_at_first_sight(open_graph: Opener) -> None:
    page = open_graph(news()).page
    assert page.evaluate("kgPage.scene.names.placed.all.filter((each) => each.thing !== undefined).length") == 10


def test_search_finds_a_name_and_shows_its_sentence(open_graph: Opener) -> None:
    page = open_graph(news()).page
    seek(page, "苏禾")
    expect(page.locator("#panel-heading")).to_have_text("苏禾")
    expect(page.locator("#panel-body blockquote p").first).to_contain_text("澄心科技首席执行官苏禾在大会上发言。")
    expect(page.locator("mark.subject").first).to_have_text("苏禾")
    expect(page.locator("mark.trigger").first).to_have_text("发言")
    expect(page.locator("blockquote footer").first).to_have_text("要闻 云报-01 · 2023-05-08 · 云报")
    expect(page.locator(".chip.role")).to_have_text("首席执行官")


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("yunling summit", "第三届云岭数字大会"),  # another name, without regard to case
        ("山海之声", "“山海之声”分论坛"),  # without its quotation marks
        ("tffyj", "听风翻译机"),  # pinyin initials
        ("cxkj", "澄心科技"),
    ],
)
def test_search_by_other_names(open_graph: Opener, query: str, name: str) -> None:
    page = open_graph(news()).page
    seek(page, query)
    expect(page.locator("#panel-heading")).to_have_text(name)


def test_search_says_when_nothing_is_found(open_graph: Opener) -> None:
    page = open_graph(news()).page
    page.fill("#search", "无此名")
    expect(page.locator("#results")).to_have_text("没有找到“无此名”")


def test_click_on_a_thing_opens_it(open_graph: Opener) -> None:
    page = open_graph(news()).page
    page.mouse.click(*point(page, "听风翻译机"))
    expect(page.locator("#panel-heading")).to_have_text("听风翻译机")
    expect(page.locator("#panel-body")).to_contain_text("续航时间=12小时")
    assert set(page.evaluate(FADED)) == {"听风翻译机", "澄心科技", "第三届云岭数字大会"}


def test_click_on_a_line_opens_its_facts(open_graph: Opener) -> None:
    page = open_graph(news()).page
    (ax, ay), (bx, by) = point(page, "贺听澜"), point(page, "远帆书局")
    page.mouse.click(ax * 0.6 + bx * 0.4, ay * 0.6 + by * 0.4)
    expect(page.locator("#panel-heading")).to_contain_text("—")
    expect(page.locator("#panel-body .line")).to_contain_text("贺听澜 任职于 → 远帆书局")


def test_legend_hides_a_class_and_shows_it_again(open_graph: Opener) -> None:
    page = open_graph(news()).page
    key = page.locator('#legend [data-class="Person"]')
    key.click()
    assert shown(page).isdisjoint({"苏禾", "陆砚秋", "贺听澜"})
    expect(key).to_have_attribute("aria-pressed", "false")
    key.click()
    assert {"苏禾", "陆砚秋", "贺听澜"} <= shown(page)


def test_filters_by_predicate_confidence_date_and_document(open_graph: Opener) -> None:
    page = open_graph(news()).page
    page.click("#filter-toggle")
    page.click("#predicates-none")
    page.check("#filter-predicate-worksFor")
    assert shown(page) == {"苏禾", "澄心科技", "贺听澜", "远帆书局"}
    page.click("#filter-reset")
    page.locator("#filter-confidence").fill("60")
    page.locator("#filter-confidence").dispatch_event("change")
    assert page.evaluate("kgPage.visible.factOn.reduce((sum, on) => sum + on, 0)") == 10
    page.click("#filter-reset")
    page.fill("#filter-from", "2023-05-09")
    page.press("#filter-from", "Enter")
    page.uncheck("#filter-undated")
    assert shown(page) == {"陆砚秋", "“山海之声”分论坛", "澄心科技", "听风翻译机"}
    page.click("#filter-reset")
    page.get_by_role("button", name="要闻 云报-03").click()
    assert shown(page) == {"贺听澜", "远帆书局"}


def test_neighbours_within_one_and_two_hops(open_graph: Opener) -> None:
    page = open_graph(news()).page
    seek(page, "苏禾")
    page.get_by_role("button", name="邻居 一跳").click()
    assert shown(page) == {"苏禾", "澄心科技", "第三届云岭数字大会"}
    page.get_by_role("button", name="两跳").click()
    assert shown(page) == {
        "苏禾",
        "澄心科技",
        "第三届云岭数字大会",
        "听风翻译机",
        "青川",
        "云岭省人民政府",
        "“山海之声”分论坛",
    }
    page.click("#back")
    assert len(shown(page)) == 10


def test_double_click_shows_the_neighbours_alone(open_graph: Opener) -> None:
    page = open_graph(news()).page
    page.mouse.dblclick(*point(page, "青川"))
    assert shown(page) == {"青川", "第三届云岭数字大会"}


def test_shortest_path(open_graph: Opener) -> None:
    page = open_graph(news()).page
    seek(page, "陆砚秋")
    page.get_by_role("button", name="到…的路径").click()
    seek(page, "苏禾")
    expect(page.locator("#panel-body")).to_contain_text("最短路径：3 步")
    assert shown(page) == {"陆砚秋", "“山海之声”分论坛", "第三届云岭数字大会", "苏禾"}
    expect(page.locator("ol.path > li").nth(0)).to_contain_text("陆砚秋 参加 → “山海之声”分论坛")


def test_results_stay_for_one_who_is_soon_back_in_the_field(open_graph: Opener) -> None:
    page = open_graph(news()).page
    page.evaluate("() => ['focus', 'blur', 'focus'].forEach((does) => document.getElementById('search')[does]())")
    page.fill("#search", "苏禾")
    page.wait_for_timeout(300)
    expect(page.locator("#results [role=option]").first).to_be_visible()


def test_no_path_is_said(open_graph: Opener) -> None:
    page = open_graph(news()).page
    seek(page, "陆砚秋")
    page.get_by_role("button", name="到…的路径").click()
    seek(page, "贺听澜")
    expect(page.locator("#panel-body")).to_contain_text("两者之间没有路径")


def test_undo_and_redo(open_graph: Opener) -> None:
    page = open_graph(news()).page
    expect(page.locator("#undo")).to_be_disabled()
    seek(page, "苏禾")
    page.locator('#legend [data-class="Place"]').click()
    page.keyboard.press("Control+z")
    assert "青川" in shown(page)
    expect(page.locator("#panel-heading")).to_have_text("苏禾")
    page.click("#undo")
    expect(page.locator("#panel-heading")).to_have_text("概览")
    page.click("#redo")
    expect(page.locator("#panel-heading")).to_have_text("苏禾")


def test_fragment_brings_the_same_view_back(open_graph: Opener) -> None:
    page = open_graph(news()).page
    seek(page, "苏禾")
    page.get_by_role("button", name="邻居 一跳").click()
    page.locator('#legend [data-class="Organization"]').click()
    again = open_graph(news(), fragment=page.evaluate("location.hash")).page
    assert shown(again) == shown(page) == {"苏禾", "第三届云岭数字大会"}
    expect(again.locator("#panel-heading")).to_have_text("苏禾")
    assert again.evaluate("kgPage.scene.camera()") == page.evaluate("kgPage.scene.camera()")


def test_a_pasted_fragment_is_obeyed(open_graph: Opener) -> None:
    page = open_graph(news()).page
    page.evaluate("location.hash = 'thing=person/苏禾'")
    expect(page.locator("#panel-heading")).to_have_text("苏禾")


@pytest.mark.parametrize(
    "fragment", ["#thing=nobody", "#at=a,b,c", "#path=x&path=y", "#%", "#hops=9&around=person/苏禾"]
)
def test_a_broken_fragment_shows_the_whole_graph(open_graph: Opener, fragment: str) -> None:
    page = open_graph(news(), fragment=fragment).page
    assert len(shown(page)) == 10


def test_table_holds_the_facts_in_sight(open_graph: Opener) -> None:
    page = open_graph(news()).page
    page.locator('#legend [data-class="Person"]').click()
    page.click("#export-toggle")
    with page.expect_download() as download:
        page.click("#export-table")
    text = download.value.path().read_text("utf-8")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len(rows) == 7
    assert {
        "subject": "澄心科技", "predicate": "发布", "object": "听风翻译机",
        "role": "", "date": "", "amount": "", "confidence": "0.92",
        "document": "要闻 云报-02", "sentence": "澄心科技在第三届云岭数字大会上发布听风翻译机，续航时间为12小时。",
    } in rows  # fmt: skip


def test_picture_is_a_png_with_heading_and_legend(open_graph: Opener) -> None:
    page = open_graph(news()).page
    page.click("#export-toggle")
    with page.expect_download() as download:
        page.click("#export-picture")
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_interface_speaks_the_browsers_language(open_graph: Opener) -> None:
    page = open_graph(news(), locale="en-US").page
    expect(page.locator("#filter-toggle")).to_have_text("Filter")
    expect(page.locator("#legend")).to_contain_text("Organization")
    assert page.locator("html").get_attribute("lang") == "en"
    page.click("#language")
    expect(page.locator("#filter-toggle")).to_have_text("筛选")
    expect(page.locator("#legend")).to_contain_text("机构")


def test_dark_where_the_system_is_dark_and_on_request(open_graph: Opener) -> None:
    page = open_graph(news(), color_scheme="dark").page
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.click("#theme")
    assert page.locator("html").get_attribute("data-theme") == "light"


def test_all_is_reached_by_keyboard(open_graph: Opener) -> None:
    page = open_graph(news()).page
    page.keyboard.press("/")
    page.keyboard.type("苏禾")
    page.keyboard.press("Enter")
    expect(page.locator("#live")).to_have_text("已选中 苏禾，人物，2 条事实")
    page.focus("#canvas")
    before = page.evaluate("kgPage.scene.camera()")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("+")
    after = page.evaluate("kgPage.scene.camera()")
    assert after["x"] > before["x"] and after["scale"] > before["scale"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#panel') !== null")
    page.keyboard.press("Escape")
    expect(page.locator("#panel-heading")).to_have_text("概览")


def test_controls_have_names(open_graph: Opener) -> None:
    page = open_graph(news()).page
    page.click("#filter-toggle")
    nameless = page.evaluate(
        """[...document.querySelectorAll("button, input")].filter((each) => !(each.textContent.trim()
          || each.getAttribute("aria-label") || each.title || each.labels?.length)).map((each) => each.outerHTML)"""
    )
    assert nameless == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_contrast(open_graph: Opener, scheme: str) -> None:
    page = open_graph(news(), color_scheme=scheme).page
    ratios = page.evaluate(
        """() => {
          const style = getComputedStyle(document.documentElement);
          const probe = document.body.appendChild(document.createElement("i"));
          const light = (name) => {
            probe.style.color = style.getPropertyValue(`--${name}`);
            const parts = getComputedStyle(probe).color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
              .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
            return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
          };
          const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
          return [["ink", "ground"], ["ink", "paper"], ["muted", "ground"], ["muted", "paper"], ["accent", "paper"],
            ["ink", "subject"], ["ink", "object"], ["ink", "notice"]].map(([a, b]) => [a, b, ratio(a, b)]);
        }"""
    )
    assert [pair for pair in ratios if pair[2] < 4.5] == []


def test_a_phone_shows_the_graph_first_and_a_sheet_on_demand(open_graph: Opener) -> None:
    page = open_graph(news(), viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True).page
    expect(page.locator("#panel")).to_be_hidden()
    page.touchscreen.tap(*point(page, "听风翻译机"))
    expect(page.locator("#panel-heading")).to_have_text("听风翻译机")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert inked(page) > 100


def test_a_resized_window_keeps_the_whole_graph_in_sight(open_graph: Opener) -> None:
    page = open_graph(news()).page
    page.set_viewport_size({"width": 800, "height": 500})
    page.wait_for_timeout(400)
    assert page.evaluate("kgPage.scene.members.every((thing) => kgPage.scene.inside(thing, kgPage.scene.sight(0)))")


def test_a_dragged_thing_takes_its_lines_along(open_graph: Opener) -> None:
    page = open_graph(news()).page
    x, y = point(page, "青川")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=6)
    page.mouse.up()
    after = point(page, "青川")
    assert after == pytest.approx((x + 60, y + 30), abs=6)


def test_a_large_graph_draws_hubs_as_shapes_and_the_rest_as_dots(open_graph: Opener) -> None:
    page = open_graph(synthetic(10_000)).page
    nodes, crowd = page.evaluate("[kgPage.scene.shown.size, kgPage.scene.crowd]")
    assert 50 < nodes <= 500
    assert crowd == 10_000
    page.evaluate("kgPage.scene.zoomBy(30)")
    page.wait_for_timeout(300)
    assert page.evaluate("kgPage.scene.shown.size >= Math.min(500, kgPage.scene.crowd)")


def test_a_large_graph_is_ready_soon_and_pans_smoothly(open_graph: Opener) -> None:
    page = open_graph(synthetic(10_000)).page
    assert int(page.locator("html").get_attribute("data-ready") or 0) < 4_000  # 500 on an idle machine
    frame = page.evaluate(
        """async () => {
          const times = [];
          for (let at = 0; at < 40; at += 1) {
            kgPage.scene.network.moveTo({ position: { x: at * 40, y: at * 10 } });
            const begin = performance.now();
            kgPage.scene.redraw();
            times.push(performance.now() - begin);
          }
          return times.sort((a, b) => a - b)[20];
        }"""
    )
    assert frame < 40  # milliseconds; 5 on an idle machine


def test_a_cap_is_said_in_the_overview(open_graph: Opener) -> None:
    from kg.render import PageOptions, render_page

    html = render_page(synthetic(60), load_schema(), options=PageOptions(most_things=20))
    expect(open_graph(html).page.locator("#panel-body .notice")).to_contain_text("另有 40 个未显示")


def test_a_notebooks_frame_draws_the_graph(open_graph: Opener) -> None:
    fragment = render_fragment(news(), load_schema())
    watched = open_graph(f"<!doctype html><html data-ready=1><body>{fragment}</body></html>")
    frame = watched.page.frame_locator("iframe")
    expect(frame.locator("html[data-ready]")).to_be_attached(timeout=20_000)
    frame.locator("#search").fill("苏禾")
    frame.locator("#search").press("Enter")
    expect(frame.locator("#panel-heading")).to_have_text("苏禾")


def test_help_names_the_keys(open_graph: Opener) -> None:
    page = open_graph(news()).page
    page.click("#help-toggle")
    expect(page.locator("#help-body")).to_contain_text("按 / 搜索")
    page.keyboard.press("Escape")
    expect(page.locator("#help")).to_be_hidden()


def test_no_words_are_missing_in_either_language(open_graph: Opener) -> None:
    page = open_graph(news()).page
    for _ in range(2):
        assert not re.search(r"undefined|\{\w+\}|NaN", page.inner_text("body"))
        page.click("#language")
