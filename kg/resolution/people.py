"""Short names of persons: 库克 for 蒂姆·库克, 习主席 for 习近平, 小凡 for 鲁小凡."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.resolution.clusters import Clusters
from kg.resolution.events import ResolutionEvent
from kg.resolution.features import REASONS, Link, Named
from kg.resolution.homonyms import Telling
from kg.resolution.knowledge import Knowledge
from kg.resolution.names import fold, has_chinese
from kg.resolution.reading import Reading
from kg.seeds import NameRef

_LAST_FOR_KNOWN = 5
_PARTS = re.compile(r"[·•・‧∙.\s]+")
_FAMILIAR = frozenset("老小阿大")
_AFTER_NAME = frozenset("姐哥叔姨总导爷")
_FORMS_OF_ADDRESS = (
    "主席",
    "总书记",
    "总理",
    "总统",
    "总",
    "老",
    "老师",
    "先生",
    "女士",
    "导",
    "董",
    "工",
    "姐",
    "哥",
    "局",
    "院长",
)


def parts_of(name: str) -> tuple[str, ...]:
    """The folded parts of a foreign name: 让-吕克·莫罗 gives 让吕克 and 莫罗; none for a Chinese name."""
    parts = tuple(fold(part) for part in _PARTS.split(name.strip()) if part)
    return parts if len(parts) > 1 else ()


def surname_of(key: str, knowledge: Knowledge) -> str:
    """The surname of a folded Chinese name, or an empty string."""
    if not 2 <= len(key) <= 4:
        return ""
    surnames = knowledge.lexicon.lists.surnames
    return next((key[:n] for n in (2, 1) if len(key) > n and key[:n] in surnames), "")


def in_one_text(short: str, full: str, full_name: str, knowledge: Knowledge) -> Link | None:
    """Why ``short`` may be the person ``full`` in one document, or None; both folded."""
    parts = parts_of(full_name)
    if parts:
        if short in (parts[-1], "".join(parts[1:])):
            return Link(5, "last name")
        return Link(6, "first name") if short == parts[0] else None
    if full.startswith(short) and len(short) > 1 and full[len(short) :] in knowledge.lexicon.lists.titles:
        return Link(6, "name and title")  # 濮阳澈|教授
    surname = surname_of(full, knowledge)
    if not surname:
        return None
    given = full[len(surname) :]
    if short == given and len(given) > 1:
        return Link(6, "given name")
    if short.startswith(surname) and _is_address(short[len(surname) :], knowledge):
        return Link(6, "surname and title")
    if len(short) == 2 and short[1] in _AFTER_NAME and short[0] == given[-1]:
        return Link(7, "given name")
    if len(short) == 2 and short[0] in _FAMILIAR and short[1] in (surname, given[-1]):
        return Link(7, "given name" if short[1] != surname else "surname and title")
    return None


def _is_address(word: str, knowledge: Knowledge) -> bool:
    return word in _FORMS_OF_ADDRESS or word in knowledge.lexicon.lists.titles


def telling(name: str, knowledge: Knowledge) -> Telling:
    """How far a person's name says who: the known and foreign names in full alone, 张伟 never, others mostly.

    On the annotated texts no file has a person in two nodes because unlinked texts are kept apart, and
    fourteen names of three characters would otherwise join people whom nothing but the name connects.

    Two characters with a common surname are borne by hundreds of thousands (张伟, 李静: Ministry of
    Public Security, 2020); three characters and rare surnames seldom meet in one corpus.
    """
    key = fold(name)
    known = knowledge.lookup("Person", name)
    if (known and (not known.weak or fold(known.name) == key)) or (len(parts_of(name)) > 1 and len(key) >= 5):
        return "alone"
    surname = surname_of(key, knowledge)
    common = knowledge.lexicon.lists.surnames.get(surname) == "common"
    return "never" if len(key) < 2 or (common and len(key) - len(surname) == 1) else "mostly"


class KnownPeople:
    """Whom of the lexicon the persons of a reading are.

    A weak form of somebody whose place the lexicon tells (施密特 of 谷歌) is believed in a text that names it:
    elsewhere the name is another's.
    """

    def __init__(self, reading: Reading, knowledge: Knowledge) -> None:
        self._reading = reading
        self._knowledge = knowledge
        self._things: dict[int, frozenset[str]] = {}

    def of(self, node: int) -> NameRef | None:
        """What the lexicon calls the person of an occurrence, if it is one of its own."""
        person = self._reading.occurrences[node]
        found = self._knowledge.lookup("Person", person.name)
        if found and found.weak and fold(found.name) != person.key:
            home = self._knowledge.homes.get(found.name)
            if home and home not in self._named(person.doc):
                return None
        return found

    def _named(self, doc: int) -> frozenset[str]:
        """What the lexicon calls the organizations and places of a document."""
        if doc not in self._things:
            things = (self._reading.occurrences[n] for n in self._reading.documents[doc].occurrences)
            refs = (self._knowledge.lookup(t.type, t.name) for t in things if t.type in ("Organization", "Place"))
            self._things[doc] = frozenset(ref.name for ref in refs if ref)
        return self._things[doc]


class FullNames:
    """Finds the full name of each person whom a document names in short."""

    def __init__(
        self, reading: Reading, knowledge: Knowledge, known: KnownPeople, clusters: Clusters, log: list[ResolutionEvent]
    ) -> None:
        self._reading = reading
        self._knowledge = knowledge
        self._known = known
        self._clusters = clusters
        self._log = log

    def of(
        self, nodes: Sequence[int], bracketed: Iterable[tuple[Named, Named, bool]]
    ) -> Iterator[tuple[int, str, bool]]:
        """Each node with the name that it goes by, after joining it with the full name in its document.

        Where a document gives a short name alone, the full name is taken from the corpus if only one
        fits: the last item is then False, and whether it is the same person is for the context to say.
        """
        occurrences = self._reading.occurrences
        by_document: dict[int, list[int]] = defaultdict(list)
        for node in nodes:
            by_document[occurrences[node].doc].append(node)
        target: dict[int, int] = {}
        also: dict[str, set[str]] = defaultdict(set)
        for outer, inner, told in bracketed:
            main, other = sorted((outer, inner), key=lambda n: (not has_chinese(n.name), -len(n.key), n.key))
            translated = has_chinese(main.name) != has_chinese(other.name)
            alike = in_one_text(other.key, main.key, main.name, self._knowledge)
            if (told or translated or alike) and self._clusters.join(main.node, other.node):
                target[other.node] = main.node
                also[other.key].add(self._canonical(main.node))
                self._note(main.name, other.name, "told in the text")
        for node in nodes:
            for form, _ in occurrences[node].forms:
                if fold(form) != occurrences[node].key:
                    also[fold(form)].add(self._canonical(node))
        for members in by_document.values():
            self._link_in_text(members, target)
        surnames = self._last_names(nodes)
        for node in nodes:
            full = self._end(node, target)
            name = self._canonical(full)
            key = fold(name)
            if key != occurrences[full].key:
                self._note(name, occurrences[full].name, "lexicon")
            candidates = (also.get(key) or surnames.get(key, set())) if full == node else set()
            if len(candidates) == 1 and self._known.of(full) is None:
                yield node, next(iter(candidates)), telling(name, self._knowledge) == "alone"
            else:
                yield node, name, True

    def _link_in_text(self, members: Sequence[int], target: dict[int, int]) -> None:
        occurrences = self._reading.occurrences
        for node in members:
            short = occurrences[node]
            if node in target:
                continue
            known = self._known.of(node) is not None
            found = [
                (link, other)
                for other in members
                if len(occurrences[other].key) > len(short.key) or _is_titled(short.key, occurrences[other].key)
                if (link := in_one_text(short.key, occurrences[other].key, occurrences[other].name, self._knowledge))
                # 基辛格 is known, but here 帕特·基辛格 stands beside it
                if link.rank <= _LAST_FOR_KNOWN or not known
            ]
            best = [c for c in found if c[0].rank == min(found)[0].rank] if found else []
            if len(best) == 1 and self._clusters.join(best[0][1], node):
                target[node] = best[0][1]
                self._note(occurrences[best[0][1]].name, short.name, best[0][0].feature)
            elif len(best) > 1:
                names = (short.name, *sorted(occurrences[o].name for _, o in best))
                detail = f"{short.name} may be any of {' / '.join(names[1:])}"
                self._log.append(
                    ResolutionEvent(
                        kind="refusal", type="Person", names=names, features=(best[0][0].feature,), detail=detail
                    )
                )

    def _last_names(self, nodes: Iterable[int]) -> dict[str, set[str]]:
        """Folded last name -> the full foreign names of the corpus that end with it."""
        found: dict[str, set[str]] = defaultdict(set)
        spelled: dict[str, str] = {}
        for node in nodes:
            name = self._reading.occurrences[node].name
            parts = parts_of(name)
            if parts:
                full = spelled.setdefault(fold(name), name)
                found[parts[-1]].add(full)
        return found

    def _canonical(self, node: int) -> str:
        known = self._known.of(node)
        return known.name if known else self._reading.occurrences[node].name

    def _end(self, node: int, target: Mapping[int, int]) -> int:
        for _ in range(8):  # a short form of a short form, never a circle
            if node not in target:
                break
            node = target[node]
        return node

    def _note(self, full: str, short: str, feature: str) -> None:
        self._log.append(
            ResolutionEvent(
                kind="merge", type="Person", names=(full, short), features=(feature,), detail=REASONS[feature]
            )
        )


def _is_titled(short: str, full: str) -> bool:
    """习主席 is as long as 习近平."""
    return len(short) == len(full) and short[0] == full[0] and short != full
