"""Learns the weights of the choice among overlapping mentions (:mod:`kg.mentions.choice`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from kg.mentions.choice import Chooser
from kg.mentions.evidence import Describer, Evidence
from kg.mentions.finder import Tagger, group_all, make_stage
from kg.mentions.spans import Proposed
from kg.mentions.spans import Span as Candidate
from kg.mentions.surroundings import FeatureNames
from kg.model import ENTITY_TYPES, Span
from kg.seeds import Lexicon
from kg.sentences import split_sentences
from kg.training.annotations import Annotated

L2 = 1.0
MIN_COUNT = 4
#: Constants tried on the log-odds of every candidate.
SHIFTS = tuple(i / 10 for i in range(16))
_SURE_PLACE = frozenset(("gazetteer", "tagger", "echo"))


def train_choice(lexicon: Lexicon, tagger: Tagger | None, texts: Sequence[Annotated]) -> dict[str, dict[str, float]]:
    """The weights of both readings, for :func:`kg.mentions.finder.make_stage`."""
    kind = "plain" if tagger is None else "tagger"
    stage = make_stage(lexicon, tagger, {})
    documents = [(t.document, split_sentences(t.document)) for t in texts]
    candidates = stage.candidates(documents)
    once = [group_all(found) for found in candidates]
    names = FeatureNames(learning=True)
    evidence = Describer(stage.words, names).describe(once)
    first = _balanced(texts, once, evidence, names)
    twice = stage.with_echoes(candidates, once, Chooser(first, names).choose(evidence))
    second = _balanced(texts, twice, Describer(stage.words, names).describe(twice), names)
    return {kind: first, f"{kind}-second": second}


def _balanced(
    texts: Sequence[Annotated], documents: Sequence[Proposed], evidence: Evidence, names: FeatureNames
) -> dict[str, float]:
    """Learnt weights, shifted to where the chosen mentions have the best F1.

    The candidates hold far more wrong spans than right ones, so the plain model keeps too few;
    the choice among overlaps has already thrown most wrong ones out.
    """
    weights = learn_weights(label_candidates(texts, documents, evidence.named(names)))

    def f1(shift: float) -> float:
        return _f1(texts, documents, Chooser(_shifted(weights, shift), names).choose(evidence))

    _, shift = max((f1(shift), shift) for shift in SHIFTS)
    return _shifted(weights, shift)


def _shifted(weights: dict[str, float], shift: float) -> dict[str, float]:
    return weights | {kind: round(weights.get(kind, 0.0) + shift, 3) for kind in ENTITY_TYPES}


def _f1(
    texts: Sequence[Annotated], documents: Sequence[Proposed], found_in: Sequence[Sequence[tuple[Candidate, float]]]
) -> float:
    """Of what was chosen in each sentence of the documents."""
    chosen_in = iter(found_in)
    right = found = wanted = 0
    for text, document in zip(texts, documents, strict=True):
        gold = {(m.span.start, m.span.end, m.type) for m in text.mentions if m.name not in text.optional}
        optional = [m.span for m in text.mentions if m.name in text.optional]
        chosen = [
            (s.start + v.sentence.span.start, s.end + v.sentence.span.start, s.type)
            for v, _ in document
            for s, _ in next(chosen_in)
        ]
        counted = [c for c in chosen if c in gold or (c[2] != "Place" and not _touches(c, optional))]
        right += sum(c in gold for c in counted)
        found += len(counted)
        wanted += len(gold)
    return 2 * right / max(1, found + wanted)


def _touches(chosen: tuple[int, int, str], spans: Sequence[Span]) -> bool:
    return any(s.start < chosen[1] and chosen[0] < s.end for s in spans)


def label_candidates(
    texts: Sequence[Annotated], documents: Iterable[Proposed], described: Sequence[list[str]]
) -> list[tuple[list[str], bool]]:
    """(features, whether it is a mention) of every candidate; optional things are left out."""
    rows: list[tuple[list[str], bool]] = []
    features_of = iter(described)
    for text, document in zip(texts, documents, strict=True):
        gold = {(m.span.start, m.span.end): m for m in text.mentions}
        optional = [m.span for m in text.mentions if m.name in text.optional]
        named = [m.span for m in text.mentions if m.name not in text.optional]
        for view, spans in document:
            base = view.sentence.span.start
            for span in spans:
                features = next(features_of)
                found = gold.get((span.start + base, span.end + base))
                right = found is not None and found.type == span.type
                if right and found is not None and found.name in text.optional:
                    continue
                unsure = any(s.start < span.end + base and span.start + base < s.end for s in optional)
                # a place that takes part in no relation is not annotated; one inside another name is none, nor is
                # what only an ordinary word or a head word speaks for (合作, 资源: towns, and hardly ever meant)
                place = (
                    span.type == "Place"
                    and not _SURE_PLACE.isdisjoint(span.finders)
                    and not _touches((span.start + base, span.end + base, ""), named)
                )
                if right or not (unsure or place):
                    rows.append((features, right))
    return rows


def learn_weights(rows: Sequence[tuple[list[str], bool]]) -> dict[str, float]:
    """Logistic regression with L2 penalty by L-BFGS; features seen fewer than MIN_COUNT times are dropped."""
    from scipy.optimize import minimize
    from scipy.sparse import csr_matrix

    counts = Counter(f for features, _ in rows for f in set(features))
    names = sorted(f for f, n in counts.items() if n >= MIN_COUNT)
    index = {f: i for i, f in enumerate(names)}
    columns = [[index[f] for f in set(features) if f in index] for features, _ in rows]
    indptr = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter((c for row in columns for c in row), dtype=np.int32, count=int(indptr[-1]))
    matrix = csr_matrix((np.ones(len(flat)), flat, indptr), shape=(len(rows), len(names)))
    target = np.array([right for _, right in rows], dtype=float)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        margin = matrix @ weights
        value = float(np.logaddexp(0, margin).sum() - margin @ target + 0.5 * L2 * weights @ weights)
        gradient = matrix.T @ (1 / (1 + np.exp(-margin)) - target) + L2 * weights
        return value, gradient

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {name: round(float(w), 3) for name, w in zip(names, found.x, strict=True) if abs(w) >= 0.0005}
