"""Person names by surname and context: titles, bylines, lists, transliterated and Latin names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from kg.mentions.candidates import Candidate, SentenceView
from kg.mentions.words import Words

_HAN = "\u4e00-\u9fff"
#: What a given name doesn't hold: grammar words and the verbs that follow names in news.
_NOT_GIVEN = frozenset("的了着过是在和与及或等说称对将把被为以从向也都就还又但而并则于由因所其该本这那各某每，、。：；！？“”《》（）（）")
_BYLINE = re.compile(r"(?:记者|通讯员|编辑|责编|摄影|摄|文|撰文|撰稿|作者|图|采写|主持人)(?:[/／·]?(?:文|图|摄))?[\s:：丨|/]*")
_SPEAK = re.compile(r"(?:表示|介绍|指出|认为|说|称|告诉|强调|透露|坦言|出席|致辞|宣布|先后|分别|在|则|也|将|等|、|，|。|和|与|（)")


class PersonFinder:
    """Proposes person names.

    Args:
        surnames: surname -> common or rare.
        transliteration: the characters of transliterated names.
        titles: titles, any of which makes the name beside it likely.
    """

    def __init__(
        self, surnames: Mapping[str, str], transliteration: frozenset[str], titles: frozenset[str]
    ) -> None:
        self._surnames = surnames
        # a class of characters is found at C speed, an alternation of names is not
        first = "".join(sorted({surname[0] for surname in surnames})) or "\x00"
        self._surname_start = re.compile(f"[{first}](?=.)")
        foreign = "".join(sorted(transliteration)) or "\x00"
        # 贝拉迪尼和|卡西乌斯·温特沃思: what no name holds parts two of them
        self._parts = re.compile(rf"[{foreign}]+·(?:[^\W和与及同跟对向在的是]{{1,7}}·)*[{foreign}\x00-\x7f]+")
        self._dotted = re.compile(f"[{_HAN}A-Za-z]+(?:[·][{_HAN}A-Za-z.]+)+")
        self._foreign = re.compile(f"[{foreign}]{{2,7}}")
        self._titles = Words(titles)

    def find(self, view: SentenceView) -> Iterator[Candidate]:
        """Candidates in the order of the ways to find them."""
        text = view.folded
        yield from self._chinese(view)
        # without a dot the expression would look through every run of characters from each of its places
        for match in self._dotted.finditer(text) if "·" in text else ():
            yield from self._dotted_names(text, match.start(), match.end())
        for match in self._foreign.finditer(text):
            yield from self._foreign_names(text, match.start(), match.end())
        for match in _LATIN_NAME.finditer(text):
            if self._titles.ending(text, match.start()) or self._titles.beginning(text, match.end()):
                yield Candidate(match.start(), match.end(), "Person", "latin:title", 0.6)
            elif " " in match.group():
                yield Candidate(match.start(), match.end(), "Person", "latin", 0.3)

    def _chinese(self, view: SentenceView) -> Iterator[Candidate]:
        text = view.folded
        bylines = {m.end() for m in _BYLINE.finditer(text)}
        chain_end = -1
        for match in self._surname_start.finditer(text):
            at = match.start()
            surname = text[at : at + 2] if text[at : at + 2] in self._surnames else text[at]
            if surname not in self._surnames:
                continue
            titled = self._titles.ending(text, at)
            listed = at == chain_end or (at > 0 and text[at - 1] in "、和与及 " and chain_end == at - 1)
            strong = titled or listed or at in bylines
            if not strong and at not in view.starts:
                continue
            for length in (2, 1):
                end = at + len(surname) + length
                given = text[at + len(surname) : end]
                if end > len(text) or not given or any(c in _NOT_GIVEN or not "\u4e00" <= c <= "\u9fff" for c in given):
                    continue
                bounded = end in view.ends or _SPEAK.match(text, end) is not None
                after = self._titles.beginning(text, end)
                if not (bounded or strong):
                    continue
                if at in bylines:
                    kind = "byline"
                elif titled or after:
                    kind = "title"
                elif listed:
                    kind = "list"
                else:
                    token = view.tokens[view.starts[at]]
                    if token.tag != "nr" or token.end != end:
                        continue
                    kind = "nr"
                yield Candidate(at, end, "Person", f"surname:{kind}:{length}", 0.8 if bounded else 0.5)
                if bounded and kind != "nr":
                    chain_end = end

    def _dotted_names(self, text: str, start: int, end: int) -> Iterator[Candidate]:
        for match in self._parts.finditer(text, start, end):
            yield Candidate(match.start(), match.end(), "Person", "dotted", 0.8)

    def _foreign_names(self, text: str, start: int, end: int) -> Iterator[Candidate]:
        if self._titles.ending(text, start) or self._titles.beginning(text, end):
            yield Candidate(start, end, "Person", "foreign:title", 0.5)


_LATIN_NAME = re.compile(r"[A-Z][a-zà-ÿ]+(?:[ ·][A-Z][.]?[a-zà-ÿ'’-]*){0,2}(?![A-Za-z0-9])")
