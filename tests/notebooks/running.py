"""Runs the notebooks and keeps their files small and their diffs clean."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).parents[2] / "notebooks"
SECONDS = 180
MOST_HTML = 20_000
"""Characters of HTML that a file keeps: the interactive picture holds a whole library, and who runs it has it."""
VARIES = "varies"
"""The tag of cells whose output differs at each run, such as seconds; a saved output is kept."""


def notebooks() -> list[Path]:
    return sorted(FOLDER.glob("[0-9]*.ipynb"))


def execute(path: Path) -> NotebookNode:
    """The notebook after a run from its own folder; a cell that fails stops it with its traceback."""
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    return client.execute()


def clean(notebook: NotebookNode, saved: NotebookNode | None = None) -> str:
    """The file's text: no counts, no times, no versions; ids by place."""
    before = saved.cells if saved is not None and len(saved.cells) == len(notebook.cells) else notebook.cells
    cells = [_cell(cell, was, number) for number, (cell, was) in enumerate(zip(notebook.cells, before, strict=True), 1)]
    kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    fresh = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
    fresh.nbformat_minor = 5
    return nbformat.writes(fresh).rstrip("\n") + "\n"


def _cell(cell: NotebookNode, was: NotebookNode, number: int) -> NotebookNode:
    name = f"cell-{number:02}"
    tags = {"tags": cell.metadata["tags"]} if cell.metadata.get("tags") else {}
    if cell.cell_type != "code":
        return nbformat.v4.new_markdown_cell(cell.source, id=name, metadata=tags)
    given = was if VARIES in tags.get("tags", ()) and was.get("outputs") else cell
    outputs = [_output(output) for output in given.outputs]
    return nbformat.v4.new_code_cell(cell.source, id=name, metadata=tags, outputs=outputs)


def _output(output: NotebookNode) -> NotebookNode:
    if "data" in output:
        kept = {kind: body for kind, body in output.data.items() if kind != "text/html" or len(body) <= MOST_HTML}
        return nbformat.v4.new_output("display_data", data=kept)
    return output
