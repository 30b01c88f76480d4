"""Sorts forums into series and editions, once their series' names are linked."""

from __future__ import annotations

from kg.model import Value
from kg.resolution.clusters import Clusters
from kg.resolution.editions import ForumOccurrence, Series, place_editions
from kg.resolution.events import ResolutionEvent
from kg.resolution.forums import parse_forum
from kg.resolution.names import fold
from kg.resolution.naming import Naming
from kg.resolution.reading import Reading


class Placing:
    """The series of a reading; ``placed`` holds what became of each after :meth:`place`."""

    def __init__(self, reading: Reading, naming: Naming) -> None:
        self._reading = reading
        self._naming = naming
        self._lexicon: dict[int, str] = {}
        self._members: dict[int, list[int]] = {}
        self.placed: dict[int, Series] = {}

    def place(self, series: Clusters, clusters: Clusters, log: list[ResolutionEvent]) -> None:
        """Joins the occurrences of each edition.

        Args:
            series: clusters of forums by series.
            clusters: where editions are joined.
            log: gets one line for each decision.
        """
        for node in self._naming.nodes("Forum"):
            self._members.setdefault(series.find(node), []).append(node)
        years = self._own_years()
        told = {a: b for d in self._reading.documents for x, y, _ in d.bracketed for a, b in ((x, y), (y, x))}
        for root, members in self._members.items():
            forums = [self._forum(node, years.get(node), told.get(node)) for node in members]
            if name := series.marks(root).get("lexicon"):
                self._lexicon[root] = name
            self.placed[root] = place_editions(forums, clusters, log)

    def label(self, root: int) -> str | None:
        """What a series is called: as the lexicon has it, else by its fullest name."""
        words = sorted({self._naming.parsed(n).words.strip('“”"·') for n in self._members[root]})
        # what a text calls 农博会 need not be what the lexicon calls so
        known = self._lexicon.get(root)
        return known or max(words, key=lambda w: (len(fold(w)), w), default=None)

    def _own_years(self) -> dict[int, int]:
        """The year of each forum's first (or last) day, where its document gives one."""
        years: dict[int, int] = {}
        for document in self._reading.documents:
            for subject, relation, end in document.relations:
                if relation.predicate in ("startDate", "endDate") and isinstance(end, Value) and end.text[:4].isdigit():
                    years[subject] = min(years.get(subject, 9999), int(end.text[:4]))
        return years

    def _forum(self, node: int, own_year: int | None, other: int | None) -> ForumOccurrence:
        occurrence = self._reading.occurrences[node]
        document = self._reading.documents[occurrence.doc].document
        dated = int(document.date[:4]) if document.date and document.date[:4].isdigit() else None
        return ForumOccurrence(
            node=node,
            doc=occurrence.doc,
            name=occurrence.name,
            parsed=self._naming.parsed(node),
            count=occurrence.count,
            own_year=own_year,
            doc_year=dated or document.year,
            recurring=occurrence.recurring,
            told_year=parse_forum(self._reading.occurrences[other].name).year if other is not None else None,
        )
