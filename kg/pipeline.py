"""Puts the stages together: documents in, knowledge out."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path

from kg.extraction import BATCH, ExtractionSettings, Extractor
from kg.model import Document, Extraction, Knowledge, Rejected
from kg.resolution import ResolutionEvent, read_overrides, resolve
from kg.times import lacks_year


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildResult:
    """A built graph and how it came about.

    Args:
        rejected: candidates that are not facts, sorted.
        log: what resolution merged, refused and split.
        report: the content of ``report.json``.
    """

    knowledge: Knowledge
    rejected: tuple[Rejected, ...]
    log: tuple[ResolutionEvent, ...]
    report: dict[str, object]


@dataclass(slots=True)
class _Tally:
    """Counts what passes by while extractions stream into resolution."""

    documents: int = 0
    characters: int = 0
    undated: int = 0
    mentions: Counter[str] = field(default_factory=Counter)
    rejected: list[Rejected] = field(default_factory=list)

    def watch(self, extractions: Iterable[Extraction]) -> Iterator[Extraction]:
        for extraction in extractions:
            self.documents += 1
            self.characters += len(extraction.document.text)
            self.undated += lacks_year(extraction.document)
            self.mentions.update(m.type for m in extraction.mentions if not m.anaphor)
            self.rejected.extend(extraction.rejected)
            yield extraction


def build_knowledge(
    documents: Iterable[Document],
    settings: ExtractionSettings | None = None,
    *,
    workers: int = 1,
    overrides: Path | None = None,
) -> BuildResult:
    """Extracts and resolves; the same bytes whatever the number of workers.

    Args:
        overrides: a file of what the user knows better, read before any text.
    """
    from kg.schema import load_schema
    from kg.seeds import load_lexicon

    settings = settings or ExtractionSettings()
    schema = load_schema()
    known_better = read_overrides(overrides, schema) if overrides is not None else None
    began = time.perf_counter()
    tally = _Tally()
    extractions = list(tally.watch(extract_all(documents, settings, workers)))
    extracted = time.perf_counter()
    lexicon = load_lexicon(settings.lexicons)
    resolution = resolve(extractions, schema=schema, lexicon=lexicon, overrides=known_better)
    resolved = time.perf_counter()
    rejected = tuple(sorted(tally.rejected, key=lambda r: (r.evidence, r.predicate, r.subject, r.object, r.reason)))
    statements = resolution.knowledge.statements
    report: dict[str, object] = {
        "documents": tally.documents,
        "characters": tally.characters,
        "undated": tally.undated,
        "mentions": dict(sorted(tally.mentions.items())),
        "entities": dict(sorted(Counter(e.type for e in resolution.knowledge.entities).items())),
        "statements": dict(sorted(Counter(s.predicate for s in statements).items())),
        "rejected": dict(sorted(Counter(r.reason for r in rejected).items())),
        "seconds": {"extraction": round(extracted - began, 3), "resolution": round(resolved - extracted, 3)},
    }
    return BuildResult(knowledge=resolution.knowledge, rejected=rejected, log=resolution.log, report=report)


def extract_all(documents: Iterable[Document], settings: ExtractionSettings, workers: int) -> Iterator[Extraction]:
    """The extractions in the documents' order, by one process or several."""
    if workers <= 1:
        yield from _extractor(settings).extract_many(documents)
        return
    with ProcessPoolExecutor(max_workers=workers) as pool:
        batches = _batches(documents)
        for done in pool.map(_extract_batch, batches, _repeat(settings)):
            yield from done


def _batches(documents: Iterable[Document]) -> Iterator[list[Document]]:
    rest = iter(documents)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _repeat(settings: ExtractionSettings) -> Iterator[ExtractionSettings]:
    while True:
        yield settings


def _extract_batch(documents: list[Document], settings: ExtractionSettings) -> list[Extraction]:
    return list(_extractor(settings).extract_many(documents))


@lru_cache(maxsize=1)
def _extractor(settings: ExtractionSettings) -> Extractor:
    return Extractor.load(settings)


def forget() -> None:
    """Drops the lexicon, rules and models of this process, so that files that changed are read anew."""
    from kg.seeds import load_lexicon

    _extractor.cache_clear()
    load_lexicon.cache_clear()
