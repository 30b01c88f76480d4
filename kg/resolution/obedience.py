"""Carries out the user's overrides, and says which no longer apply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.model import Relation, Value
from kg.resolution.clusters import Clusters
from kg.resolution.events import ResolutionEvent
from kg.resolution.names import fold
from kg.resolution.overrides import Overrides
from kg.resolution.reading import Reading


class Obedience:
    """The overrides of one run."""

    def __init__(self, overrides: Overrides, reading: Reading, log: list[ResolutionEvent]) -> None:
        self._overrides = overrides
        self._log = log
        self._keys = [o.key for o in reading.occurrences]
        self._types = [o.type for o in reading.occurrences]
        self._nodes: dict[str, list[int]] = defaultdict(list)
        wanted = {fold(n) for group in (*overrides.same_as, *overrides.different_from) for n in group}
        self._seen = set(self._keys)
        for node, key in enumerate(self._keys):
            if key in wanted:
                self._nodes[key].append(node)
        self._labels = {fold(name): label for name, label in overrides.rename}
        self._denied = {(fold(s), p, fold(o)): [s, p, o] for s, p, o in overrides.false_facts}
        self._same: dict[str, set[str]] = defaultdict(set)
        for group in overrides.same_as:
            for name in group:
                self._same[fold(name)].update(map(fold, group))
        self._denials: set[tuple[str, str, str]] = set()

    def link(self, clusters: Clusters) -> None:
        """Keeps apart what is different and joins what is the same, before anything else is looked at."""
        for number, group in enumerate(self._overrides.different_from):
            for name in group:
                for node in self._nodes[fold(name)]:
                    clusters.mark(node, {f"user's different-from {number + 1}": name})
        for group in self._overrides.same_as:
            first: dict[str, int] = {}
            for name in group:
                for node in self._nodes[fold(name)]:
                    clusters.join(first.setdefault(self._types[node], node), node)

    def label(self, nodes: Iterable[int]) -> str | None:
        """The name that the user gives to a thing."""
        given = {self._labels[self._keys[n]] for n in nodes if self._keys[n] in self._labels} if self._labels else set()
        return min(given, default=None)

    def denies(self, subject: int, relation: Relation, end: int | Value) -> bool:
        """Whether the user says that this is no fact; names that are the same by ``same-as`` count as well."""
        if not self._denied:
            return False
        key = fold(end.text) if isinstance(end, Value) else self._keys[end]
        for s in self._same.get(self._keys[subject], {self._keys[subject]}) | {self._keys[subject]}:
            for o in self._same.get(key, {key}) | {key}:
                if (s, relation.predicate, o) in self._denied:
                    self._denials.add((s, relation.predicate, o))
                    return True
        return False

    def report(self) -> None:
        """Writes a line for each override: obeyed, or no longer applying."""
        given = self._overrides
        for kind, groups in (("same-as", given.same_as), ("different-from", given.different_from)):
            for group in groups:
                missing = [name for name in group if fold(name) not in self._seen]
                self._line(kind, group, [] if len(group) - len(missing) > 1 else missing)
        for kind, pairs in (("rename", given.rename), ("type", given.types)):
            for name, to in pairs:
                self._line(kind, (name, to), [name] if fold(name) not in self._seen else [])
        for key, line in sorted(self._denied.items()):
            self._line("false-fact", tuple(line), [] if key in self._denials else [" ".join(line)])

    def _line(self, kind: str, names: tuple[str, ...], missing: list[str]) -> None:
        detail = f"no longer applies: {', '.join(missing)} is not in the corpus" if missing else "obeyed"
        self._log.append(ResolutionEvent(kind="override", type=kind, names=names, features=("user",), detail=detail))
