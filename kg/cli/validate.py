"""``kg validate``: a graph checked against the shapes of the ontology."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("graph", metavar="GRAPH_OR_DIR", type=click.Path(path_type=Path))
@click.option("--ontology", type=click.Path(path_type=Path), help="An ontology of your own.")
@click.option("--shapes", type=click.Path(path_type=Path), help="SHACL shapes of your own.")
def command(graph: Path, ontology: Path | None, shapes: Path | None) -> None:
    """Check a graph against the ontology's shapes (SHACL).

    Prints what is wrong, node by node; the exit code is 1 where the graph does not conform.
    """
    from kg.terminal import safe
    from kg.validation import validate

    report = validate(graph, ontology=ontology, shapes=shapes)
    for line in str(report).splitlines():
        click.echo(safe(line))
    if not report.conforms:
        sys.exit(1)
