"""``kg build``: texts in, a folder with graph.ttl, graph.html, rejected.jsonl and report.json out."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict, Unpack

import click

FORMATS = ("jsonld", "trig", "nquads", "ntriples", "rdfxml", "graphml", "gexf", "csv", "parquet")


class _Options(TypedDict):
    """What click hands over, one for each option."""

    out: Path
    workers: int
    lexicons: tuple[Path, ...]
    patterns: tuple[Path, ...]
    overrides: Path | None
    model: Path | None
    no_tagger: bool
    no_html: bool
    formats: tuple[str, ...]
    provenance: str
    align: bool
    base_iri: str | None


@click.command()
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option("--out", "out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder to write.")
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 256), help="Worker processes.")
@click.option(
    "--lexicon", "lexicons", multiple=True, type=click.Path(path_type=Path), help="A names file of your own (TSV)."
)
@click.option(
    "--patterns",
    "patterns",
    multiple=True,
    type=click.Path(path_type=Path),
    help="A file of relation rules of your own.",
)
@click.option("--overrides", type=click.Path(path_type=Path), help="Same-as, different-from, rename … lines (TOML).")
@click.option("--model", type=click.Path(path_type=Path), help="A folder of models of your own, made by 'kg train'.")
@click.option("--no-tagger", is_flag=True, help="Leave the learned models out: faster, finds less.")
@click.option("--no-html", is_flag=True, help="Don't write the page.")
@click.option(
    "--formats", "formats", multiple=True, type=click.Choice(FORMATS), help="Write this format too; may be repeated."
)
@click.option("--provenance", type=click.Choice(["full", "none"]), default="full", show_default=True)
@click.option("--align", is_flag=True, help="Add the types and properties of schema.org.")
@click.option("--base-iri", default=None, help="What the IRIs of things begin with.")
def command(inputs: tuple[str, ...], **options: Unpack[_Options]) -> None:
    """Build a graph from texts.

    INPUT is a folder, a .txt, .jsonl, .csv, .parquet or .html file, or - for standard input.
    """
    from kg.documents import read_documents
    from kg.extraction import ExtractionSettings
    from kg.output import OutputSettings, write_output
    from kg.pipeline import build_knowledge

    settings = ExtractionSettings(
        lexicons=options["lexicons"], patterns=options["patterns"],
        tagger=not options["no_tagger"], model=options["model"],
    )  # fmt: skip
    result = build_knowledge(
        read_documents(inputs), settings, workers=options["workers"], overrides=options["overrides"]
    )
    output = OutputSettings(
        html=not options["no_html"], provenance=options["provenance"], align=options["align"],
        base_iri=options["base_iri"], formats=options["formats"],
    )  # fmt: skip
    for line in write_output(result, options["out"], output):
        click.echo(line)
