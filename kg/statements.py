"""Turns claims of texts into statements of the graph: one fact, however many sentences tell it.

Evidence is merged, confidence grows with the number of independent documents, and of two values
that can't both be true (two first days of one forum) the better supported stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.model import Evidence, Relation, Statement, Value
from kg.schema import Schema

ONE_VALUED = ("startDate", "endDate", "releaseDate")
"""Properties of which a thing has one value at most."""
ACYCLIC = ("containedIn", "subEventOf", "subsidiaryOf")
"""Relations of a part to its whole: where two texts disagree on which is which, one is wrong."""
PLACED = ("location", "headquarteredIn")
"""Relations to a place, of which the narrowest says all: who is in 乌镇 is in 浙江."""
HIGHEST = 0.999
"""No count of documents makes a machine's reading certain."""

_FOLDED = re.compile(r"[\s—\-–－，,。、：:；;“”‘’\"'「」『』《》·•・]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A relation whose ends are known things.

    Args:
        subject: an entity's id.
        object: an entity's id or a value.
        text_key: what the claim's document says, hashed: reprints of one text are one witness.
    """

    subject: str
    relation: Relation
    object: str | Value
    text_key: str


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Conflict:
    """Two statements that can't both hold; ``kept`` went into the graph."""

    subject: str
    predicate: str
    kept: str
    dropped: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Fact:
    statement: Statement
    witnesses: int

    @property
    def support(self) -> tuple[int, float, int]:
        return (self.witnesses, self.statement.confidence, len(self.statement.evidence))


def merge_claims(
    claims: Iterable[Claim], *, classes: Mapping[str, str], schema: Schema
) -> tuple[tuple[Statement, ...], tuple[Conflict, ...]]:
    """One statement a fact, and what had to be left out.

    Args:
        claims: in any order.
        classes: an entity's id -> its ontology class.
        schema: says which relations hold both ways and which ends they may have.

    Returns:
        The statements, sorted by subject, predicate and object, and the conflicts.
    """
    grouped: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    refused: set[Conflict] = set()
    for claim in claims:
        predicate = claim.relation.predicate
        subject, end = claim.subject, claim.object
        if isinstance(end, str) and end < subject and schema.property_(predicate).symmetric:
            subject, end = end, subject
        reason = _objection(subject, predicate, end, classes, schema)
        if reason:
            refused.add(Conflict(subject=subject, predicate=predicate, kept="", dropped=_shown(end), reason=reason))
        else:
            grouped[subject, predicate, _object_key(end)].append(
                Claim(subject=subject, relation=claim.relation, object=end, text_key=claim.text_key)
            )
    facts = [_merge(group) for group in grouped.values()]
    facts, contradictions = _without_contradictions(facts)
    facts, circles = _without_circles(facts)
    facts, wider = _without_wider_places(facts)
    facts, hosted = _without_cohosts_as_hosts(facts)
    statements = sorted((f.statement for f in facts), key=lambda s: (s.subject, s.predicate, _object_key(s.object)))
    return tuple(statements), tuple(sorted({*refused, *contradictions, *circles, *wider, *hosted}))


def _objection(
    subject: str, predicate: str, end: str | Value, classes: Mapping[str, str], schema: Schema
) -> str | None:
    if subject == end:
        return "both ends are one thing"
    kind = end.kind if isinstance(end, Value) else classes[end]
    if not schema.allows(predicate, classes[subject], kind):
        return f"{predicate} does not lead from {classes[subject]} to {kind}"
    return None


def _object_key(end: str | Value) -> str:
    if isinstance(end, str):
        return end
    if end.kind in ("date", "dateTime"):
        return end.text
    # punctuation of a theme or a list differs from reporter to reporter
    return f"{end.kind}:{_FOLDED.sub('', unicodedata.normalize('NFKC', end.text)).casefold()}"


def _shown(end: str | Value) -> str:
    return end.text if isinstance(end, Value) else end


def _merge(claims: list[Claim]) -> _Fact:
    """One statement of all claims of one fact."""
    best: dict[str, float] = {}
    for claim in claims:
        best[claim.text_key] = max(best.get(claim.text_key, 0.0), claim.relation.confidence)
    ends = Counter(claim.object for claim in claims)
    end = min(ends, key=lambda e: (-ends[e], -len(_shown(e)), e if isinstance(e, str) else (e.text, e.parts)))
    statement = Statement(
        subject=claims[0].subject,
        predicate=claims[0].relation.predicate,
        object=end,
        confidence=_noisy_or(best.values()),
        evidence=tuple(sorted({c.relation.evidence for c in claims}, key=_evidence_order)),
        qualifiers=_qualifiers([c.relation for c in claims]),
    )
    return _Fact(statement, len(best))


def _noisy_or(confidences: Iterable[float]) -> float:
    """Pearl's noisy-or (1988): each independent document may be wrong by itself."""
    doubt = 1.0
    for confidence in sorted(confidences):  # sorted: sums of floats depend on their order
        doubt *= 1.0 - min(max(confidence, 0.0), 1.0)
    return min(round(1.0 - doubt, 3), HIGHEST)


def _evidence_order(evidence: Evidence) -> tuple[str, ...]:
    spans = (evidence.span, evidence.subject, evidence.object, evidence.trigger)
    return (
        evidence.doc_id,
        *(f"{s.start:012d}-{s.end:012d}" if s else "" for s in spans),
        evidence.rule,
        evidence.text,
    )


def _qualifiers(relations: list[Relation]) -> tuple[tuple[str, str], ...]:
    """All roles and amounts that were told, and the one date that most relations tell.

    A role that only shortens another (创始人 beside 创始人兼CEO) is left out.
    """
    counts = Counter(pair for relation in relations for pair in set(relation.qualifiers))
    kept: set[tuple[str, str]] = set()
    for name in {name for name, _ in counts}:
        values = {value: count for (n, value), count in counts.items() if n == name}
        if name == "date":
            kept.add((name, min(values, key=lambda v: (-values[v], -len(v), v))))
        else:
            kept |= {(name, v) for v in values if not any(v != w and v in w for w in values)}
    return tuple(sorted(kept))


def _without_contradictions(facts: list[_Fact]) -> tuple[list[_Fact], list[Conflict]]:
    """Keeps one value of each property that has one at most; a finer date takes in a coarser one."""
    kept: list[_Fact] = []
    conflicts: list[Conflict] = []
    rivals: dict[tuple[str, str], list[_Fact]] = defaultdict(list)
    for fact in facts:
        if fact.statement.predicate in ONE_VALUED:
            rivals[fact.statement.subject, fact.statement.predicate].append(fact)
        else:
            kept.append(fact)
    chosen: dict[tuple[str, str], _Fact] = {}
    for key, group in sorted(rivals.items()):
        merged = _merge_dates(group)
        # of equally supported first days the first, of last days the last: the wider reading
        merged.sort(key=lambda f: _shown(f.statement.object), reverse=key[1] == "endDate")
        merged.sort(key=lambda f: f.support, reverse=True)
        chosen[key] = merged[0]
        conflicts += [_conflict(merged[0], other, "another value is better supported") for other in merged[1:]]
    for subject, predicate in sorted(chosen):
        start, end = chosen.get((subject, "startDate")), chosen.get((subject, "endDate"))
        if predicate == "endDate" and start and end and _is_before(_day(end), _day(start)):
            loser, winner = (start, end) if end.support > start.support else (end, start)
            del chosen[subject, loser.statement.predicate]
            conflicts.append(_conflict(winner, loser, "the last day would come before the first"))
    return kept + list(chosen.values()), conflicts


def _day(fact: _Fact) -> str:
    return _shown(fact.statement.object)[:10]


def _is_before(day: str, other: str) -> bool:
    """Whether the one surely lies before the other; 2017-12 and 2017-12-03 may be the same."""
    finest = min(len(day), len(other))
    return day[:finest] < other[:finest]


def _merge_dates(facts: list[_Fact]) -> list[_Fact]:
    """Joins each date with the one finer date that begins like it (2017-12, 2017-12-03, 2017-12-03T10:30)."""
    ordered = sorted(facts, key=lambda f: (-len(_shown(f.statement.object)), _shown(f.statement.object)))
    merged: list[_Fact] = []
    for fact in ordered:
        finer = [
            i
            for i, other in enumerate(merged)
            if _shown(other.statement.object).startswith(_shown(fact.statement.object))
        ]
        if len(finer) == 1:
            merged[finer[0]] = _join(merged[finer[0]], fact)
        else:
            merged.append(fact)
    return merged


def _join(into: _Fact, fact: _Fact) -> _Fact:
    a, b = into.statement, fact.statement
    documents = {e.doc_id for e in a.evidence} | {e.doc_id for e in b.evidence}
    return _Fact(
        Statement(
            subject=a.subject,
            predicate=a.predicate,
            object=a.object,
            confidence=_noisy_or([a.confidence, b.confidence])
            if len(documents) > 1
            else max(a.confidence, b.confidence),
            evidence=tuple(sorted({*a.evidence, *b.evidence}, key=_evidence_order)),
            qualifiers=tuple(sorted({*a.qualifiers, *b.qualifiers})),
        ),
        min(into.witnesses + fact.witnesses, len(documents)),
    )


def _without_circles(facts: list[_Fact]) -> tuple[list[_Fact], list[Conflict]]:
    """Of two facts that make each other's part of its whole, keeps the better supported."""
    known = {(f.statement.subject, f.statement.predicate, f.statement.object): f for f in facts}
    dropped: list[Conflict] = []
    kept: list[_Fact] = []
    for fact in facts:
        s = fact.statement
        other = known.get((str(s.object), s.predicate, s.subject)) if s.predicate in ACYCLIC else None
        if other and (other.support, other.statement.subject) > (fact.support, s.subject):
            dropped.append(_conflict(other, fact, "each would be a part of the other"))
        else:
            kept.append(fact)
    return kept, dropped


def _without_wider_places(facts: list[_Fact]) -> tuple[list[_Fact], list[Conflict]]:
    """Of two places of one thing, of which one is told to lie in the other, keeps the narrower."""
    around: dict[str, set[str]] = defaultdict(set)
    placed: dict[tuple[str, str], dict[str, _Fact]] = defaultdict(dict)
    for fact in facts:
        s = fact.statement
        if s.predicate == "containedIn":
            around[s.subject].add(_shown(s.object))
        elif s.predicate in PLACED:
            placed[s.subject, s.predicate][_shown(s.object)] = fact
    conflicts: list[Conflict] = []
    for group in placed.values():
        for place, fact in sorted(group.items()):
            inner = [p for p in group if place in _reached(p, around) and p not in _reached(place, around)]
            if inner:
                conflicts.append(_conflict(group[min(inner)], fact, "the other place lies in it"))
    wide = {(c.subject, c.predicate, c.dropped) for c in conflicts}
    told = [(f, f.statement) for f in facts]
    return [f for f, s in told if (s.subject, s.predicate, _shown(s.object)) not in wide], conflicts


def _without_cohosts_as_hosts(facts: list[_Fact]) -> tuple[list[_Fact], list[Conflict]]:
    """Who is read as both host and co-host of one event in the same texts (由甲主办、乙承办) is the co-host."""
    pairs = [(fact, fact.statement, (fact.statement.subject, _shown(fact.statement.object))) for fact in facts]
    cohosts = {pair: fact for fact, s, pair in pairs if s.predicate == "coOrganizer"}
    kept: list[_Fact] = []
    conflicts: list[Conflict] = []
    for fact, s, pair in pairs:
        cohost = cohosts.get(pair) if s.predicate == "organizer" else None
        if cohost is not None and _documents(fact) <= _documents(cohost):
            conflicts.append(_conflict(cohost, fact, "the same texts tell it as the co-organizer"))
        else:
            kept.append(fact)
    return kept, conflicts


def _documents(fact: _Fact) -> set[str]:
    return {evidence.doc_id for evidence in fact.statement.evidence}


def _reached(place: str, around: Mapping[str, set[str]]) -> set[str]:
    """All that a place lies in, but for itself."""
    reached: set[str] = set()
    waiting = [place]
    while waiting:
        new = around.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached - {place}


def _conflict(kept: _Fact, dropped: _Fact, reason: str) -> Conflict:
    return Conflict(
        subject=dropped.statement.subject,
        predicate=dropped.statement.predicate,
        kept=_shown(kept.statement.object),
        dropped=_shown(dropped.statement.object),
        reason=reason,
    )
