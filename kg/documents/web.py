"""Takes the main text, the title and the date out of a saved news page.

The idea is Readability's (Arc90, 2009): paragraphs vote for the element that holds them, and
the element with the most text that is not links is the article. The standard library's parser
is enough for that; lxml-based extractors weigh ten times this package.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from kg.documents.encoding import read_text
from kg.documents.settings import iso_day
from kg.errors import InputError

_IGNORED = frozenset("script style noscript template svg nav footer aside form button select iframe head".split())
_BLOCKS = frozenset(
    "p div section article main td li h1 h2 h3 h4 h5 h6 blockquote figcaption pre header ul ol table tr dd dt".split()
)
_VOID = frozenset("br img hr meta link input area base col embed source track wbr".split())
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_CHINESE_CHARSETS = frozenset({"gb2312", "gbk", "gb18030", "gb_2312-80", "x-gbk"})
_DATE_KEYS = frozenset(
    "article:published_time og:published_time og:release_date publishdate pubdate publish-date publish_time "
    "datepublished date weibo:article:create_at release_date".split()
)
_PRINTED_DAY = re.compile(r"\d{4}\s*[-/年]\s*\d{1,2}\s*[-/月]\s*\d{1,2}")
_NO_CHARACTER = re.compile(r"&#\d{1000,};?")  # Python's parser would make a number of it, and has a limit there
_SITE_NAME = re.compile(r"\s*[-_—|–]+\s*[^-_—|–]{1,20}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a reader of the page would call its text, title and day."""

    text: str
    title: str | None
    date: str | None


@dataclass(slots=True)
class _Element:
    tag: str
    parent: _Element | None
    score: float = 0.0


@dataclass(slots=True)
class _Block:
    """One run of text between two block tags."""

    element: _Element
    text: list[str] = field(default_factory=list)
    linked: int = 0


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[_Block] = []
        self.meta: dict[str, str] = {}
        self.headings: dict[str, str] = {}
        self._open = [_Element("html", None)]
        self._ignored = 0
        self._links = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta":
            key = attributes.get("property") or attributes.get("name") or attributes.get("itemprop") or ""
            self.meta.setdefault(key.lower(), attributes.get("content", ""))
        elif tag == "time" and attributes.get("datetime"):
            self.meta.setdefault("date", attributes["datetime"])
        if tag == "br":
            self._block().text.append("\n")
        if tag in _VOID:
            return
        self._imply_end(tag)
        self._ignored += tag in _IGNORED
        self._links += tag == "a"
        self._open.append(_Element(tag, self._open[-1]))
        if tag in _BLOCKS:
            self.blocks.append(_Block(self._open[-1]))

    def _imply_end(self, tag: str) -> None:
        """HTML lets </p>, </li>, </head> … be left out."""
        last = self._open[-1].tag
        if tag == "body":
            self._ignored = 0
        elif (last == "p" and tag in _BLOCKS) or (last == tag and tag in ("li", "td", "tr", "dd", "dt")):
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        # an end without a beginning is ignored; a beginning without an end is closed by its parent's.
        # only the last few elements are searched, so that a page of unclosed tags costs no more than linear
        for back in range(1, min(len(self._open), 64)):
            if self._open[-back].tag == tag:
                for element in self._open[-back:]:
                    self._ignored -= element.tag in _IGNORED
                    self._links -= element.tag == "a"
                del self._open[-back:]
                if tag in _BLOCKS:
                    self.blocks.append(_Block(self._open[-1]))
                return

    def handle_data(self, data: str) -> None:
        tag = self._open[-1].tag
        if tag in ("title", "h1") and tag not in self.headings and data.strip():
            self.headings[tag] = data.strip()
        if self._ignored:
            return
        block = self._block()
        block.text.append(re.sub(r"[ \t\r\n]+", " ", data))
        if self._links:
            block.linked += len(data.strip())

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """A comment, as in browsers; the parser of Python fails where the section is none of those that it knows."""
        return self.parse_bogus_comment(i)

    def _block(self) -> _Block:
        if not self.blocks:
            self.blocks.append(_Block(self._open[-1]))
        return self.blocks[-1]


def read_page(data: bytes, place: str) -> Page:
    """The article of an HTML page; its text is empty where the page holds none.

    Raises:
        InputError: where no encoding fits.
    """
    parser = _Parser()
    parser.feed(_NO_CHARACTER.sub("\ufffd", _decode(data, place)))
    parser.close()
    blocks = [(block, text) for block in parser.blocks for text in [_tidy(block)] if text]
    article = _main_element([block for block, _ in blocks])
    texts = [text for block, text in blocks if block.linked * 2 < len(text) and _inside(block.element, article)]
    title = parser.meta.get("og:title") or parser.headings.get("h1") or _without_site(parser.headings.get("title", ""))
    return Page(text="\n".join(texts), title=title.strip() or None, date=_day(parser.meta, blocks, place))


def _decode(data: bytes, place: str) -> str:
    named = _CHARSET.search(data, 0, 4096)
    if named and named.group(1).decode("ascii").lower() in _CHINESE_CHARSETS:
        try:
            return data.decode("utf-8-sig")  # a page saved anew in UTF-8 keeps its old name; no page in GBK fits
        except UnicodeDecodeError:
            return data.decode("gb18030", "replace")  # old pages hold the odd broken byte
    return read_text(data, place)


def _tidy(block: _Block) -> str:
    lines = (line.strip(" \t\u3000\xa0") for line in "".join(block.text).split("\n"))
    return "\n".join(line for line in lines if line)


def _main_element(blocks: list[_Block]) -> _Element | None:
    """The element whose own paragraphs hold the most text outside links."""
    best: _Element | None = None
    for block in blocks:
        length = sum(map(len, block.text)) - 2 * block.linked
        if length < 20:
            continue
        holder: _Element | None = (
            block.element if block.element.tag in ("div", "td", "article") else block.element.parent
        )
        for share in (1.0, 0.5):
            if holder is None:
                break
            holder.score += length * share
            if best is None or holder.score > best.score:
                best = holder
            holder = holder.parent
    return best


def _inside(element: _Element | None, container: _Element | None) -> bool:
    if container is None:
        return True
    for _ in range(64):
        if element is None:
            return False
        if element is container:
            return True
        element = element.parent
    return False


def _without_site(title: str) -> str:
    return _SITE_NAME.sub("", title) or title


def _day(meta: dict[str, str], blocks: list[tuple[_Block, str]], place: str) -> str | None:
    """The publication day: as the page's head says, else the first that is printed on it."""
    printed = (m.group() for _, text in blocks[:40] for m in [_PRINTED_DAY.search(text)] if m and len(text) < 80)
    for candidate in (*(meta[key] for key in sorted(_DATE_KEYS & meta.keys())), *printed):
        for day in _parse_day(candidate, place):
            return day
    return None


def _parse_day(text: str, place: str) -> Iterator[str]:
    try:
        day = iso_day(text, place)
    except InputError:
        return  # a page's own idea of a date binds nobody
    if day:
        yield day
