"""How well names were brought together: B³, pairwise F1, duplicates and false merges.

Gold clusters are the annotated entities with their forms in each document; predicted clusters are
the things of a resolution. B³ is that of Bagga and Baldwin (1998): precision and recall of each
mention's cluster, averaged over mentions. Pairwise scores count pairs of mentions in one cluster.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

from kg.model import Document, EntityType, Evidence, Extraction, Mention, Relation, Span, Value, ValueKind

Item = tuple[str, str, str]
"""A name in a document: document id, entity type, name."""

_SHORT_FORM = re.compile(
    r"(?:本次|本届|该|此次|这次|这|此|本|今年|去年|同届|下一?届|上一?届|明年)?的?(?:那届)?"
    r"(?:大会|峰会|论坛|分论坛|年会|会议|展会|展览|博览会|活动|盛会|公司|集团|企业|医院|学校|大学|学院|机构|平台|产品|系统|报告|白皮书|中心|双方|两家|会|展)?"
)
_KINDS: dict[str, ValueKind] = {
    "startDate": "date",
    "endDate": "date",
    "releaseDate": "date",
    "theme": "text",
    "topic": "text",
    "feature": "text",
    "specification": "specification",
    "participantCount": "count",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterScore:
    """Figures of one resolution against gold, in sums, so that those of several can be added up.

    Args:
        mentions: names in documents that were compared.
        entities: gold entities among them.
        pieces: things beyond the first of each gold entity.
        shares: the sums over the mentions of B³ precision and recall.
        pairs: pairs of mentions that are together in both, in the things, in gold.
        merged: the gold entities that share a thing, by thing; that with the most pairs wrongly together first.
        split: the names of each gold entity that became several things.
    """

    mentions: int = 0
    entities: int = 0
    pieces: int = 0
    shares: tuple[float, float] = (0.0, 0.0)
    pairs: tuple[int, int, int] = (0, 0, 0)
    merged: tuple[tuple[Hashable, ...], ...] = ()
    split: tuple[tuple[str, ...], ...] = ()

    @property
    def bcubed(self) -> tuple[float, float, float]:
        """Precision, recall and F1 of B³; 1 where nothing was compared."""
        return _with_f1(_ratio(self.shares[0], self.mentions), _ratio(self.shares[1], self.mentions))

    @property
    def pairwise(self) -> tuple[float, float, float]:
        """Precision, recall and F1 of the pairs."""
        together, predicted, gold = self.pairs
        return _with_f1(_ratio(together, predicted), _ratio(together, gold))

    @property
    def duplicates(self) -> float:
        """Things beyond the first of each gold entity, per 100 entities."""
        return 100 * self.pieces / max(1, self.entities)

    def __add__(self, other: ClusterScore) -> ClusterScore:
        a, b = self, other
        return ClusterScore(
            mentions=a.mentions + b.mentions,
            entities=a.entities + b.entities,
            pieces=a.pieces + b.pieces,
            shares=(a.shares[0] + b.shares[0], a.shares[1] + b.shares[1]),
            pairs=(a.pairs[0] + b.pairs[0], a.pairs[1] + b.pairs[1], a.pairs[2] + b.pairs[2]),
            merged=a.merged + b.merged,
            split=a.split + b.split,
        )


def score_clusters(gold: Mapping[Item, Hashable], predicted: Mapping[Item, Hashable]) -> ClusterScore:
    """Compares two ways to cluster the items that both know.

    Example:
        >>> items = [("d1", "Person", "习近平"), ("d2", "Person", "习主席"), ("d2", "Person", "习近平")]
        >>> score_clusters(dict.fromkeys(items, 1), dict(zip(items, (1, 2, 1)))).duplicates
        100.0
    """
    items = sorted(gold.keys() & predicted.keys())
    by_gold, by_predicted = _groups(items, gold), _groups(items, predicted)
    cells = Counter((gold[i], predicted[i]) for i in items)
    things: dict[Hashable, set[Hashable]] = defaultdict(set)
    owners: dict[Hashable, Counter[Hashable]] = defaultdict(Counter)
    for (g, p), n in cells.items():
        things[g].add(p)
        owners[p][g] += n
    merged = [
        (sum(map(_pairs, found.values())) - _pairs(found.total()), tuple(sorted(found, key=str)))
        for found in owners.values()
        if len(found) > 1
    ]
    return ClusterScore(
        mentions=len(items),
        entities=len(by_gold),
        pieces=sum(len(found) - 1 for found in things.values()),
        shares=(
            sum(n * n / len(by_predicted[p]) for (_, p), n in cells.items()),
            sum(n * n / len(by_gold[g]) for (g, _), n in cells.items()),
        ),
        pairs=(
            sum(map(_pairs, cells.values())),
            sum(_pairs(len(group)) for group in by_predicted.values()),
            sum(_pairs(len(group)) for group in by_gold.values()),
        ),
        merged=tuple(found for _, found in sorted(merged, key=lambda pair: (pair[0], str(pair[1])))),
        split=tuple(sorted(_names(by_gold[g], predicted) for g, found in things.items() if len(found) > 1)),
    )


def gold_extractions(rows: Iterable[Mapping[str, Any]]) -> tuple[list[Extraction], dict[Item, Hashable]]:
    """Extractions made of annotations, each surface form a name of its own, and the gold entity of each name.

    Names that a document gives to two entities are left out of the comparison.
    """
    extractions: list[Extraction] = []
    gold: dict[Item, Hashable] = {}
    for row in rows:
        document = Document(id=row["id"], text=row["text"], date=row.get("date"))
        first, owners, mentions = _mentions(row, document)
        extractions.append(
            Extraction(
                document=document,
                mentions=tuple(mentions),
                relations=tuple(_relations(row, document, first)),
            )
        )
        for item, names in owners.items():
            if len(names) == 1:
                gold[item] = (item[1], min(names))
    return extractions, gold


def _mentions(
    row: Mapping[str, Any], document: Document
) -> tuple[dict[tuple[str, str], Mention], dict[Item, set[str]], list[Mention]]:
    """The first mention of each entity's form, whose each name is, and all mentions."""
    first: dict[tuple[str, str], Mention] = {}
    owners: dict[Item, set[str]] = defaultdict(set)
    everywhere: list[Mention] = []
    taken = [False] * len(document.text)
    entities = (*row["entities"], *row.get("optional_entities", ()))
    forms = {(form, entity["type"], entity["name"]) for entity in entities for form in entity["forms"]}
    for form, type, entity in sorted(forms, key=lambda f: (-len(f[0]), f)):
        if _SHORT_FORM.fullmatch(form):
            continue
        name = re.sub(r"^《([^《》]*)》$", r"\1", form)
        spans = [Span(found.start(), found.end()) for found in re.finditer(re.escape(form), document.text)]
        free = [span for span in spans if not any(taken[span.start : span.end])]
        # a name that stands inside a longer one alone (第三届某大会 in 第三届某大会颁奖典礼) is taken from there
        for span in free or spans[:1]:
            mention = Mention(
                doc_id=document.id, span=span, text=form, type=cast(EntityType, type), name=name, finder="gold"
            )
            first.setdefault((f"{type}:{entity}", form), mention)
            everywhere.append(mention)
            taken[span.start : span.end] = [True] * len(form)
        if (f"{type}:{entity}", form) in first:
            owners[document.id, type, name].add(entity)
    return first, owners, everywhere


def _relations(
    row: Mapping[str, Any], document: Document, mentions: Mapping[tuple[str, str], Mention]
) -> Iterator[Relation]:
    first: dict[str, Mention] = {}
    for (entity, _), mention in mentions.items():
        first.setdefault(entity.partition(":")[2], mention)
    evidence = Evidence(doc_id=document.id, span=Span(0, len(document.text)), text=document.text, rule="gold")
    for subject, predicate, end in row["relations"]:
        value = Value(_KINDS[predicate], end) if predicate in _KINDS else first.get(end)
        if subject in first and value is not None:
            yield Relation(predicate=predicate, subject=first[subject], object=value, evidence=evidence, confidence=0.9)


def _groups(items: Iterable[Item], clusters: Mapping[Item, Hashable]) -> dict[Hashable, list[Item]]:
    groups: dict[Hashable, list[Item]] = defaultdict(list)
    for item in items:
        groups[clusters[item]].append(item)
    return groups


def _names(items: Iterable[Item], predicted: Mapping[Item, Hashable]) -> tuple[str, ...]:
    found: dict[Hashable, set[str]] = defaultdict(set)
    for item in items:
        found[predicted[item]].add(item[2])
    return tuple(sorted("|".join(sorted(names)) for names in found.values()))


def _pairs(n: int) -> int:
    return n * (n - 1) // 2


def _ratio(part: float, whole: int) -> float:
    return part / whole if whole else 1.0


def _with_f1(precision: float, recall: float) -> tuple[float, float, float]:
    return (precision, recall, 2 * precision * recall / max(1e-9, precision + recall))
