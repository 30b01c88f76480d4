"""Where the ontology and the seeds are found."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.resources import VARIABLE, resource


def test_shipped_where_nothing_else_is_named(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)
    assert resource("ontology/kg.ttl").is_file()


def test_own_folder_stands_first_and_the_rest_is_shipped(monkeypatch, tmp_path):
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "kg.ttl").touch()
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert resource("ontology/kg.ttl") == tmp_path / "ontology" / "kg.ttl"
    assert resource("seeds/lexicon").parent != tmp_path


def test_own_folder_that_is_not_there(monkeypatch, tmp_path):
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    with pytest.raises(InputError, match="no such folder; name one"):
        resource("ontology/kg.ttl")


def test_what_no_copy_has(monkeypatch):
    with pytest.raises(InputError, match="missing from this installation"):
        resource("ontology/nothing.ttl")
