"""The data types that the stages hand to one another.

All are frozen, slotted and keyword-only; sequences are tuples. Two phases meet
here: ``Document -> Extraction`` (one document alone) and
``Extraction... -> Knowledge`` (all documents together).

Offsets are half-open and count code points of ``Document.text`` as it was read,
so ``document.text[span.start:span.end] == mention.text`` always holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

EntityType = Literal["Person", "Organization", "Forum", "Product", "Place"]
ENTITY_TYPES: tuple[EntityType, ...] = ("Person", "Organization", "Forum", "Product", "Place")

ValueKind = Literal["text", "date", "dateTime", "specification", "count"]

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of a document's text, in code points."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether ``other`` lies wholly inside this span (or equals it)."""
        return self.start <= other.start and other.end <= self.end

    def shift(self, by: int) -> Span:
        """The same stretch, ``by`` code points further on."""
        return Span(self.start + by, self.end + by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One news item.

    Args:
        id: unique in the corpus; written as ``dcterms:identifier``.
        text: as read, never normalised.
        date: publication date, ISO 8601 (``2017-12-04``), where known from outside.
        year: the corpus's year, used where a text leaves the year out.
        path: the file or folder that the document came from, for messages only.
    """

    id: str
    text: str
    title: str | None = None
    date: str | None = None
    year: int | None = None
    source: str | None = None
    path: str | None = None

    def __post_init__(self) -> None:
        """Half a surrogate pair, which JSON lets stand alone and no file can hold, becomes U+FFFD; offsets stay."""
        for name in ("id", "text", "title", "source"):
            value = getattr(self, name)
            if value and _HALF.search(value):
                object.__setattr__(self, name, _HALF.sub("\ufffd", value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence of a document; ``index`` counts from 0."""

    doc_id: str
    index: int
    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A stretch of text that names a thing.

    Args:
        type: one of the five entity types.
        cls: the ontology class where text or lexicon says more than ``type``
            (``Company``, ``Exhibition`` …), else None.
        name: what the mention calls the thing, normalised inside the document: the
            text without 《》, 首款 and the like; for a short form (大会, 该公司, 其) the
            name of the mention it refers to.
        finder: who found it (``gazetteer``, ``pattern:<rule>``, ``tagger``, ``reference``).
        score: the finder's certainty, 0 to 1.
        anaphor: whether the text is a short form that must not become an alias.
    """

    doc_id: str
    span: Span
    text: str
    type: EntityType
    name: str
    finder: str
    cls: str | None = None
    score: float = 1.0
    anaphor: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Value:
    """A literal object of a relation.

    Args:
        kind: ``text`` (theme, topic, feature), ``date`` (``2017-12-03``, ``2017-12`` or
            ``2017``), ``dateTime`` (``2017-12-03T10:30:00+08:00``), ``specification``,
            ``count``.
        text: what is shown: the words, the ISO date, ``内弯半径=3mm``, ``411家企业``.
        parts: named parts, sorted: a specification has ``name``, ``value``, ``unit`` and
            perhaps ``comparison``; a count has ``number``.
    """

    kind: ValueKind
    text: str
    parts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueMention:
    """A stretch of text that may be the literal object of a relation.

    Args:
        value: the normalised value: a day, a count, a measure, quoted words, a list item.
        end: for a range of dates, the last day; ``value`` is then the first.
        days: for a duration (为期三天), its length; ``value`` then holds the words.
    """

    doc_id: str
    span: Span
    text: str
    value: Value
    end: Value | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One document as the mention stages leave it, for the relation stages to read.

    Args:
        mentions: sorted by start, not overlapping; short forms (大会, 该公司, 其) are among
            them with ``anaphor`` set and the ``name`` of what they refer to.
        values: sorted by start; may overlap one another, never a mention.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    values: tuple[ValueMention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a fact stands.

    Args:
        doc_id: the document.
        span: the sentence (nif:beginIndex, nif:endIndex).
        text: the sentence (nif:anchorOf); equals the document's text at ``span``.
        rule: the id of the pattern or scorer that read the fact.
        subject, object, trigger: the stretches, in document offsets, that named the two
            ends and the words that told the relation; None where nothing in this
            document does (a literal worked out, a subject carried over).
    """

    doc_id: str
    span: Span
    text: str
    rule: str
    subject: Span | None = None
    object: Span | None = None
    trigger: Span | None = None

    @property
    def order(self) -> tuple[str, Span, str, str, tuple[tuple[Span, ...], ...]]:
        """What evidence is sorted by: document, place, rule, then the marks (one that is absent first)."""
        marks = tuple((mark,) if mark else () for mark in (self.subject, self.object, self.trigger))
        return (self.doc_id, self.span, self.text, self.rule, marks)

    def __lt__(self, other: Evidence) -> bool:
        return self.order < other.order


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A claim in one text, between a mention and a mention or a value.

    ``qualifiers`` are (name, value) pairs, sorted: ``role`` (院长), ``date``, ``amount``.
    """

    predicate: str
    subject: Mention
    object: Mention | Value
    evidence: Evidence
    confidence: float
    qualifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A candidate that is not a fact, and why (``negated``, ``planned``, ``hearsay`` …)."""

    predicate: str
    subject: str
    object: str
    reason: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """All that one document says; picklable, independent of every other document."""

    document: Document
    mentions: tuple[Mention, ...]
    relations: tuple[Relation, ...]
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing: one node of the graph.

    Args:
        id: the local part of its IRI, percent-free and legible: ``person/张群华``.
        type: the top class.
        cls: the most specific class known, else ``type``.
        label: the canonical name.
        aliases: every other form seen, sorted; never 大会, 该公司 and the like.
        same_as: ids that this thing had before a merge.
        properties: (predicate, Value or entity id) pairs that no text states but resolution
            knows, such as editionOf and editionNumber.
    """

    id: str
    type: str
    cls: str
    label: str
    aliases: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    properties: tuple[tuple[str, str | Value], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A claim in the graph: one fact, however many sentences tell it.

    Args:
        subject: an entity's id.
        object: an entity's id or a value.
        confidence: 0 to 1, three decimals.
        evidence: one or more, sorted.
        qualifiers: as in :class:`Relation`.
    """

    subject: str
    predicate: str
    object: str | Value
    confidence: float
    evidence: tuple[Evidence, ...]
    qualifiers: tuple[tuple[str, str], ...] = ()

    @property
    def order(self) -> tuple[str, str, tuple[str, ...]]:
        """What statements are sorted by: subject, predicate, object (its text, where it is a value)."""
        end = self.object
        return (
            self.subject,
            self.predicate,
            (end.text, end.kind, str(end.parts)) if isinstance(end, Value) else (end,),
        )

    def __lt__(self, other: Statement) -> bool:
        return self.order < other.order


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """The whole graph, as every writer and reader sees it.

    ``documents`` lack their text when they were read back from Turtle.
    All three are sorted (entities by id, statements by subject, predicate, object).
    """

    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    documents: tuple[Document, ...] = field(default=())
