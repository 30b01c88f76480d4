"""Trains the network that reads what stands around pairs (:mod:`kg.relations.context`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kg.model import Reading
from kg.neural import Lanes, NeuralTagger, width_of
from kg.neural.upper import STATES
from kg.relations.candidates import Labels
from kg.relations.columns import Ints
from kg.relations.context import (
    CHANNELS,
    GIVEN_ROWS,
    HIDDEN,
    Layout,
    given_rows,
    is_hidden,
    label_numbers,
    stretches,
)
from kg.relations.views import View
from kg.training.layer import Adam, Floats, LayerPass, Parameters, fresh_layer, keep_mask
from kg.training.logistic import indicator_matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextSettings:
    """How to train. Compared on held-out files: 9 rounds were no better than 6; of five choices of batch and dropout
    this one found most at a precision of .85.

    Args:
        rounds: passes over the texts.
        batch: texts a step.
        rate: peak of the learning rate, which rises for ``warm_up`` steps, then falls to 0.
        drop_states, drop_categories, drop_upper, drop_hidden: dropout of the lower layer's states, of the
            embedded types, of the upper states, of what a pair is judged by.
        seed: of order and dropout.
    """

    rounds: int = 6
    batch: int = 3
    rate: float = 2e-3
    warm_up: int = 100
    drop_states: float = 0.2
    drop_categories: float = 0.2
    drop_upper: float = 0.3
    drop_hidden: float = 0.5
    seed: int = 1


@dataclass(frozen=True, slots=True)
class ContextTask:
    """What all networks of one training share.

    Args:
        view: the pairs.
        labels: their labels.
        layout: where their units stand.
        below: for each piece the layer below, (characters, 256).
        given: see :func:`kg.relations.context.given_rows`.
        between: see :func:`kg.relations.context.stretches`.
        numbers: pair x label, the label's number or -1.
        document: each pair's.
    """

    view: View
    labels: Labels
    layout: Layout
    below: Sequence[npt.NDArray[np.float16]]
    given: Ints
    between: tuple[npt.NDArray[np.bool_], Ints]
    numbers: Ints
    document: Ints

    @classmethod
    def of(cls, view: View, labels: Labels, readings: Sequence[Reading]) -> ContextTask:
        """Reads the sentences with the layer below."""
        layout = Layout.of(view.columns, readings)
        below = [np.zeros((0, STATES), np.float16)] * len(layout.pieces)
        for encoded in NeuralTagger.load().encode(layout.pieces):
            for lane, i in enumerate(encoded.lanes.index):  # states lie on a grid that 16 bits hold
                below[i] = encoded.first[0, : len(layout.pieces[i]), lane].astype(np.float16)
        numbers, document = label_numbers(labels)[view.pairs.group], view.columns.document[view.pairs.second]
        return cls(view, labels, layout, below, given_rows(view), stretches(view, layout), numbers, document)


@dataclass(frozen=True, slots=True)
class Batch:
    """The pairs of some texts.

    Args:
        pairs: rows of the task.
        units: those of the pairs, sorted.
        lanes: the pieces that hold them.
    """

    pairs: Ints
    units: Ints
    lanes: Lanes

    @classmethod
    def of(cls, task: ContextTask, pairs: Ints) -> Batch:
        """The batch of some rows of the task."""
        units = np.unique(np.concatenate([task.view.pairs.first[pairs], task.view.pairs.second[pairs]]))
        pieces = np.unique(task.layout.piece[:, units])
        length = np.array([len(task.layout.pieces[i]) for i in pieces])
        order = np.argsort(-length, kind="stable")
        return cls(pairs, units, Lanes.of(pieces[order].tolist(), length[order].tolist()))


def train_context(task: ContextTask, status: npt.NDArray[np.int8], seen: npt.NDArray[np.bool_],
                  settings: ContextSettings) -> Parameters:  # fmt: skip
    """The parameters of a network.

    Args:
        task: the pairs.
        status: pair x label: 1 yes, 0 no, -1 not asked.
        seen: the pairs to learn from.
        settings: how to train.
    """
    rng = np.random.default_rng(settings.seed)
    parameters = initial_parameters(task, status, seen, rng)
    adam = Adam(parameters, settings.rate, settings.warm_up)
    rows = np.flatnonzero(seen)  # text by text
    of_text = np.split(rows, np.flatnonzero(np.diff(task.document[rows])) + 1)
    steps = -(-len(of_text) // settings.batch)
    for turn in range(settings.rounds):
        order = rng.permutation(len(of_text))
        for step in range(steps):
            texts = order[step * settings.batch : (step + 1) * settings.batch]
            batch = Batch.of(task, np.concatenate([of_text[i] for i in texts]))
            _, gradients = ContextPass(task, batch, parameters, settings, rng).run(status[batch.pairs])
            adam.step(gradients, (turn + step / steps) / settings.rounds)
    return parameters


def initial_parameters(
    task: ContextTask, status: npt.NDArray[np.int8], seen: npt.NDArray[np.bool_], rng: np.random.Generator
) -> Parameters:
    """Small random numbers, and each label as likely as it is."""
    shapes = {"first": (2 * STATES, HIDDEN), "second": (2 * STATES, HIDDEN), "between": (STATES, HIDDEN)}
    numbers = label_numbers(task.labels)
    labels = int(numbers.max()) + 1
    bias = np.zeros(labels, np.float32)
    for group, row in enumerate(numbers):
        told = status[seen & (task.view.pairs.group == group)]
        for column, number in enumerate(row[row >= 0]):
            yes, no = ((told[:, column] == answer).sum() + 1 for answer in (1, 0))
            bias[number] = np.log(yes / no)
    drawn = {name: rng.normal(size=shape) / np.sqrt(4 * shape[0]) for name, shape in shapes.items()}
    drawn["output"] = rng.normal(size=(HIDDEN, labels)) * 0.1
    return {
        **fresh_layer(CHANNELS, rng),
        **{name: matrix.astype(np.float32) for name, matrix in drawn.items()},
        "given": np.zeros((GIVEN_ROWS, HIDDEN), np.float32),
        "output_bias": bias,
    }


class ContextPass:
    """One forward and backward pass with dropout."""

    def __init__(
        self, task: ContextTask, batch: Batch, parameters: Parameters, settings: ContextSettings,
        rng: np.random.Generator,
    ) -> None:  # fmt: skip
        self._task, self._batch, self._p, self._settings, self._rng = task, batch, parameters, settings, rng
        pairs = task.view.pairs
        self._first, self._second = (np.searchsorted(batch.units, u[batch.pairs]) for u in (pairs.first, pairs.second))
        self._lane, self._step = task.layout.lanes_of(batch.lanes)[:, batch.units], task.layout.place[:, batch.units]
        near, count = (values[batch.pairs] for values in task.between)
        self._near, self._count = np.flatnonzero(near), count

    def run(self, status: npt.NDArray[np.int8]) -> tuple[float, Parameters]:
        """The batch's mean loss a text, and its gradient.

        Args:
            status: of the batch's pairs.
        """
        layer, keep = self._read()
        states = layer.states * keep
        ends = np.concatenate([states[self._step[end], self._lane[end]] for end in (0, 1)], axis=1)
        mean = self._means(states)
        given = self._task.given[self._batch.pairs]
        table = indicator_matrix(np.repeat(np.arange(len(given)), given.shape[1]), given.ravel(),
                                 (len(given), GIVEN_ROWS)).astype(np.float32)  # fmt: skip
        hidden = (ends @ self._p["first"])[self._first] + (ends @ self._p["second"])[self._second]
        hidden += table @ self._p["given"]
        hidden[self._near] += mean @ self._p["between"]
        fired = np.tanh(hidden)
        keep_hidden = keep_mask(self._rng, fired.shape, self._settings.drop_hidden)
        seen = fired * keep_hidden
        loss, slope = self._loss(seen @ self._p["output"] + self._p["output_bias"], status)
        by_hidden = (slope @ self._p["output"].T) * keep_hidden * (1 - fired * fired)
        by_first, by_second = (_summed_by(by_hidden, at, len(ends)) for at in (self._first, self._second))
        by_ends = by_first @ self._p["first"].T + by_second @ self._p["second"].T
        by_mean = by_hidden[self._near] @ self._p["between"].T
        return loss, {
            "output": seen.T @ slope,
            "output_bias": slope.sum(0),
            "first": ends.T @ by_first,
            "second": ends.T @ by_second,
            "between": mean.T @ by_hidden[self._near],
            "given": np.asarray(table.T @ by_hidden),
            **layer.back(self._by_states(by_ends, by_mean) * keep),
        }

    def _read(self) -> tuple[LayerPass, Floats]:
        """The layer's pass, and the dropout of its states."""
        s, lanes, layout, rng = self._settings, self._batch.lanes, self._task.layout, self._rng
        below = lanes.stack([self._task.below[i] for i in lanes.index]).astype(np.float32)
        categories = layout.rows(lanes)
        below[is_hidden(categories[..., 0])] = 0.0
        below *= keep_mask(rng, below.shape, s.drop_states)
        keep = keep_mask(rng, (*lanes.shape, width_of(CHANNELS)), s.drop_categories)
        layer = LayerPass.run(self._p, CHANNELS, lanes, below, categories, keep)
        return layer, keep_mask(rng, layer.states.shape, s.drop_upper)

    def _stretch(self) -> tuple[Ints, Ints, Ints]:
        """Of the near pairs: the lane, and the steps where the stretch between begins and ends."""
        a, b = self._first[self._near], self._second[self._near]
        return self._lane[0, b], self._step[1, a] + 1, self._step[0, b]

    def _means(self, states: Floats) -> Floats:
        lane, begin, end = self._stretch()
        sums = np.concatenate([np.zeros((1, *states.shape[1:]), np.float32), np.cumsum(states, axis=0)])
        mean: Floats = (sums[end, lane] - sums[begin, lane]) / self._counts()
        return mean

    def _counts(self) -> Floats:
        return self._count[self._near, None].astype(np.float32)

    def _loss(self, scores: Floats, status: npt.NDArray[np.int8]) -> tuple[float, Floats]:
        """The logistic loss of the labels that are asked, and its gradient by the scores of all labels."""
        numbers = self._task.numbers[self._batch.pairs]
        rows, columns = np.nonzero((numbers >= 0) & (status >= 0))
        at, yes = numbers[rows, columns], status[rows, columns] == 1
        asked, texts = scores[rows, at], len(np.unique(self._task.document[self._batch.pairs]))
        slope = np.zeros_like(scores)
        slope[rows, at] = (1 / (1 + np.exp(-asked)) - yes) / texts
        return float((np.logaddexp(0, asked) - yes * asked).sum()) / texts, slope

    def _by_states(self, by_ends: Floats, by_mean: Floats) -> Floats:
        """The gradient by the layer's states, from those by the states at ends and by the means."""
        steps, lanes = self._batch.lanes.shape
        lane, begin, end = self._stretch()
        by_mean = by_mean / self._counts()
        turns = np.zeros((steps + 1, lanes, STATES), np.float32)
        np.add.at(turns, (begin, lane), by_mean)
        np.add.at(turns, (end, lane), -by_mean)
        out = np.cumsum(turns, axis=0)[:-1]
        for side in (0, 1):
            part = by_ends[:, side * STATES : (side + 1) * STATES]
            np.add.at(out, (self._step[side], self._lane[side]), part)
        return out


def _summed_by(rows: Floats, at: Ints, count: int) -> Floats:
    """The sum of the rows that go to each of ``count`` targets."""
    out: Floats = np.asarray(indicator_matrix(at, np.arange(len(at)), (count, len(at))).astype(np.float32) @ rows)
    return out
