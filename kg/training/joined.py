"""Joins annotated texts to long ones, so that what is learnt from short texts holds in long ones, too.

In a text of 300 characters the forum that a sentence leaves out is nearly always the one that the
text is about. In a page of 3,000 it often is another, or none. The joined texts show how much less
a thing far off counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, groupby
from typing import TypeVar

from kg.evaluation.gold import fold
from kg.model import Document, Mention, Reading, Sentence, ValueMention
from kg.training.annotations import Annotated
from kg.training.facts import Case, Fact

#: How many texts make one: some 1,200 characters.
TEXTS = 4
_Names = Mapping[tuple[str, str], str]
_Item = TypeVar("_Item", Mention, ValueMention, Sentence)


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
    begins = accumulate((len(case.text.document.text) + 1 for case in cases), initial=0)
    parts = list(zip(cases, renamed, begins, strict=False))
    required = {
        _led(m, names).name for case, names, _ in parts for m in case.text.mentions if m.name not in case.text.optional
    }
    relations = _facts(renamed, [case.text.relations for case in cases])
    text = Annotated(
        document=document,
        mentions=_mentions(document, [(case.text.mentions, names, at) for case, names, at in parts]),
        optional=frozenset(_name(names, n) for case, names, _ in parts for n in case.text.optional) - required,
        relations=relations,
        optional_relations=_facts(renamed, [case.text.optional_relations for case in cases]) - relations,
    )
    return Case(text=text, reading=_reading(document, parts), fold=cases[0].fold, joined=True)


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


def _reading(document: Document, parts: Sequence[tuple[Case, _Names, int]]) -> Reading:
    """What was read in each text, moved to where it stands in the whole."""
    sentences = [_moved(s, document, at) for case, _, at in parts for s in case.reading.sentences]
    return Reading(
        document=document,
        sentences=tuple(replace(sentence, index=i) for i, sentence in enumerate(sentences)),
        mentions=_mentions(document, [(case.reading.mentions, names, at) for case, names, at in parts]),
        values=tuple(_moved(v, document, at) for case, _, at in parts for v in case.reading.values),
    )


def _mentions(document: Document, parts: Iterable[tuple[Sequence[Mention], _Names, int]]) -> tuple[Mention, ...]:
    return tuple(_moved(_led(m, names), document, at) for mentions, names, at in parts for m in mentions)


def _moved(item: _Item, document: Document, by: int) -> _Item:
    return replace(item, doc_id=document.id, span=item.span.shift(by))
