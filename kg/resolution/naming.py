"""Gives each type's occurrences to the linker, forums by their series."""

from __future__ import annotations

from kg.resolution.features import Named
from kg.resolution.forums import ForumName, parse_forum
from kg.resolution.names import fold
from kg.resolution.reading import Reading


class Naming:
    """The names of a reading, type by type, in an order that depends on the texts alone."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._parsed: dict[int, ForumName] = {}
        self._nodes: dict[str, list[int]] = {}
        for node, occurrence in enumerate(reading.occurrences):
            self._nodes.setdefault(occurrence.type, []).append(node)

    def nodes(self, type: str) -> list[int]:
        """The occurrences of one type."""
        return self._nodes.get(type, [])

    def one(self, node: int) -> Named:
        """An occurrence by its name; a forum by the name of its series."""
        occurrence = self._reading.occurrences[node]
        if occurrence.type == "Forum":
            parsed = self.parsed(node)
            return Named(node, occurrence.doc, parsed.base, parsed.words, occurrence.start, occurrence.last)
        return Named(node, occurrence.doc, occurrence.key, occurrence.name, occurrence.start, occurrence.last)

    def all(self, type: str) -> list[Named]:
        """All occurrences of one type."""
        return [self.one(node) for node in self.nodes(type)]

    def bracketed(self, type: str) -> list[tuple[Named, Named, bool]]:
        """(name, name in the bracket after it, whether words say so)."""
        occurrences = self._reading.occurrences
        pairs = (pair for d in self._reading.documents for pair in d.bracketed)
        return [(self.one(a), self.one(b), told) for a, b, told in pairs if occurrences[a].type == type]

    def introduced(self, type: str) -> list[tuple[str, Named]]:
        """The other names that documents use beside their full names, folded."""
        return [
            (parse_forum(form).base if type == "Forum" else fold(form), self.one(node))
            for node in self.nodes(type)
            for form, _ in self._reading.occurrences[node].forms
            if form != self._reading.occurrences[node].name
        ]

    def parsed(self, node: int) -> ForumName:
        """A forum's name in parts, with the edition and year that any of its forms gives."""
        if node not in self._parsed:
            occurrence = self._reading.occurrences[node]
            parsed = parse_forum(occurrence.name)
            others = [parse_forum(form) for form, _ in occurrence.forms]
            self._parsed[node] = parsed._replace(
                edition=parsed.edition or next((o.edition for o in others if o.edition), None),
                year=parsed.year or next((o.year for o in others if o.year), None),
            )
        return self._parsed[node]
