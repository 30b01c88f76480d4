"""Names told by marks and letters: 《白皮书》, “小冰”, model numbers, Latin words, 首款…."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.mentions.candidates import Candidate, SentenceView

_TITLE = re.compile(r"《([^《》\n]{1,60})》")
_QUOTED = re.compile(r"“([^“”\n]{1,20})”")
#: Latin words and numbers, perhaps with Chinese before: 龙芯3A6000, iPhone 5s, Mate 60 Pro, ET大脑.
_MODEL = re.compile(
    r"(?:[\u4e00-\u9fff]{1,6})?[A-Za-z][A-Za-z0-9+.\-]*(?:[ \-][A-Za-z0-9+.]+)*|(?:[\u4e00-\u9fff]{1,4})?\d+[A-Za-z][A-Za-z0-9\-]*"
)
_LATIN = re.compile(r"[A-Za-z][A-Za-z0-9&+.'\-]*(?: [A-Za-z0-9&+.'\-]+)*")
_NUMBERED = re.compile(r"[\u4e00-\u9fff]{2,4}(?:[一二三四五六七八九十百\d]+)号(?:[A-Z]|[0-9]{2})?")
_FIRST = re.compile(r"(?:首[款个台套架部颗枚辆艘批]|第一[款个台套架部颗枚辆艘])")
_UNITS = re.compile(r"(?:km|kg|mm|cm|nm|GB|TB|MB|Hz|GHz|MHz|W|kW|kWh|mAh|dB|Gbps|Mbps|V|A|AI|IT|VR|AR|5G|4G|6G|GDP|IPO|CEO|CTO|CFO|COO|APP|App|Q&A)$")
_PAIRS = (("《", "》"), ("“", "”"))


def inside_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """What of a stretch of folded text is left when marks that stand around all of it are taken off."""
    for opening, closing in _PAIRS:
        if end - start > 2 and text[start] == opening and text.find(closing, start, end) == end - 1:
            return start + 1, end - 1
    return start, end


class MarkFinder:
    """Proposes products, and Latin names of any type, by their marks."""

    def find(self, view: SentenceView) -> Iterator[Candidate]:
        """Candidates; quotation marks and 《》 stand outside them."""
        text = view.folded
        for match in _TITLE.finditer(text):
            yield Candidate(match.start(1), match.end(1), "Product", "title-mark", 0.9, "Publication")
            yield Candidate(match.start(1), match.end(1), "Organization", "title-mark", 0.1, "MediaOutlet")
        for match in _QUOTED.finditer(text):
            yield Candidate(match.start(1), match.end(1), "Product", "quoted", 0.3)
            if _FIRST.search(match[1][:8]):
                # what is quoted and called the first of its kind is as surely a product as one of the lexicon
                yield Candidate(match.start(1), match.end(1), "Product", "gazetteer", 0.8)
            for kind in ("Forum", "Organization"):
                yield Candidate(match.start(1), match.end(1), kind, "quoted", 0.1)
        for match in _LATIN.finditer(text):
            if len(match.group()) < 2 or _UNITS.fullmatch(match.group()):
                continue
            for kind in ("Product", "Organization", "Forum", "Person"):
                yield Candidate(match.start(), match.end(), kind, "latin", 0.3)
        for match in _MODEL.finditer(text):
            if any(c.isdigit() for c in match.group()) and any("\u4e00" <= c <= "\u9fff" for c in match.group()):
                for start in range(match.start(), match.end()):
                    if start in view.starts and "\u4e00" <= text[start] <= "\u9fff":
                        yield Candidate(start, match.end(), "Product", "model", 0.5)
        for match in _NUMBERED.finditer(text):
            for start in range(match.start(), match.end() - 3):
                if start in view.starts or start == match.start():
                    yield Candidate(start, match.end(), "Product", "numbered", 0.4)
