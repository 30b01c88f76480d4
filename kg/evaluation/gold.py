"""Annotated texts: what a careful reader finds in them, and which thing of a graph is meant.

The format and the rules of matching are those of ``tests/gold/GUIDE.md``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import InputError
from kg.evaluation.rows import Row, read_rows

LITERALS = frozenset(
    ("theme", "topic", "startDate", "endDate", "releaseDate", "feature", "specification", "participantCount")
)
PREDICATES = LITERALS | frozenset(
    "location containedIn organizer coOrganizer subEventOf attends speaksAt exhibitsAt partnerOf congratulates worksFor"
    " founderOf releases develops presentedAt cooperatesWith invests acquires subsidiaryOf headquarteredIn".split()
)
"""What is scored; other properties of a graph are passed over."""

_DATES = frozenset(("startDate", "endDate", "releaseDate"))
_SPACE_AND_QUOTES = re.compile(r"[\s\"'“”‘’「」『』《》〈〉·•・‧∙]")
_PUNCTUATION = re.compile(r"[—\-–－，,。、：:；;]")
_SHORT_FORM = re.compile(
    "(本次|本届|该|此次|这次|这|此|本|今年|同届)?(的)?"
    "(大会|峰会|论坛|分论坛|年会|会议|展会|展览|博览会|活动|盛会|公司|集团|企业|医院|学校|大学|学院|机构"
    "|平台|产品|系统|报告|白皮书|中心|双方|两家|会|展)"
)

Key = tuple[str, str]
"""A gold entity: its type and canonical name; of a thing that is none, ``?`` and its id."""

Name = tuple[str, str, str]
"""A name in a document: document id, type, folded name."""

Fact = tuple[Key, str, "Key | str"]
"""Subject, predicate and object, by keys; a literal object is folded text."""


def fold(text: str) -> str:
    """A name without what readers write in different ways: width, case, white space, quotation marks.

    >>> fold("“互联网之光”博览会"), fold("ＯＬＥＤ")
    ('互联网之光博览会', 'oled')
    """
    return _SPACE_AND_QUOTES.sub("", unicodedata.normalize("NFKC", text).lower())


def fold_value(predicate: str, text: str) -> str:
    """A literal likewise, and without punctuation; of a date with its hour the day."""
    return text[:10] if predicate in _DATES else _PUNCTUATION.sub("", fold(text))


def is_short_form(text: str) -> bool:
    """Whether a form (大会, 本届峰会, 该公司) names too many things to tell one."""
    return bool(_SHORT_FORM.fullmatch(text))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The annotations of one corpus.

    Args:
        name: of the file, without its ending; ``gold`` for several.
        entities: folded names of each entity that is wanted, in the order of the file.
        optional_entities: of those that a reader may or may not want.
        relations: the wanted facts and the first document that states each.
        optional_relations: facts neither rewarded nor punished.
        homes: the first document of each wanted entity.
        documents: the ids of the texts, in order.
        names: each name of each document and the entities that go by it there, optional ones too.
    """

    name: str
    entities: Mapping[Key, frozenset[str]]
    optional_entities: Mapping[Key, frozenset[str]]
    relations: Mapping[Fact, str]
    optional_relations: frozenset[Fact]
    homes: Mapping[Key, str]
    documents: tuple[str, ...]
    names: Mapping[Name, frozenset[Key]]
    _by_name: Mapping[str, tuple[int, ...]] = field(repr=False)
    _table: tuple[tuple[bool, Key, frozenset[str]], ...] = field(repr=False)

    def match(self, types: Iterable[str], label: str, names: Iterable[str]) -> tuple[bool, Key] | None:
        """The entity that a thing of a graph stands for, and whether it is a wanted one.

        A label beats an alias, the canonical name another form, a wanted entity an optional one; of
        equals the first in the file wins.

        Args:
            types: the types that the thing has.
            label: its folded label.
            names: its folded names, the label among them.
        """
        allowed, all_names = frozenset(types), frozenset(names)
        best, found = 0, None
        for index in sorted({index for name in all_names for index in self._by_name.get(name, ())}):
            wanted, key, forms = self._table[index]
            if key[0] not in allowed:
                continue
            main = fold(key[1])
            rank = 4 if main == label else 3 if label in forms else 2 if main in all_names else 1
            score = rank * 2 + wanted
            if score > best:
                best, found = score, (wanted, key)
        return found


def read_gold(*paths: Path | str) -> Gold:
    """The annotations of files of JSON lines, whose texts make one corpus.

    Raises:
        InputError: where one can't be read, a line is not what the guide says, or a fact names no entity.
    """
    rows = [row for path in paths for row in read_rows(Path(path))]
    return _gold(Path(paths[0]).stem if len(paths) == 1 else "gold", rows)


def _gold(name: str, rows: list[Row]) -> Gold:
    wanted: dict[Key, set[str]] = defaultdict(set)
    optional: dict[Key, set[str]] = defaultdict(set)
    homes: dict[Key, str] = {}
    by_name: dict[str, Key] = {}
    for _, row in rows:
        for kind, names in (("entities", wanted), ("optional_entities", optional)):
            for entity in row.get(kind, ()):
                key = (entity["type"], entity["name"])
                forms = (form for form in entity["forms"] if not is_short_form(form))
                names[key] |= {fold(entity["name"]), *map(fold, forms)}
                by_name.setdefault(entity["name"], key)
                homes.setdefault(key, row["id"])
    for key in [key for key in optional if key in wanted]:
        wanted[key] |= optional.pop(key)
    relations = _facts(rows, "relations", by_name)
    table = [(True, key, frozenset(names)) for key, names in wanted.items()]
    table += [(False, key, frozenset(names)) for key, names in optional.items()]
    index: dict[str, list[int]] = defaultdict(list)
    for place, (_, _, folded) in enumerate(table):
        for form in folded:
            index[form].append(place)
    return Gold(
        name=name,
        entities={key: frozenset(names) for key, names in wanted.items()},
        optional_entities={key: frozenset(names) for key, names in optional.items()},
        relations=relations,
        optional_relations=frozenset(_facts(rows, "optional_relations", by_name)) - relations.keys(),
        homes=homes,
        documents=tuple(row["id"] for _, row in rows),
        names=_names(rows),
        _by_name={form: tuple(places) for form, places in index.items()},
        _table=tuple(table),
    )


def _names(rows: Iterable[Row]) -> dict[Name, frozenset[Key]]:
    names: dict[Name, set[Key]] = defaultdict(set)
    for _, row in rows:
        for entity in (*row.get("entities", ()), *row.get("optional_entities", ())):
            for form in entity["forms"]:
                if not is_short_form(form):
                    names[row["id"], entity["type"], fold(form)].add((entity["type"], entity["name"]))
    return {name: frozenset(keys) for name, keys in names.items()}


def _facts(rows: Iterable[Row], kind: str, by_name: Mapping[str, Key]) -> dict[Fact, str]:
    facts: dict[Fact, str] = {}
    for place, row in rows:
        for fact in row.get(kind, ()):
            subject, predicate, end = fact
            try:
                key = by_name[subject], predicate, fold_value(predicate, end) if predicate in LITERALS else by_name[end]
            except KeyError as error:
                problem = f"{' '.join(fact)} in {kind}: '{error.args[0]}' is no entity"
                raise InputError(f"{place}: {problem}; both ends must be entities") from error
            facts.setdefault(key, row["id"])
    return facts
