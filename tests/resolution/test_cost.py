"""Cost grows with the number of names, not with the number of pairs: ratios, never seconds."""

from __future__ import annotations

import gc
import os
import time

import pytest

from kg.model import Document, Extraction, Mention, Span
from kg.resolution import resolve
from kg.schema import load_schema
from kg.seeds import load_lexicon
from tests.resolution.builders import resolved
from tests.resolution.corpora import corpus


def seconds(extractions: list[Extraction]) -> float:
    gc.collect()
    gc.disable()
    start = time.process_time()
    resolve(extractions, schema=load_schema(), lexicon=load_lexicon())
    spent = time.process_time() - start
    gc.enable()
    return spent


def ratio(small: int, large: int) -> float:
    seconds([])  # the lexicon is read once a process
    idle = seconds([])
    return (seconds(list(corpus(large))) - idle) / max(seconds(list(corpus(small))) - idle, 1e-3)


def test_ten_times_the_names_take_about_ten_times_as_long():
    assert ratio(2_000, 20_000) < 16


@pytest.mark.skipif("KG_BENCHMARKS" not in os.environ, reason="takes minutes; set KG_BENCHMARKS to run")
def test_a_million_names_take_about_ten_times_as_long_as_a_hundred_thousand():
    assert ratio(100_000, 1_000_000) < 16


def test_one_document_with_very_many_names_is_no_square():
    def document(count: int) -> Extraction:
        names = [m.name for e in corpus(count) for m in e.mentions if m.type == "Organization"]
        mentions, text = [], ""
        for name in names:
            mentions.append(
                Mention(
                    doc_id="d",
                    span=Span(len(text), len(text) + len(name)),
                    text=name,
                    type="Organization",
                    name=name,
                    finder="made",
                )
            )
            text += name + "。"
        return Extraction(document=Document(id="d", text=text), mentions=tuple(mentions), relations=())

    small, large = document(1_000), document(8_000)
    resolved(small)
    assert seconds([large]) < 8 * 5 * max(seconds([small]), 0.05)


def test_one_series_in_very_many_documents_is_no_square():
    def documents(count: int) -> list[Extraction]:
        names = [f"第{i % 9 + 1}届天目大会" if i % 2 else "天目大会" for i in range(count)]
        return [
            Extraction(
                document=Document(id=str(i), text=f"{name}说{i}。"),
                mentions=(
                    Mention(doc_id=str(i), span=Span(0, len(name)), text=name, type="Forum", name=name, finder="made"),
                ),
                relations=(),
            )
            for i, name in enumerate(names)
        ]

    assert seconds(documents(8_000)) < 8 * 4 * max(seconds(documents(1_000)), 0.05)


def test_one_name_in_very_many_documents_is_no_square():
    def documents(count: int) -> list[Extraction]:
        return [
            Extraction(
                document=Document(id=str(i), text=f"张伟说{i}。"),
                mentions=(
                    Mention(doc_id=str(i), span=Span(0, 2), text="张伟", type="Person", name="张伟", finder="made"),
                ),
                relations=(),
            )
            for i in range(count)
        ]

    assert seconds(documents(8_000)) < 8 * 4 * max(seconds(documents(1_000)), 0.05)
