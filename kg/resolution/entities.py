"""Makes entities of clusters: canonical label, class, aliases and an id that lasts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.resolution.names import fold, has_chinese, quoted_part
from kg.resolution.reading import Occurrence
from kg.schema import Schema

_PLACE_END = re.compile(r"(?:特别行政区|[^\W\d_]族自治[区州县]|自治[区州县]|[省市])$")
_YEAR_FIRST = re.compile(r"^(\d{4})年(?!度)(?=[^\W\d])")
_TITLE_MARKS = re.compile(r"^《([^《》]+)》$")
_QUOTE_MARKS = re.compile(r"^[“「『\"]([^“”「」『』\"]+)[”」』\"]$")


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a thing's name: in how many documents, how often, and whether it is a mention's name."""

    text: str
    documents: int
    count: int


def forms_of(occurrences: Iterable[Occurrence]) -> tuple[Form, ...]:
    """The forms of a cluster, sorted by text."""
    documents: dict[str, set[int]] = {}
    counts: Counter[str] = Counter()
    for occurrence in occurrences:
        texts = dict(occurrence.forms)
        # a name that was pieced together (家庭版 of 药店版微医终端) counts, but less than any text
        for text, count in (*texts.items(), *(((occurrence.name, 0),) if occurrence.name not in texts else ())):
            documents.setdefault(text, set()).add(occurrence.doc)
            counts[text] += count
    return tuple(Form(text, len(documents[text]), counts[text]) for text in sorted(counts))


def choose_label(type: str, forms: Sequence[Form]) -> str:
    """The canonical name: the fullest official form in the corpus that readers use.

    Deterministic, and independent of the order of documents. Forms in Chinese come before
    others; of spellings that fold to one name, the commonest stands for all.
    """
    spellings: dict[str, list[Form]] = {}
    for form in forms:
        spellings.setdefault(fold(form.text), []).append(form)
    usual = [min(group, key=_spelling_order) for group in spellings.values()]
    documents = {fold(g[0].text): sum(f.documents for f in g) for g in spellings.values()}
    best = max(usual, key=lambda f: (*_RANKS[type](f.text), documents[fold(f.text)], f.count, _reversed(f.text)))
    return _clean(type, best.text)


def _spelling_order(form: Form) -> tuple[object, ...]:
    """No quotation marks, simplified before traditional where both stand, then the commoner."""
    marked = any(c in '“”「」『』《》"' for c in form.text)
    return (marked, -form.documents, -form.count, form.text)


def _reversed(text: str) -> tuple[int, ...]:
    return tuple(-ord(c) for c in text)  # max() then takes the first in code point order


def _rank_organization(text: str) -> tuple[int, ...]:
    return (has_chinese(text), len(fold(text)))


def _rank_person(text: str) -> tuple[int, ...]:
    return (has_chinese(text), len(fold(text)))


def _rank_forum(text: str) -> tuple[int, ...]:
    edition = bool(re.search(r"第.{1,4}[届屆]|首[届屆]", text))
    year = bool(re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text))
    return (has_chinese(text), edition or year, "·" not in text and quoted_part(text) is None)


def _rank_product(text: str) -> tuple[int, ...]:
    return ()


def _rank_place(text: str) -> tuple[int, ...]:
    return (has_chinese(text), len(text) > 1, not _PLACE_END.search(text), -len(text))


_RANKS = {
    "Organization": _rank_organization,
    "Person": _rank_person,
    "Forum": _rank_forum,
    "Product": _rank_product,
    "Place": _rank_place,
}


def _clean(type: str, text: str) -> str:
    text = _TITLE_MARKS.sub(r"\1", text.strip())
    if type in ("Product", "Organization", "Person"):
        text = _QUOTE_MARKS.sub(r"\1", text)
    if type == "Forum":
        text = _YEAR_FIRST.sub(r"\1", text)
    if type == "Place" and len(text) > 2:
        short = _PLACE_END.sub("", text)
        text = short if len(short) > 1 else text
    return text


def choose_class(type: str, votes: Mapping[str, int], schema: Schema) -> str:
    """The class that most mentions have, the more special of two that tie or contain each other."""
    known = {cls: n for cls, n in votes.items() if cls in schema.classes and schema.top(cls) == type}
    best = type
    for cls in sorted(known, key=lambda c: (-known[c], c)):
        if schema.is_subclass(cls, best):
            best = cls
    return best
