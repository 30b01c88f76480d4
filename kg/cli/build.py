"""``kg build``: texts in, a folder with graph.ttl, graph.html, rejected.jsonl and report.json out."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("jsonld", "trig", "nquads", "ntriples", "rdfxml", "graphml", "gexf", "csv", "parquet")


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
def command(
    inputs: tuple[str, ...], out: Path, workers: int, lexicons: tuple[Path, ...], patterns: tuple[Path, ...],
    overrides: Path | None, model: Path | None, no_tagger: bool, no_html: bool, formats: tuple[str, ...],
    provenance: str, align: bool, base_iri: str | None,
) -> None:  # fmt: skip
    """Build a graph from texts.

    INPUT is a folder, a .txt, .jsonl, .csv, .parquet or .html file, or - for standard input.
    """
    from kg.documents import read_documents
    from kg.extraction import ExtractionSettings
    from kg.output import OutputSettings, write_output
    from kg.pipeline import build_knowledge

    settings = ExtractionSettings(lexicons=tuple(lexicons), patterns=tuple(patterns), tagger=not no_tagger, model=model)
    result = build_knowledge(read_documents(inputs), settings, workers=workers, overrides=overrides)
    output = OutputSettings(html=not no_html, provenance=provenance, align=align, base_iri=base_iri, formats=formats)
    for line in write_output(result, out, output):
        click.echo(line)
