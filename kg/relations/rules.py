"""Reads and checks the relation rules of ``seeds/patterns/*.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError, SeedError
from kg.relations.judgement import REASONS
from kg.relations.language import Compiled, PatternSyntaxError, compile_pattern

#: Predicates that only the rules know; the finder turns them into facts of the ontology.
#: ``dates``: begin, or begin and end, by what the date unit holds. ``days``: a duration,
#: which gives endDate where the begin is known.
PSEUDO_PREDICATES = ("dates", "days")
#: What a fact may name instead of a variable: the thing of that type in focus; ``@main`` is the
#: forum that the whole document is about, ``@employer`` the organization before that the post may be held in.
FOCUS = {
    "@forum": "Forum",
    "@organization": "Organization",
    "@product": "Product",
    "@person": "Person",
    "@main": "@main",
    "@employer": "@employer",
}
_RULE_LINE = re.compile(r"^[ \t]*\[\[[ \t]*rule[ \t]*\]\]", re.MULTILINE)
_TEXTS, _LISTS = ("id", "pattern", "example", "role", "amount", "date"), ("facts", "expect", "allow")
#: The units whose value is a day, or a number of days.
_TIMES = frozenset(("Date", "Range", "Duration"))
_KEYS = {"id", "pattern", "facts", "role", "amount", "date", "example", "expect", "allow", "where"}


@dataclass(frozen=True, slots=True)
class FactTemplate:
    """``subject predicate object``: variables of the pattern, or a focus such as ``@forum``."""

    subject: str
    predicate: str
    object: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of a pattern file.

    Args:
        facts: what a match says.
        qualifiers: (``role``, ``amount`` or ``date``, variable) pairs.
        allow: reasons that do not reject a match of this rule (``planned`` for schedules).
        where: (variable, class) pairs: only things of that class of the ontology.
        begins: (variable, words) pairs: only where its text begins with one of them.
        example: a sentence with its mentions marked ``[乌镇|Place]``; the rule must fire on it.
        expect: the facts that it must give there, ``subject predicate object``.
        place: ``file:line``.
    """

    id: str
    compiled: Compiled
    facts: tuple[FactTemplate, ...]
    qualifiers: tuple[tuple[str, str], ...]
    allow: frozenset[str]
    where: tuple[tuple[str, str], ...]
    begins: tuple[tuple[str, tuple[str, ...]], ...]
    example: str
    expect: tuple[str, ...]
    place: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What a rule may name."""

    groups: Mapping[str, frozenset[str]]
    predicates: frozenset[str]
    classes: frozenset[str]


def load_rules(
    files: Sequence[Path], groups: Mapping[str, frozenset[str]], predicates: frozenset[str], classes: frozenset[str]
) -> tuple[tuple[Rule, ...], Mapping[str, frozenset[str]]]:
    """All rules of the files, in order, and the word groups that they use.

    Args:
        files: pattern files.
        groups: word group -> words, of ``seeds/lexicon/words/triggers.tsv``; a pattern file may
            add to them, for all files, in ``[words]``.
        predicates: the properties of the ontology.
        classes: its classes.

    Raises:
        SeedError: with file and line for whatever can't be used.
    """
    rules: list[Rule] = []
    seen: dict[str, str] = {}
    parsed = [(path, *_parse(path)) for path in files]
    # a trigger with … in it tells of two parts: the rules spell such out themselves
    words = {name: frozenset(w for w in group if "…" not in w) for name, group in groups.items()}
    for _, _, data in parsed:
        for name, added in data.get("words", {}).items():
            words[name] = words.get(name, frozenset()) | frozenset(added.split())
    for path, text, data in parsed:
        for rule in _read_file(path, text, data, _Known(words, predicates, classes)):
            if rule.id in seen:
                raise SeedError(f"{rule.place}: rule id {rule.id!r} stands already at {seen[rule.id]}; choose another")
            seen[rule.id] = rule.place
            rules.append(rule)
    return tuple(rules), words


def _parse(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text("utf-8")
    except OSError as error:
        raise InputError(f"{path}: can't be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise SeedError(f"{_show(path)}: {error}; mend the TOML") from error
    unknown = set(data) - {"words", "rule"}
    if unknown:
        raise SeedError(f"{_show(path)}:1: unknown table {sorted(unknown)[0]!r}; known: words, rule")
    rows, words = data.get("rule", []), data.get("words", {})
    if not isinstance(words, dict) or not all(isinstance(group, str) for group in words.values()):
        raise SeedError(f"{_show(path)}: [words] holds a group = \"word word\" each; mend it")
    if len(_RULE_LINE.findall(text)) != (len(rows) if isinstance(rows, list) else -1):
        raise SeedError(f"{_show(path)}: each rule begins with a line [[rule]]; write it so")
    return text, data


def _show(path: Path) -> str:
    return "/".join(path.parts[-3:])


def _read_file(path: Path, text: str, data: Mapping[str, Any], known: _Known) -> list[Rule]:
    lines = [n for n, line in enumerate(text.split("\n"), 1) if _RULE_LINE.match(line)]
    return [
        _read_rule(row, f"{_show(path)}:{line}", known)
        for row, line in zip(data.get("rule", ()), lines, strict=True)
    ]


def _read_rule(row: Mapping[str, Any], place: str, known: _Known) -> Rule:
    unknown = set(row) - _KEYS
    if unknown:
        raise SeedError(f"{place}: unknown key {sorted(unknown)[0]!r}; known: {', '.join(sorted(_KEYS))}")
    missing = {"id", "pattern", "facts", "example"} - set(row)
    if missing:
        raise SeedError(f"{place}: the rule lacks {', '.join(sorted(missing))}; add it")
    for key, value in row.items():
        fits = (
            isinstance(value, str) if key in _TEXTS
            else isinstance(value, list) and all(isinstance(each, str) for each in value) if key in _LISTS
            else isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
        )  # fmt: skip
        if not fits:
            kind = "text" if key in _TEXTS else "a list of texts" if key in _LISTS else "a table of texts"
            raise SeedError(f"{place}: {key} is not {kind}; mend it")
    try:
        compiled = compile_pattern(row["pattern"], known.groups)
    except PatternSyntaxError as error:
        raise SeedError(f"{place}: {row['id']}: {error}; see 'Pattern language' in README.md") from error
    allow = frozenset(row.get("allow", ()))
    if not allow <= set(REASONS):
        raise SeedError(f"{place}: unknown reason {sorted(allow - set(REASONS))[0]!r}; known: {', '.join(REASONS)}")
    facts = tuple(_read_fact(fact, place, compiled, known.predicates) for fact in row["facts"])
    qualifiers = tuple((key, row[key]) for key in ("amount", "date", "role") if key in row)
    for key, variable in qualifiers:
        if variable not in compiled.kinds:
            raise SeedError(f"{place}: {key} names {variable!r}; variables here: {', '.join(compiled.kinds)}")
    where, begins = _read_conditions(row.get("where", {}), place, compiled, known)
    return Rule(
        id=row["id"], compiled=compiled, facts=facts, qualifiers=qualifiers, allow=allow, where=where, begins=begins,
        example=row["example"], expect=tuple(row.get("expect", ())), place=place,
    )  # fmt: skip


def _read_conditions(
    rows: Mapping[str, str], place: str, compiled: Compiled, known: _Known
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """What a rule asks of its variables: a class, or words to begin with."""
    where, begins = [], []
    for variable, of in sorted(rows.items()):
        if variable not in compiled.kinds:
            raise SeedError(f"{place}: where names {variable!r}; variables here: {', '.join(compiled.kinds)}")
        group = of.removeprefix("@")
        if group == of and of not in known.classes:
            raise SeedError(f"{place}: unknown class {of!r}; known: {', '.join(sorted(known.classes))}")
        if group != of and group not in known.groups:
            raise SeedError(f"{place}: unknown word group {of}; known: {', '.join(sorted(known.groups))}")
        if group == of:
            where.append((variable, of))
        else:
            begins.append((variable, tuple(sorted(known.groups[group]))))
    return tuple(where), tuple(begins)


def _read_fact(fact: str, place: str, compiled: Compiled, predicates: frozenset[str]) -> FactTemplate:
    parts = fact.split()
    if len(parts) != 3:
        raise SeedError(f"{place}: fact {fact!r} is not 'subject predicate object'")
    for end in (parts[0], parts[2]):
        if end not in compiled.kinds and end not in FOCUS:
            known = ", ".join([*compiled.kinds, *FOCUS])
            raise SeedError(f"{place}: fact {fact!r} names {end!r}; variables here: {known}")
    if parts[1] not in predicates and parts[1] not in PSEUDO_PREDICATES:
        known = ", ".join(sorted(predicates | set(PSEUDO_PREDICATES)))
        raise SeedError(f"{place}: unknown predicate {parts[1]!r}; known: {known}")
    if parts[1] in PSEUDO_PREDICATES and not compiled.types.get(parts[2], frozenset(("",))) <= _TIMES:
        raise SeedError(f"{place}: fact {fact!r} needs a Date, Range or Duration as its object")
    return FactTemplate(*parts)
