"""Whatever holds texts becomes documents."""

from __future__ import annotations

from pathlib import Path

import pandas
import pytest

from kg.api.sources import documents_from
from kg.errors import InputError
from kg.model import Document


def texts(source):
    return [(d.id, d.text, d.date) for d in documents_from(source)]


class TestKinds:
    def test_texts(self):
        assert texts(["甲", "乙"]) == [("text-1", "甲", None), ("text-2", "乙", None)]

    def test_generator(self):
        assert texts(t for t in ("甲", "乙")) == texts(["甲", "乙"])

    def test_rows(self):
        assert texts([{"text": "甲", "id": "a", "date": "2017年12月4日"}]) == [("a", "甲", "2017-12-04")]

    def test_documents_alone_or_several(self):
        one = Document(id="a", text="甲")
        assert list(documents_from(one)) == list(documents_from([one])) == [one]

    def test_path_as_text_or_path_or_several(self, tmp_path):
        (tmp_path / "a.txt").write_text("甲", "utf-8")
        for source in (str(tmp_path), tmp_path, [tmp_path], [tmp_path / "a.txt"]):
            assert texts(source) == [("a.txt", "甲", None)]

    def test_frame(self):
        frame = pandas.DataFrame({"text": ["甲", "乙"], "date": [pandas.Timestamp("2017-12-04"), pandas.NaT], "n": 1})
        assert texts(frame) == [("text-1", "甲", "2017-12-04"), ("text-2", "乙", None)]

    def test_ids_of_a_frame_may_be_numbers(self):
        assert texts(pandas.DataFrame({"id": [7], "text": ["甲"]})) == [("7", "甲", None)]

    def test_reads_no_further_than_asked(self):
        def endless():
            number = 0
            while True:
                number += 1
                yield f"第{number}条"

        assert next(documents_from(endless())).text == "第1条"


class TestRefused:
    @pytest.mark.parametrize("text", ["甲在乙地举行。", "甲\n乙"])
    def test_text_that_is_no_path(self, text):
        with pytest.raises(InputError, match=r"is a text, not a path; put it in a list"):
            texts(text)

    def test_path_that_is_not_there(self):
        with pytest.raises(InputError, match="no such file"):
            texts(Path("nowhere"))

    @pytest.mark.parametrize("source", [[], [3], 3, [None]])
    def test_nothing_to_read(self, source):
        with pytest.raises(InputError, match="give a text"):
            texts(source)

    def test_frame_without_texts(self):
        with pytest.raises(InputError, match="text-1: no text; a row needs a column 'text'"):
            texts(pandas.DataFrame({"title": ["甲"]}))

    def test_one_id_for_two_texts(self):
        with pytest.raises(InputError, match="the id 'a' already belongs to another text"):
            texts([{"id": "a", "text": "甲"}, {"id": "a", "text": "乙"}])

    def test_the_same_text_twice(self):
        assert len(texts([{"id": "a", "text": "甲"}, {"id": "a", "text": "甲"}])) == 1

    def test_bad_day(self):
        with pytest.raises(InputError, match="text-1: 'gestern' is not a day"):
            texts([{"text": "甲", "date": "gestern"}])
