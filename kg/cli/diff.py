"""``kg diff``: what changed between two graphs."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import click


@click.command()
@click.argument("old", metavar="OLD", type=click.Path(path_type=Path))
@click.argument("new", metavar="NEW", type=click.Path(path_type=Path))
@click.option("--format", "format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(old: Path, new: Path, format: str) -> None:
    """Compare two graphs: things and facts added (+), removed (-) and changed (~).

    OLD and NEW are Turtle files or folders of builds. json gives one object a line.
    """
    from kg.diff import compare
    from kg.query.graph import graph_file
    from kg.rdf import read_turtle

    differences = compare(read_turtle(graph_file(old)), read_turtle(graph_file(new)))
    for each in differences:
        click.echo(json.dumps(each.as_dict(), ensure_ascii=False) if format == "json" else str(each))
    if format == "text":
        counts = Counter((each.what, each.change) for each in differences)
        for what in ("thing", "fact"):
            told = ", ".join(f"{counts[what, change]} {change}" for change in ("added", "removed", "changed"))
            click.echo(f"{what}s: {told}")
