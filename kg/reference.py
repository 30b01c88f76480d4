"""Short forms inside one document: 大会, 该公司, 医院, 其, 前者; and names that brackets introduce.

Every short form that can be resolved becomes a :class:`kg.model.Mention` with ``anaphor``
set and the ``name`` of what it refers to, so that the relation stages read 该公司 like the
company itself. One that can't be resolved safely is left out: a wrong antecedent makes
wrong facts, a missing one only fewer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.folding import fold_text
from kg.model import Document, Mention, Sentence, Span

#: 国际货币基金组织（IMF）, （以下简称“信通院”）, （下称X）, 简称X.
_INTRODUCES = re.compile(r"(?:（(?:以下|下)?(?:简?称|简称为)[：:]?(?:为)?|(?:，|（)?(?:以下|下)?(?:简称|简称为))[“《]?$")
_BRACKET = re.compile(r"[”》]?（[“《]?")
_BRACKET_END = re.compile(r"[”》]?[）；，]")
_CLAUSE_START = frozenset("，。；：！？、“”（）\n —…|")
_LEADS = ("在", "对", "由", "为", "与", "和", "给", "向", "至", "出席", "参加", "据", "本届", "今年", "此次", "如今", "目前", "同时", "此外", "其中", "但", "而", "并", "也", "则", "是", "让", "使", "当天", "昨天", "日", "上", "中", "自", "到", "从", "称", "该", "加入", "随后", "当时", "还有", "这届", "这场", "后来", "以", "入", "任", "随", "据悉", "如果", "会同", "及", "至于")
_NOT_AFTER_BARE = re.compile(r"[们化制型类级法股票]|上市公司|代表团|旗下的?公司")
_FIRST_OF_TWO = ("前", "其一", "第一")
_SUBJECT_WINDOW = 3
#: Mentions that a reader still has in mind; it also keeps a long document's time linear.
_MEMORY = 300
#: 本届展会 in a text that names only the forum beside it: an exhibition is no meeting for talks.
_FAIR = re.compile("(?:展|展会|展览|博览会|交易会|展销会)$")
_TALK = re.compile("(?:论坛|研讨会|座谈会|沙龙|讲坛)”?$")
_SIDE_EVENT = re.compile(r"(?:首场|首次|专场)?(?:新闻|媒体)?(?:发布会|吹风会|开幕式|闭幕式|启动仪式|总决赛|决赛|欢迎晚宴|开幕晚会|颁奖典礼|推介会|见面会)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortForm:
    """A form of ``seeds/lexicon/words/anaphors.tsv``."""

    form: str
    type: str
    kind: str


class ReferenceFinder:
    """Resolves the short forms of a document.

    Args:
        forms: the short forms; a longer one wins over one inside it.
    """

    def __init__(self, forms: Iterable[ShortForm]) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        self._forms: Mapping[str, ShortForm] = {f.form: f for f in forms}
        self._automaton = AhoCorasick(list(self._forms), matchkind=MatchKind.LeftmostLongest) if self._forms else None

    def resolve(
        self, document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention]
    ) -> tuple[Mention, ...]:
        """The mentions, with introduced names led to their full form, and the short forms."""
        text = fold_text(document.text)
        named = _introduced(text, sorted(mentions, key=lambda m: m.span))
        earlier: list[Mention] = []
        waiting = 0
        for sentence in sentences:
            for span in self._found(text, sentence.span):
                while waiting < len(named) and named[waiting].span.end <= span.start:
                    earlier.append(named[waiting])
                    waiting += 1
                if waiting < len(named) and named[waiting].span.overlaps(span):
                    continue
                form = self._forms[text[span.start : span.end]]
                if not _stands_alone(text, span, form):
                    continue
                found = _antecedent(form, span, sentence, earlier[-_MEMORY:], text)
                if found is not None:
                    earlier.append(_short_mention(document, span, found))
        return tuple(earlier + named[waiting:])

    def _found(self, text: str, inside: Span) -> list[Span]:
        """Where short forms stand in a sentence, the longest at each place."""
        if self._automaton is None:
            return []
        found = self._automaton.find_matches_as_indexes(text[inside.start : inside.end])
        return [Span(start + inside.start, end + inside.start) for _, start, end in found]
_TELLS_THERE = re.compile("(?:发布?|刊发|披露)?公告|披露|上市|挂牌")


def _short_mention(document: Document, span: Span, found: Mention) -> Mention:
    return Mention(
        doc_id=document.id, span=span, text=document.text[span.start : span.end], type=found.type, name=found.name,
        finder="reference", cls=found.cls, score=found.score * 0.9, anaphor=True,
    )  # fmt: skip


def _introduced(text: str, mentions: list[Mention]) -> list[Mention]:
    """Mentions, where 全称（简称） gives the second the name of the first."""
    out: list[Mention] = []
    for mention in mentions:
        before = out[-1] if out else None
        if before is not None and before.name != mention.name:
            between = text[before.span.end : mention.span.start]
            closes = text[mention.span.end : mention.span.end + 2]
            told = len(between) <= 10 and _INTRODUCES.search(between) and closes[:1] in ("）", "”", "》")
            # two names that everybody knows are not introduced: 中央宣传部（国家新闻出版署） is no short form
            known = all("gazetteer" in m.finder for m in (before, mention))
            told = told or bool(not known and _BRACKET.fullmatch(between) and _BRACKET_END.match(closes))
            # a foreign name in brackets is that of what stands before them, whatever it looks like
            foreign = between == "（" and closes[:1] == "）" and mention.text.isascii() and before.type != "Place"
            if told and (before.type == mention.type or foreign):
                mention = replace(mention, name=before.name, type=before.type, cls=before.cls)
        out.append(mention)
    return out


def _stands_alone(text: str, span: Span, form: ShortForm) -> bool:
    """Whether a bare form is used as a short form here, not as a part of a longer noun."""
    if form.kind != "bare":
        return True
    if _NOT_AFTER_BARE.match(text, span.end):
        return False
    if span.start == 0 or text[span.start - 1] in _CLAUSE_START:
        return True
    return text.endswith(_LEADS, max(0, span.start - 4), span.start)


def _antecedent(
    form: ShortForm, span: Span, sentence: Sentence, earlier: Sequence[Mention], text: str
) -> Mention | None:
    if form.kind == "ordinal":
        return _one_of_two(form, earlier, text)
    if form.kind == "pair":  # both at once: no one thing
        return None
    if form.kind == "pronoun":
        return _person(span, sentence, earlier) if form.type == "Person" else _possessor(form, span, sentence, earlier, text)
    fitting = [m for m in earlier if m.type == form.type]
    if not fitting:
        return None
    if form.type == "Forum":
        return _forum(form, fitting)
    head = _head(form.form)
    alike = [m for m in fitting if m.name.endswith(head)] if head else []
    if alike:
        return alike[-1]
    if form.type == "Organization" and head not in ("公司", "集团", "企业", "机构", "团队", "厂商", "巨头", "平台", "初创企业"):
        return None
    if form.type == "Organization":
        companies = [m for m in fitting if m.cls in (None, "Company", "Organization") and not _is_market(m, text)]
        return _topic(companies, sentence)
    return fitting[-1] if form.kind == "definite" else None


def _is_market(mention: Mention, text: str) -> bool:
    """木棉科技在港交所公告，公司……: the exchange is where the company tells it."""
    return text.endswith(("在", "于"), 0, mention.span.start) and _TELLS_THERE.match(text, mention.span.end) is not None


def _head(form: str) -> str:
    return re.sub(r"^(?:该|本届|本次|此次|这次|这场|这届|这家|这款|这个|这一|这|本|此|今年的?|当年的?|上述|这枚|这部|这本|这项|这套|这座|那家|该家)", "", form)


def _forum(form: ShortForm, forums: Sequence[Mention]) -> Mention | None:
    head = _head(form.form)
    if _FAIR.search(head):
        forums = [m for m in forums if not _TALK.search(m.name)]
        if not forums:
            return None
    alike = [m for m in forums if m.name.rstrip("”").endswith(head)]
    main = [m for m in forums if m.cls not in ("SubForum", "LaunchEvent")]
    if head in ("分论坛", "平行论坛", "发布会", "颁奖典礼", "开幕式", "圆桌"):
        return alike[-1] if alike else None
    if head in ("论坛", "沙龙", "博览会", "展会", "展览", "研讨会", "年会", "峰会") and alike:
        return alike[-1]
    whole = _whole_of(head, forums)
    if whole is not None and not alike:
        return whole
    pool = alike or main or forums
    return pool[-1] if len({m.name for m in pool}) == 1 else (main or pool)[-1]


def _whole_of(head: str, forums: Sequence[Mention]) -> Mention | None:
    """大会 after 第三届轨道交通大会新闻发布会: the conference that the press conference is about."""
    for forum in reversed(forums):
        at = forum.name.find(head)
        if at > 1 and _SIDE_EVENT.fullmatch(forum.name, at + len(head)):
            return replace(forum, name=forum.name[: at + len(head)])
    return None


def _topic(fitting: Sequence[Mention], sentence: Sentence) -> Mention | None:
    """The company spoken of: the latest that opens a sentence, else the latest."""
    if not fitting:
        return None
    recent = fitting[-_SUBJECT_WINDOW:]
    names = {m.name for m in recent}
    if len(names) == 1:
        return recent[-1]
    inside = [m for m in recent if m.span.start >= sentence.span.start]
    return inside[0] if inside else recent[-1]


def _person(span: Span, sentence: Sentence, earlier: Sequence[Mention]) -> Mention | None:
    people = [m for m in earlier if m.type == "Person" and span.start - m.span.end < 120]
    if not people:
        return None
    inside = [m for m in people if m.span.start >= sentence.span.start]
    if inside:
        return inside[0] if len({m.name for m in inside}) == 1 else None
    last = people[-1]
    crowd = {m.name for m in people if last.span.start - m.span.start < 40}
    return last if len(crowd) == 1 else None


def _possessor(
    form: ShortForm, span: Span, sentence: Sentence, earlier: Sequence[Mention], text: str
) -> Mention | None:
    """其: the latest organization or product of this sentence, where nothing competes."""
    inside = [m for m in earlier if m.span.start >= sentence.span.start and m.type in ("Organization", "Product", "Person")]
    pool = inside or [m for m in earlier if m.type in ("Organization", "Product") and span.start - m.span.end < 60]
    return pool[-1] if pool and len({m.name for m in pool[-2:]}) == 1 else None


def _one_of_two(form: ShortForm, earlier: Sequence[Mention], text: str) -> Mention | None:
    """前者 and 后者: of the two latest of one type that 和, 与 or 、 join, or that stand last."""
    named = [m for m in earlier if not m.anaphor and m.type != "Place" and form.type in ("any", m.type)]
    for first, second in zip(reversed(named[:-1]), reversed(named[1:]), strict=False):
        between = text[first.span.end : second.span.start]
        if first.type == second.type and first.name != second.name and len(between) <= 30 and not re.search("[。！？]", between):
            return first if form.form.startswith(_FIRST_OF_TWO) else second
    return None
