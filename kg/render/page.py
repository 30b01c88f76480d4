"""Puts the parts of a page together: pyvis's vis-network, our template, style and scripts.

pyvis supplies the browser library, the template engine and the network's options. Its own template
is not used: it loads Bootstrap from a CDN and inserts headings and tooltips as markup.
"""

from __future__ import annotations

import json
from base64 import b64encode
from hashlib import sha256
from html import escape
from pathlib import Path

from kg.model import Knowledge
from kg.render.evidence import evidence_block
from kg.render.options import FRAGMENT, PageOptions
from kg.render.payload import graph_block
from kg.render.ranking import Selection, main_thing, select
from kg.render.tables import Json
from kg.schema import Schema

_ASSETS = Path(__file__).with_name("assets")
_SCRIPTS = (  # in this order, in one scope
    "words.js",
    "dom.js",
    "graph.js",
    "visible.js",
    "palette.js",
    "search.js",
    "reach.js",
    "view.js",
    "painter.js",
    "names.js",
    "scene.js",
    "panel.js",
    "legend.js",
    "searchbox.js",
    "export.js",
    "pointer.js",
    "page.js",
    "main.js",
)
_VIS = Path("lib", "vis-9.1.2", "vis-network.min.js")

# what vis-network is told; the rest is drawn and decided by our scripts
_NETWORK: Json = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"selectable": False, "hover": False},
}


def render_page(
    knowledge: Knowledge, schema: Schema, *, title: str | None = None, options: PageOptions | None = None
) -> str:
    """Draws a graph as one HTML file that asks nothing of any network.

    Args:
        knowledge: the graph.
        schema: gives the names of classes and properties in Chinese and English.
        title: the heading, shown as text whatever it holds; by default the name of the main thing.
        options: the caps; see :class:`PageOptions`.

    Returns:
        The whole page; the same bytes for the same graph. Write it as UTF-8.
    """
    options = options or PageOptions()
    selection = select(knowledge, options)
    return _fill_template(
        _clean(title or _default_title(selection)),
        graph=_data_block(graph_block(knowledge, selection, schema)),
        evidence=_data_block(evidence_block(selection, options)),
    )


def render_fragment(
    knowledge: Knowledge, schema: Schema, *, title: str | None = None, options: PageOptions = FRAGMENT
) -> str:
    """Draws a graph for a notebook's cell: the same page in a frame that can reach nothing around it."""
    page = escape(render_page(knowledge, schema, title=title, options=options))
    return (
        f'<iframe title="knowledge graph" sandbox="allow-scripts allow-downloads" '
        f'style="width:100%;height:640px;border:1px solid #8884" srcdoc="{page}"></iframe>'
    )


def _default_title(selection: Selection) -> str:
    main = main_thing(selection)
    return "知识图谱" if main is None else f"{selection.entities[main].label} · 知识图谱"


def _fill_template(title: str, *, graph: str, evidence: str) -> str:
    """Renders our template by pyvis's engine."""
    from jinja2 import Environment, FileSystemLoader
    from pyvis.network import Network

    network = Network(directed=True, heading=title, cdn_resources="in_line")
    network.options = _NETWORK
    scripts = [_script_text(Path(network.template_dir) / _VIS), _own_script()]
    style = _script_text(_ASSETS / "page.css")
    network.templateEnv = Environment(loader=FileSystemLoader(_ASSETS), autoescape=True, keep_trailing_newline=True)
    network.templateEnv.globals.update(
        policy=_policy(scripts, style), scripts=scripts, style=style, graph=graph, evidence=evidence
    )
    network.path = "page.html"
    html: str = network.generate_html()
    return html


def _own_script() -> str:
    body = "\n".join(_script_text(_ASSETS / name) for name in _SCRIPTS)
    return f'(() => {{\n"use strict";\n{body}\n}})();\n'


def _script_text(path: Path) -> str:
    """A script or style as the browser's parser will see it: a policy's hash is taken after line ends are folded."""
    return path.read_bytes().decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")


def _policy(scripts: list[str], style: str) -> str:
    """Nothing may load or run but the exact scripts and style of this file."""
    allowed = " ".join(f"'{_digest(script)}'" for script in scripts)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {allowed}",
            f"style-src '{_digest(style)}'",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _clean(text: str) -> str:
    """Halves of surrogate pairs, which a JSON file may hold and UTF-8 can't, become replacement characters."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def _data_block(block: Json) -> str:
    """JSON that can't end its script element, nor break a line, nor open a comment there."""
    text = _clean(json.dumps(block, ensure_ascii=False, separators=(",", ":")))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
