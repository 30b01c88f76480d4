"""``kg explain``: why the graph says so."""

from __future__ import annotations

from pathlib import Path

import click

#: What a terminal shows instead of brackets.
COLOURS = {
    "subject": "\x1b[1;36m%s\x1b[0m",
    "object": "\x1b[1;35m%s\x1b[0m",
    "trigger": "\x1b[4m%s\x1b[0m",
    "fact": "\x1b[1m%s\x1b[0m",
}


@click.command()
@click.argument("graph", metavar="GRAPH_OR_DIR", type=click.Path(path_type=Path))
@click.argument("one", metavar="NAME_OR_IRI")
@click.argument("other", required=False, metavar="[NAME_OR_IRI]")
def command(graph: Path, one: str, other: str | None) -> None:
    """Show the facts of a thing, or those between two, each with its sentence, and why it has each other name.

    The words for the two ends stand in ⟦…⟧, those that tell the relation in ‹…›; on a terminal they
    are coloured. Below each sentence: its document, where in it the sentence begins, and the rule.
    """
    import os
    import sys

    from kg.explain import explain
    from kg.query import open_graph
    from kg.resolution import read_log

    coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for line in explain(open_graph(graph), one, other, log=read_log(graph)).lines(COLOURS if coloured else None):
        click.echo(line)
