"""``kg evaluate``: a graph scored against annotated texts."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("graph", type=click.Path(path_type=Path))
@click.argument("gold", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--errors", default=0, metavar="N", type=click.IntRange(0), help="List up to N mistakes of each kind.")
@click.option("--json", "as_json", is_flag=True, help="Print figures and all mistakes as JSON.")
def command(graph: Path, gold: tuple[Path, ...], errors: int, as_json: bool) -> None:
    """Score a graph against annotated texts.

    GRAPH is a Turtle file or a folder that 'kg build' wrote, GOLD the files of annotated texts (JSON
    lines) that it was built from. Prints precision, recall and F1 with 95% intervals (bootstrap over
    documents), how well names were brought together (B³ and pairs, duplicates, false merges), figures by
    predicate and by rule, and how often each kind of mistake was made.
    """
    from kg.evaluation import evaluate, format_report, read_gold, report_json
    from kg.rdf import read_turtle
    from kg.schema import load_schema

    annotations = read_gold(*gold)
    knowledge = read_turtle(graph / "graph.ttl" if graph.is_dir() else graph)
    report = evaluate(knowledge, annotations, load_schema())
    click.echo(report_json(report) if as_json else format_report(report, errors=errors), nl=False)
