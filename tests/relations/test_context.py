"""The network that reads what stands around pairs: its view of the units, its arithmetic, its training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from kg.model import Reading
from kg.neural import NeuralTagger
from kg.relations.candidates import find_pairs, labels_of
from kg.relations.columns import Vocabulary, make_columns
from kg.relations.context import ContextNetwork, Layout, given_rows, is_hidden, label_numbers
from kg.relations.phrases import PhraseWords
from kg.relations.views import View
from kg.schema import load_schema
from kg.training.context import Batch, ContextPass, ContextSettings, ContextTask, initial_parameters
from tests.examples import read_example

LABELS = labels_of(load_schema())
SHORT = read_example(
    "[海风论坛|Forum]由[蓝岸集团|Organization]主办，[李某某|Person]到场。[红石中学|Organization]协办。"
)
LONG = read_example("[海风论坛|Forum]" + "非常热闹，" * 60 + "由[蓝岸集团|Organization]主办。")
CUT = read_example("[海风论坛|Forum]" + "热闹" * 92 + "由[蓝岸集团有限公司|Organization]主办。")
PHRASE = read_example("[星云|Product]支持导出[云图|Product]文件、打印。")
CERTAIN = ContextSettings(drop_states=0, drop_categories=0, drop_upper=0, drop_hidden=0)


def view_of(readings: Sequence[Reading]) -> View:
    columns = make_columns(readings, Vocabulary.make((), {}, PhraseWords(frozenset(), frozenset())))
    return View(columns, find_pairs(columns, LABELS))


def task_of(*readings: Reading) -> ContextTask:
    return ContextTask.of(view_of(readings), LABELS, readings)


@pytest.mark.parametrize("reading", [SHORT, LONG, CUT], ids=["short", "long", "name across a cut"])
def test_both_ends_of_each_unit_are_found_in_what_is_read(reading: Reading) -> None:
    columns = view_of([reading]).columns
    layout = Layout.of(columns, [reading])
    for at, unit in enumerate(columns.units):
        text = reading.document.text[unit.span.start : unit.span.end]
        ends = [layout.pieces[layout.piece[end, at]][layout.place[end, at]] for end in (0, 1)]
        assert ends == [text[0], text[-1]]


def test_a_unit_tells_its_type_to_its_characters() -> None:
    layout = Layout.of(view_of([SHORT]).columns, [SHORT])
    told = layout.categories[0][:, 0]
    assert (told[:4] > 0).all() and told[4] == 0
    assert len(set(told[:4])) == 3, "first, inside, last"


def test_each_label_has_a_number_of_its_own() -> None:
    numbers = label_numbers(LABELS)
    assert sorted(numbers[numbers >= 0]) == list(range(sum(map(len, LABELS.values()))))


def test_small_numbers_are_rows_of_one_table() -> None:
    task = task_of(SHORT, LONG)
    assert len(set(given_rows(task.view)[0])) == task.given.shape[1]


def drawn(task: ContextTask, status: np.ndarray) -> dict[str, np.ndarray]:
    """Parameters as training begins with them."""
    return initial_parameters(task, status, np.ones(len(status), bool), np.random.default_rng(1))


def test_gradients_are_those_of_the_loss() -> None:
    task = task_of(SHORT)
    status = np.random.default_rng(3).integers(-1, 2, (len(task.view.pairs), label_numbers(LABELS).shape[1]), np.int8)
    parameters = drawn(task, status)

    def run() -> tuple[float, dict[str, np.ndarray]]:
        batch = Batch.of(task, np.arange(len(task.view.pairs)))
        return ContextPass(task, batch, parameters, CERTAIN, np.random.default_rng(2)).run(status)

    _, gradients = run()
    for name, gradient in gradients.items():
        at = np.unravel_index(np.abs(gradient).argmax(), gradient.shape)
        kept, losses = parameters[name][at], []
        for step in (0.01, -0.01):
            parameters[name][at] = kept + np.float32(step)
            losses.append(run()[0])
        parameters[name][at] = kept
        assert (losses[0] - losses[1]) / 0.02 == pytest.approx(gradient[at], rel=0.02, abs=1e-3), name


@pytest.mark.parametrize("reading", [SHORT, LONG, CUT], ids=["short", "long", "name across a cut"])
def test_training_and_use_see_the_same(reading: Reading) -> None:
    task = task_of(reading)
    status = np.random.default_rng(3).integers(-1, 2, (len(task.view.pairs), label_numbers(LABELS).shape[1]), np.int8)
    parameters = drawn(task, status)
    parameters["given"] += np.random.default_rng(4).normal(size=parameters["given"].shape).astype(np.float32) * 0.1
    batch = Batch.of(task, np.arange(len(task.view.pairs)))
    loss, _ = ContextPass(task, batch, parameters, CERTAIN, np.random.default_rng(2)).run(status)
    margins = ContextNetwork(NeuralTagger.load(), parameters).margins(task.view, [reading], LABELS)
    asked = (task.numbers >= 0) & (status >= 0)
    told = margins[asked]
    assert loss == pytest.approx((np.logaddexp(0, told) - (status[asked] == 1) * told).sum(), rel=0.01)


def test_names_are_hidden_and_phrases_are_not() -> None:
    columns = make_columns([PHRASE], Vocabulary.make((), {}, PhraseWords(frozenset({"支持"}), frozenset())))
    layout = Layout.of(columns, [PHRASE])
    shown = "".join(
        "*" if hidden else c for c, hidden in zip(layout.pieces[0], is_hidden(layout.categories[0])[:, 0], strict=True)
    )
    assert shown == "**支持导出**文件、打印。"


def test_no_margin_depends_on_other_texts() -> None:
    task = task_of(SHORT)
    parameters = drawn(task, np.zeros((len(task.view.pairs), label_numbers(LABELS).shape[1]), np.int8))
    network = ContextNetwork(NeuralTagger.load(), parameters)
    alone = network.margins(view_of([SHORT]), [SHORT], LABELS)
    together = network.margins(view_of([SHORT, LONG, SHORT]), [SHORT, LONG, SHORT], LABELS)
    assert np.array_equal(together[: len(alone)], alone)
    assert np.array_equal(together[-len(alone) :], alone)
