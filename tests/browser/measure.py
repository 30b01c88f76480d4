"""Measures how fast pages become usable and how smoothly they pan, ours beside pyvis's own.

    python tests/browser/measure.py 10000 50000        # ours
    python tests/browser/measure.py --pyvis 200 2000   # pyvis's default page, for comparison

Prints one row a page: things, megabytes, seconds to make, seconds until usable, frames a second while
the view is dragged for two seconds, and while it is zoomed by the wheel.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from playwright.sync_api import Error, Page

from kg.model import Knowledge
from kg.render import render_page
from kg.schema import load_schema
from tests.browser.chromium import chromium
from tests.render.synthetic import synthetic

_PATIENCE = 240_000  # milliseconds that a page may take until it is usable

_HOOK = """
setInterval(() => {
  if (document.documentElement.dataset.ready || !window.network || window.hooked) return;
  window.hooked = true;
  const done = () => { document.documentElement.dataset.ready = String(Math.round(performance.now())); };
  if (document.getElementById("loadingBar")) window.network.once("stabilizationIterationsDone", done);
  else window.network.once("afterDrawing", done);
}, 20);
"""

_COUNT_FRAMES = """
window.frames_ = [];
requestAnimationFrame(function count(now) { if (frames_) { frames_.push(now); requestAnimationFrame(count); } });
"""


def pyvis_page(knowledge: Knowledge) -> str:
    """What a user of pyvis gets without further work, its CDN tags taken out."""
    from pyvis.network import Network

    network = Network(height="800px", width="100%", directed=True, cdn_resources="in_line")
    for entity in knowledge.entities:
        network.add_node(entity.id, label=entity.label, title=entity.label)
    for statement in knowledge.statements:
        if isinstance(statement.object, str):
            network.add_edge(statement.subject, statement.object, label=statement.predicate)
    html = network.generate_html()
    html = re.sub(r'<link\s+href="https://[^>]*>', "", html)
    return re.sub(r'<script\s+src="https://[^>]*></script>', "", html)


def frames_a_second(page: Page, *, wheel: bool) -> float:
    """Frames a second over two seconds of dragging, or of turning the wheel."""
    page.evaluate(_COUNT_FRAMES)
    end = time.perf_counter() + 2
    page.mouse.move(420, 400)
    if not wheel:
        page.mouse.down()
    step = 0
    while time.perf_counter() < end:
        step += 1
        if wheel:
            page.mouse.wheel(0, -40 if step % 40 < 20 else 40)
        else:
            page.mouse.move(420 + 150 * ((step % 60) - 30) / 30, 400 + 80 * ((step % 40) - 20) / 20)
    if not wheel:
        page.mouse.up()
    frames = page.evaluate("[frames_, frames_ = null][0]")
    page.wait_for_timeout(300)
    return round((len(frames) - 1) / (frames[-1] - frames[0]) * 1000, 1) if len(frames) > 1 else 0.0


def measure(things: int, *, pyvis: bool) -> str:
    """One row of the table."""
    knowledge = synthetic(things)
    begin = time.perf_counter()
    html = pyvis_page(knowledge) if pyvis else render_page(knowledge, load_schema(), title="测量")
    made = time.perf_counter() - begin
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        file = Path(folder, "page.html")
        file.write_text(html, encoding="utf-8", newline="")
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(_PATIENCE)
        if pyvis:
            page.add_init_script(_HOOK)
        try:
            page.goto(file.as_uri(), timeout=_PATIENCE)
            page.wait_for_selector("html[data-ready]", timeout=_PATIENCE, state="attached")
            ready = f"{int(page.evaluate('document.documentElement.dataset.ready')) / 1000:.2f}"
            page.wait_for_timeout(500)
            drag, wheel = frames_a_second(page, wheel=False), frames_a_second(page, wheel=True)
        except Error:
            ready, drag, wheel = f">{_PATIENCE // 1000}", 0.0, 0.0
    kind = "pyvis" if pyvis else "kg"
    return f"{kind:6} {things:7,} {len(html.encode()) / 1e6:7.2f} {made:7.2f} {ready:>7} {drag:6.1f} {wheel:6.1f}"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("things", type=int, nargs="+")
    parser.add_argument("--pyvis", action="store_true")
    given = parser.parse_args()
    print("page    things      MB  made s ready s  drag/s wheel/s")
    for things in given.things:
        print(measure(things, pyvis=given.pyvis), flush=True)


if __name__ == "__main__":
    main()
