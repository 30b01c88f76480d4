"""Which edition of a forum a text means.

Names give numbers and years; the dates of the forum and of the documents tie the two together:
第二届世界人工智能大会 is 2019世界人工智能大会. A name without either is the edition that its document names or
was written in; failing that, it is the series.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.resolution.clusters import Clusters
from kg.resolution.events import ResolutionEvent
from kg.resolution.forums import ForumName

_INSTALMENT = re.compile(r"第\s*[〇一二三四五六七八九十百两\d]+\s*(?:讲|回)")
"""第300讲: a lecture of a course; the course is what the name without number means."""


class Identity(NamedTuple):
    """What tells one forum of a series from the others."""

    edition: int | None
    year: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ForumOccurrence:
    """One forum as one document names it.

    Args:
        node: its node in the clusters.
        own_year: the year of its first day, where the document gives one.
        doc_year: the year of the document's date or corpus.
        told_year: the year of its other name, in the bracket after it.
        recurring: whether the document speaks of the series by this name.
    """

    node: int
    doc: int
    name: str
    parsed: ForumName
    count: int
    own_year: int | None
    doc_year: int | None
    told_year: int | None = None
    recurring: bool = False


@dataclass(slots=True)
class Series:
    """One series after placing.

    Args:
        identities: node of a forum -> its edition and year, as far as known; one node each.
        bare: nodes that no edition could be found for.
    """

    identities: dict[int, Identity] = field(default_factory=dict)
    bare: list[int] = field(default_factory=list)


def place_editions(forums: Sequence[ForumOccurrence], clusters: Clusters, log: list[ResolutionEvent]) -> Series:
    """Joins the occurrences of one series, edition by edition.

    Args:
        forums: all occurrences of one series.
        clusters: where editions are joined and marked.
        log: gets one line for each decision.
    """
    years = _years_of_editions(forums)
    first: dict[Identity, ForumOccurrence] = {}
    editions = {f.parsed.edition for f in forums if f.parsed.edition}
    own_years = {f.own_year for f in forums if f.own_year and f.parsed == f.parsed._replace(edition=None, year=None)}
    placed: dict[int, Identity] = {}
    for forum in forums:
        identity = _named_identity(forum, years, bool(editions) or len(own_years) > 1)
        if identity:
            placed[forum.node] = identity
            anchor = first.setdefault(identity, forum)
            if clusters.join(anchor.node, forum.node, same_name=True) and _shown(forum) != _shown(anchor):
                log.append(_merge(anchor, forum, "edition and year"))
    known = {identity: f.node for identity, f in first.items()}
    series = Series(identities={node: identity for identity, node in known.items()})
    instalments = bool(editions) and all(_INSTALMENT.search(f.name) for f in forums if f.parsed.edition)
    beside: dict[int, list[ForumOccurrence]] = defaultdict(list)
    for forum in forums:
        if forum.node in placed:
            beside[forum.doc].append(forum)
    for forum in forums:
        if forum.node not in placed:
            if not instalments and not forum.recurring:
                _place_bare(forum, beside.get(forum.doc, ()), placed, first, clusters, log)
            if clusters.find(forum.node) not in {clusters.find(n) for n in known.values()}:
                series.bare.append(forum.node)
    for node, identity in series.identities.items():
        clusters.mark(node, _marks(identity))
    bare = set(series.bare)
    _join_bare([f for f in forums if f.node in bare], clusters)
    return series


def _join_bare(forums: Sequence[ForumOccurrence], clusters: Clusters) -> None:
    """Joins the names without edition: those that speak of the series by another name stay for themselves.

    外交会议曾在日内瓦举行 is another meeting than the 某某外交会议 that the text is about.
    """
    present = {f.parsed.base for f in forums if not f.recurring}
    first: dict[str, ForumOccurrence] = {}
    for forum in forums:
        apart = forum.recurring and present and forum.parsed.base not in present
        clusters.join(first.setdefault(forum.parsed.base if apart else "", forum).node, forum.node, same_name=True)


def _years_of_editions(forums: Iterable[ForumOccurrence]) -> dict[int, int]:
    """Edition -> year, each year given to the edition with most evidence for it."""
    weight: dict[tuple[int, int], int] = Counter()
    per_document: dict[int, set[tuple[int | None, int | None]]] = defaultdict(set)
    forums = list(forums)
    for forum in forums:
        if forum.parsed.edition or forum.parsed.year:
            per_document[forum.doc].add((forum.parsed.edition, forum.parsed.year))
    for forum in forums:
        edition = forum.parsed.edition
        if not edition:
            continue
        for year in (forum.parsed.year, forum.told_year):
            if year:
                weight[edition, year] += 8
        if forum.own_year:
            weight[edition, forum.own_year] += 4
        # a text that looks back names other editions too: its own date then says nothing
        if forum.doc_year and len(per_document[forum.doc]) == 1:
            weight[edition, forum.doc_year] += 1
    best_edition: dict[int, int] = {}
    for (edition, year), _ in sorted(weight.items(), key=lambda item: (-item[1], item[0])):
        best_edition.setdefault(year, edition)
    years: dict[int, int] = {}
    for (edition, year), _ in sorted(weight.items(), key=lambda item: (-item[1], item[0])):
        if best_edition[year] == edition:
            years.setdefault(edition, year)
    return years


def _named_identity(forum: ForumOccurrence, years: Mapping[int, int], several: bool) -> Identity | None:
    edition, year = forum.parsed.edition, forum.parsed.year
    if edition:
        return Identity(edition, years.get(edition, year))
    year = year or (forum.own_year if several else None)
    if not year:
        return None
    return next((Identity(e, y) for e, y in sorted(years.items()) if y == year), Identity(None, year))


def _place_bare(
    forum: ForumOccurrence,
    beside: Sequence[ForumOccurrence],
    placed: Mapping[int, Identity],
    first: Mapping[Identity, ForumOccurrence],
    clusters: Clusters,
    log: list[ResolutionEvent],
) -> None:
    """Finds the edition that a name without number and year means, if there is one."""
    here = sorted({placed[f.node] for f in beside}, key=_order)
    chosen, feature = _choose(
        forum, here, sorted(first, key=_order), Counter({placed[f.node]: f.count for f in beside})
    )
    if chosen is None:
        if len(here) > 1:
            names = (forum.name, *sorted(first[i].name for i in here))
            log.append(_event("refusal", names, "several editions in the text", "the text names several editions"))
        return
    if clusters.join(first[chosen].node, forum.node):
        log.append(_merge(first[chosen], forum, feature))


def _choose(
    forum: ForumOccurrence, here: list[Identity], everywhere: list[Identity], counts: Counter[Identity]
) -> tuple[Identity | None, str]:
    if len(here) == 1 and not (forum.own_year and here[0].year and forum.own_year != here[0].year):
        return here[0], "only edition in the text"
    for year, feature in ((forum.own_year, "date of the forum"), (forum.doc_year, "date of the text")):
        matching = [i for i in (here if len(here) > 1 else everywhere) if year and i.year == year]
        if len(matching) == 1:
            return matching[0], feature
    if len(here) > 1:
        (top, most), (_, second), *_ = sorted(counts.items(), key=lambda item: (-item[1], _order(item[0])))
        return (top, "edition that the text speaks of most") if most >= 2 * second else (None, "")
    if len(everywhere) == 1 and not forum.own_year and not (forum.doc_year and everywhere[0].year):
        return everywhere[0], "only edition known"
    return None, ""


def _order(identity: Identity) -> tuple[int, int]:
    return (identity.edition or 0, identity.year or 0)


def _marks(identity: Identity) -> dict[str, str]:
    marks = {"edition": str(identity.edition)} if identity.edition else {}
    return marks | ({"year": str(identity.year)} if identity.year else {})


def _shown(forum: ForumOccurrence) -> tuple[str, int | None, int | None]:
    return forum.parsed.base, forum.parsed.edition, forum.parsed.year


def _merge(anchor: ForumOccurrence, forum: ForumOccurrence, feature: str) -> ResolutionEvent:
    return _event("merge", (anchor.name, forum.name), feature, f"the same edition by {feature}")


def _event(kind: str, names: tuple[str, ...], feature: str, detail: str) -> ResolutionEvent:
    return ResolutionEvent(kind=kind, type="Forum", names=names, features=(feature,), detail=detail)  # type: ignore[arg-type]
