"""Measures each rule's precision on annotated texts, their mentions given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from kg.model import Mention, Reading, Relation
from kg.relations.patterns import PatternFinder
from kg.training.annotations import Annotated, Licence


def measure_rules(
    finder: PatternFinder, texts: Sequence[Annotated], read: Callable[[Annotated], Reading]
) -> dict[str, dict[str, int]]:
    """Rule id -> how many facts it read right and wrong; optional facts count as neither.

    Args:
        read: gives a text's reading, mentions as annotated.
    """
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for text in texts:
        licence = Licence(text)
        facts = {(r.evidence.rule, *_fact(r)) for r in finder.claims(read(text))}
        for rule, *fact in facts:
            verdict = licence.judge(*fact)
            if verdict is not None:
                (right if verdict else wrong)[rule] += 1
    return {rule: {"right": right[rule], "wrong": wrong[rule]} for rule in sorted(right | wrong)}


def _fact(relation: Relation) -> Iterable[str]:
    object_ = relation.object
    return relation.subject.name, relation.predicate, object_.name if isinstance(object_, Mention) else object_.text
