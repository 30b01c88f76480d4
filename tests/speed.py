"""``make speed``: how fast extraction is beside ``jieba.posseg.cut`` on the same texts, one core, CPU time.

Texts in traditional characters stand apart: jieba's dictionary lacks their words, and it takes many times as long
over what it doesn't know, so that any ratio over both says more about the mixture than about kg.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from time import process_time

import jieba
import jieba.posseg

from kg.extraction import ExtractionSettings, Extractor
from kg.model import Document
from kg.traditional import SIMPLIFIED

ANNOTATED = Path(__file__).parent.parent / "seeds" / "annotated"
#: Every so many texts of the annotated ones.
STEP = 10
ROUNDS = 3
#: A text with more traditional characters than this is traditional, with fewer it only names somebody so.
TRADITIONAL = 0.05


def main() -> None:
    """Prints characters a second, and the ratio of each to jieba.posseg in this same run."""
    jieba.setLogLevel(logging.WARNING)
    plain = Extractor.load(ExtractionSettings(tagger=False))
    learned = Extractor.load(ExtractionSettings())
    print(f"{'texts':<12} {'characters':>10} {'posseg':>8} {'no tagger':>16} {'with tagger':>16}")
    for name, documents in _samples().items():
        characters = sum(len(d.text) for d in documents)
        posseg, *ours = _best(
            lambda documents=documents: [list(jieba.posseg.cut(d.text)) for d in documents],
            lambda documents=documents: list(plain.extract_many(documents)),
            lambda documents=documents: list(learned.extract_many(documents)),
        )
        columns = (f"{characters / time:8.0f} ({posseg / time:4.2f}×)" for time in ours)
        print(f"{name:<12} {characters:>10} {characters / posseg:8.0f}", *columns)


def _samples() -> dict[str, list[Document]]:
    samples: dict[str, list[Document]] = {"simplified": [], "traditional": []}
    rows = [line for path in sorted(ANNOTATED.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]
    for row in map(json.loads, rows[::STEP]):
        text = row["text"]
        changed = sum(a != b for a, b in zip(text, text.translate(SIMPLIFIED), strict=True))
        kind = "traditional" if changed > TRADITIONAL * len(text) else "simplified"
        samples[kind].append(Document(id=row["id"], text=text))
    return samples


def _best(*tasks: Callable[[], object]) -> list[float]:
    """The CPU time of each in its best round; the rounds alternate, so that all meet the same machine."""
    return [min(times) for times in zip(*([_time(task) for task in tasks] for _ in range(ROUNDS)), strict=True)]


def _time(task: Callable[[], object]) -> float:
    start = process_time()
    task()
    return process_time() - start


if __name__ == "__main__":
    main()
