"""The pattern proposer: the rules of ``seeds/patterns`` over one reading."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from statistics import median

from kg.model import Mention, Reading, Rejected, Relation, Span, Value, ValueMention
from kg.relations.employers import Employers
from kg.relations.encoding import Title, encode_sentences
from kg.relations.judgement import Judge
from kg.relations.matcher import Claim, Focus, RuleSet, match_rules
from kg.relations.parts import plays_another_part
from kg.relations.people import OF_GUESTS, People, blanked
from kg.relations.places import PlaceCheck
from kg.relations.rules import Rule, load_rules
from kg.relations.titles import TitleFinder

#: A product is spoken of no further than this many characters on: what comes later has its own.
_PRODUCT_REACH = 60
#: Classes of forums that stand within another one.
_PARTS = ("SubForum", "Ceremony")
#: Where a press conference tells of an event, theme, numbers and the like are those of the event;
#: only who spoke and who came may be meant of the press conference itself.
_BRIEFING = re.compile(
    "(?P<event>.{2,}(?:大会|论坛|峰会|年会|博览会|展|节|赛|周))?.{0,4}(?:新闻发布会|吹风会|通气会|媒体见面会|通报会)$"
)
#: The length of 2017-12-04; a shorter date tells no day.
_WHOLE_DAY = 10


@dataclass(frozen=True, kw_only=True)
class PatternFinder:
    """Finds relations by rules.

    Args:
        precision: rule id -> its measured precision; a rule that was never measured counts as the
            middling one.
    """

    rules: tuple[Rule, ...]
    titles: TitleFinder
    judge: Judge
    places: PlaceCheck
    employers: Employers
    precision: Mapping[str, float]

    @classmethod
    def load(cls, extra: Sequence[Path] = (), least: float = 0.0) -> PatternFinder:
        """The shipped rules and those of ``extra`` files.

        Args:
            least: rules measured as less precise are left out. 0 where another stage weighs what
                they say; alone, the loose ones would do more harm than good.
        """
        from kg.relations.precision import load_precision
        from kg.relations.titles import title_finder
        from kg.resources import resource
        from kg.schema import load_schema
        from kg.seeds import load_lexicon

        precision = load_precision()
        files = [*sorted(resource("seeds/patterns").glob("*.toml")), *extra]
        schema = load_schema()
        rules, groups = load_rules(
            files, load_lexicon().lists.triggers, frozenset(schema.properties), frozenset(schema.classes)
        )
        return cls(
            rules=tuple(rule for rule in rules if precision.get(rule.id, 1.0) >= least),
            titles=title_finder(),
            judge=Judge.from_groups(groups),
            places=PlaceCheck.from_lexicon(load_lexicon()),
            employers=Employers.from_rows(load_lexicon().lists.rows["employers"]),
            precision=precision,
        )

    def find(self, reading: Reading) -> tuple[tuple[Relation, ...], tuple[Rejected, ...]]:
        """The claims of one document: facts, and what looked like a fact and why it is none."""
        relations: dict[tuple[object, ...], Relation] = {}
        rejected: dict[tuple[str, str, str, str], Rejected] = {}
        days: list[Claim] = []
        for claim, reason in self._judged(reading):
            if reason is not None:
                row = Rejected(
                    predicate=claim.predicate, subject=claim.subject.name, object=_name(claim.object),
                    reason=reason, evidence=claim.evidence,
                )  # fmt: skip
                rejected.setdefault((row.predicate, row.subject, row.object, reason), row)
            elif claim.predicate == "days":
                days.append(claim)
            else:
                for relation in self._relations(claim):
                    key = _key(relation)
                    known = relations.get(key)
                    if known is None or self._rank(known) < self._rank(relation):
                        relations[key] = relation
        relations |= {_key(r): r for r in self._other_days(days, relations.values()) if _key(r) not in relations}
        facts = tuple(relations.values())
        told = {(r.predicate, r.subject.name, _name(r.object)) for r in facts}
        return facts, tuple(r for r in rejected.values() if (r.predicate, r.subject, r.object) not in told)

    def find_many(self, readings: Sequence[Reading]) -> list[tuple[tuple[Relation, ...], tuple[Rejected, ...]]]:
        """The claims of each document."""
        return [self.find(reading) for reading in readings]

    def people(self, reading: Reading) -> People:
        """The persons of one document."""
        return People(reading, self.titles.find)

    def claims(self, reading: Reading) -> Iterator[Relation]:
        """Every fact of every rule, also where several rules read the same one."""
        days: list[Claim] = []
        told: list[Relation] = []
        for claim, reason in self._judged(reading):
            if reason is None and claim.predicate == "days":
                days.append(claim)
            elif reason is None:
                told += self._relations(claim)
        yield from told
        yield from self._other_days(days, told)

    @cached_property
    def _rule_set(self) -> RuleSet:
        return RuleSet(self.rules)

    def _judged(self, reading: Reading) -> Iterator[tuple[Claim, str | None]]:
        focus = _focus(reading, self.employers)
        titles = tuple(self.titles.find(blanked(reading)))
        for encodings in encode_sentences(reading, titles):
            for encoded in encodings:
                hearing = self.judge.hear(encoded)
                for claim in match_rules(encoded, self._rule_set, focus):
                    yield claim, hearing.reason(claim) or self._contradicted(claim, reading.document.text)

    def _contradicted(self, claim: Claim, text: str) -> str | None:
        """``contradicted`` where the lexicon knows the place to lie elsewhere, or the post to be held elsewhere, and
        where an end is named for something else.
        """
        end = claim.object.span if isinstance(claim.object, Mention) else claim.evidence.object
        if plays_another_part(claim.predicate, text, claim.subject, end):
            return "contradicted"
        if claim.predicate == "worksFor":
            titles = [title.text for title in claim.titles]
            return "contradicted" if self.employers.rules_out(titles, _name(claim.object)) else None
        return self.places.reason(claim.predicate, claim.subject, claim.object)

    def _relations(self, claim: Claim) -> Iterator[Relation]:
        if claim.predicate == "dates":
            assert isinstance(claim.object, ValueMention), "the loader checks that dates are values"
            yield self._relation(claim, "startDate", claim.object.value)
            if claim.object.end is not None:
                yield self._relation(claim, "endDate", claim.object.end)
        elif isinstance(claim.object, ValueMention):
            value = claim.object.value
            if claim.predicate == "endDate" and claim.object.end is not None:
                value = claim.object.end
            yield self._relation(claim, claim.predicate, value)
        else:
            yield self._relation(claim, claim.predicate, claim.object)

    def _relation(self, claim: Claim, predicate: str, object_: Mention | Value) -> Relation:
        return Relation(
            predicate=predicate, subject=claim.subject, object=object_, evidence=claim.evidence,
            confidence=self._confidence(claim.rule), qualifiers=claim.qualifiers,
        )  # fmt: skip

    def _rank(self, relation: Relation) -> tuple[bool, float]:
        """Of several readings of a fact the surest is told, a user's own before those of shipped rules."""
        return relation.evidence.rule not in self.precision, relation.confidence

    def _confidence(self, rule: Rule) -> float:
        known = self.precision.get(rule.id)
        return self._middling if known is None else known

    @cached_property
    def _middling(self) -> float:
        return median(self.precision.values()) if self.precision else 0.5

    def _other_days(self, durations: list[Claim], relations: Iterable[Relation]) -> Iterator[Relation]:
        """Of 为期三天 the last day where the first one is known, and the first where only the last one is."""
        known: dict[str, dict[str, str]] = {"startDate": {}, "endDate": {}}
        for relation in relations:
            if relation.predicate in known and isinstance(relation.object, Value):
                known[relation.predicate].setdefault(relation.subject.name, relation.object.text)
        for claim in durations:
            if not isinstance(claim.object, ValueMention) or not claim.object.days:
                continue
            rest = timedelta(days=claim.object.days - 1)
            first, last = (known[predicate].get(claim.subject.name, "") for predicate in known)
            if len(first) >= _WHOLE_DAY:
                yield self._dated(claim, "endDate", date.fromisoformat(first[:_WHOLE_DAY]) + rest)
            elif not first and len(last) >= _WHOLE_DAY:
                day = date.fromisoformat(last[:_WHOLE_DAY])
                if day - date.min >= rest:  # no calendar begins before
                    yield self._dated(claim, "startDate", day - rest)

    def _dated(self, claim: Claim, predicate: str, day: date) -> Relation:
        return self._relation(replace(claim, predicate=predicate), predicate, Value("date", day.isoformat()))


def _focus(reading: Reading, employers: Employers) -> Focus:
    """The latest thing of a type before an offset; before the first one, the first.

    Of employers the latest that the post fits; none where none does.
    """
    by_type: dict[str, list[Mention]] = {}
    for mention in reading.mentions:
        by_type.setdefault(mention.type, []).append(mention)

    forums = by_type.get("Forum", [])
    main = _main_forum(forums)
    events = [event for f in forums if (event := _event_of(f))]

    def find(kind: str, offset: int, predicate: str, titles: Sequence[Title]) -> Mention | None:
        if kind == "@main":
            return main
        if kind == "@employer":
            known = by_type.get("Organization", [])
            before = known[: bisect_right(known, offset, key=lambda m: m.span.start)]
            return employers.find(titles[0].text, before, reading.document.text, offset) if titles else None
        about_event = kind == "Forum" and events and predicate not in OF_GUESTS
        known = events if about_event else by_type.get(kind, [])
        at = bisect_right(known, offset, key=lambda m: m.span.start)
        found = known[max(0, at - 1)] if known else None
        if kind == "Product" and found is not None and not 0 <= offset - found.span.end <= _PRODUCT_REACH:
            return None
        return found

    return find


def _event_of(forum: Mention) -> Mention | None:
    """The forum itself; of the press conference of an event the event, if its name tells it."""
    briefing = _BRIEFING.match(forum.name)
    if not briefing:
        return forum
    event = briefing["event"]
    if not event or not forum.text.startswith(event):
        return None
    return replace(forum, name=event, text=event, span=Span(forum.span.start, forum.span.start + len(event)))


def _main_forum(forums: Sequence[Mention]) -> Mention | None:
    """The forum that a document names most, parts of others left aside; the first of equals."""
    whole = [f for f in forums if f.cls not in _PARTS]
    counts = Counter(f.name for f in whole)
    return max(whole, key=lambda f: (counts[f.name], -f.span.start), default=None)


def _name(object_: Mention | ValueMention | Value) -> str:
    if isinstance(object_, Mention):
        return object_.name
    return object_.value.text if isinstance(object_, ValueMention) else object_.text


def _key(relation: Relation) -> tuple[object, ...]:
    """Two relations of one document with the same key are one claim; a sentence each stays apart."""
    return (relation.predicate, relation.subject.name, _name(relation.object), relation.evidence.span.start)
