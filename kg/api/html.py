"""HTML for notebooks: names and texts come from anywhere, so nothing of theirs is ever markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import islice

from kg.terminal import safe

# what a cell of a notebook needs beyond a browser's defaults; colours read well on light and dark pages
_WIDE = "text-align:left;vertical-align:top;white-space:normal;padding:.2em .8em .2em 0"
_MARKS = {
    "subject": "background:#bfe3ff;color:#000",
    "object": "background:#ffe0a3;color:#000",
    "trigger": "text-decoration:underline",
}
_COLOURS = {
    "Person": "#ffd6a5",
    "Organization": "#a9d6ff",
    "Forum": "#d7c2ff",
    "Product": "#b8f0c0",
    "Place": "#ffc2d1",
}
MOST_ROWS = 60


def text_html(text: str) -> str:
    """``text`` as it stands: without control and direction characters, and without markup.

    >>> text_html("<script>张三")
    '&lt;script&gt;张三'
    """
    return escape(safe(text))


def block(*parts: str) -> str:
    """The parts in one box; MathJax, which would take dollar signs for formulas, passes it by."""
    return f'<div class="tex2jax_ignore mathjax_ignore">{"".join(parts)}</div>'


def note(text: str) -> str:
    """A word below or above a table."""
    return f'<p style="margin:.3em 0;opacity:.75">{text_html(text)}</p>'


def link(iri: str, words: str) -> str:
    """``words`` that lead to ``iri`` where it is a web address, else the words alone."""
    shown = text_html(words)
    if not iri.startswith(("http://", "https://")):
        return shown
    address = escape(safe(iri))
    return f'<a href="{address}" title="{address}" target="_blank" rel="noopener noreferrer">{shown}</a>'


def table(header: Sequence[str], rows: Iterable[Sequence[str]], total: int) -> str:
    """A table.

    Args:
        header: names of the columns, as text.
        rows: cells, HTML already; those after :data:`MOST_ROWS` are left out.
        total: how many rows there are.
    """
    head = "".join(f'<th style="{_WIDE}">{text_html(name)}</th>' for name in header)
    kept = ("".join(f'<td style="{_WIDE}">{cell}</td>' for cell in row) for row in islice(rows, MOST_ROWS))
    body = "".join(f"<tr>{row}</tr>" for row in kept)
    shown = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return shown if total <= MOST_ROWS else shown + note(f"{MOST_ROWS} of {total:,} rows")


def marked(pieces: Iterable[tuple[str, str]]) -> str:
    """A sentence in pieces: what each is (``subject``, ``object``, ``trigger`` or empty), and its words."""
    return "".join(
        f'<span style="{_MARKS[mark]}">{text_html(words)}</span>' if mark else text_html(words)
        for mark, words in pieces
    )


def mention(words: str, kind: str, label: str) -> str:
    """A mention in running text, its class beside it, as displaCy shows entities."""
    tag = f'<span style="font-size:.7em;font-weight:bold;margin-left:.4em">{text_html(label)}</span>'
    style = f"background:{_COLOURS.get(kind, '#ddd')};color:#000;padding:.15em .35em;border-radius:.3em"
    return f'<mark style="{style}">{text_html(words)}{tag}</mark>'


def running(text: str) -> str:
    """Text between mentions, its line ends kept."""
    return "<br>".join(text_html(line) for line in text.split("\n"))
