"""Makes graphs: from texts, from files, from one text alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kg.api.graph import KnowledgeGraph
from kg.api.reading import TextExtraction
from kg.api.sources import Item, documents_from
from kg.errors import InputError
from kg.extraction import ExtractionSettings
from kg.model import Document

if TYPE_CHECKING:
    import pandas

Files = str | Path | Sequence[str | Path]


def build(
    source: str | Path | Document | pandas.DataFrame | Iterable[Item],
    *,
    lexicon: Files = (),
    patterns: Files = (),
    overrides: str | Path | None = None,
    tagger: bool | str | Path = True,
    workers: int = 1,
) -> KnowledgeGraph:
    """Builds a graph from texts; the same texts give the same graph, whatever the number of workers.

    Args:
        source: a folder or file; or texts, mappings with ``text``, documents or paths, in a list or from a
            generator; or a pandas frame with a ``text`` column and perhaps ``id``, ``title``, ``date`` and
            ``source``.
        lexicon: names of your own, beside the shipped ones; one file or several.
        patterns: relation rules of your own; one file or several.
        overrides: what you know better: same-as, different-from, rename, type, false-fact.
        tagger: whether the learned models are used, or a folder of your own as ``kg train`` writes it.
        workers: processes that read texts.

    Raises:
        InputError: where a text can't be had.
        SeedError: where a row of a lexicon or a rule can't be used.

    >>> import kg
    >>> graph = kg.build(["12月3日，第四届世界互联网大会在浙江乌镇开幕。"])
    >>> "第四届世界互联网大会" in graph
    True
    """
    from kg.pipeline import build_knowledge

    result = build_knowledge(
        documents_from(source),
        _settings(lexicon, patterns, tagger),
        workers=workers,
        overrides=Path(overrides) if overrides else None,
    )
    return KnowledgeGraph(result.knowledge, built=result)


def load(path: str | Path) -> KnowledgeGraph:
    """Reads a graph back: a Turtle file, or the folder of a build.

    All comes back but the texts of the documents.

    Raises:
        InputError: where there is none, it is no Turtle, or an end of a fact is of no class.
    """
    from kg.query.graph import graph_file
    from kg.rdf.reader import read_base, read_turtle

    file = graph_file(Path(path))
    knowledge = read_turtle(file)
    things = {entity.id for entity in knowledge.entities}
    for fact in knowledge.statements:
        for end in (fact.subject, fact.object):
            if isinstance(end, str) and end not in things:
                raise InputError(f"{file}: kgo:{fact.predicate} names {end!r}, of which no class is told; give it one")
    return KnowledgeGraph(knowledge, base_iri=read_base(file))


def extract(
    text: str,
    *,
    date: str | None = None,
    lexicon: Files = (),
    patterns: Files = (),
    tagger: bool | str | Path = True,
) -> TextExtraction:
    """Reads one text: its mentions and relations with their offsets, and what was rejected and why.

    A notebook shows the mentions marked in the running text. The first call of a process loads lexicon and
    models, which takes longer than reading.

    Args:
        text: as it stands; offsets count its code points.
        date: when it was published (``2017-12-04``), so that 昨日 and 12月3日 get their year.
        lexicon: as for :func:`build`.
        patterns: likewise.
        tagger: likewise.

    Raises:
        InputError: where ``date`` is no day.

    >>> import kg
    >>> reading = kg.extract("第四届世界互联网大会在浙江乌镇开幕。", date="2017-12-04")
    >>> [(m.text, m.type, m.span.start, m.span.end) for m in reading.mentions][0]
    ('第四届世界互联网大会', 'Forum', 0, 10)
    """
    from kg.documents.settings import iso_day
    from kg.pipeline import extract_all

    document = Document(id="text-1", text=text, date=iso_day(date, "date"))
    settings = _settings(lexicon, patterns, tagger)
    return TextExtraction.of(next(extract_all([document], settings, workers=1)))


def _settings(lexicon: Files, patterns: Files, tagger: bool | str | Path) -> ExtractionSettings:
    own = None if isinstance(tagger, bool) else Path(tagger)
    settings = ExtractionSettings(
        lexicons=_paths(lexicon), patterns=_paths(patterns), tagger=tagger is not False, model=own
    )
    _reread((*settings.lexicons, *settings.patterns))
    return settings


# path -> when it last changed; a notebook edits its own files and builds again in one process
_read: dict[Path, int] = {}


def _reread(files: Iterable[Path]) -> None:
    """Has files read anew that changed since they were last used."""
    from kg.pipeline import forget

    changed = {file: file.stat().st_mtime_ns for file in files if file.exists()}
    if any(_read.get(file, when) != when for file, when in changed.items()):
        forget()
    _read.update(changed)


def _paths(files: Files) -> tuple[Path, ...]:
    return (Path(files),) if isinstance(files, str | Path) else tuple(map(Path, files))
