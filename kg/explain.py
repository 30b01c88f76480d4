"""Why the graph says so: the facts of a thing, or between two, each with its sentences.

In a sentence the words for the subject and the object stand in ⟦…⟧ and the words that tell the
relation in ‹…›; on a terminal they are coloured.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kg.model import Span
from kg.terminal import safe

if TYPE_CHECKING:
    from kg.query import OpenGraph
    from kg.resolution import ResolutionEvent
    from kg.schema import Schema

_FACTS = """
SELECT DISTINCT ?fact ?subject ?from ?predicate ?to ?confidence ?document ?begin ?sentence ?rule
  ?subjectSpan ?objectSpan ?triggerSpan
WHERE {
  %s
  OPTIONAL { ?subject rdfs:label ?subjectLabel }
  OPTIONAL { ?object rdfs:label ?objectLabel }
  OPTIONAL { ?fact kgo:confidence ?confidence }
  OPTIONAL { ?evidence kgo:subjectSpan ?subjectSpan }
  OPTIONAL { ?evidence kgo:objectSpan ?objectSpan }
  OPTIONAL { ?evidence kgo:triggerSpan ?triggerSpan }
  BIND(COALESCE(?subjectLabel, ?subject) AS ?from)
  BIND(COALESCE(?objectLabel, ?object) AS ?to)
}
"""
# the whole of a fact in each branch: a join with a UNION would look at every fact of the graph
_FACT = """
  rdf:subject ?subject ; rdf:predicate ?predicate ; rdf:object ?object ; kgo:evidence ?evidence .
  ?evidence nif:anchorOf ?sentence ; nif:beginIndex ?begin ; kgo:rule ?rule ;
      kgo:document/dcterms:identifier ?document
"""
_OF_ONE = f"{{ ?fact rdf:subject $one ; {_FACT} }} UNION {{ ?fact rdf:object $one ; {_FACT} }}"
_OF_TWO = (
    f"{{ ?fact rdf:subject $one ; rdf:object $other ; {_FACT} }} "
    f"UNION {{ ?fact rdf:subject $other ; rdf:object $one ; {_FACT} }}"
)
_QUALIFIERS = """
SELECT DISTINCT ?fact ?name ?value
WHERE {
  %s
  ?fact ?name ?value .
  FILTER(?name IN (kgo:role, kgo:date, kgo:amount, kgo:number))
}
ORDER BY STR(?name) STR(?value)
"""
_ABOUT = "SELECT ?p ?o WHERE { $one ?p ?o FILTER(?p IN (rdf:type, skos:altLabel)) } ORDER BY STR(?o)"
_SPAN = re.compile(r"char=([0-9]+),([0-9]+)")

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A sentence that tells a fact; the spans count from the sentence's own beginning."""

    document: str
    begin: int
    sentence: str
    rule: str
    subject: Span | None = None
    object: Span | None = None
    trigger: Span | None = None

    @property
    def marked(self) -> str:
        """The sentence with its words marked, safe for a terminal."""
        return "".join(_BRACKETS[mark] % safe(text) for mark, text in self.pieces())

    def pieces(self) -> Iterator[tuple[str, str]]:
        """The sentence in pieces: what each is (``subject``, ``object``, ``trigger`` or empty), and its words."""
        marks = [""] * len(self.sentence)
        # the ends come last: where a trigger overlaps an end (a title in a name), the end is what matters
        for span, mark in ((self.trigger, "trigger"), (self.subject, "subject"), (self.object, "object")):
            if span is not None:
                for index in range(max(0, span.start), min(len(marks), span.end)):
                    marks[index] = mark
        for mark, group in groupby(enumerate(self.sentence), key=lambda pair: marks[pair[0]]):
            yield mark, "".join(character for _, character in group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A fact with all that the graph knows of it; ends are shown by their names."""

    subject: str
    predicate: str
    object: str
    outgoing: bool
    confidence: float | None
    qualifiers: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What :func:`explain` found; ``str()`` of it is the text without colours.

    Args:
        reasons: for each alias why it is one; empty where no log of resolution was given.
    """

    about: str
    iri: str
    classes: tuple[str, ...]
    aliases: tuple[str, ...]
    reasons: tuple[str, ...]
    facts: tuple[Fact, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines())

    def lines(self, marker: Mapping[str, str] | None = None) -> Iterator[str]:
        """The text, line by line.

        Args:
            marker: a format (``%s``) for the words of each kind of piece (``subject``, ``object``,
                ``trigger``, ``fact`` and empty), such as a terminal's colours; brackets where None.
        """
        marks = {**_BRACKETS, **(marker or {})}
        about = " · ".join(filter(None, (self.about, ", ".join(self.classes), self.iri)))
        yield marks["fact"] % safe(about)
        for alias, reason in zip(self.aliases, self.reasons, strict=False):
            yield safe(f"又称 also: {alias} · {reason}")
        if self.aliases and not self.reasons:
            yield safe(f"又称 also: {'、'.join(self.aliases)}")
        for fact in self.facts:
            yield ""
            yield marks["fact"] % safe(f"{fact.subject} —{fact.predicate}→ {fact.object}{_asides(fact)}")
            for source in fact.sources:
                yield f"    {''.join(marks[mark] % safe(text) for mark, text in source.pieces())}"
                yield safe(f"        {source.document} @{source.begin} · {source.rule}")
        if not self.facts:
            yield "no facts with evidence"


_BRACKETS = {"": "%s", "subject": "⟦%s⟧", "object": "⟦%s⟧", "trigger": "‹%s›", "fact": "%s"}


def explain(
    graph: OpenGraph, one: str, other: str | None = None, *, log: Iterable[ResolutionEvent] = ()
) -> Explanation:
    """The facts of a thing, or those between two things, as far as they have evidence.

    Args:
        graph: see :func:`kg.query.open_graph`.
        one: a name or IRI, see :func:`kg.query.find_thing`.
        other: a second one.
        log: of resolution (:func:`kg.resolution.read_log`), for the reason of each other name.

    Raises:
        QueryError: where nothing, or more than one thing, has such a name.
    """
    from kg.query import ask, find_thing
    from kg.query.questions import read_question
    from kg.schema import load_schema

    first = find_thing(graph, one)
    second = find_thing(graph, other) if other is not None else None
    values = {"one": first.iri, **({"other": second.iri} if second else {})}
    which = _OF_TWO if second else _OF_ONE
    rows, asides, about = (
        [tuple(map(graph.show, row)) for row in ask(graph, read_question(text, "explain"), given).rows()]
        for text, given in ((_FACTS % which, values), (_QUALIFIERS % which, values), (_ABOUT, {"one": first.iri}))
    )
    reader = _Reader(load_schema(), graph.short(first.iri))
    aliases = () if second else tuple(sorted(value for name, value in about if name == "skos:altLabel"))
    return Explanation(
        about=first.label if second is None else f"{first.label} — {second.label}",
        iri="" if second else graph.short(first.iri),
        classes=() if second else reader.classes(about),
        aliases=aliases,
        reasons=_reasons(first.label, aliases, log),
        facts=reader.facts(rows, asides),
    )


def _reasons(label: str, aliases: Sequence[str], log: Iterable[ResolutionEvent]) -> tuple[str, ...]:
    events = tuple(log)
    if not events or not aliases:
        return ()
    from kg.resolution import alias_reasons

    reasons = alias_reasons(label, aliases, events)
    return tuple(reasons[alias] for alias in aliases)


class _Reader:
    """Makes facts out of rows of words."""

    def __init__(self, schema: Schema, thing: str) -> None:
        self._schema, self._thing = schema, thing

    def classes(self, about: list[Row]) -> tuple[str, ...]:
        """The classes of the thing, in both languages."""
        names = (value.removeprefix("kgo:") for name, value in about if name == "rdf:type")
        known = (self._schema.classes[name] for name in names if name in self._schema.classes)
        return tuple(sorted(f"{cls.label_zh} {cls.label_en}".strip() for cls in known))

    def facts(self, rows: list[Row], asides: list[Row]) -> tuple[Fact, ...]:
        """Facts by predicate and names, the thing's own before those that others have with it."""
        by_fact: dict[str, list[Row]] = {}
        for row in rows:
            by_fact.setdefault(row[0], []).append(row)
        qualifiers: dict[str, list[tuple[str, str]]] = {}
        for fact, name, value in asides:
            qualifiers.setdefault(fact, []).append((self._predicate(name), value))
        facts = [self._fact(group, tuple(qualifiers.get(fact, ()))) for fact, group in by_fact.items()]
        return tuple(sorted(facts, key=lambda f: (not f.outgoing, f.predicate, f.subject, f.object)))

    def _fact(self, rows: list[Row], qualifiers: tuple[tuple[str, str], ...]) -> Fact:
        _, subject, start, predicate, end, confidence, *_ = rows[0]
        sources = {_source(row) for row in rows}
        return Fact(
            subject=start,
            predicate=self._predicate(predicate),
            object=end,
            outgoing=subject == self._thing,
            confidence=float(confidence) if confidence else None,
            qualifiers=qualifiers,
            sources=tuple(sorted(sources, key=lambda s: (s.document, s.begin, s.rule, s.marked))),
        )

    def _predicate(self, short: str) -> str:
        known = self._schema.properties.get(short.removeprefix("kgo:"))
        return f"{known.label_zh} {known.name}" if known else short


def _source(row: Row) -> Source:
    document, begin, sentence, rule, *spans = row[6:]
    subject, end, trigger = (_span(text, int(begin)) for text in spans)
    return Source(
        document=document, begin=int(begin), sentence=sentence, rule=rule, subject=subject, object=end, trigger=trigger
    )


def _span(text: str, begin: int) -> Span | None:
    found = _SPAN.fullmatch(text)
    return Span(int(found[1]) - begin, int(found[2]) - begin) if found else None


def _asides(fact: Fact) -> str:
    said = [f"{name.partition(' ')[0]} {value}" for name, value in fact.qualifiers]
    sure = "" if fact.confidence is None else f"可信度 confidence {fact.confidence:g}"
    inside = "；".join(filter(None, [*said, sure]))
    return f"（{inside}）" if inside else ""
