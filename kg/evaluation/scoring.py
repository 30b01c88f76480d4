"""Precision, recall and F1 of a graph against annotations.

Facts and entities count once a graph, however many documents tell them; figures are micro-averaged.
Facts with an optional end, and optional facts, count neither way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.evaluation.clusters import ClusterScore, score_clusters
from kg.evaluation.facts import Claim, Thing, among_as, claims_of, document_of, holds, names_of, redundant, things_of
from kg.evaluation.gold import PREDICATES, Fact, Gold
from kg.evaluation.intervals import Share, f1_interval
from kg.evaluation.mistakes import Mistake, entity_mistakes, merge_mistakes, relation_mistakes
from kg.model import Knowledge
from kg.schema import Schema


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Figures of one kind of thing.

    Args:
        right, wrong: what the graph has, by whether the annotations have it too.
        found, wanted: what the annotations have, by whether the graph has it too.
    """

    right: int = 0
    wrong: int = 0
    found: int = 0
    wanted: int = 0

    @property
    def precision(self) -> float:
        """The share of what the graph says that is right; 0 for an empty graph."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """The share of what is wanted that the graph says."""
        return self.found / max(1, self.wanted)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        return 2 * self.precision * self.recall / max(1e-9, self.precision + self.recall)

    def __add__(self, other: Score) -> Score:
        return Score(
            right=self.right + other.right,
            wrong=self.wrong + other.wrong,
            found=self.found + other.found,
            wanted=self.wanted + other.wanted,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How good one graph is, or several together.

    Args:
        entities, relations: the figures.
        names: how well names were brought together, as far as they were found.
        by_predicate: those of the relations by predicate, sorted.
        by_rule: of each rule, how many of its facts are right and wrong, sorted.
        mistakes: what went wrong, grouped by kind.
        shares: the figures of each document, for intervals: of entities and of relations.
    """

    name: str
    entities: Score
    relations: Score
    names: ClusterScore
    by_predicate: tuple[tuple[str, Score], ...]
    by_rule: tuple[tuple[str, Score], ...]
    mistakes: tuple[Mistake, ...]
    shares: tuple[tuple[Share, ...], tuple[Share, ...]]

    @property
    def entity_interval(self) -> tuple[float, float]:
        """Where 95 of 100 resamplings of the documents put the entities' F1."""
        return f1_interval(self.shares[0])

    @property
    def relation_interval(self) -> tuple[float, float]:
        """Where 95 of 100 resamplings of the documents put the relations' F1."""
        return f1_interval(self.shares[1])


def evaluate(knowledge: Knowledge, gold: Gold, schema: Schema) -> Report:
    """Scores one graph, of all the texts that were annotated.

    Args:
        knowledge: the graph; its statements' evidence tells which rule made a fact.
        gold: the annotations, see :func:`kg.evaluation.read_gold`.
        schema: tells which classes and properties lie below which.
    """
    things = things_of(knowledge, gold, schema)
    claims = claims_of(knowledge, things, schema)
    right = {fact: told for fact in claims if (told := among_as(fact, gold.relations)) is not None}
    wrong = {
        fact: claim
        for fact, claim in claims.items()
        if fact not in right and not claim.optional and not holds(fact, gold.optional_relations)
    }
    wanted = gold.relations.keys() - redundant(gold.relations.keys())
    found = {fact for fact in wanted if holds(fact, claims)}
    entity_score, entity_shares = _entities(things, gold)
    missed = sorted(wanted - found, key=str)
    names = _names(knowledge, things, gold)
    return Report(
        name=gold.name,
        entities=entity_score,
        relations=Score(right=len(right), wrong=len(wrong), found=len(found), wanted=len(wanted)),
        names=names,
        by_predicate=_by_predicate(right, wrong, found, wanted),
        by_rule=_by_rule(claims, right, wrong),
        mistakes=(
            *entity_mistakes(things, gold),
            *merge_mistakes(names, gold),
            *relation_mistakes(missed, wrong, things, gold),
        ),
        shares=(entity_shares, _relation_shares(right, wrong, found, wanted, gold)),
    )


def combine(reports: Iterable[Report], name: str = "all") -> Report:
    """Several reports as one, micro-averaged."""
    given = tuple(reports)
    return Report(
        name=name,
        entities=sum((report.entities for report in given), Score()),
        relations=sum((report.relations for report in given), Score()),
        names=sum((report.names for report in given), ClusterScore()),
        by_predicate=_summed(row for report in given for row in report.by_predicate),
        by_rule=_summed(row for report in given for row in report.by_rule),
        mistakes=tuple(mistake for report in given for mistake in report.mistakes),
        shares=(
            tuple(share for report in given for share in report.shares[0]),
            tuple(share for report in given for share in report.shares[1]),
        ),
    )


def _entities(things: Mapping[str, Thing], gold: Gold) -> tuple[Score, tuple[Share, ...]]:
    """Each wanted entity counts once; further things for it are wrong, unknown places are passed over."""
    hits = Counter(thing.match[1] for thing in things.values() if thing.match and thing.match[0])
    extra = [thing for thing in things.values() if thing.match is None and thing.types != {"Place"}]
    doubled = sum(hits.values()) - len(hits)
    shares = Shares()
    for key in gold.entities:
        shares.add(gold.homes[key], right=int(key in hits), found=int(key in hits), wanted=1)
        shares.add(gold.homes[key], wrong=max(0, hits[key] - 1))
    for thing in extra:
        shares.add(thing.document or thing.entity.id, wrong=1)
    score = Score(right=len(hits), wrong=len(extra) + doubled, found=len(hits), wanted=len(gold.entities))
    return score, shares.all()


def _names(knowledge: Knowledge, things: Mapping[str, Thing], gold: Gold) -> ClusterScore:
    """Names that a document gives to two entities say nothing."""
    owners = {name: min(keys) for name, keys in gold.names.items() if len(keys) == 1}
    return score_clusters(owners, names_of(knowledge, things, gold))


class Shares:
    """Adds up the figures of each document."""

    def __init__(self) -> None:
        self._of: dict[str, list[int]] = {}

    def add(self, document: str, *, right: int = 0, wrong: int = 0, found: int = 0, wanted: int = 0) -> None:
        """Books figures on a document."""
        row = self._of.setdefault(document, [0, 0, 0, 0])
        for index, number in enumerate((right, wrong, found, wanted)):
            row[index] += number

    def all(self) -> tuple[Share, ...]:
        """Right, wrong, found and wanted of every document, in the order of their names."""
        return tuple((row[0], row[1], row[2], row[3]) for _, row in sorted(self._of.items()))


def _relation_shares(
    right: Mapping[Fact, Fact], wrong: Mapping[Fact, Claim], found: set[Fact], wanted: set[Fact], gold: Gold
) -> tuple[Share, ...]:
    """A fact is its first document's: of those annotated with it, or, if wrong, of its evidence."""
    shares = Shares()
    for fact in right.values():
        shares.add(gold.relations[fact], right=1)
    for fact in wanted:
        shares.add(gold.relations[fact], found=int(fact in found), wanted=1)
    for fact, claim in wrong.items():
        documents = [document for statement in claim.statements if (document := document_of(statement))]
        shares.add(min(documents, default=str(fact)), wrong=1)
    return shares.all()


def _by_predicate(
    right: Iterable[Fact], wrong: Iterable[Fact], found: Iterable[Fact], wanted: Iterable[Fact]
) -> tuple[tuple[str, Score], ...]:
    counts = [Counter(fact[1] for fact in facts) for facts in (right, wrong, found, wanted)]
    rows = (
        (p, Score(right=counts[0][p], wrong=counts[1][p], found=counts[2][p], wanted=counts[3][p]))
        for p in sorted(PREDICATES)
    )
    return tuple(row for row in rows if row[1] != Score())


def _by_rule(
    claims: Mapping[Fact, Claim], right: Mapping[Fact, Fact], wrong: Mapping[Fact, Claim]
) -> tuple[tuple[str, Score], ...]:
    """How often each rule's facts are right; one that two rules found counts for both."""
    rows = (
        (rule, Score(right=int(fact in right), wrong=int(fact in wrong)))
        for fact, claim in claims.items()
        for rule in {evidence.rule for statement in claim.statements for evidence in statement.evidence}
    )
    return tuple(row for row in _summed(rows) if row[1] != Score())


def _summed(rows: Iterable[tuple[str, Score]]) -> tuple[tuple[str, Score], ...]:
    total: dict[str, Score] = {}
    for name, score in rows:
        total[name] = total.get(name, Score()) + score
    return tuple(sorted(total.items()))


def rule_precision(report: Report) -> dict[str, dict[str, int]]:
    """Right and wrong facts of each rule: what ``seeds/patterns/precision.json`` holds."""
    return {rule: {"right": score.right, "wrong": score.wrong} for rule, score in report.by_rule}
