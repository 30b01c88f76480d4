"""Joins annotated texts to long ones, so that what is learnt from short texts holds in long ones, too.

In a text of 300 characters the forum that a sentence leaves out is nearly always the one that the
text is about. In a page of 3,000 it often is another, or none. The joined texts show how much less
a thing far off counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from kg.evaluation.gold import fold
from kg.model import Document, Mention, Reading, Sentence, ValueMention
from kg.training.annotations import Annotated
from kg.training.facts import Case, Fact

#: How many texts make one: some 1,200 characters.
TEXTS = 4
_Names = Mapping[tuple[str, str], str]


def joined_cases(cases: Iterable[Case]) -> list[Case]:
    """Neighbours of one fold, joined; what is left of a fold's run makes a shorter one."""
    out = []
    for _, run in groupby(cases, key=lambda case: case.fold):
        neighbours = list(run)
        for at in range(0, len(neighbours), TEXTS):
            if len(neighbours[at : at + TEXTS]) > 1:
                out.append(join(neighbours[at : at + TEXTS]))
    return out


def join(cases: Sequence[Case]) -> Case:
    """One case of several: one text after the other, each name that two of them share led to one thing."""
    document = Document(
        id="+".join(case.text.document.id for case in cases),
        text="".join(f"{case.text.document.text}\n" for case in cases),
    )
    renamed = list(_common_names([case.text for case in cases]))
    pairs = list(zip(cases, renamed, strict=True))
    required = {
        _led(m, names).name for case, names in pairs for m in case.text.mentions if m.name not in case.text.optional
    }
    relations = _facts(renamed, [case.text.relations for case in cases])
    text = Annotated(
        document=document,
        mentions=tuple(_led(m, names) for case, names in pairs for m in case.text.mentions),
        optional=frozenset(_name(names, n) for case, names in pairs for n in case.text.optional) - required,
        relations=relations,
        optional_relations=_facts(renamed, [case.text.optional_relations for case in cases]) - relations,
    )
    return Case(text=text, reading=_reading(document, pairs), fold=cases[0].fold, joined=True)


def _common_names(texts: Iterable[Annotated]) -> Iterator[dict[tuple[str, str], str]]:
    """For each text (type, name) -> the name under which the texts before it know the thing."""
    known: dict[tuple[str, str], str] = {}
    for text in texts:
        names: dict[tuple[str, str], str] = {}
        for m in text.mentions:
            found = known.get((m.type, fold(m.name))) or known.get((m.type, fold(m.text)))
            names.setdefault((m.type, m.name), found or m.name)
        for m in text.mentions:
            for form in (m.name, m.text):
                known.setdefault((m.type, fold(form)), names[m.type, m.name])
        yield names


def _led(mention: Mention, names: _Names) -> Mention:
    return replace(mention, name=names.get((mention.type, mention.name), mention.name))


def _name(names: _Names, name: str) -> str:
    """The common name of a thing whose type is not told."""
    return next((common for (_, own), common in names.items() if own == name), name)


def _facts(renamed: Sequence[_Names], facts: Iterable[frozenset[Fact]]) -> frozenset[Fact]:
    return frozenset(
        (_name(names, s), p, _name(names, o)) for names, told in zip(renamed, facts, strict=True) for s, p, o in told
    )


def _reading(document: Document, parts: Sequence[tuple[Case, _Names]]) -> Reading:
    """What was read in each text, moved to where it stands in the whole."""
    mentions: list[Mention] = []
    values: list[ValueMention] = []
    sentences: list[Sentence] = []
    at = 0
    for case, names in parts:
        for mention in case.reading.mentions:
            mentions.append(replace(_led(mention, names), doc_id=document.id, span=mention.span.shift(at)))
        for value in case.reading.values:
            values.append(replace(value, doc_id=document.id, span=value.span.shift(at)))
        for sentence in case.reading.sentences:
            moved = sentence.span.shift(at)
            sentences.append(replace(sentence, doc_id=document.id, index=len(sentences), span=moved))
        at += len(case.text.document.text) + 1
    return Reading(document=document, sentences=tuple(sentences), mentions=tuple(mentions), values=tuple(values))
