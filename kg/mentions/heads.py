"""Head-word grammar: names of organizations, forums and products by the word they end with.

A name is built leftwards from its head word (大会, 研究院, 机器人) over the nouns, names,
numbers and quoted words before it, until a verb, a preposition, 的 or a mark stops it. Where
a name may begin at several places, each is a candidate: 浙江 | 乌镇 | 世界互联网 | 大会.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kg.mentions.candidates import Candidate, SentenceView, Token
from kg.mentions.words import Words

MAX_TOKENS = 14
MAX_CHARS = 32
MAX_STARTS = 6
_TIME = re.compile(r"[\d一二三四五六七八九十]+[月日时分点号]|[月日时分点号]|今年|去年|明年|昨[日天]|今[日天]|明[日天]|当[日天]|近日|日前|上午|下午|晚上?")
_NAME_TAGS = frozenset({"n", "nr", "ns", "nt", "nz", "nrt", "nrfg", "vn", "an", "eng", "j", "l", "i", "b", "s", "f", "ng", "vg", "g", "q", "k", "nw", "zg", "a", "x", "t", "mq", "h"})
_STOP_WORDS = frozenset(
    "是 为 有 在 于 由 对 将 把 被 向 从 到 与 和 及 以及 或 并 而 但 也 都 还 又 就 了 着 过 的 地 得 这 那 该 本 其 某 各 每 等 之一 一个 两个 多个 "
    "今天 昨天 明天 目前 日前 近日 期间 此次 本次 这次 首次 再次 其中 当地 有关 相关 一些 许多 多家 一家 两家 几家 参加 出席 举行 召开 举办 主办 承办 协办 发布 "
    "推出 宣布 表示 成立 加入 担任 来自 位于 成为 包括 通过 根据 据 获得 开发 研发 研制 打造 启动 收购 投资 创办 创立 介绍 展示 亮相 支持 联合 携手 走进 "
    "前往 访问 带来 提供 使用 采用 搭载 拥有 具有 作为 称 说 认为 指出 正式 共同 首个 首款 首台 全新 新款 一款 两款 三款 这款 该款 新 旗下".split()
)
#: What may follow a name and adds nothing to it: 智能终端产品.
_SAYS_NOTHING = frozenset(("产品", "新品", "系列", "品牌", "项目"))
#: 第|54|届: the dictionary takes them for adverbs.
_ORDINALS = frozenset("届屆")
#: A year may end a forum's name: 开发者大会2019.
_YEAR = re.compile(r"(?:19|20)\d\d")
#: “第五届北岭论坛暨首届天目研讨会”: one occasion with two names.
_JOINED = re.compile("“(?P<first>[^“”\n暨]{2,40})暨(?P<last>[^“”\n]{2,40})(?=”)")
#: “2018年两岸学术研讨会——科学与人文对话”: the marks hold a forum's name and what it adds to itself; not what a
#: speech or a theme is called.
_SUBTITLED = re.compile(r"(?<![为以题绕焦])“(?P<first>[^“”\n]{2,30})——(?P<last>[^“”\n]{1,30})(?=”)")
_QUOTES = {"”": "“", "’": "‘", "》": "《", "）": "（"}


class HeadWord(NamedTuple):
    """What ends a name: its type and class, and whether it makes a name nearly by itself."""

    type: str
    cls: str
    strong: bool


class HeadFinder:
    """Proposes names that end with a head word.

    Args:
        heads: head word -> what it ends.
    """

    def __init__(self, heads: Mapping[str, tuple[HeadWord, ...]]) -> None:
        self._heads = heads
        self._words = Words(heads)

    def find(self, view: SentenceView) -> Iterator[Candidate]:
        """Candidates for every head word at a word's end."""
        yield from self._subtitled(view)
        lasts = self._words.lasts
        for index, token in enumerate(view.tokens):
            if token.text[-1] not in lasts:
                continue
            word = self._words.ending(view.folded, token.end)
            if word is None or self._goes_on(view, index):
                continue
            starts = _starts(view, index, token.end - len(word))
            year = _year_after(view, index)
            for kind in self._heads[word]:
                finder = f"head:{'strong' if kind.strong else 'weak'}"
                for rank, start in enumerate(starts):
                    if token.end - start > len(word):
                        yield Candidate(start, token.end, kind.type, finder, 1.0 / (1 + rank), kind.cls)
                        if year and kind.type == "Forum":
                            yield Candidate(start, year.end, kind.type, "head:year", 1.0 / (1 + rank), kind.cls)

    def _ends_forum(self, text: str, end: int) -> bool:
        word = self._words.ending(text, end)
        return word is not None and any(kind.type == "Forum" for kind in self._heads[word])

    def _subtitled(self, view: SentenceView) -> Iterator[Candidate]:
        for match in _JOINED.finditer(view.folded):
            if all(self._ends_forum(view.folded, match.end(part)) for part in ("first", "last")):
                for finder in ("head:strong", "gazetteer"):
                    yield Candidate(match.start("first"), match.end(), "Forum", finder, 1.0)
        for match in _SUBTITLED.finditer(view.folded):
            for part in ("first", "last"):
                word = self._words.ending(view.folded, match.end(part))
                for kind in self._heads[word] if word and word != match[part] else ():
                    if kind.type == "Forum":
                        for finder in ("head:strong", "gazetteer"):  # as sure as a forum of the lexicon
                            yield Candidate(match.start("first"), match.end(), kind.type, finder, 1.0, kind.cls)

    def _goes_on(self, view: SentenceView, index: int) -> bool:
        """Whether the next word is itself a head that this one leads to: 大会|组委会."""
        following = view.tokens[index + 1] if index + 1 < len(view.tokens) else None
        if following is None or following.text in _SAYS_NOTHING:
            return False
        return following.text in self._heads and not self._heads[following.text][0].strong


def _year_after(view: SentenceView, index: int) -> Token | None:
    """The year that follows a head word and goes no further (not 大会2019年)."""
    following = view.tokens[index + 1 : index + 3]
    if not following or not _YEAR.fullmatch(following[0].text):
        return None
    return following[0] if len(following) == 1 or following[1].text[0] not in "年-0123456789" else None


def _starts(view: SentenceView, index: int, head_start: int) -> list[int]:
    """Where the name may begin, the longest first."""
    tokens = view.tokens
    found: list[int] = []
    if tokens[index].start < head_start:
        found.append(tokens[index].start)
    j = next((k for k in range(index, -1, -1) if tokens[k].start <= head_start), index)
    open_quote = ""
    while j > 0:
        token = tokens[j - 1]
        if view.tokens[index].end - token.start > MAX_CHARS or index - j > MAX_TOKENS:
            break
        if open_quote:
            open_quote = "" if token.text == open_quote else open_quote
            if not open_quote:
                found.append(token.start)
        elif token.text in _QUOTES:
            open_quote = _QUOTES[token.text]
        elif not _may_belong(token):
            break
        else:
            found.append(token.start)
        j -= 1
    return _spread(found[::-1])


def _may_belong(token: Token) -> bool:
    if token.text in _STOP_WORDS or token.text in "，。；：！？、“‘《（\n":
        return False
    if token.tag == "m" or token.text in _ORDINALS:
        return not _TIME.fullmatch(token.text)
    if token.tag == "v":
        return len(token.text) == 2
    return token.tag in _NAME_TAGS


def _spread(starts: list[int]) -> list[int]:
    """At most MAX_STARTS of them: the outermost first, then the inner ones."""
    if len(starts) <= MAX_STARTS:
        return starts
    return starts[: MAX_STARTS - 2] + starts[-2:]
