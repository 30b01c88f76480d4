"""Cuts a document into sentences, in linear time, with exact offsets.

A sentence ends at 。！？ (and their half-width forms where they end Chinese text), at …… and
at a line's end. Quotation marks and brackets hold together: what stands inside “…” stays one
sentence unless the quotation is long and holds several, and a quotation stays with the words
that attribute it (“……。”张三说。). Sentences that are too long to work with are cut at ；,
then at ，.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kg.model import Document, Sentence, Span

LONG_QUOTE = 200
"""A quotation over this length is cut at its own sentence ends."""
LONG_SENTENCE = 150
"""A sentence over this length is cut at its semicolons."""
MAX_SENTENCE = 300
"""No sentence is longer: over it, the last comma cuts, or the length itself."""

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_SPACE = " \t\u3000\xa0\u200b\u200e\u200f\ufeff"
_OPENERS, _CLOSERS = "“「『（(《【〈", "”」』）)》】〉"
_TOKEN = re.compile(
    rf"(?P<open>[{re.escape(_OPENERS)}]|(?<![A-Za-z])‘)"
    rf"|(?P<close>[{re.escape(_CLOSERS)}]|(?<![A-Za-z])’)"
    r"|(?P<straight>\")"
    r"|(?P<end>(?:[。！？｡]|…{2,}|\.{6}|(?<=[^\x00-\x7f])[!?](?![0-9A-Za-z])|[!?](?=\s|[”」』）)\"!?]|$))+"
    # English: a word of three or more letters and a capital after the space; Mr. and Ltd. are caught below
    r"|(?<=[a-z]{3})\.(?=\s+[A-Z“\"])|(?<=[a-z]{3})\.$)"
    r"|(?P<soft>[；;，,])"
)
_ABBREVIATION = re.compile(r"(?:Ltd|Inc|Corp|Prof|Gen|Sen|Gov|Dept|Mrs|etc|approx|vol)$")
_SPEECH = "说|表示|指出|认为|强调|介绍|坦言|透露|称|道|告诉记者|解释|补充|回忆|呼吁|感慨|感叹|直言|笑言|谈到|写道"
# the words after a quotation that say whose it is; a colon would open the next quotation instead
_ATTRIBUTION = re.compile(rf"[^，。！？；：“”\n]{{0,24}}?(?:{_SPEECH})(?:说|道)?(?:[，。,]|$)")
_CONTINUES = frozenset("的和与及或、，；,;：:。！？!?等之是为被把在这")


def split_sentences(document: Document) -> tuple[Sentence, ...]:
    """The sentences of a document in order, without the white space around them.

    Example:
        >>> text = "大会开幕。他说：“欢迎！欢迎大家。”同时，展览开放。"
        >>> [s.text for s in split_sentences(Document(id="d", text=text))]
        ['大会开幕。', '他说：“欢迎！欢迎大家。”', '同时，展览开放。']
    """
    text = document.text
    spans = (s for p in _PARAGRAPH.finditer(text) for s in _paragraph_spans(p.group(), p.start()))
    return tuple(
        Sentence(doc_id=document.id, index=i, span=span, text=text[span.start : span.end])
        for i, span in enumerate(spans)
    )


def _paragraph_spans(text: str, offset: int) -> Iterator[Span]:
    hard, soft = _boundaries(text)
    start = next_soft = 0
    for end in (*hard, len(text)):
        inside = []
        while next_soft < len(soft) and soft[next_soft][0] < end:
            inside.append(soft[next_soft])
            next_soft += 1
        for a, b in _cut_long(start, end, inside):
            span = _trim(text, a, b)
            if span:
                yield span.shift(offset)
        start = end


def _boundaries(text: str) -> tuple[list[int], list[tuple[int, bool]]]:
    """The ends of sentences, and the places where a long one may be cut (True: a semicolon)."""
    hard: list[int] = []
    soft: list[tuple[int, bool]] = []
    inner: list[int] = []  # ends inside the open quotation, used where it is long or never closes
    depth = opened = 0
    straight_pairs = text.count('"') // 2 * 2  # the odd one is an inch mark or an error
    for match in _TOKEN.finditer(text):
        kind, at = match.lastgroup, match.end()
        if kind == "straight":
            if straight_pairs == 0:
                continue
            straight_pairs -= 1
            kind = "close" if straight_pairs % 2 == 0 else "open"
        if kind == "open":
            if depth == 0:
                opened, inner = match.start(), []
            depth += 1
        elif kind == "close":
            depth = max(depth - 1, 0)
            if depth == 0:
                hard += _close(text, opened, at, inner)
                inner = []
        elif kind == "soft":
            # inside a quotation a comma is the weakest place of all; it is kept for the last resort
            soft.append((at, depth == 0 and match.group() in "；;"))
        elif not (match.group() == "." and _ABBREVIATION.search(text, max(0, at - 8), at - 1)):
            (inner if depth else hard).append(at)
    return hard + inner, soft


def _close(text: str, opened: int, closed: int, inner: list[int]) -> list[int]:
    """The sentence ends that a closed quotation or bracket brings."""
    if not inner:
        return []
    ends = inner[:-1] if closed - opened > LONG_QUOTE else []
    if inner[-1] < closed - 1:  # the last mark is not at the quotation's end: no sentence ends there
        return [*ends, inner[-1]] if ends else []
    before = text[opened - 1] if opened else ""
    if text[inner[-1] - 1] not in "。｡" and before not in "：:，,。！？" + _SPACE:
        return ends  # a title or slogan inside a clause: 主题为“未来已来！”的论坛
    following = text[closed : closed + 40]
    if following[:1] in _CONTINUES or text[opened] in "《〈":
        return ends
    return ends if _ATTRIBUTION.match(following) else [*ends, closed]


def _cut_long(start: int, end: int, soft: list[tuple[int, bool]]) -> Iterator[tuple[int, int]]:
    """Cuts one sentence at semicolons where it is long, and at commas where it is too long."""
    if end - start <= LONG_SENTENCE:
        yield start, end
        return
    pieces = [start, *(at for at, semicolon in soft if semicolon), end]
    commas = [at for at, semicolon in soft if not semicolon]
    next_comma = 0
    for a, b in pairwise(pieces):
        while b - a > MAX_SENTENCE:
            cut = a + MAX_SENTENCE
            while next_comma < len(commas) and commas[next_comma] <= a + MAX_SENTENCE:
                if commas[next_comma] > a:
                    cut = commas[next_comma]
                next_comma += 1
            yield a, cut
            a = cut
        yield a, b


def _trim(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _SPACE:
        start += 1
    while end > start and text[end - 1] in _SPACE:
        end -= 1
    return Span(start, end) if start < end else None
