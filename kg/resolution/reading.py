"""Reads extractions into occurrences: one thing as one document names it.

All that resolution needs of a text is taken here, document by document, so that no text has to
be kept: which names stand in a bracket after another or beside another in a list, and the facts
that tell things apart.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from kg.model import Document, EntityType, Extraction, Mention, Relation, Value
from kg.resolution.names import fold, has_chinese

# （以下简称“榕数”）, （下称…）, （IMF）: what may stand between a name and its other name
_OTHER_NAME = (
    r"(?:(?:以下)?(?:统称|简称|下称|称)|全称|又称|又名|又叫|亦称|俗称|俗名|别称|别名|昵称|绰号|外号|花名|艺名|笔名|小名"
    r"|人称|原名|本名|曾用名|更名|改名|改称|易名|译名|中文名|英文名|英文简称|英文缩写|缩写|商品名称?|研发代号|代号|即)"
    r"(?:为|是|作|叫|叫做)?"
)
_BRACKET = re.compile(rf"[”」』\"]?[（(]\s*(?P<marker>{_OTHER_NAME})?[：:]?\s*[“「『\"‘《]?")
_OUTSIDE = _OTHER_NAME.replace("|即", "").replace("|称)", ")")
_TOLD = re.compile(rf"[”」』\"]?[，,]?\s*(?:或“[^”]{{1,4}}”[，,]\s*)?{_OUTSIDE}[：:]?\s*[“「『\"‘]?")
_TOLD_LATER = re.compile(rf"[^，。、；：\s“”的和与及]{{0,4}}{_TOLD.pattern}")
_BRACKET_END = re.compile(r"\s*[”」』\"’》]?\s*[）)，,；;]")
_LIST_GAP = re.compile(r"[”」』》\"]?\s*(?:、|和|与|及|以及)\s*[“「『《\"]?")

_WIDEST_GAP = 24

# 世界互联网大会创办以来, 前身是东京车展: a name that speaks of the series, not of the edition at hand
_RECURRING_AFTER = re.compile(
    r"[”」』》\"]?(?:自\d{4}年|始于|始办|创办|创立|诞生|走过|已(?:经)?(?:连续|成功)|每[年两]|永久|曾|改为|更名|改名)"
)
_RECURRING_BEFORE = re.compile(
    r"(?:前身(?:是|为|系)|[历往]届|改为|更名为|改名为|(?:创办|创立|创始|诞生|发源|起步|始)于[^，。；！？]{1,9}的)[“「『《\"]?$"
)
_BEFORE = 14

IRREFLEXIVE = frozenset(
    ("subEventOf", "containedIn", "cooperatesWith", "invests", "acquires", "subsidiaryOf", "editionOf")
)
"""Relations that nothing has to itself: their two ends are two things."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """The mentions of one document that have one type and one name.

    Args:
        key: the folded name.
        said: the folded name that its mentions have.
        doc: the number of the document in the reading.
        digest: of the document's text.
        forms: the texts that may become aliases, with their counts.
        classes: ontology classes that mentions were given, with their counts.
        start: where the first mention begins.
        last: where the last mention begins.
        count: how many mentions there are.
        recurring: whether most of them speak of what comes again and again: 历届, 创办于, 前身是.
    """

    type: str
    name: str
    key: str
    said: str
    doc: int
    digest: str
    forms: tuple[tuple[str, int], ...]
    classes: tuple[tuple[str, int], ...]
    start: int
    last: int
    count: int
    recurring: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentReading:
    """What one document says, in occurrence numbers.

    Args:
        digest: of the text: an order of documents that does not depend on their names.
        occurrences: numbers into :attr:`Reading.occurrences`.
        bracketed: (name, other name in the bracket after it, whether the words say so).
        listed: pairs that stand beside each other in a list: two things.
        relations: (subject, relation, object).
    """

    document: Document
    digest: str
    occurrences: tuple[int, ...]
    bracketed: tuple[tuple[int, int, bool], ...]
    listed: tuple[tuple[int, int], ...]
    relations: tuple[tuple[int, Relation, int | Value], ...]


@dataclass(slots=True)
class Reading:
    """All documents, in an order that depends on their texts alone."""

    documents: list[DocumentReading] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)


def read_extractions(extractions: Iterable[Extraction], types: Mapping[str, tuple[EntityType, str]]) -> Reading:
    """The occurrences of all documents.

    Args:
        extractions: one a document, in any order.
        types: folded name -> type and class, where the user knows better.
    """
    keyed = [
        (hashlib.blake2b(e.document.text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest(), e)
        for e in extractions
    ]
    keyed.sort(key=lambda pair: (pair[0], pair[1].document.id))
    reading = Reading()
    for digest, extraction in keyed:
        _read(reading, _retyped(extraction, types) if types else extraction, digest)
    return reading


def _retyped(extraction: Extraction, types: Mapping[str, tuple[EntityType, str]]) -> Extraction:
    def mend(mention: Mention) -> Mention:
        known = types.get(fold(mention.name))
        return replace(mention, type=known[0], cls=known[1]) if known else mention

    return replace(
        extraction,
        mentions=tuple(map(mend, extraction.mentions)),
        relations=tuple(
            replace(r, subject=mend(r.subject), object=mend(r.object) if isinstance(r.object, Mention) else r.object)
            for r in extraction.relations
        ),
    )


def _read(reading: Reading, extraction: Extraction, digest: str) -> None:
    ends = [end for r in extraction.relations for end in (r.subject, r.object) if isinstance(end, Mention)]
    mentions = sorted({*extraction.mentions, *ends}, key=lambda m: (m.span, m.type, m.name, m.text))
    grouped: dict[tuple[str, str], list[Mention]] = {}
    for mention in mentions:
        grouped.setdefault((mention.type, fold(mention.name)), []).append(mention)
    number: dict[tuple[str, str], int] = {}
    doc = len(reading.documents)
    for group, members in grouped.items():
        number[group] = len(reading.occurrences)
        occurrence = _occurrence(members, group, doc, digest)
        if group[0] == "Forum" and _is_recurring(members, extraction.document.text):
            occurrence = replace(occurrence, recurring=True)
        reading.occurrences.append(occurrence)

    def of(mention: Mention) -> int:
        return number[mention.type, fold(mention.name)]

    pairs = _neighbours(mentions, extraction.document.text)
    reading.documents.append(
        DocumentReading(
            document=extraction.document,
            digest=digest,
            occurrences=tuple(number.values()),
            bracketed=tuple((of(a), of(b), told) for a, b, kind, told in pairs if kind == "bracket" and of(a) != of(b)),
            listed=tuple((of(a), of(b)) for a, b, kind, _ in pairs if kind == "list" and of(a) != of(b)),
            relations=tuple(
                (of(r.subject), r, of(r.object) if isinstance(r.object, Mention) else r.object)
                for r in extraction.relations
            ),
        )
    )


def _occurrence(mentions: list[Mention], group: tuple[str, str], doc: int, digest: str) -> Occurrence:
    names = Counter(m.name for m in mentions)
    forms = Counter(m.text for m in mentions if not m.anaphor)
    name = min(names, key=lambda name: (-names[name], name))
    if not has_chinese(name):
        # a name in letters is a translation or initials of the Chinese one that the text gives as well
        name = max((form for form in forms if has_chinese(form)), key=lambda form: (len(form), form), default=name)
    return Occurrence(
        type=group[0],
        name=name,
        key=fold(name),
        said=group[1],
        doc=doc,
        digest=digest,
        forms=tuple(sorted(forms.items())),
        classes=tuple(sorted(Counter(m.cls for m in mentions if m.cls).items())),
        start=mentions[0].span.start,
        last=mentions[-1].span.start,
        count=len(mentions),
    )


def _is_recurring(mentions: list[Mention], text: str) -> bool:
    named = [m for m in mentions if not m.anaphor]
    hits = sum(
        bool(
            _RECURRING_AFTER.match(text, m.span.end)
            or _RECURRING_BEFORE.search(text, max(0, m.span.start - _BEFORE), m.span.start)
        )
        for m in named
    )
    return 2 * hits > len(named)


def _neighbours(mentions: list[Mention], text: str) -> list[tuple[Mention, Mention, str, bool]]:
    """Pairs of one type that stand side by side with nothing but a bracket or a list mark between."""
    found = []
    for a, b in pairwise(mentions):
        # 公司原名…: what a short form stands for may have another name, but is never one
        if b.anaphor or a.type != b.type or a.type == "Place" or not 0 < b.span.start - a.span.end <= _WIDEST_GAP:
            continue  # 北京（大兴）: a place within, not a name
        gap = text[a.span.end : b.span.start]
        bracket = _BRACKET.fullmatch(gap)
        if bracket and (bracket["marker"] or _BRACKET_END.match(text, b.span.end)):
            found.append((a, b, "bracket", bool(bracket["marker"])))
        elif _LIST_GAP.fullmatch(gap) and not a.anaphor:
            found.append((a, b, "list", False))
        elif (_TOLD if a.type == "Person" else _TOLD_LATER).fullmatch(gap):
            found.append((a, b, "bracket", True))
    return found
