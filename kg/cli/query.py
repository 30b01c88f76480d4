"""``kg query``: SPARQL, or one of the bundled questions, put to a graph."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import click


@click.command()
@click.argument("graph", metavar="GRAPH_OR_DIR", type=click.Path(path_type=Path))
@click.argument("query", required=False, metavar="[QUERY_OR_NAME]")
@click.option(
    "--format", "format", type=click.Choice(["table", "csv", "json", "turtle"]), default="table", show_default=True,
    help="csv and json as the W3C defines SPARQL results; turtle for CONSTRUCT and DESCRIBE.",
)  # fmt: skip
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="Fills in the query's $NAME.")
def command(graph: Path, query: str | None, format: str, values: tuple[str, ...]) -> None:
    r"""Ask the graph in SPARQL.

    QUERY_OR_NAME is SPARQL, a .rq file, - for standard input, or the name of a bundled question;
    without it these are listed. Prefixes of the ontology and of schema.org need no declaration.

    \b
    kg query out who-spoke-at --set forum=第四届世界互联网大会
    kg query out 'SELECT ?name { ?p a kgo:Person ; rdfs:label ?name }'
    """
    from kg.query import ask, find_question, open_graph

    if query is None:
        _list_questions()
        return
    question = find_question(sys.stdin.read() if query == "-" else query)
    answer = ask(open_graph(graph), question, dict(map(_pair, values)))
    wide = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    text, count = answer.written(format, columns=wide)  # type: ignore[arg-type]
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.flush()
    if not count:
        click.echo(f"kg: {question.name}: no rows", err=True)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise click.UsageError(f"--set {text}: write NAME=VALUE, such as --set forum=第四届世界互联网大会")
    return name.removeprefix("$"), value


def _list_questions() -> None:
    from kg.query import bundled_questions

    for question in bundled_questions():
        click.echo(f"{question.name}\n    {question.zh}\n    {question.en}")
        for each in question.parameters:
            must = "" if each.required else "[optional] "
            click.echo(f"    --set {each.name}=…  {must}{each.zh} / {each.en}")
