"""``make notebooks``: runs them all and saves what they show."""

from __future__ import annotations

import sys
from pathlib import Path

import nbformat

from tests.notebooks.running import clean, execute, notebooks


def main(names: list[str]) -> None:
    for path in [Path(name) for name in names] or notebooks():
        saved = nbformat.read(path, as_version=4)
        path.write_text(clean(execute(path), saved), "utf-8")
        print(path.name)


main(sys.argv[1:])
