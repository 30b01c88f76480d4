"""Finders of third parties: packages that join by the entry-point group ``kg.extractors``.

An entry point names an object, or a class that is called without arguments, with one or both of
``find_mentions`` and ``find_relations``::

    [project.entry-points."kg.extractors"]
    weather = "kg_weather:WeatherFinder"

Plug-ins work in the order of their names. Where none is installed, nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import EntryPoint, entry_points
from typing import Protocol

from kg.errors import SeedError
from kg.mentions.candidates import Candidate, MentionFinder, SentenceView
from kg.model import ENTITY_TYPES, Reading, Rejected, Relation, Value

GROUP = "kg.extractors"
_METHODS = ("find_mentions", "find_relations")


Found = tuple[tuple[Relation, ...], tuple[Rejected, ...]]
"""Facts, and what looked like one and why it is none."""


class MentionPlugin(Protocol):
    """Proposes mentions of a sentence. Pure: the same sentence always gives the same."""

    def find_mentions(self, view: SentenceView) -> Iterable[Candidate]:
        """Candidates, weighed against all others like names of a user's own lexicon.

        A ``score`` of 0.5 or more counts like an ordinary name there, a lower one like a name marked weak.
        """
        ...


class RelationPlugin(Protocol):
    """Proposes relations of a document. Pure: the same reading always gives the same."""

    def find_relations(self, reading: Reading) -> Iterable[Relation]:
        """Relations between the reading's mentions and values; what the ontology does not allow is refused later."""
        ...


class RelationStage(Protocol):
    """What reads the relations of documents."""

    def find_many(self, readings: Sequence[Reading]) -> list[Found]:
        """What each document tells; equal however documents are batched."""
        ...


@dataclass(frozen=True, slots=True)
class Plugins:
    """The plug-ins of this installation, each with its name."""

    mentions: tuple[tuple[str, MentionPlugin], ...] = ()
    relations: tuple[tuple[str, RelationPlugin], ...] = ()

    @property
    def finders(self) -> tuple[MentionFinder, ...]:
        """The finders of mentions, as the mention stage takes them."""
        return tuple(_NamedFinder(name, plugin) for name, plugin in self.mentions)

    def with_relations(self, stage: RelationStage) -> RelationStage:
        """The stage with the relations of the plug-ins after its own."""
        return _JoinedStage(stage, self.relations) if self.relations else stage


def load_plugins() -> Plugins:
    """Finds and makes all installed plug-ins.

    Raises:
        SeedError: where one can't be imported, or has neither method.
    """
    found = [(entry.name, _made(entry)) for entry in sorted(entry_points(group=GROUP), key=lambda e: (e.name, e.value))]
    return Plugins(
        mentions=tuple((name, plugin) for name, plugin in found if hasattr(plugin, "find_mentions")),
        relations=tuple((name, plugin) for name, plugin in found if hasattr(plugin, "find_relations")),
    )


def _made(entry: EntryPoint) -> object:
    place = f"plug-in {entry.name} ({entry.value})"
    try:
        named = entry.load()
    except (ImportError, AttributeError) as error:
        raise SeedError(f"{place}: can't be imported ({error}); mend or uninstall its package") from error
    plugin: object = named() if isinstance(named, type) else named
    if not any(hasattr(plugin, method) for method in _METHODS):
        raise SeedError(f"{place}: has neither {' nor '.join(_METHODS)}; see kg.plugins for what it must have")
    return plugin


@dataclass(frozen=True, slots=True)
class _NamedFinder:
    """A plug-in as the mention stage takes it: its finder's name on each candidate, and the weight of a known one."""

    name: str
    plugin: MentionPlugin

    def find(self, view: SentenceView) -> Iterator[Candidate]:
        for candidate in self.plugin.find_mentions(view):
            if candidate.type not in ENTITY_TYPES:
                known = ", ".join(ENTITY_TYPES)
                raise SeedError(f"plug-in {self.name}: unknown type {candidate.type!r} of a mention; known: {known}")
            # the choice has learnt what a name of the lexicon is worth; of a plug-in it knows nothing
            weighed_as = "gazetteer" if candidate.score >= 0.5 else "gazetteer:weak"
            yield candidate._replace(finder=weighed_as, score=1.0)
            yield candidate._replace(finder=f"plugin:{self.name}")


@dataclass(frozen=True, slots=True)
class _JoinedStage:
    """The shipped rules, then the plug-ins; what the rules read already is kept as they read it."""

    stage: RelationStage
    plugins: tuple[tuple[str, RelationPlugin], ...]

    def find_many(self, readings: Sequence[Reading]) -> list[Found]:
        found = self.stage.find_many(readings)
        return [self._with_plugins(reading, *known) for reading, known in zip(readings, found, strict=True)]

    def _with_plugins(self, reading: Reading, relations: Sequence[Relation], rejected: tuple[Rejected, ...]) -> Found:
        known = {_told(relation): relation for relation in relations}
        for _, plugin in self.plugins:
            for relation in plugin.find_relations(reading):
                known.setdefault(_told(relation), relation)
        return tuple(known.values()), rejected


def _told(relation: Relation) -> tuple[str, str, str | Value]:
    end = relation.object
    return (relation.predicate, relation.subject.name, end if isinstance(end, Value) else end.name)
