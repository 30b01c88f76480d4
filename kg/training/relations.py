"""Learns the scorer of relations (:mod:`kg.relations.scorer`) from annotated texts.

Everything that a later stage learns from is made by models that did not see the text: the trees
learn from margins of the other folds, calibration and thresholds from trees of the other folds.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kg.model import Reading
from kg.neural import NeuralTagger
from kg.relations.candidates import Labels, find_pairs, labels_of
from kg.relations.claims import Claims, find_claims
from kg.relations.columns import Vocabulary, make_columns
from kg.relations.context import ContextNetwork
from kg.relations.features import feature_keys
from kg.relations.phrases import PhraseWords
from kg.relations.rivals import claim_features
from kg.relations.scorer import RelationModel, first_stage, word_groups
from kg.relations.trees import Forest
from kg.relations.units import tokens_of
from kg.relations.views import View
from kg.schema import Schema
from kg.seeds.words import WordLists
from kg.training.annotations import Annotated
from kg.training.boosting import BoostSettings, boost
from kg.training.calibration import calibrate, chance
from kg.training.context import ContextSettings, ContextTask, train_context
from kg.training.facts import Answers, Case, Fact, answers_of, nearness
from kg.training.logistic import fit_logistic, indicator_matrix

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
_WORD_TEXTS, _ENDING_TEXTS = 3, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationSettings:
    """How to train.

    Args:
        penalty: of the regression's squared weights (.3 to 3 do the same).
        least_cases: a feature seen less often is left out.
        least_weight: a feature whose weights all lie below is left out of the model.
        precision: what the thresholds shall reach in cross-validation.
        context: how to train the network.
        boost: how to grow the trees.
    """

    penalty: float = 2.0
    least_cases: int = 5
    least_weight: float = 0.08
    precision: float = 0.85
    context: ContextSettings = ContextSettings()  # noqa: RUF009 (frozen)
    boost: BoostSettings = BoostSettings()  # noqa: RUF009 (frozen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A model, and for each fact that some case tells or might tell its cross-validated probability."""

    model: RelationModel
    held_out: Mapping[tuple[int, Fact], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """What all steps of the training share."""

    view: View
    labels: Labels
    rows: Ints
    keys: npt.NDArray[np.uint32]
    answers: Answers
    fold: Ints
    taught: npt.NDArray[np.bool_]
    settings: RelationSettings


_Weights = tuple[npt.NDArray[np.uint32], npt.NDArray[np.int8], float]


def make_cases(texts: Sequence[Annotated], folds: Sequence[int], read: Callable[[Annotated], Reading]) -> list[Case]:
    """Cases of texts as ``read`` sees them: with their annotated mentions, or as a finder finds them."""
    return [Case(text=text, reading=read(text), fold=fold) for text, fold in zip(texts, folds, strict=True)]


def train_scorer(
    cases: Sequence[Case], schema: Schema, lists: WordLists, settings: RelationSettings | None = None
) -> Trained:
    """Trains both stages and the calibration.

    Args:
        cases: texts with what a reader sees in them; five folds or so. From joined ones the first stage learns
            nothing that it has not learnt from their parts.
        schema: which predicates there are between which types.
        lists: the word lists whose groups the features know.
        settings: how to train.
    """
    settings = settings or RelationSettings()
    phrases = PhraseWords.of(lists)
    words = _frequent_words((c.reading for c in cases if not c.joined), phrases)
    vocabulary = Vocabulary.make(words, word_groups(lists), phrases)
    task = _task(cases, labels_of(schema), vocabulary, settings)
    task = _with_known_labels(task, cases)
    predicates = tuple(sorted({label.predicate for labels in task.labels.values() for label in labels}))
    guess = _held_out_margins(task, task.answers.best_only(_spread(nearness(task.view.columns, task.view.pairs), task)))
    status = task.answers.best_only(guess)
    readings = [case.reading for case in cases]
    context_task = ContextTask.of(task.view, task.labels, readings)
    context = _held_out_context(task, context_task, status, readings)
    margins = first_stage(_held_out_margins(task, status), context)
    keys, weights, scale = _fit_weights(task, status, task.taught)
    model = RelationModel(
        labels=task.labels, words=tuple(words), groups=vocabulary.groups, keys=keys, weights=weights, scale=scale,
        context=train_context(context_task, status, task.taught, settings.context),
        predicates=predicates, forest=_stump(), calibration={}, thresholds={},
    )  # fmt: skip
    return _second_stage(task, status, margins, context, model)


def _frequent_words(readings: Iterable[Reading], phrases: PhraseWords) -> list[str]:
    """Words of several texts, and endings of words in many."""
    counts: Counter[str] = Counter()
    for reading in readings:
        words = {word for tokens in tokens_of(reading, phrases) for word, _, unit in tokens if unit is None}
        counts.update(words | {"~" + word[-1] for word in words})
    return sorted(
        word
        for word, n in counts.items()
        if n >= (_ENDING_TEXTS if word[0] == "~" and len(word) > 1 else _WORD_TEXTS) and not word.isdigit()
    )


def _task(cases: Sequence[Case], labels: Labels, vocabulary: Vocabulary, settings: RelationSettings) -> _Task:
    columns = make_columns([c.reading for c in cases], vocabulary)
    view = View(columns, find_pairs(columns, labels))
    rows, keys = _all_features(view)
    fold, taught = _origin(cases, view)
    return _Task(
        view=view, labels=labels, rows=rows, keys=keys, answers=answers_of(cases, columns, view.pairs, labels),
        fold=fold, taught=taught, settings=settings,
    )  # fmt: skip


def _origin(cases: Sequence[Case], view: View) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """Each pair's fold, and whether the first stage learns from it."""
    document = view.columns.document[view.pairs.second]
    return np.array([c.fold for c in cases])[document], np.array([not c.joined for c in cases])[document]


def _all_features(view: View) -> tuple[Ints, npt.NDArray[np.uint32]]:
    """(pair, key) for every feature of every pair, by pair."""
    everyone = np.arange(len(view.pairs))
    parts = [(everyone if rows is None else rows, keys) for rows, keys in feature_keys(view)]
    rows = np.concatenate([rows for rows, _ in parts])
    order = np.argsort(rows, kind="stable")
    return rows[order], np.concatenate([keys for _, keys in parts])[order]


def _with_known_labels(task: _Task, cases: Sequence[Case]) -> _Task:
    """The task without groups of labels that the texts hold no fact of."""
    found = {g for g in range(len(task.labels)) if (task.answers.status[task.view.pairs.group == g] == 1).any()}
    if len(found) == len(task.labels):
        return task
    labels = {pair: group for g, (pair, group) in enumerate(task.labels.items()) if g in found}
    columns = task.view.columns
    view = View(columns, find_pairs(columns, labels))
    rows, keys = _all_features(view)
    fold, taught = _origin(cases, view)
    return replace(
        task, view=view, labels=labels, rows=rows, keys=keys, answers=answers_of(cases, columns, view.pairs, labels),
        fold=fold, taught=taught,
    )  # fmt: skip


def _spread(values: Floats, task: _Task) -> Floats:
    return np.repeat(values[:, None], task.answers.status.shape[1], axis=1)


def _held_out(task: _Task, learn: Callable[[npt.NDArray[np.bool_]], Floats]) -> Floats:
    """Margins, each by a model that saw nothing of the pair's fold; ``learn`` gives all of them from the pairs seen."""
    margins = np.full(task.answers.status.shape, -30.0)
    for fold in np.unique(task.fold):
        held = task.fold == fold
        margins[held] = learn(~held & task.taught)[held]
    return margins


def _held_out_margins(task: _Task, status: npt.NDArray[np.int8]) -> Floats:
    """Those of the regression."""
    return _held_out(task, lambda seen: _margins(task, _fit_weights(task, status, seen)))


def _held_out_context(
    task: _Task, context_task: ContextTask, status: npt.NDArray[np.int8], readings: Sequence[Reading]
) -> Floats:
    """Those of the network."""

    def learn(seen: npt.NDArray[np.bool_]) -> Floats:
        parameters = train_context(context_task, status, seen, task.settings.context)
        return ContextNetwork(NeuralTagger.load(), parameters).margins(task.view, readings, task.labels)

    return _held_out(task, learn)


def _margins(task: _Task, weights: _Weights) -> Floats:
    keys, table, scale = weights
    blank = RelationModel(
        labels=task.labels, words=(), groups=(), keys=keys, weights=table, scale=scale, context={}, predicates=(),
        forest=_stump(), calibration={}, thresholds={},
    )  # fmt: skip
    return blank.margins(feature_keys(task.view), len(task.view.pairs))


def _stump() -> Forest:
    nothing = np.zeros((0, 1), np.float32)
    return Forest(start=0.0, feature=nothing.astype(np.uint16), threshold=nothing, leaf=np.zeros((0, 2), np.float32))


def _fit_weights(task: _Task, status: npt.NDArray[np.int8], seen: npt.NDArray[np.bool_]) -> _Weights:
    """The regression on the pairs that are ``seen``, one for each group of labels."""
    keys, tables = [], []
    for group, labels in enumerate(task.labels.values()):
        chosen = seen & (task.view.pairs.group == group)
        if not (status[chosen][:, : len(labels)] == 1).any():
            continue
        rank = np.cumsum(chosen) - 1
        used = chosen[task.rows]
        known, column, count = np.unique(task.keys[used], return_inverse=True, return_counts=True)
        kept = count >= task.settings.least_cases
        place = np.cumsum(kept) - 1
        hit = kept[column]
        shape = (int(chosen.sum()), int(kept.sum()))
        matrix = indicator_matrix(rank[task.rows[used]][hit], place[column[hit]], shape)
        weights = fit_logistic(matrix, status[chosen][:, : len(labels)], task.settings.penalty)
        table = np.zeros((shape[1], status.shape[1]))
        table[:, : len(labels)] = weights
        strong = np.abs(table).max(1) >= task.settings.least_weight
        keys.append(known[kept][strong])
        tables.append(table[strong])
    joined, table = np.concatenate(keys), np.concatenate(tables)
    order = np.argsort(joined, kind="stable")
    scale = float(np.abs(table).max()) / 127
    return joined[order], np.round(table[order] / scale).astype(np.int8), scale


def _second_stage(
    task: _Task, status: npt.NDArray[np.int8], margins: Floats, context: Floats, model: RelationModel
) -> Trained:
    """The model with its trees; the margins are those of the first stage, and of the network alone."""
    claims = find_claims(task.view, margins, context, task.labels, model.predicates)
    features = claim_features(claims, model.predicates, model.groups)
    answer = status[claims.pair, claims.label]
    fold = task.fold[claims.pair]
    held_out = np.zeros(len(claims))
    for each in np.unique(fold):
        seen = (fold != each) & (answer >= 0)
        forest = boost(features[seen], answer[seen].astype(float), task.settings.boost)
        held_out[fold == each] = forest.margins(features[fold == each])
    forest = boost(features[answer >= 0], answer[answer >= 0].astype(float), task.settings.boost)
    facts = _facts(task, claims, held_out)
    calibration, thresholds = calibrate(facts, model.predicates, task.settings.precision)
    chances = {k: chance(m, calibration[k[1][1]]) for k, (m, _) in facts.items()}
    return Trained(
        model=replace(model, forest=forest, calibration=calibration, thresholds=thresholds), held_out=chances
    )


def _facts(task: _Task, claims: Claims, margins: Floats) -> dict[tuple[int, Fact], tuple[float, int]]:
    """Each claimed fact with its best margin and its status."""
    best: dict[tuple[int, Fact], tuple[float, int]] = {}
    for pair, label, margin in zip(claims.pair.tolist(), claims.label.tolist(), margins.tolist(), strict=True):
        case, facts = task.answers.facts[pair]
        key = (case, facts[label])
        if key not in best or margin > best[key][0]:
            best[key] = (margin, int(task.answers.status[pair, label]))
    return best
