"""Takes pictures of a page: python -m tests.browser.screenshots out/graph.html docs [--all]

Writes ``page.png`` (the README's); with ``--all`` also ``page-thing.png``, ``page-dark.png`` and
``page-phone.png``, for the eyes of whoever changes the page.
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.chromium import Watched, chromium

_VIEWS = {
    "page": {"viewport": {"width": 1280, "height": 800}},
    "page-thing": {"viewport": {"width": 1280, "height": 800}},
    "page-dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "page-phone": {
        "viewport": {"width": 390, "height": 800},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
}


def take(browser: Browser, html: Path, name: str, target: Path) -> None:
    """One picture; the second and third show the best connected person and product opened."""
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce", **_VIEWS[name])
    page = Watched(context.new_page()).open(html.resolve())
    kind = {"page-thing": "Person", "page-dark": "Product"}.get(name)
    if kind:
        page.evaluate(
            """(kind) => {
              const { graph } = kgPage;
              const thing = [...graph.top].findIndex((top) => graph.classes[top].name === kind);
              if (thing >= 0) kgPage.pick(thing, { bring: true });
            }""",
            kind,
        )
    page.wait_for_timeout(400)
    page.screenshot(path=target)
    context.close()


def main() -> None:
    """Takes the pictures that are asked for."""
    given = [argument for argument in sys.argv[1:] if argument != "--all"]
    if len(given) != 2:
        sys.exit(__doc__)
    html, folder = Path(given[0]), Path(given[1])
    names = _VIEWS if "--all" in sys.argv else ["page"]
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for name in names:
            take(browser, html, name, folder / f"{name}.png")
            print(folder / f"{name}.png")


if __name__ == "__main__":
    main()
