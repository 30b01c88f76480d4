"""Makes entities of clusters: class, label, aliases, and ids that last."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.ids import entity_id
from kg.model import Entity, Value
from kg.resolution.editions import Identity
from kg.resolution.knowledge import Knowledge
from kg.resolution.labels import choose_label, forms_of, shorter_names
from kg.resolution.names import fold
from kg.resolution.reading import Occurrence
from kg.schema import Schema
from kg.seeds import NameRef

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A cluster on its way to an entity.

    Args:
        nodes: its occurrences.
        canonical: what the lexicon calls it.
        label: given by the user.
        identity: its edition and year, for a forum of a series.
        series: the series' label, where the graph has the series as a node.
        is_series: whether it is a series itself.
    """

    type: str
    nodes: tuple[int, ...]
    canonical: NameRef | None = None
    label: str | None = None
    identity: Identity | None = None
    series: str | None = None
    is_series: bool = False


@dataclass(slots=True)
class EntityMaker:
    """Makes entities of things; ``discriminate`` tells things of one name apart by what belongs to them."""

    occurrences: Sequence[Occurrence]
    knowledge: Knowledge
    schema: Schema
    discriminate: Callable[[Thing, Mapping[int, str]], str]

    def make(self, things: Sequence[Thing]) -> tuple[list[Entity], dict[int, str]]:
        """The entities, sorted by id, and the id of each occurrence."""
        labels = [self._label(thing) for thing in things]
        label_of = {node: label for thing, label in zip(things, labels, strict=True) for node in thing.nodes}
        keys = self._keys(things, labels, label_of)
        ids = [self._id(thing, key) for thing, key in zip(things, keys, strict=True)]
        former = self._former_ids(things, ids)
        entities = self._with_shorter_names(
            [self._entity(thing, label, id, former[id]) for thing, label, id in zip(things, labels, ids, strict=True)]
        )
        by_node = {node: id for thing, id in zip(things, ids, strict=True) for node in thing.nodes}
        return sorted(entities, key=lambda e: e.id), by_node

    def _members(self, thing: Thing) -> list[Occurrence]:
        return [self.occurrences[node] for node in thing.nodes]

    def _label(self, thing: Thing) -> str:
        if thing.label:
            return thing.label
        if thing.is_series and thing.series:
            return thing.series
        if thing.canonical and thing.identity is None:
            return thing.canonical.name
        return choose_label(thing.type, forms_of(self._members(thing)), self.knowledge)

    def _keys(self, things: Sequence[Thing], labels: Sequence[str], label_of: Mapping[int, str]) -> list[str]:
        """What the ids are made of: the label, or edition and series; things of one name with what tells them apart."""
        keys = [self._plain_key(thing, label) for thing, label in zip(things, labels, strict=True)]
        same: dict[str, list[int]] = defaultdict(list)
        for i, thing in enumerate(things):
            same[self._id(thing, keys[i])].append(i)
        for group in same.values():
            if len(group) > 1:
                told = {i: self.discriminate(things[i], label_of) for i in group}
                counts = Counter(told.values())
                for i in group:
                    mark = told[i] if counts[told[i]] == 1 else self._digest_mark(things[i], told[i])
                    keys[i] = f"{keys[i]}（{mark}）"
        return keys

    def _digest_mark(self, thing: Thing, told: str) -> str:
        first = min(self._members(thing), key=lambda o: (o.digest, o.start))
        return f"{told} {first.digest[:8]}.{first.start}".strip()

    def _plain_key(self, thing: Thing, label: str) -> str:
        if thing.identity and thing.series and thing.identity.edition:
            return f"第{chinese_number(thing.identity.edition)}届{thing.series}"
        if thing.identity and thing.series and thing.identity.year:
            return f"{thing.identity.year}{thing.series}"
        return label

    def _id(self, thing: Thing, key: str) -> str:
        return entity_id("ForumSeries" if thing.is_series else thing.type, key)

    def _former_ids(self, things: Sequence[Thing], ids: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """The ids that the names of each thing would have by themselves, where no other thing claims them."""
        claims: dict[str, set[str]] = defaultdict(set)
        for thing, id in zip(things, ids, strict=True):
            if len(thing.nodes) == 1 and not thing.canonical:
                continue
            by_key: dict[str, list[Occurrence]] = defaultdict(list)
            for occurrence in self._members(thing):
                by_key[occurrence.key].append(occurrence)
            for alone in by_key.values():
                label = choose_label(thing.type, forms_of(alone), self.knowledge)
                claims[entity_id("ForumSeries" if thing.is_series else thing.type, label)].add(id)
        taken = set(ids)
        former: dict[str, list[str]] = {id: [] for id in ids}
        for old, claimants in claims.items():
            if old not in taken and len(claimants) == 1:
                former[min(claimants)].append(old)
        return {id: tuple(sorted(found)) for id, found in former.items()}

    def _entity(self, thing: Thing, label: str, id: str, former: tuple[str, ...]) -> Entity:
        members = self._members(thing)
        votes: Counter[str] = Counter()
        for occurrence in members:
            votes.update(dict(occurrence.classes))
        if thing.canonical:
            votes[thing.canonical.cls] += 1 + sum(votes.values())
        kind = "ForumSeries" if thing.is_series else thing.type
        forms = {form.text for form in forms_of(members)} - {label}
        return Entity(
            id=id,
            type=kind,
            cls=kind if thing.is_series else self._class(thing.type, votes),
            label=label,
            aliases=tuple(sorted(f for f in forms if not self._is_short_form(thing.type, f))),
            same_as=former,
            properties=self._properties(thing),
        )

    def _with_shorter_names(self, entities: Sequence[Entity]) -> list[Entity]:
        """The entities, known by what stands in their labels without a place or a kind too, if nothing else is."""
        taken = {(e.type, fold(name)) for e in entities for name in (e.label, *e.aliases)}
        found = [
            [n for n in shorter_names(e.type, e.label, self.knowledge) if (e.type, fold(n)) not in taken]
            for e in entities
        ]
        claims = Counter((e.type, fold(name)) for e, names in zip(entities, found, strict=True) for name in names)
        return [
            replace(e, aliases=tuple(sorted({*e.aliases, *(n for n in names if claims[e.type, fold(n)] == 1)})))
            for e, names in zip(entities, found, strict=True)
        ]

    def _is_short_form(self, type: str, form: str) -> bool:
        """Whether a form is a common noun (大会, 该公司) and no name."""
        key = fold(form)
        if self.knowledge.lookup(type, form):
            return False
        head = self.knowledge.head(type, key)
        return self.knowledge.is_generic(key) or (head == key and self.knowledge.is_strong(type, head))

    def _class(self, type: str, votes: Mapping[str, int]) -> str:
        """The class that most mentions have, or the most special of those below it."""
        best = type
        for cls in sorted(votes, key=lambda c: (-votes[c], c)):
            if cls in self.schema.classes and self.schema.is_subclass(cls, best):
                best = cls
        return best

    def _properties(self, thing: Thing) -> tuple[tuple[str, str | Value], ...]:
        found: list[tuple[str, str | Value]] = []
        if thing.identity and thing.identity.edition:
            number = str(thing.identity.edition)
            found.append(("editionNumber", Value("count", number, (("number", number),))))
        if thing.series and not thing.is_series:
            found.append(("editionOf", entity_id("ForumSeries", thing.series)))
        return tuple(found)


def chinese_number(number: int) -> str:
    """A number below 100 as Chinese writes it, others in digits.

    Example:
        >>> chinese_number(4), chinese_number(12), chinese_number(30), chinese_number(133)
        ('四', '十二', '三十', '133')
    """
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
