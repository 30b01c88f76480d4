"""Builds extractions from texts in which names are marked by hand."""

from __future__ import annotations

from functools import cache

from kg.model import Document, EntityType, Evidence, Extraction, Mention, Relation, Span, Value
from kg.resolution import Overrides, Resolution, resolve
from kg.schema import load_schema
from kg.seeds import Lexicon, load_lexicon

TYPES: dict[str, EntityType] = {
    "人": "Person",
    "机": "Organization",
    "会": "Forum",
    "品": "Product",
    "地": "Place",
}


@cache
def lexicon() -> Lexicon:
    """The shipped word lists and places, without any organization, forum, product or person."""
    shipped = load_lexicon()
    types = shipped.types
    return Lexicon(
        names=tuple(n for n in shipped.names if types[n.cls] == "Place"),
        forms={f: refs for f, refs in shipped.forms.items() if all(types[r.cls] == "Place" for r in refs)},
        lists=shipped.lists,
        types=types,
    )


def said(id: str, marked: str, *facts: tuple[str, str, str | Value], date: str | None = None) -> Extraction:
    """An extraction of a text with marked names: ``[机:华为]在[会:某大会]展出``.

    ``[会:某大会=大会]`` is a short form 大会 that stands for 某大会.
    """
    text, mentions = "", []
    for i, part in enumerate(marked.replace("]", "[").split("[")):
        shown, name = part, part
        if i % 2:
            kind, _, rest = part.partition(":")
            name, _, short = rest.partition("=")
            shown = short or name
            mentions.append(
                Mention(
                    doc_id=id,
                    span=Span(len(text), len(text) + len(shown)),
                    text=shown,
                    type=TYPES[kind],
                    name=name.strip("《》") if name.startswith("《") else name,
                    finder="test",
                    anaphor=bool(short),
                )
            )
        text += shown
    evidence = Evidence(doc_id=id, span=Span(0, len(text)), text=text, rule="test")
    first = {m.name: m for m in reversed(mentions)}
    relations = tuple(
        Relation(
            predicate=predicate,
            subject=first[subject],
            object=end if isinstance(end, Value) else first[end],
            evidence=evidence,
            confidence=0.9,
        )
        for subject, predicate, end in facts
    )
    return Extraction(document=Document(id=id, text=text, date=date), mentions=tuple(mentions), relations=relations)


def resolved(*extractions: Extraction, known: Lexicon | None = None, overrides: Overrides | None = None) -> Resolution:
    return resolve(extractions, schema=load_schema(), lexicon=known or lexicon(), overrides=overrides)


def one(resolution: Resolution, type: str, *names: str) -> bool:
    """Whether all names, wherever they stand, are one thing."""
    return len(things(resolution, type, *names)) == 1


def things(resolution: Resolution, type: str, *names: str) -> set[str]:
    from kg.resolution.names import fold

    keys = {fold(name) for name in names}
    return {id for (_, t, key), id in resolution.things.items() if t == type and key in keys}


def day(text: str) -> Value:
    return Value("date", text)
