"""Reads annotated texts and marks every occurrence of every annotated form.

The texts name the forms of an entity, not their places: each form is marked wherever it
stands, the longest first, without overlap. A definite short form (大会, 该公司) is not marked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.folding import fold_text
from kg.mentions.gazetteer import cuts_word
from kg.mentions.marks import inside_marks
from kg.model import ENTITY_TYPES, Document
from kg.sentences import split_sentences
from kg.training.annotations import marked_forms


@dataclass(frozen=True, slots=True)
class Mark:
    """One occurrence: ``entity`` numbers the annotated thing; an optional one may be found or not."""

    start: int
    end: int
    type: str
    optional: bool
    entity: int


@dataclass(frozen=True, slots=True)
class Example:
    """A text, or a sentence of one (``doc`` numbers the text), with its marks in order."""

    text: str
    marks: tuple[Mark, ...]
    doc: int = 0


def read_annotated(paths: Iterable[Path]) -> list[Example]:
    """The texts of files in the form of ``seeds/annotated``, one JSON object a line.

    Raises:
        InputError: for a line that is not an annotated text, with file and line.
    """
    return [mark_text(row, number) for number, row in enumerate(row for path in paths for row in _rows(path))]


def mark_text(row: dict[str, Any], doc: int = 0) -> Example:
    """Marks the forms of one annotated text."""
    text: str = row["text"]
    things = [(e, False) for e in row.get("entities", ())] + [(e, True) for e in row.get("optional_entities", ())]
    forms = sorted(
        (-len(form), optional, form, thing["type"], number)
        for number, (thing, optional) in enumerate(things)
        for form in marked_forms(thing)
    )
    taken, folded = bytearray(len(text)), fold_text(text)
    marks = []
    for _, optional, form, kind, number in forms:
        for match in re.finditer(re.escape(form), text):
            start, end = match.span()
            if not any(taken[start:end]) and not cuts_word(text, start, end):
                taken[start:end] = b"\1" * (end - start)
                marks.append(Mark(*inside_marks(folded, start, end), kind, optional, number))
    return Example(text, tuple(sorted(marks, key=lambda m: m.start)), doc)


def sentences_of(example: Example) -> list[Example]:
    """The sentences of a text; a mark that crosses a sentence's end is left out."""
    cut = split_sentences(Document(id="", text=example.text))
    return [
        Example(
            sentence.text,
            tuple(
                Mark(m.start - sentence.span.start, m.end - sentence.span.start, m.type, m.optional, m.entity)
                for m in example.marks
                if sentence.span.start <= m.start and m.end <= sentence.span.end
            ),
            example.doc,
        )
        for sentence in cut
    ]


def by_type(marks: Sequence[Mark]) -> dict[str, int]:
    """How many marks of each type there are, optional ones left out."""
    return {kind: sum(m.type == kind and not m.optional for m in marks) for kind in ENTITY_TYPES}


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeError) as error:
        raise InputError(f"{path}: the annotated texts can't be read ({error}); give a UTF-8 .jsonl file") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            known = all(e["type"] in ENTITY_TYPES for e in [*row["entities"], *row.get("optional_entities", ())])
            known = known and isinstance(row["text"], str)
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                f"{path}:{number}: not an annotated text ({error!r}); see seeds/annotated/README.md"
            ) from error
        if not known:
            raise InputError(f"{path}:{number}: unknown entity type; known: {', '.join(ENTITY_TYPES)}")
        yield row
