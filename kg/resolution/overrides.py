"""What a user knows better: ``--overrides FILE``, obeyed at every rebuild.

.. code-block:: toml

    same-as = [["国家网信办", "国家互联网信息办公室"]]
    different-from = [["华为", "华为云"]]

    [rename]
    "国家网信办" = "国家互联网信息办公室"

    [type]
    "乌镇互联网医院" = "Hospital"

    [[false-fact]]
    subject = "宿华"
    predicate = "worksFor"
    object = "腾讯"

Names are any form that the texts use; width, case, quotation marks and dots make no difference.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.model import ENTITY_TYPES
from kg.schema import Schema

_KEYS = ("same-as", "different-from", "rename", "type", "false-fact")
_FACT = ("subject", "predicate", "object")


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """The lines of an overrides file.

    Args:
        same_as: groups of names of one thing.
        different_from: groups of names of different things.
        rename: (any name, canonical label).
        types: (any name, ontology class).
        false_facts: (subject, predicate, object) that must not stand in the graph.
    """

    same_as: tuple[tuple[str, ...], ...] = ()
    different_from: tuple[tuple[str, ...], ...] = ()
    rename: tuple[tuple[str, str], ...] = ()
    types: tuple[tuple[str, str], ...] = ()
    false_facts: tuple[tuple[str, str, str], ...] = ()


def read_overrides(path: Path, schema: Schema) -> Overrides:
    """Reads and checks an overrides file.

    Raises:
        InputError: where the file can't be read, is no TOML, or holds something unknown.
    """
    try:
        rows = tomllib.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}); check the path") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: not TOML in UTF-8 ({error}); put names in double quotes") from error
    for key in rows:
        if key not in _KEYS:
            raise InputError(f"{path}: unknown key '{key}'; known: {', '.join(_KEYS)}")
    return Overrides(
        same_as=_groups(rows, "same-as", path),
        different_from=_groups(rows, "different-from", path),
        rename=_pairs(rows, "rename", path),
        types=_checked_types(_pairs(rows, "type", path), schema, path),
        false_facts=_facts(rows, schema, path),
    )


def _groups(rows: Mapping[str, Any], key: str, path: Path) -> tuple[tuple[str, ...], ...]:
    groups = rows.get(key, [])
    if not isinstance(groups, list) or not all(
        isinstance(g, list) and len(g) > 1 and all(isinstance(n, str) and n.strip() for n in g) for g in groups
    ):
        raise InputError(f'{path}: {key} must be a list of lists of two or more names; write {key} = [["甲", "乙"]]')
    return tuple(tuple(group) for group in groups)


def _pairs(rows: Mapping[str, Any], key: str, path: Path) -> tuple[tuple[str, str], ...]:
    table = rows.get(key, {})
    if not isinstance(table, dict) or not all(isinstance(v, str) and v.strip() for v in table.values()):
        raise InputError(f'{path}: [{key}] must be a table of names; write "甲" = "乙" below [{key}]')
    return tuple(table.items())


def _checked_types(pairs: tuple[tuple[str, str], ...], schema: Schema, path: Path) -> tuple[tuple[str, str], ...]:
    # a series, a document or a topic comes from elsewhere
    known = [cls for cls in schema.classes if schema.top(cls) in ENTITY_TYPES]
    for name, cls in pairs:
        if cls not in known:
            what = "no name is of class" if cls in schema.classes else "unknown class"
            raise InputError(f"{path}: {what} '{cls}' for '{name}'; known: {', '.join(sorted(known))}")
    return pairs


def _facts(rows: Mapping[str, Any], schema: Schema, path: Path) -> tuple[tuple[str, str, str], ...]:
    facts = rows.get("false-fact", [])
    if not isinstance(facts, list) or not all(isinstance(f, dict) and set(f) == set(_FACT) for f in facts):
        raise InputError(f"{path}: each [[false-fact]] needs subject, predicate and object, and nothing else")
    if not all(isinstance(text, str) for fact in facts for text in fact.values()):
        raise InputError(f'{path}: subject, predicate and object of a [[false-fact]] are texts; put them in "…"')
    for fact in facts:
        if fact["predicate"] not in schema.properties:
            known = ", ".join(sorted(schema.facts()))
            raise InputError(f"{path}: unknown predicate '{fact['predicate']}'; known: {known}")
    return tuple((f["subject"], f["predicate"], f["object"]) for f in facts)
