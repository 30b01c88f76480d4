"""Runs the rules over encoded sentences and makes claims of their matches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from kg.model import Evidence, Mention, Span, Value, ValueMention
from kg.relations.encoding import Encoded, Title, Unit
from kg.relations.language import UNIT_NAMES
from kg.relations.rules import FOCUS, FactTemplate, Rule

Object = Mention | ValueMention
#: (type, offset, predicate, posts told there) -> the thing of the type in focus there, or None.
Focus = Callable[[str, int, str, Sequence[Title]], Mention | None]
#: 、 parts items; 和 parts only the last two of several, and 与 none: 互联网与社会 is one topic.
_COMMA = re.compile("[、，；]")
_LAST_AND = re.compile("以及|(?<=[\u4e00-\u9fff”）])[和及](?=[\u4e00-\u9fff“])")
#: 为用户提供|预约挂号: what leads to a list is no part of its first item.
_LIST_LEAD = re.compile(r"为[^、]{0,8}?提供(?=[^、]{2})")
#: 能翻身、还能喂饭: the verb that leads to the list may be said again.
_MODAL = re.compile(
    "(?:(?:还|也|并|又|更)?(?:可以|能够|可(?![持再视信控靠穿行编折循回观移读见])|能(?![源力量耗效级见])|会(?![议展员场计商徽馆诊]))"
    "(?=[^、]{2}))?"
)
_LIST_TAIL = re.compile(
    r"(?:(?<![平同均])等[^、]{0,14}|[两三四五六七八九十多\d]+[大个项种类方样][^、]{0,14}|(?:功能|服务|能力|业务|操作))$"
)
_MAX_MATCHES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A match of a rule, before it is judged.

    Args:
        scope: from the first to the last character of the match, in the document.
        titles: the posts within the match.
    """

    predicate: str
    subject: Mention
    object: Object
    rule: Rule
    evidence: Evidence
    scope: Span
    qualifiers: tuple[tuple[str, str], ...]
    titles: tuple[Title, ...]


class RuleSet:
    """Rules, asked which of them a sentence may match at all.

    Most rules lack some character that they need; all such needs of all rules are bits of one number.
    Rules that need the same kinds of units stand together, to be passed over together.
    """

    def __init__(self, rules: Iterable[Rule]) -> None:
        bits: dict[frozenset[str], int] = {}
        self._met_by: dict[str, int] = {}
        groups: dict[int, list[tuple[int, int, Rule]]] = {}
        for order, rule in enumerate(rules):
            needed = units = 0
            for need in rule.compiled.needs:
                bit = bits.setdefault(need, 1 << len(bits))
                needed |= bit
                units |= bit if need <= UNIT_NAMES.keys() else 0
            groups.setdefault(units, []).append((order, needed, rule))
        self._groups = tuple((units, tuple(members)) for units, members in groups.items())
        for need, bit in bits.items():
            for char in need:
                self._met_by[char] = self._met_by.get(char, 0) | bit

    def possible(self, text: str) -> list[Rule]:
        """The rules whose needs the encoded text meets, in their order."""
        met = 0
        for char in {*text}:
            met |= self._met_by.get(char, 0)
        unmet = ~met
        found: list[tuple[int, Rule]] = []
        for units, members in self._groups:
            if not units & unmet:
                found += [(order, rule) for order, needed, rule in members if not needed & unmet]
        return [rule for _, rule in sorted(found, key=itemgetter(0))]


def match_rules(encoded: Encoded, rules: RuleSet, focus: Focus) -> Iterator[Claim]:
    """All claims of the rules in one encoded sentence; the same fact may come more than once."""
    for rule in rules.possible(encoded.text):
        for match in _matches(rule.compiled.regex, encoded.text):
            if all(encoded_text(encoded, match, of).startswith(words) for of, words in rule.begins):
                yield from _claims(encoded, rule, match, focus)


def _matches(regex: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Matches at each place where one begins, overlapping ones too."""
    matches: list[re.Match[str]] = []
    match = regex.search(text)
    while match is not None and len(matches) < _MAX_MATCHES:
        matches.append(match)
        match = regex.search(text, match.start() + 1)
    return matches


@dataclass(frozen=True, slots=True)
class _Told:
    """What all claims of one match share."""

    encoded: Encoded
    rule: Rule
    scope: Span
    qualifiers: tuple[tuple[str, str], ...]
    titles: tuple[Title, ...]

    @classmethod
    def of(cls, encoded: Encoded, rule: Rule, match: re.Match[str]) -> _Told:
        inside = range(match.start(), match.end())
        titles = tuple(unit for p in inside if isinstance(unit := encoded.units.get(p), Title))
        words = ((name, encoded_text(encoded, match, of)) for name, of in rule.qualifiers if match[of])
        return cls(encoded, rule, encoded.span(match.start(), match.end()), tuple(words), titles)

    def claim(self, predicate: str, subject: Mention, object_: Object) -> Claim:
        sentence = self.encoded.sentence
        evidence = Evidence(
            doc_id=sentence.doc_id, span=sentence.span, text=sentence.text, rule=self.rule.id,
            subject=subject.span, object=object_.span, trigger=self.scope,
        )  # fmt: skip
        return Claim(
            predicate=predicate, subject=subject, object=object_, rule=self.rule, evidence=evidence, scope=self.scope,
            qualifiers=self.qualifiers, titles=self.titles,
        )  # fmt: skip


def _claims(encoded: Encoded, rule: Rule, match: re.Match[str], focus: Focus) -> Iterator[Claim]:
    told = _Told.of(encoded, rule, match)
    for fact in rule.facts:
        for subject in _ends(told, match, fact, fact.subject, focus):
            for object_ in _ends(told, match, fact, fact.object, focus):
                # members of one list stand in a symmetric relation: told once, in the order of the text
                if fact.subject == fact.object and subject.span >= object_.span:
                    continue
                if isinstance(subject, Mention) and not _same(subject, object_):
                    yield told.claim(fact.predicate, subject, object_)


def _same(subject: Mention, object_: Object) -> bool:
    return isinstance(object_, Mention) and (subject.name, subject.type) == (object_.name, object_.type)


def encoded_text(encoded: Encoded, match: re.Match[str], variable: str) -> str:
    """The words of the sentence behind a variable, as they stand there."""
    start, end = match.span(variable)
    span = encoded.span(start, end).shift(-encoded.sentence.span.start)
    return encoded.sentence.text[span.start : span.end]


def _ends(told: _Told, match: re.Match[str], fact: FactTemplate, name: str, focus: Focus) -> list[Object]:
    encoded, rule = told.encoded, told.rule
    if name in FOCUS:
        found = focus(FOCUS[name], encoded.starts[match.start()], fact.predicate, told.titles)
        return [found] if found is not None else []
    start, end = match.span(name)
    if start < 0:
        return []
    kind = rule.compiled.kinds[name]
    if kind in ("unit", "units"):
        wanted = rule.compiled.types[name]
        cls = dict(rule.where).get(name)
        units = (encoded.units.get(p) for p in range(start, end) if UNIT_NAMES.get(encoded.text[p]) in wanted)
        return [u for u in units if u is not None and not isinstance(u, Title) and _is_of(u, cls)]
    span = encoded.span(start, end)
    if kind == "list":
        return list(_items(encoded, span))
    return [_text_value(encoded, span)]


def _is_of(unit: Object, cls: str | None) -> bool:
    return cls is None or (isinstance(unit, Mention) and unit.cls == cls)


def _text_value(encoded: Encoded, span: Span) -> ValueMention:
    base = encoded.sentence.span.start
    text = encoded.sentence.text[span.start - base : span.end - base]
    return ValueMention(doc_id=encoded.sentence.doc_id, span=span, text=text, value=Value("text", text))


def _items(encoded: Encoded, span: Span) -> Iterator[ValueMention]:
    base = encoded.sentence.span.start
    text = encoded.sentence.text[span.start - base : span.end - base]
    tail = _LIST_TAIL.search(text)
    text = text[: tail.start()] if tail else text
    lead = _LIST_LEAD.match(text)
    cuts = [(m.start(), m.end()) for m in _COMMA.finditer(text)]
    last = _LAST_AND.search(text, cuts[-1][1]) if cuts else None
    if last:
        cuts.append((last.start(), last.end()))
    starts = [lead.end() if lead else 0, *(end for _, end in cuts)]
    for start, end in zip(starts, [*(start for start, _ in cuts), len(text)], strict=True):
        start += _MODAL.match(text, start, end).end() - start  # type: ignore[union-attr]
        item = text[start:end].strip(' “”"「」')
        if 1 < len(item) <= 30:
            at = span.start + text.index(item, start)
            yield _text_value(encoded, Span(at, at + len(item)))


__all__ = ["Claim", "Focus", "Object", "RuleSet", "Unit", "match_rules"]
