"""Phase one: what one document says, alone. Pure, picklable, the same in any process.

:class:`Extractor` puts the stages together; no stage knows another.
"""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from kg.mentions.candidates import MentionFinder
from kg.mentions.finder import MentionStage, Tagger, load_weights, make_stage
from kg.mentions.gazetteer import Gazetteer
from kg.mentions.given import with_given
from kg.model import Document, Extraction, Mention, Reading, Sentence, ValueMention
from kg.plugins import RelationStage, load_plugins
from kg.reference import ReferenceFinder, ShortForm
from kg.relations.patterns import PatternFinder
from kg.seeds import Lexicon, load_lexicon
from kg.seeds.names import load_names
from kg.sentences import split_sentences

#: Documents read together, so that the tagger can batch their sentences, the scorer their pairs.
BATCH = 64
#: How precise a rule must have been measured to be believed where no model weighs it.
PRECISE = 0.65


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractionSettings:
    """What a user may choose; picklable, so that workers can make their own extractor.

    Args:
        lexicons, patterns: the user's own files, beside the shipped ones.
        tagger: whether the learned models are used.
        model: a folder of the user's own models, as ``kg train`` writes it, else the shipped ones.
    """

    lexicons: tuple[Path, ...] = ()
    patterns: tuple[Path, ...] = ()
    tagger: bool = True
    model: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Extractor:
    """Reads documents. Make it once a process: loading costs more than reading."""

    mentions: MentionStage
    references: ReferenceFinder
    relations: RelationStage

    @classmethod
    def load(cls, settings: ExtractionSettings) -> Extractor:
        """An extractor with the shipped lexicon, patterns and models, the user's own and the plug-ins."""
        plugins = load_plugins()
        lexicon = load_lexicon(settings.lexicons)
        given = (*_own_names(lexicon, settings), *plugins.finders)
        forms = (ShortForm(form=a.form, type=a.type, kind=a.kind) for a in lexicon.lists.anaphors.values())
        extractor = cls(
            mentions=with_given(make_stage(lexicon, _tagger(settings), load_weights(settings.model)), given),
            references=ReferenceFinder(forms),
            relations=plugins.with_relations(_relations(settings)),
        )
        # lexicon and models stay: looking through them for garbage would cost a seventh of the time
        gc.collect()
        gc.freeze()
        return extractor

    def extract(self, document: Document) -> Extraction:
        """All that one document says."""
        return next(self.extract_many([document]))

    def extract_many(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """The same for many documents, in order and lazily; batching never changes a result."""
        rest = iter(documents)
        while batch := [(d, split_sentences(d)) for d in islice(rest, BATCH)]:
            found = zip(batch, self.mentions.find(batch), strict=True)
            readings = [self.read(document, sentences, mentions) for (document, sentences), mentions in found]
            for reading, (relations, rejected) in zip(readings, self.relations.find_many(readings), strict=True):
                yield Extraction(
                    document=reading.document, mentions=reading.mentions, relations=relations, rejected=rejected
                )

    def read(self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Reading:
        """The reading that the relation stages get: short forms resolved, values found."""
        resolved = self.references.resolve(document, sentences, mentions)
        return Reading(
            document=document, sentences=tuple(sentences), mentions=resolved,
            values=find_values(document, resolved),
        )  # fmt: skip


def find_values(document: Document, mentions: Sequence[Mention]) -> tuple[ValueMention, ...]:
    """The dates, durations, counts and measures beside the mentions, normalised, in order."""
    from kg.quantities import find_quantity_values
    from kg.times.values import find_time_values

    values = [*find_time_values(document), *find_quantity_values(document, [m.span for m in mentions])]
    return _beside(sorted(values, key=lambda v: (v.span.start, -v.span.end)), mentions)


def _beside(values: Sequence[ValueMention], mentions: Sequence[Mention]) -> tuple[ValueMention, ...]:
    """The values that lie outside every mention: the year of 2019世界人工智能大会 is no date."""
    out = []
    at = 0
    for value in values:
        while at < len(mentions) and mentions[at].span.end <= value.span.start:
            at += 1
        if at == len(mentions) or not mentions[at].span.overlaps(value.span):
            out.append(value)
    return tuple(out)


def _own_names(lexicon: Lexicon, settings: ExtractionSettings) -> tuple[MentionFinder, ...]:
    if not settings.lexicons:
        return ()
    own = load_names((), settings.lexicons, lexicon.types)
    return (Gazetteer(replace(lexicon, names=own.names, forms=own.forms)),)


def _relations(settings: ExtractionSettings) -> RelationStage:
    if not settings.tagger:
        return PatternFinder.load(settings.patterns, least=PRECISE)
    from kg.relations.stack import RelationStack

    return RelationStack.load(PatternFinder.load(settings.patterns), settings.model)


def _tagger(settings: ExtractionSettings) -> Tagger | None:
    if not settings.tagger:
        return None
    from kg.mentions.tagger import LearnedTagger

    return LearnedTagger.load(settings.model / "tagger.model" if settings.model else None)
