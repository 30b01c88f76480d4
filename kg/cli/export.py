"""``kg export``: the graph for other tools."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("jsonld", "trig", "nquads", "ntriples", "rdfxml", "graphml", "gexf", "csv", "parquet")


@click.command()
@click.argument("graph", metavar="GRAPH_OR_DIR", type=click.Path(path_type=Path))
@click.option("--to", "format", type=click.Choice(FORMATS), required=True, help="The format.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="File to write; else beside the graph.")
def command(graph: Path, format: str, out: Path | None) -> None:
    """Write the graph in another format.

    trig and nquads hold a named graph for each document; csv is a pair of files for neo4j-admin,
    parquet one of things and one of facts; graphml and gexf open in Gephi.
    """
    from kg.exporting import export

    for path in export(graph, format, out):
        click.echo(path)
