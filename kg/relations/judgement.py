"""Tells claims that are facts from those that are negated, planned, hearsay and the like."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kg.model import ENTITY_TYPES, Mention
from kg.relations.encoding import Encoded, Title
from kg.relations.language import CLAUSE_MARKS, UNITS

if TYPE_CHECKING:
    from kg.relations.matcher import Claim

#: The reasons, each a word group of ``seeds/patterns/judgement.toml``; ``looks_<reason>`` names
#: the words that only look like it.
REASONS = ("negated", "hearsay", "conditional", "question", "planned", "former")
#: How far before the match a word still governs it: the whole sentence or its own clause.
_WHOLE_SENTENCE = ("hearsay", "conditional")
_FORMER = "前原"
#: Not 目前, 日前, 赛前 and 太原, which end so.
_FORMER_BEFORE = re.compile("(?<![目日此之以提年月天午会赛节空跟眼从先当幕太中平草高])[前原]$")
#: 前快手 taken for the name, but not 前海人寿 and 原子能院.
_FORMER_WITHIN = re.compile("前(?![海程沿进锋门山列线端瞻景卫方])|原(?![子平生创动力野点料油])")
#: 董事长张三因个人原因辞职: who leaves holds the post no longer; who will, or is said to, still does.
_NOT_YET = ("negated", "hearsay", "question", "planned")
_LEFT_ANOTHER = "从"
#: 张三辞职, 张三提交的书面辞职报告.
_LEAVES = re.compile("了?|(?:报告|申请|信|函).{0,4}")
_WALKED_OUT = ("离开", "出走")
#: 新华社记者张三、本报记者李四: the second works for the paper that prints this.
_OWN_PAPER = re.compile("本[报台网刊社]")
#: 本文来源：新京报 责任编辑：张三: the editor works for the site that prints the report anew.
_SOURCE, _EDITS = re.compile("(?:来源|来自)[：:]\\s*$"), re.compile("编辑|责编")
#: 搭载凌岫T2, 与在线运行的CR400相比, 在Steam售价36元: what follows tells of the whole, or of the other one.
_PART_OF_ANOTHER = re.compile(
    "(?:搭载|采用|运行|使用|内置|配备|标配|搭配|装有|装的是|安装|基于|依托|驱动|相比|较|比|(?:^|[，。；：])(?:与|和|跟|同|以)|(?<![存现内处旨意所潜健自])在)"
    "[了的着]?(?:[^，。；：、“”《]{0,8}?(?:的|芯片|系统|引擎|第?[一二两三四五六七八九十\\d]+[代颗个枚块款]))?[“《]?$"
)
_OF_ONE_PRODUCT = ("feature", "specification")
#: 发布了关于麒麟990的报告: the report came out. 指出，新推出的麒麟990: who says so did not bring it out.
_SUBJECT_MATTER = re.compile("(?:关于|涉及)(?:(?!印发|发布|公布|推出)[^，。；：“”《》]){0,24}$")
_SAID_BY_ANOTHER = re.compile(
    "(?:指出|表示|认为|称|说|透露|介绍|预计)[，：:][^。；]{0,12}(?:推出|发布|研发|研制|开发)的$"
)
_OF_MAKERS = ("releases", "develops")
#: 会见来华出席大会的某公司总裁: the guest attends, not who receives him.
_MEETS = re.compile(
    "(?:会见|接见|约见|看望|宴请|迎接|采访|专访)了?[^，。；：]{0,12}?(?:出席|参加|参会|与会|参展)[^，。；：]{0,10}$"
)
_ATTRIBUTE_ENDS = re.compile("[”》]?(?:开幕式|闭幕式|相关活动|活动|期间)?的")
_TAKES_PART = ("attends", "speaksAt", "exhibitsAt")
#: 宣读习近平主席贺信并致辞: who wrote the letter is not there.
_WROTE = re.compile(
    "(?:总书记|主席|总理|委员长|部长|会长|秘书长|总统|校长|院士|同志|先生|女士)?的?(?:贺信|贺电|贺词|来信|书面致辞|批示|讲话精神|重要讲话精神)"
)
#: 西博会在京举行新闻发布会: place and day are those of what tells of the event.
_TOLD_OF = re.compile(
    "[^。；]{0,40}?(?:举行|举办|召开|组织|举行了|举办了|召开了)(?:了一?场)?[^，。；：、的]{0,4}"
    "(?:新闻发布会|新闻通气会|情况通报会|吹风会|通气会|媒体见面会|动员会|动员大会|推介会|招展会|筹备会|倒计时|启动仪式|启动会)"
)
_OF_EVENTS = ("location", "dates", "startDate", "endDate", "days")
_FULL_STOP = re.compile("[。！？；]")
#: 将甲公司收入囊中: 将 right before a thing says what is done to it, not that it is still to come.
_ALIKE = {"planned": f"将(?=[{''.join(UNITS[kind] for kind in ENTITY_TYPES)}])"}


@dataclass(frozen=True, slots=True)
class Judge:
    """Compiled word groups.

    Args:
        tests: reason -> its expression.
        failed: what a sentence says last of a thing that came to nothing: 告吹, 未果.
    """

    tests: Mapping[str, re.Pattern[str]]
    failed: re.Pattern[str] | None

    @classmethod
    def from_groups(cls, groups: Mapping[str, frozenset[str]]) -> Judge:
        """A judge over the word groups of the pattern files."""
        tests = {}
        for reason in REASONS:
            if groups.get(reason):
                # a look-alike is consumed first, so that 不仅 never counts as 不
                alike = "|".join(filter(None, (_either(groups.get(f"looks_{reason}")), _ALIKE.get(reason))))
                tests[reason] = re.compile(f"(?:{alike})|(?P<hit>{_either(groups[reason])})")
        return cls(tests, re.compile(_either(groups["failed"])) if groups.get("failed") else None)

    def hear(self, encoded: Encoded) -> Hearing:
        """The judge of one sentence's claims."""
        return Hearing(self, encoded)


@dataclass(slots=True)
class Hearing:
    """One sentence's claims before the judge; what makes it doubtful is looked up once.

    Args:
        doubts: reason -> where its words stand; filled as it is asked for.
    """

    judge: Judge
    encoded: Encoded
    doubts: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def reason(self, claim: Claim) -> str | None:
        """Why the claim is not a fact, or None where it is one."""
        encoded = self.encoded
        if claim.predicate == "worksFor" and (_is_former(claim, encoded) or self._leaves(claim)):
            return "former"
        if claim.predicate == "worksFor" and _is_of_another_paper(claim, encoded):
            return "contradicted"
        if claim.predicate in _OF_ONE_PRODUCT and _is_part(claim, encoded):
            return "contradicted"
        if claim.predicate in _OF_MAKERS and _is_only_told_of(claim, encoded):
            return "contradicted"
        if claim.predicate in _TAKES_PART and _receives_guest(claim, encoded):
            return "contradicted"
        if claim.predicate == "subEventOf" and _is_told_by(claim):
            return "contradicted"
        if claim.predicate in _TAKES_PART and _WROTE.match(_after(claim.subject, encoded)):
            return "contradicted"
        if claim.predicate in _OF_EVENTS and _TOLD_OF.match(_after(claim.subject, encoded)):
            return "contradicted"
        start, end = _positions(claim, encoded)
        failed = self.judge.failed
        if failed is not None and failed.search(encoded.text, end, _sentence_end(encoded.text, end)):
            return "negated"
        clause = max(encoded.text.rfind(mark, 0, start) for mark in CLAUSE_MARKS) + 1
        for reason in self.judge.tests:
            if reason in claim.rule.allow or (reason == "former" and claim.predicate not in ("worksFor", "founderOf")):
                continue
            begin = 0 if reason in _WHOLE_SENTENCE else clause
            reach = _reach(reason, encoded.text, end)
            if any(begin <= first and last <= reach for first, last in self._doubts(reason)):
                return reason
        return None

    def _leaves(self, claim: Claim) -> bool:
        """Whether the clause goes on after the person to say no more than that he has left."""
        if claim.object.span.start > claim.subject.span.start:
            return False
        text = self.encoded.text
        begin = bisect_left(self.encoded.starts, claim.subject.span.end)
        end = next((at for at in range(begin, len(text)) if text[at] in CLAUSE_MARKS), len(text))
        left = [a for a, b in self._doubts("former") if begin <= a < b <= end and _LEAVES.fullmatch(text, b, end)]
        return any(
            not text.startswith(_WALKED_OUT, a)
            and _LEFT_ANOTHER not in text[begin:a]
            and not any(begin <= doubt < a for reason in _NOT_YET for doubt, _ in self._doubts(reason))
            for a in left
        )

    def _doubts(self, reason: str) -> tuple[tuple[int, int], ...]:
        found = self.doubts.get(reason)
        if found is None:
            matches = self.judge.tests[reason].finditer(self.encoded.text)
            found = self.doubts[reason] = tuple(m.span() for m in matches if m["hit"])
        return found


def _is_former(claim: Claim, encoded: Encoded) -> bool:
    """前院长, 前中国游泳队总教练: 前 or 原 as a word before the post or before the whole."""
    if any(title.text[0] in _FORMER for title in _own_titles(claim, encoded)):
        return True
    text, at = encoded.sentence.text, claim.object.span.start - encoded.sentence.span.start
    before = at > 0 and _FORMER_BEFORE.search(text, max(0, at - 2), at) is not None
    return before or (at >= 0 and _FORMER_WITHIN.match(text, at) is not None)


def _own_titles(claim: Claim, encoded: Encoded) -> Iterator[Title]:
    """Those of the claim's employer: in 研究院理事长、联合国原副秘书长张三 only the second post is a former one."""
    if claim.object.span.end <= claim.scope.start:
        return iter(claim.titles)
    units = encoded.units.values()
    others = (u.span.start for u in units if isinstance(u, Mention) and u.type == "Organization")
    following = min((at for at in others if at >= claim.object.span.end), default=claim.scope.end)
    first = claim.object.span.end if claim.object.span.start < claim.subject.span.start else claim.scope.start
    return (title for title in claim.titles if first <= title.span.start < following)


def _is_of_another_paper(claim: Claim, encoded: Encoded) -> bool:
    """Whether what is said of the person tells another medium than the one that is named."""
    between = _between(claim, encoded)
    at = claim.object.span.start - encoded.sentence.span.start
    reprint = _EDITS.search(between) and _SOURCE.search(encoded.sentence.text, 0, max(0, at))
    return bool(_OWN_PAPER.search(between) or reprint)


def _is_part(claim: Claim, encoded: Encoded) -> bool:
    """Whether the product is told as a part of another, or another is compared with it."""
    at = claim.subject.span.start - encoded.sentence.span.start
    return at > 0 and _PART_OF_ANOTHER.search(encoded.sentence.text, max(0, at - 16), at) is not None


def _is_only_told_of(claim: Claim, encoded: Encoded) -> bool:
    """Whether what comes out is about the product, or the product only stands in what the maker says."""
    first, last = (span.start - encoded.sentence.span.start for span in (claim.subject.span, claim.object.span))
    if not 0 <= first < last:
        return False
    text = encoded.sentence.text[first:last]
    return _SUBJECT_MATTER.search(text) is not None or _SAID_BY_ANOTHER.search(text) is not None


def _receives_guest(claim: Claim, encoded: Encoded) -> bool:
    """Whether the forum is only what the other person that the subject meets has come for."""
    text, base = encoded.sentence.text, encoded.sentence.span.start
    return (
        claim.object.span.start > claim.subject.span.end
        and _MEETS.search(_between(claim, encoded)) is not None
        and _ATTRIBUTE_ENDS.match(text, claim.object.span.end - base) is not None
    )


def _is_told_by(claim: Claim) -> bool:
    """Whether the whole is only what is held about the part: 西博会新闻发布会."""
    whole = claim.object
    return isinstance(whole, Mention) and whole.name != claim.subject.name and whole.name.startswith(claim.subject.name)


def _after(mention: Mention, encoded: Encoded) -> str:
    """The words after a mention of the sentence; none after one of another sentence."""
    at = mention.span.end - encoded.sentence.span.start
    return encoded.sentence.text[at:] if at > 0 else ""


def _between(claim: Claim, encoded: Encoded) -> str:
    """The words between the ends."""
    (_, start), (end, _) = sorted((span.start, span.end) for span in (claim.subject.span, claim.object.span))
    base = encoded.sentence.span.start
    return encoded.sentence.text[start - base : end - base]


def _reach(reason: str, text: str, end: int) -> int:
    """Questions are told by their end, the others before the match ends."""
    return _sentence_end(text, end) if reason == "question" else end


def _sentence_end(text: str, at: int) -> int:
    mark = _FULL_STOP.search(text, at)
    return mark.end() if mark else len(text)


def _positions(claim: Claim, encoded: Encoded) -> tuple[int, int]:
    starts = encoded.starts
    return bisect_left(starts, claim.scope.start), bisect_left(starts, claim.scope.end)


def _either(words: frozenset[str] | None) -> str:
    return "|".join(re.escape(w) for w in sorted(words or ("\x00",), key=lambda w: (-len(w), w)))
