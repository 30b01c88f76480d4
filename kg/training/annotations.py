"""Reads annotated texts (``seeds/annotated/*.jsonl``) and lays their forms over the text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluation.rows import read_rows
from kg.folding import fold_text
from kg.mentions.marks import inside_marks
from kg.model import ENTITY_TYPES, Document, Mention, Span

#: A short form of a known thing is annotated as its form, but names nothing by itself.
_GENERIC = re.compile(
    r"^(?:本次|本届|该|此次|这次|这|此|本|今年|同届)?的?(?:大会|峰会|论坛|分论坛|年会|会议|展会|展览|博览会|活动|盛会|公司|集团|企业|"
    r"医院|学校|大学|学院|机构|平台|产品|系统|报告|白皮书|中心|双方|两家|会|展)$"
)


#: 云原生计算基金会（CNCF）: the name, and in brackets another form of it.
_GLOSSED = re.compile(r"(?P<name>.+)[（(](?P<gloss>[^（()）]+)[）)]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9 .&+'\-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """One annotated text.

    Args:
        mentions: every occurrence of every form that is marked, the longest first where they overlap.
        optional: names that a reader may or may not want.
        relations, optional_relations: subject, predicate, object, by canonical name.
        forms: type and form -> canonical name, of all forms, marked or not.
    """

    document: Document
    mentions: tuple[Mention, ...]
    optional: frozenset[str]
    relations: frozenset[tuple[str, str, str]]
    optional_relations: frozenset[tuple[str, str, str]]
    forms: Mapping[tuple[str, str], str] = field(default_factory=dict)

    def rename(self, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
        """Found mentions, named as annotated where the text annotates the same form."""
        return tuple(
            replace(m, name=self.forms.get((m.type, m.text), self.forms.get((m.type, m.name), m.name)))
            for m in mentions
        )


def read_annotations(path: Path, *, year: int | None = None) -> tuple[Annotated, ...]:
    """The texts of one file.

    Raises:
        InputError: with file and line where a row is not an annotated text.
    """
    out = []
    for place, row in read_rows(path):
        if not isinstance(row.get("text"), str):
            raise InputError(f"{place}: no text; see seeds/annotated/README.md")
        out.append(_annotated(row, year))
    return tuple(out)


def marked_forms(thing: dict[str, Any]) -> set[str]:
    """The forms of an annotated thing to mark in a text: those that name it, and no more than it.

    Not two of them, one in brackets after the other, which are two mentions; nor one that says something
    before the name (德国通快, 影像芯片澎湃C1): where a name begins is what a tagger has to learn.
    """
    name, forms = thing["name"], {form for form in (thing["name"], *thing["forms"]) if form}
    own = name if len(name) > 1 and not _GENERIC.match(name) else None
    return {
        form
        for form in forms
        if not _GENERIC.match(form)
        and not _is_glossed(form, forms)
        and not (own and form != own and form.endswith(own))
    }


def _is_glossed(form: str, forms: set[str]) -> bool:
    match = _GLOSSED.fullmatch(form)
    return bool(match and match["name"] in forms and (match["gloss"] in forms or _LATIN.fullmatch(match["gloss"])))


def _annotated(row: dict[str, Any], year: int | None) -> Annotated:
    document = Document(id=row["id"], text=row["text"], date=row.get("date"), year=year)
    return Annotated(
        document=document,
        mentions=tuple(_mentions(document, row)),
        forms={
            (entity["type"], form): entity["name"]
            for entity in reversed([*row.get("entities", ()), *row.get("optional_entities", ())])
            for form in (*entity["forms"], entity["name"])
        },
        optional=frozenset(e["name"] for e in row.get("optional_entities", ())),
        relations=frozenset((s, p, o) for s, p, o in row.get("relations", ())),
        optional_relations=frozenset((s, p, o) for s, p, o in row.get("optional_relations", ())),
    )


def _mentions(document: Document, row: dict[str, Any]) -> list[Mention]:
    entities = [*row.get("entities", ()), *row.get("optional_entities", ())]
    forms = {
        form: entity
        for entity in reversed(entities)
        for form in marked_forms(entity)
        if entity["type"] in ENTITY_TYPES
    }
    taken, folded = bytearray(len(document.text)), fold_text(document.text)
    out = []
    for form in sorted(forms, key=lambda f: (-len(f), f)):
        for span in _occurrences(document.text, form):
            if not any(taken[span.start : span.end]):
                taken[span.start : span.end] = b"\1" * len(span)
                entity, (start, end) = forms[form], inside_marks(folded, span.start, span.end)
                out.append(
                    Mention(
                        doc_id=document.id, span=Span(start, end), text=document.text[start:end],
                        type=entity["type"], name=entity["name"], finder="gold",
                    )
                )  # fmt: skip
    return sorted(out, key=lambda m: m.span)


def _occurrences(text: str, form: str) -> Iterable[Span]:
    at = text.find(form)
    while at >= 0:
        end = at + len(form)
        if not (_joins(text, at) or _joins(text, end)):
            yield Span(at, end)
        at = text.find(form, at + 1)


def _joins(text: str, at: int) -> bool:
    """Whether a Latin word or a number goes on over ``at``."""
    return 0 < at < len(text) and all(c.isascii() and c.isalnum() for c in text[at - 1 : at + 1])


def fold_of(files: Sequence[Path], folds: int) -> dict[Path, int]:
    """Each file's fold, for cross-validation by file: texts of one file never part."""
    return {path: index % folds for index, path in enumerate(sorted(files))}


#: A predicate on the left is right, too, wherever the text has one on the right.
MORE_GENERAL = {"attends": ("speaksAt", "exhibitsAt"), "organizer": ("coOrganizer",)}
_VALUED = ("theme", "topic", "feature", "specification", "participantCount", "startDate", "endDate", "releaseDate")
_IDLE = re.compile(r"[\s\"'“”‘’「」『』《》〈〉·•・—\-–－，,。、：:；;]")


class Licence:
    """Tells which facts an annotated text licenses (by the guide's rules of scoring)."""

    def __init__(self, text: Annotated) -> None:
        self._right = {_folded(f) for f in text.relations}
        self._optional = {_folded(f) for f in text.optional_relations} - self._right
        self._names = text.optional

    def judge(self, subject: str, predicate: str, object_: str) -> bool | None:
        """True for a fact of the text, False for none, None for one that a reader may or may not want."""
        fact = _folded((subject, predicate, object_))
        if self._licensed(fact, self._right):
            return True
        if self._licensed(fact, self._optional) or subject in self._names or object_ in self._names:
            return None
        return False

    def _licensed(self, fact: tuple[str, str, str], among: set[tuple[str, str, str]]) -> bool:
        subject, predicate, object_ = fact
        return (
            fact in among
            or (predicate == "cooperatesWith" and (object_, predicate, subject) in among)
            or any((subject, p, object_) in among for p in MORE_GENERAL.get(predicate, ()))
        )


def _folded(fact: tuple[str, str, str]) -> tuple[str, str, str]:
    subject, predicate, object_ = fact
    if predicate.endswith("Date"):
        return subject, predicate, object_[:10]
    if predicate in _VALUED:
        return subject, predicate, _IDLE.sub("", unicodedata.normalize("NFKC", object_).lower())
    return fact
