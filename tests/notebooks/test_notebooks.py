"""The notebooks run, and their files are as ``make notebooks`` writes them."""

from __future__ import annotations

import importlib.util
import sys

import nbformat
import pytest

from tests.notebooks.running import FOLDER, clean, execute, notebooks

PATHS = notebooks()


def name(path):
    return path.stem


def test_there_are_five():
    assert [path.name[:2] for path in PATHS] == ["01", "02", "03", "04", "05"]


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_runs(path):
    if "chinese_font" in path.read_text("utf-8"):
        use_font()
    execute(path)


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_file_is_clean(path):
    assert clean(nbformat.read(path, as_version=4)) == path.read_text("utf-8")


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_opens_with_what_the_reader_will_get(path):
    first = nbformat.read(path, as_version=4).cells[0]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert len(first.source.splitlines()) > 2


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_is_saved_with_outputs_and_is_short(path):
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    assert any(cell.outputs for cell in cells)
    assert len(cells) <= 16
    assert path.stat().st_size < 500_000


def module(stem):
    spec = importlib.util.spec_from_file_location(stem, FOLDER / f"{stem}.py")
    found = importlib.util.module_from_spec(spec)
    sys.modules[stem] = found  # where dataclasses look for their module
    spec.loader.exec_module(found)
    return found


def use_font():
    try:
        return module("chinese_font").use_chinese_font()
    except RuntimeError:
        pytest.skip("no Chinese font here")


class TestChineseFont:
    def test_letters_are_drawn_not_boxes(self, recwarn):
        use_font()
        from matplotlib.figure import Figure

        figure = Figure()
        figure.text(0.5, 0.5, "第四届世界互联网大会")
        figure.canvas.draw()
        assert not [w for w in recwarn if "missing from font" in str(w.message)]

    def test_none_is_told_with_a_remedy(self, monkeypatch):
        font = module("chinese_font")
        monkeypatch.setattr(font, "_writes", lambda path: False)
        with pytest.raises(RuntimeError, match="no font on this machine has Chinese letters; install one"):
            font.use_chinese_font()


class TestSyntheticNews:
    def test_the_same_seed_gives_the_same_news(self):
        news = module("synthetic_news")
        assert list(news.Newsroom(3).items(20)) == list(news.Newsroom(3).items(20))
        assert list(news.Newsroom(3).items(20)) != list(news.Newsroom(4).items(20))

    def test_every_thing_stands_in_its_text(self):
        for item in module("synthetic_news").Newsroom().items(50):
            assert all(thing["name"] in item["text"] for thing in item["entities"])

    def test_every_fact_is_between_things_or_a_day(self):
        for item in module("synthetic_news").Newsroom().items(50):
            names = {thing["name"] for thing in item["entities"]}
            assert all(s in names and (o in names or p == "startDate") for s, p, o in item["relations"])
