"""Learns the weights of the choice among overlapping mentions (:mod:`kg.mentions.choice`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from kg.mentions.choice import Chooser
from kg.mentions.finder import Tagger, Weighed, make_stage
from kg.model import ENTITY_TYPES, Span
from kg.seeds import Lexicon
from kg.sentences import split_sentences
from kg.training.annotations import Annotated

L2 = 1.0
MIN_COUNT = 4
#: Constants tried on the log-odds of every candidate.
SHIFTS = tuple(i / 10 for i in range(16))


def train_choice(lexicon: Lexicon, tagger: Tagger | None, texts: Sequence[Annotated]) -> dict[str, dict[str, float]]:
    """The weights of both readings, for :func:`kg.mentions.finder.make_stage`."""
    kind = "plain" if tagger is None else "tagger"
    stage = make_stage(lexicon, tagger, {})
    documents = [(t.document, split_sentences(t.document)) for t in texts]
    candidates = list(stage.candidates(documents))
    first = _balanced(texts, [stage.weigh_first(c) for c in candidates])
    stage = replace(stage, first=Chooser(first))
    second = _balanced(texts, [stage.weigh_second(c) for c in candidates])
    return {kind: first, f"{kind}-second": second}


def _balanced(texts: Sequence[Annotated], weighed: Sequence[Weighed]) -> dict[str, float]:
    """Learnt weights, shifted to where the chosen mentions have the best F1.

    The candidates hold far more wrong spans than right ones, so the plain model keeps too few;
    the choice among overlaps has already thrown most wrong ones out.
    """
    weights = learn_weights(_rows(texts, weighed))
    _, shift = max((_f1(texts, weighed, _shifted(weights, s)), s) for s in SHIFTS)
    return _shifted(weights, shift)


def _shifted(weights: dict[str, float], shift: float) -> dict[str, float]:
    return weights | {kind: round(weights.get(kind, 0.0) + shift, 3) for kind in ENTITY_TYPES}


def _f1(texts: Sequence[Annotated], weighed: Sequence[Weighed], weights: dict[str, float]) -> float:
    chooser = Chooser(weights)
    right = found = wanted = 0
    for text, document in zip(texts, weighed, strict=True):
        gold = {(m.span.start, m.span.end, m.type) for m in text.mentions if m.name not in text.optional}
        optional = [m.span for m in text.mentions if m.name in text.optional]
        chosen = [
            (s.start + v.sentence.span.start, s.end + v.sentence.span.start, s.type)
            for v, spans in document
            for s, _ in chooser.choose(spans)
        ]
        counted = [c for c in chosen if c in gold or (c[2] != "Place" and not _touches(c, optional))]
        right += sum(c in gold for c in counted)
        found += len(counted)
        wanted += len(gold)
    return 2 * right / max(1, found + wanted)


def _touches(chosen: tuple[int, int, str], spans: Sequence[Span]) -> bool:
    return any(s.start < chosen[1] and chosen[0] < s.end for s in spans)


def _rows(texts: Sequence[Annotated], weighed: Iterable[Weighed]) -> list[tuple[list[str], bool]]:
    """(features, whether it is a mention) of every candidate; optional things are left out."""
    rows: list[tuple[list[str], bool]] = []
    for text, document in zip(texts, weighed, strict=True):
        gold = {(m.span.start, m.span.end): m for m in text.mentions}
        optional = [m.span for m in text.mentions if m.name in text.optional]
        named = [m.span for m in text.mentions if m.name not in text.optional]
        for view, spans in document:
            base = view.sentence.span.start
            for span in spans:
                found = gold.get((span.start + base, span.end + base))
                right = found is not None and found.type == span.type
                if right and found is not None and found.name in text.optional:
                    continue
                unsure = any(s.start < span.end + base and span.start + base < s.end for s in optional)
                # a place that takes part in no relation is not annotated; one inside another name is none
                place = span.type == "Place" and not _touches((span.start + base, span.end + base, ""), named)
                if right or not (unsure or place):
                    rows.append((span.features, right))
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
