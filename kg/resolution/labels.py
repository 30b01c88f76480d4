"""The canonical name of a thing: the fullest official form in the corpus that readers use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.numerals import parse_number
from kg.resolution.forums import WRITTEN_YEAR, parse_forum
from kg.resolution.knowledge import Knowledge
from kg.resolution.names import fold, has_chinese, quoted_part
from kg.resolution.organizations import LEADING
from kg.resolution.organizations import short_names as short_organizations
from kg.resolution.places import short_names as short_places
from kg.resolution.products import without_epithet
from kg.resolution.reading import Occurrence
from kg.resolution.rules import ShortNames
from kg.traditional import SIMPLIFIED

_PLACE_END = re.compile(r"(?:特别行政区|[^\W\d_]族自治[区州县]|自治[区州县]|[省市])$")
_WRITTEN_YEAR = re.compile(WRITTEN_YEAR)
_YEAR_FIRST = re.compile(r"^(\d{4})年(?!度)(?=[^\W\d])")
_EDITION_FIRST = re.compile(r"[“「\"]?(?:第|首|\d{4})")
_TITLE_MARKS = re.compile(r"^《([^《》]+)》$")
_QUOTE_MARKS = re.compile(r"^[“「『\"]([^“”「」『』\"]+)[”」』\"]$")
_MARKS = frozenset('“”「」『』《》"')
_SHORTENED: Mapping[str, ShortNames] = {"Organization": short_organizations, "Place": short_places}
#: 跑车|Verrano GT: what it is, then a name in Latin letters that needs no more.
_LATIN_TAIL = re.compile(
    r"^(?P<kind>[\u4e00-\u9fff\d]*[\u4e00-\u9fff])(?P<name>[A-Za-z](?=(?:.*[A-Za-z]){2})[A-Za-zÀ-ÿ\d .+&/'-]{3,})$"
)


@dataclass(frozen=True, slots=True)
class Form:
    """A way to write a thing's name: in how many documents, and how often."""

    text: str
    documents: int
    count: int


def forms_of(occurrences: Iterable[Occurrence]) -> tuple[Form, ...]:
    """The forms of a thing, sorted by text."""
    documents: dict[str, set[int]] = {}
    counts: Counter[str] = Counter()
    for occurrence in occurrences:
        texts = dict(occurrence.forms)
        # a name that was pieced together (家庭版 of 药店版微医终端) counts, but less than any text
        for text, count in (*texts.items(), *(((occurrence.name, 0),) if occurrence.name not in texts else ())):
            documents.setdefault(text, set()).add(occurrence.doc)
            counts[text] += count
    return tuple(Form(text, len(documents[text]), counts[text]) for text in sorted(counts))


def choose_label(type: str, forms: Sequence[Form], knowledge: Knowledge) -> str:
    """The canonical name among ``forms``; deterministic, independent of the order of documents.

    Forms in Chinese come before others; of spellings that fold to one name, the one without
    quotation marks and then the commonest stands for all. A product's 全球首款 is no part of its
    name. What counts as full differs by type:
    see the rank functions below.
    """
    text = _choose(type, forms, knowledge)
    if type == "Product" and not any(form.text[:1] in _MARKS for form in forms):
        text = without_epithet(text, knowledge)
    return clean(type, text)


def _choose(type: str, forms: Sequence[Form], knowledge: Knowledge) -> str:
    if len(forms) == 1:
        return forms[0].text
    spellings: dict[str, list[Form]] = {}
    for form in forms:
        spellings.setdefault(fold(form.text), []).append(form)
    rank = _RANKS[type]
    keys = frozenset(spellings)

    def order(key: str) -> tuple[object, ...]:
        group = spellings[key]
        text = min(group, key=_spelling_order).text
        documents, count = sum(f.documents for f in group), sum(f.count for f in group)
        return (*rank(text, keys, knowledge), documents, count, tuple(-ord(c) for c in text))

    best = max(spellings, key=order)
    return min(spellings[best], key=_spelling_order).text


def _spelling_order(form: Form) -> tuple[object, ...]:
    traditional = form.text.translate(SIMPLIFIED) != form.text
    return (any(c in _MARKS for c in form.text), -form.documents, traditional, -form.count, form.text)


Rank = Callable[[str, frozenset[str], Knowledge], tuple[int, ...]]


def _rank_organization(text: str, keys: frozenset[str], knowledge: Knowledge) -> tuple[int, ...]:
    """The longest, but without a 中国 or a foreign country before it where both stand in the corpus."""
    key = fold(text)
    abroad = any(key[cut:] in keys for cut in knowledge.country_cuts(key))
    return (has_chinese(text), not abroad, len(key))


def _rank_person(text: str, keys: frozenset[str], knowledge: Knowledge) -> tuple[int, ...]:
    """The full name alone: no title, and the foreign name with all its parts."""
    titles = knowledge.lexicon.lists.titles
    titled = any(text.endswith(title) for size in (2, 3) if (title := text[-size:]) in titles)
    return (has_chinese(text), not titled, "·" in text or "•" in text, min(len(fold(text)), 3))


def _rank_forum(text: str, keys: frozenset[str], knowledge: Knowledge) -> tuple[int, ...]:
    """With its edition or year, without a motto or a place after a dot, and the fullest of these."""
    name = parse_forum(text)
    plain = "·" not in text and "•" not in text and quoted_part(text) is None
    found = knowledge.lookup("Forum", name.words)
    known = found is not None and fold(found.name) == fold(name.words)
    # 乌镇第四届世界互联网大会: the place has slipped into the name
    in_front = not name.edition or _EDITION_FIRST.match(text) is not None
    numbered = (bool(name.edition or name.year), bool(name.edition))
    return (has_chinese(text), numbered[0], plain, known, in_front, numbered[1], len(name.base))


def _rank_product(text: str, keys: frozenset[str], knowledge: Knowledge) -> tuple[int, ...]:
    """The commonest: what describes a product is easily taken into its name."""
    return ()


def _rank_place(text: str, keys: frozenset[str], knowledge: Knowledge) -> tuple[int, ...]:
    """Towns and provinces in their shortest usual form, venues in their fullest."""
    venue = bool(knowledge.head("Place", fold(text))) and not _PLACE_END.search(text)
    return (has_chinese(text), len(text) > 1, not _PLACE_END.search(text), len(text) if venue else -len(text))


_RANKS: dict[str, Rank] = {
    "Organization": _rank_organization,
    "Person": _rank_person,
    "Forum": _rank_forum,
    "Product": _rank_product,
    "Place": _rank_place,
}


def clean(type: str, text: str) -> str:
    """A form as a label: 《》 around the whole, 省 after a province and 年 after a leading year are left out.

    Example: 二〇〇二年国际数学家大会 becomes 2002国际数学家大会.
    """
    text = _TITLE_MARKS.sub(r"\1", text.strip())
    if type in ("Product", "Organization", "Person"):
        text = _QUOTE_MARKS.sub(r"\1", text)
    if type == "Forum":
        text = _YEAR_FIRST.sub(r"\1", _WRITTEN_YEAR.sub(lambda year: str(parse_number(year[0])), text))
    if type == "Place" and len(text) > 2:
        short = _PLACE_END.sub("", text)
        text = short if len(short) > 1 else text
    return text


def shorter_names(type: str, label: str, knowledge: Knowledge) -> tuple[str, ...]:
    """What of a label is a name by itself, as readers and other texts use it: without a foreign country before an
    organisation, the town before a venue, the maker or the kind before a product's Latin name.

    Example: 法国蓝灯影业 gives 蓝灯影业, 伦敦青石广场 gives 青石广场, 双门跑车Verrano GT gives Verrano GT.
    """
    if type in _SHORTENED:
        places = knowledge.place_cuts if type == "Place" else knowledge.country_cuts
        cuts = () if label.startswith("中国") else places(label)
        shorter = _SHORTENED[type](label, knowledge)
        rests = (label[cut:] for cut in cuts)
        return tuple(rest for rest in rests if fold(rest) in shorter and _is_told_apart(type, rest, knowledge))
    found = _LATIN_TAIL.match(label) if type == "Product" else None
    if found and (knowledge.head(type, fold(found["kind"])) or knowledge.lookup("Organization", found["kind"])):
        return (found["name"],)
    return ()


def _is_told_apart(type: str, name: str, knowledge: Knowledge) -> bool:
    """Whether a name without its country or town is nothing else's: 埃及|国防部 could be that of another country."""
    return type == "Place" or not (name.startswith(LEADING) or knowledge.lookup(type, name))
