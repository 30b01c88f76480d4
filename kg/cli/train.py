"""``kg train``: annotated texts in, a folder of models out."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("annotated", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="ANNOTATED.jsonl...")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the models.")
def command(annotated: tuple[Path, ...], out: Path) -> None:
    """Learn the models from annotated texts.

    Writes the tagger, the choice among mentions and the scorer of relations; use them with
    'kg build --model FOLDER'. Texts are split by file, so give at least three files.
    """
    from kg.training.models import train_models

    train_models(annotated, out, lambda line: click.echo(line, err=True))
    click.echo(out)
