"""Reads the lines of files of annotated texts, and says where one is not what ``tests/gold/GUIDE.md`` says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import ENTITY_TYPES

Row = tuple[str, dict[str, Any]]
"""Where a line stands, and what it says."""

_SHAPE = "each line is an object with id, entities (name, type, forms) and relations"


def read_rows(path: Path) -> Iterator[Row]:
    """The lines of a file, each checked.

    Raises:
        InputError: where the file can't be read or a line is no annotated text; with file, line and field.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")  # a JSON text may hold the other line ends
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}); give a file of annotated texts") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield f"{path}:{number}", _row(f"{path}:{number}", line)


def _row(place: str, line: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{place}: not JSON ({error}); {_SHAPE}") from error
    if not isinstance(row, dict):
        raise InputError(f"{place}: no annotated text; {_SHAPE}")
    for problem in _problems(row):
        raise InputError(f"{place}: {problem}")
    return row


def _problems(row: dict[str, Any]) -> Iterator[str]:
    if not isinstance(row.get("id"), str):
        yield f"id is {_shown(row.get('id'))}; it must be the text's id, in quotes"
    for kind in ("entities", "optional_entities"):
        things = row.get(kind, [])
        if not isinstance(things, list) or not all(isinstance(thing, dict) for thing in things):
            yield f"{kind} is {_shown(things)}; it must be a list of objects with name, type and forms"
        for thing in things:
            name, type, forms = (thing.get(key) for key in ("name", "type", "forms"))
            if not isinstance(name, str):
                yield f"name in {kind} is {_shown(name)}; it must be a text"
            if type not in ENTITY_TYPES:
                yield f"type of {_shown(name)} in {kind} is {_shown(type)}; known: {', '.join(ENTITY_TYPES)}"
            if not _are_texts(forms):
                yield f"forms of {_shown(name)} in {kind} is {_shown(forms)}; it must be a list of texts"
    for kind in ("relations", "optional_relations"):
        facts = row.get(kind, [])
        if not isinstance(facts, list):
            yield f"{kind} is {_shown(facts)}; it must be a list of facts"
        for fact in facts:
            if not _are_texts(fact) or len(fact) != 3:
                yield f"{_shown(fact)} in {kind} is no fact; write [subject, predicate, object], all three texts"


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:60]}…"
