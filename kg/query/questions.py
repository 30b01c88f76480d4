"""The queries that ship with kg (``ontology/queries/*.rq``), and those that a user keeps in files.

A query's leading comments say what it asks, in Chinese and then in English, and name its parameters::

    # 谁在会展上发言？
    # Who spoke at an occasion?
    # @param forum thing: 会展，可省略 / the occasion; may be left out
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from kg.errors import QueryError
from kg.query.tokens import parameters
from kg.resources import resource

Kind = Literal["any", "thing", "text", "number"]

_PARAMETER = re.compile(r"@param (\w+) (thing|text|number)( required)?: (.+?) / (.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """What a query leaves open: written ``$forum`` in it, and set by ``--set forum=…``.

    Args:
        kind: ``thing`` (a name or IRI), ``text`` or ``number``; ``any`` where no comment says: a literal as
            N-Triples spells it, else a thing.
        required: whether the query says nothing without it.
    """

    name: str
    kind: Kind = "any"
    required: bool = False
    zh: str = ""
    en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query with what its comments say of it.

    Args:
        name: of a bundled one, its file's name without ``.rq``; else where it comes from.
        text: SPARQL, comments included.
    """

    name: str
    text: str
    zh: str = ""
    en: str = ""
    parameters: tuple[Parameter, ...] = ()


def bundled_questions() -> tuple[Question, ...]:
    """The competency questions, by name."""
    files = sorted(resource("ontology/queries").glob("*.rq"))
    return tuple(read_question(file.read_text("utf-8"), file.stem) for file in files)


def find_question(text_or_name: str) -> Question:
    """The query that a user means: the name of a bundled one, a .rq file, or SPARQL itself.

    Raises:
        QueryError: where it is none of these.
    """
    bundled = resource("ontology/queries") / f"{text_or_name}.rq"
    if re.fullmatch(r"[\w-]+", text_or_name):
        if bundled.is_file():
            return read_question(bundled.read_text("utf-8"), text_or_name)
        names = ", ".join(question.name for question in bundled_questions())
        raise QueryError(f"{text_or_name}: no bundled query has this name; known: {names}")
    if text_or_name.endswith((".rq", ".sparql")) and "\n" not in text_or_name and "{" not in text_or_name:
        try:
            return read_question(Path(text_or_name).read_text("utf-8-sig"), text_or_name)
        except OSError as error:
            raise QueryError(f"{text_or_name}: can't be read ({error.strerror}); give a query's file") from error
        except UnicodeDecodeError as error:
            raise QueryError(f"{text_or_name}: is not UTF-8 (byte {error.start}); save it as UTF-8") from error
    return read_question(text_or_name, "query")


def read_question(text: str, name: str) -> Question:
    """A query's text with what its leading comments say."""
    lines = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# ").strip())
    said = [line for line in lines if line and not line.startswith("@")]
    declared = {p.name: p for p in map(_parameter, lines) if p}
    return Question(
        name=name,
        text=text,
        zh=said[0] if said else "",
        en=said[1] if len(said) > 1 else "",
        parameters=tuple(declared.get(used) or Parameter(name=used) for used in parameters(text)),
    )


def _parameter(line: str) -> Parameter | None:
    found = _PARAMETER.fullmatch(line)
    if not found:
        return None
    kind = cast("Kind", found[2])
    return Parameter(name=found[1], kind=kind, required=bool(found[3]), zh=found[4], en=found[5])
