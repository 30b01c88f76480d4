"""Reads the examples of relation rules: a text with its mentions and values marked.

``[乌镇|Place]`` is a mention, ``[木棉分论坛|Forum:SubForum]`` one of a known class;
``{12月3日|2017-12-03}`` a day, ``{3日至5日|2017-12-03/2017-12-05}`` a range, ``{三天|3}`` a duration,
``{411家企业|411家企业}`` a count; ``<内弯半径为3mm|内弯半径=3mm>`` a measure.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.model import ENTITY_TYPES, Document, Mention, Reading, Span, Value, ValueMention
from kg.sentences import split_sentences

_MARKED = re.compile(r"\[([^|\[\]]+)\|([A-Za-z:]+)\]|\{([^|{}]+)\|([^{}]+)\}|<([^|<>]+)\|([^<>]+)>")
_DAY = re.compile(r"\d{4}-\d\d(?:-\d\d)?")


def read_example(marked: str, id: str = "example") -> Reading:
    """The reading that the relation stages would get for a marked text."""
    plain: list[str] = []
    mentions: list[Mention] = []
    values: list[ValueMention] = []
    at = done = 0
    for match in _MARKED.finditer(marked):
        plain.append(marked[done : match.start()])
        at += len(plain[-1])
        text = match[1] or match[3] or match[5]
        span = Span(at, at + len(text))
        if match[1]:
            mentions.append(_mention(id, span, text, match[2]))
        else:
            values.append(_value(id, span, text, match[4] or match[6], measure=match[5] is not None))
        plain.append(text)
        at, done = span.end, match.end()
    document = Document(id=id, text="".join([*plain, marked[done:]]))
    return Reading(
        document=document, sentences=tuple(split_sentences(document)), mentions=tuple(mentions), values=tuple(values)
    )


def _mention(id: str, span: Span, text: str, kind: str) -> Mention:
    kind, _, cls = kind.partition(":")
    assert kind in ENTITY_TYPES, f"unknown type {kind!r} in an example"
    return Mention(doc_id=id, span=span, text=text, type=kind, name=text, finder="example", cls=cls or None)  # type: ignore[arg-type]


def _value(id: str, span: Span, text: str, given: str, *, measure: bool) -> ValueMention:
    make: Callable[..., ValueMention] = lambda value, **more: ValueMention(  # noqa: E731
        doc_id=id, span=span, text=text, value=value, **more
    )
    if measure:
        name, _, figure = given.partition("=")
        return make(Value("specification", given, (("name", name), ("value", figure))))
    first, _, last = given.partition("/")
    if _DAY.fullmatch(first):
        return make(Value("date", first), end=Value("date", last) if last else None)
    if given.isdigit():
        return make(Value("text", text), days=int(given))
    number = re.match(r"\d+", given)
    return make(Value("count", given, (("number", number[0]),) if number else ()))
