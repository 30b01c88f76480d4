"""Groups what a graph gets wrong, so that a maintainer sees what to mend."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from kg.evaluation.clusters import ClusterScore
from kg.evaluation.facts import Claim, Thing
from kg.evaluation.gold import LITERALS, Fact, Gold, Key, fold
from kg.model import ENTITY_TYPES

Kind = Literal[
    "boundary",
    "wrong type",
    "missed mention",
    "extra mention",
    "split thing",
    "false merge",
    "missed relation",
    "missed relation, end missed",
    "wrong relation",
    "wrong relation, wrong predicate",
    "wrong relation, wrong way round",
    "wrong relation, wrong value",
    "wrong relation, wrong end",
    "wrong relation, bad mention",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing that went wrong.

    Args:
        text: what the graph says or lacks, in words.
        wanted: what the annotations have instead, where that can be told.
        rules: the rules that made a wrong fact, sorted.
        document: where, as far as known.
        sentence: the words that misled, where known.
    """

    kind: Kind
    text: str
    wanted: str = ""
    rules: tuple[str, ...] = ()
    document: str = ""
    sentence: str = ""


def entity_mistakes(things: Mapping[str, Thing], gold: Gold) -> Iterator[Mistake]:
    """Boundaries and types that are off, mentions missed or too many, things in several pieces."""
    hits: dict[Key, list[Thing]] = defaultdict(list)
    extra = []
    for thing in things.values():
        if thing.match is None and thing.types != {"Place"}:
            extra.append(thing)
        elif thing.match and thing.match[0]:
            hits[thing.match[1]].append(thing)
    missed = {key: names for key, names in gold.entities.items() if key not in hits}
    for thing in sorted(extra, key=lambda thing: thing.entity.id):
        kind, key = _explain(thing, missed, gold)
        if key is not None:
            missed.pop(key, None)
        wanted = _show(key) if key else ""
        yield Mistake(kind=kind, text=_named(thing), wanted=wanted, document=thing.document or "")
    for key in sorted(missed):
        yield Mistake(kind="missed mention", text=_show(key), document=gold.homes[key])
    for key, found in sorted(hits.items()):
        if len(found) > 1:
            pieces = " | ".join(sorted(thing.entity.label for thing in found))
            yield Mistake(kind="split thing", text=pieces, wanted=_show(key), document=gold.homes[key])


def merge_mistakes(score: ClusterScore, gold: Gold) -> Iterator[Mistake]:
    """Annotated entities that became one thing; that with the most names wrongly together first."""
    for merged in score.merged:
        keys = [cast("Key", key) for key in merged]
        pieces = " | ".join(_show(key) for key in keys)
        yield Mistake(kind="false merge", text=pieces, document=", ".join(sorted({gold.homes[key] for key in keys})))


def relation_mistakes(
    missed: Sequence[Fact], wrong: Mapping[Fact, Claim], things: Mapping[str, Thing], gold: Gold
) -> Iterator[Mistake]:
    """Facts missed (an end too, or only the rule) and facts that are wrong, by what is wrong in them."""
    known = {thing.key for thing in things.values()}
    for fact in missed:
        ends = [end for end in (fact[0], fact[2]) if isinstance(end, tuple)]
        kind: Kind = "missed relation" if known.issuperset(ends) else "missed relation, end missed"
        yield Mistake(kind=kind, text=show_fact(fact), document=gold.relations[fact])
    by_pair, by_subject = _index(gold)
    for fact, claim in sorted(wrong.items(), key=lambda pair: str(pair[0])):
        kind, wanted = _what_is_wrong(fact, by_pair, by_subject)
        evidence = min((e for statement in claim.statements for e in statement.evidence), default=None)
        yield Mistake(
            kind=kind,
            text=show_fact(fact),
            wanted=wanted,
            rules=tuple(sorted({e.rule for statement in claim.statements for e in statement.evidence})),
            document=evidence.doc_id if evidence else "",
            sentence=evidence.text if evidence else "",
        )


def show_fact(fact: Fact) -> str:
    """A fact in words: 第四届世界互联网大会 | location | 乌镇."""
    subject, predicate, end = fact
    return f"{subject[1]} | {predicate} | {end if isinstance(end, str) else end[1]}"


def _explain(thing: Thing, missed: Mapping[Key, frozenset[str]], gold: Gold) -> tuple[Kind, Key | None]:
    """Why a thing is none of the annotated ones: another type, other boundaries, or out of the blue."""
    names = {fold(name) for name in (thing.entity.label, *thing.entity.aliases)}
    other = gold.match(ENTITY_TYPES, fold(thing.entity.label), names)
    if other is not None:
        return "wrong type", other[1]
    near = [key for key in sorted(missed) if key[0] in thing.types and _overlap(names, missed[key])]
    return ("boundary", near[0]) if near else ("extra mention", None)


def _overlap(names: Iterable[str], forms: Iterable[str]) -> bool:
    """Whether one name holds another; what is shared must be over a third of the longer."""
    pairs = ((a, b) if len(a) <= len(b) else (b, a) for a in names for b in forms)
    return any(len(short) > 1 and 3 * len(short) > len(long) and short in long for short, long in pairs)


def _index(gold: Gold) -> tuple[dict[tuple[Key, Key | str], Fact], dict[tuple[Key, str], Fact]]:
    by_pair: dict[tuple[Key, Key | str], Fact] = {}
    by_subject: dict[tuple[Key, str], Fact] = {}
    for fact in gold.relations:
        by_pair.setdefault((fact[0], fact[2]), fact)
        by_subject.setdefault((fact[0], fact[1]), fact)
    return by_pair, by_subject


def _what_is_wrong(
    fact: Fact, by_pair: Mapping[tuple[Key, Key | str], Fact], by_subject: Mapping[tuple[Key, str], Fact]
) -> tuple[Kind, str]:
    subject, predicate, end = fact
    if subject[0] == "?" or (isinstance(end, tuple) and end[0] == "?"):
        return "wrong relation, bad mention", ""
    if (subject, end) in by_pair:
        return "wrong relation, wrong predicate", show_fact(by_pair[subject, end])
    if isinstance(end, tuple) and (turned := by_pair.get((end, subject))) is not None:
        same = turned[1] == predicate
        return "wrong relation, wrong way round" if same else "wrong relation, wrong predicate", show_fact(turned)
    instead = by_subject.get((subject, predicate))
    if instead is None:
        return "wrong relation", ""
    return ("wrong relation, wrong value" if predicate in LITERALS else "wrong relation, wrong end"), show_fact(instead)


def _show(key: Key) -> str:
    return f"{key[1]} ({key[0]})"


def _named(thing: Thing) -> str:
    return f"{thing.entity.label} ({'/'.join(sorted(thing.types))})"
