"""Names that a user vouches for."""

from __future__ import annotations

import pytest

from kg.extraction import ExtractionSettings, Extractor
from kg.mentions.candidates import Candidate
from kg.mentions.given import GivenFinder, with_given
from tests.factories import document


@pytest.fixture(scope="module")
def extractor(tmp_path_factory):
    own = tmp_path_factory.mktemp("own") / "own.tsv"
    own.write_text(
        "name\tclass\taliases\twithin\n镜湖雅集\tConference\t?雅集\t\n清华大学\tEducationalInstitution\t\t\n", "utf-8"
    )
    return Extractor.load(ExtractionSettings(lexicons=(own,), tagger=False))


def found(extractor, text):
    return [m.text for m in extractor.extract(document(text=text)).mentions]


def test_an_own_name_is_found_where_nothing_speaks_for_it(extractor):
    assert "镜湖雅集" in found(extractor, "镜湖雅集在乌镇举行。")


def test_a_weak_own_name_needs_support(extractor):
    assert "雅集" not in found(extractor, "他们喜欢雅集。")


def test_an_own_name_cuts_no_longer_one(extractor):
    assert "清华大学出版社" in found(extractor, "这本书由清华大学出版社出版。")


def test_only_strong_candidates_are_vouched_for():
    class Finder:
        def find(self, view):
            return [Candidate(0, 2, "Place", "gazetteer"), Candidate(2, 4, "Place", "gazetteer:weak")]

    assert [c.finder for c in GivenFinder(Finder()).find(None)] == ["gazetteer", "given", "gazetteer:weak"]


def test_without_own_names_the_stage_stays():
    stage = object()
    assert with_given(stage, ()) is stage
