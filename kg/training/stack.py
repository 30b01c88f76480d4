"""Learns how to weigh the two proposers of relations (:mod:`kg.relations.stack`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from kg.relations.cases import FLOOR, make_cases
from kg.relations.patterns import PatternFinder
from kg.relations.stack import StackModel
from kg.training.annotations import Licence
from kg.training.boosting import BoostSettings, boost
from kg.training.facts import Case, Fact

#: On held-out texts 1 fact in 100 more at the same precision than with 150 trees of depth 4; more
#: and slower ones add nothing.
SETTINGS = BoostSettings(trees=250, depth=5)


def train_stack(finder: PatternFinder, cases: Sequence[Case], held_out: Mapping[tuple[int, Fact], float]) -> StackModel:
    """Boosts the trees.

    Args:
        finder: the rules.
        cases: texts as a tagger that had not seen them read them.
        held_out: what a scorer that had not seen them gives each fact of each case.
    """
    scored: dict[int, dict[Fact, float]] = defaultdict(dict)
    for (number, fact), probability in held_out.items():
        if probability >= FLOOR:
            scored[number][fact] = probability
    said = [finder.find(case.reading) for case in cases]
    predicates = sorted(
        {p for facts in scored.values() for _, p, _ in facts} | {r.predicate for rules, _ in said for r in rules}
    )
    rows, right = [], []
    for number, (case, (rules, rejected)) in enumerate(zip(cases, said, strict=True)):
        licence = Licence(case.text)
        known = make_cases(case.reading, rules, rejected, scored[number], predicates)
        verdicts = [licence.judge(*key) for key in known.keys]
        rows.append(known.features[[v is not None for v in verdicts]])
        right += [v for v in verdicts if v is not None]
    forest = boost(np.concatenate(rows), np.array(right, float), SETTINGS)
    return StackModel(predicates=tuple(predicates), forest=forest)
