"""The evidence for each candidate span: small named features over the whole document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kg.mentions.candidates import Candidate, SentenceView

_STRONG = ("gazetteer", "surname:byline:2", "surname:byline:1", "surname:title:2", "surname:title:1", "title-mark", "dotted")
_MARKS = frozenset("，。；：！？、“”《》（）·—/ 的和与及在由对为将把被从向是等")


@dataclass(slots=True)
class Span:
    """All that was proposed for one stretch and type of a sentence.

    Args:
        finders: finder -> its highest score.
        features: filled by :func:`describe`.
    """

    start: int
    end: int
    type: str
    finders: dict[str, float] = field(default_factory=dict)
    cls: str | None = None
    name: str | None = None
    features: list[str] = field(default_factory=list)


def group(candidates: Iterable[Candidate]) -> list[Span]:
    """Candidates of one sentence, those of equal stretch and type taken together."""
    spans: dict[tuple[int, int, str], Span] = {}
    for c in candidates:
        span = spans.get((c.start, c.end, c.type))
        if span is None:
            span = spans[c.start, c.end, c.type] = Span(c.start, c.end, c.type)
        span.finders[c.finder] = max(c.score, span.finders.get(c.finder, 0.0))
        if c.cls is not None and (span.cls is None or c.finder == "gazetteer"):
            span.cls = c.cls
        if c.name is not None and (span.name is None or c.finder == "gazetteer"):
            span.name = c.name
    return sorted(spans.values(), key=lambda s: (s.start, s.end, s.type))


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word lists that features look at.

    Args:
        generic: nouns that never name a thing by themselves.
        titles: posts, honorifics and bylines' words.
        heads: head words of names.
    """

    generic: frozenset[str]
    titles: frozenset[str]
    heads: frozenset[str]


def describe(document: Sequence[tuple[SentenceView, list[Span]]], words: Vocabulary) -> None:
    """Gives every span of a document its features."""
    strong: dict[tuple[str, str], int] = defaultdict(int)
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for view, spans in document:
        for span in spans:
            key = (view.folded[span.start : span.end], span.type)
            seen[key] += 1
            if any(f in span.finders for f in _STRONG) or span.finders.get("tagger", 0.0) > 0.9:
                strong[key] += 1
    for view, spans in document:
        tagged = [(s.start, s.end, s.type, s.finders["tagger"]) for s in spans if "tagger" in s.finders]
        for span in spans:
            text = view.folded[span.start : span.end]
            key = (text, span.type)
            own = any(f in span.finders for f in _STRONG) or span.finders.get("tagger", 0.0) > 0.9
            span.features = _shape(view, span, text, words)
            span.features += _rivals(span, spans)
            span.features += _tagger(span, tagged)
            if strong[key] > own:
                span.features.append(f"{span.type}|elsewhere")
            if seen[key] > 1:
                span.features.append(f"{span.type}|again")


def _shape(view: SentenceView, span: Span, text: str, words: Vocabulary) -> list[str]:
    kind = span.type
    out = [kind]
    for finder, score in span.finders.items():
        if finder != "tagger":
            # with and without the type: what few texts show of a type may be known of all
            out += (f"{kind}|{finder}", f"*|{finder}")
            if finder.startswith("head"):
                out.append(f"{kind}|{finder}|{score:.1f}")
    left, right = view.starts.get(span.start), view.ends.get(span.end)
    cut = f"cut{left is None:d}{right is None:d}"
    out += (f"{kind}|{cut}", f"*|{cut}")
    out.append(f"{kind}|len{min(len(text), 12)}")
    if text in words.generic:
        out.append(f"{kind}|generic")
    head = _ending(text, words.heads)
    if head:
        out.append(f"{kind}|h={head}")
    if _ending(view.folded[max(0, span.start - 8) : span.start], words.titles):
        out.append(f"{kind}|title<")
    if _beginning(view.folded[span.end : span.end + 8], words.titles):
        out.append(f"{kind}|title>")
    before = view.folded[span.start - 1] if span.start else "^"
    after = view.folded[span.end] if span.end < len(view.folded) else "$"
    if before in _MARKS or before == "^":
        out.append(f"{kind}|b{before}")
    elif left:
        out.append(f"{kind}|bt{view.tokens[left - 1].tag[:2]}")
    if left:
        out.append(f"{kind}|p={view.tokens[left - 1].text}")
    if after in _MARKS or after == "$":
        out.append(f"{kind}|a{after}")
    elif right is not None and right + 1 < len(view.tokens):
        out.append(f"{kind}|at{view.tokens[right + 1].tag[:2]}")
    if right is not None and right + 1 < len(view.tokens):
        out.append(f"{kind}|n={view.tokens[right + 1].text}")
    if left is not None:
        first = view.tokens[left]
        out.append(f"{kind}|f{first.tag[:2]}")
        if right == left:
            out.append(f"{kind}|one{first.tag}")
    if text[0].isascii() and text[-1].isascii():
        out.append(f"{kind}|latin{text.isupper():d}{' ' in text:d}{any(c.isdigit() for c in text):d}")
    if text[0] == "“":
        out.append(f"{kind}|quote")
    return out


def _ending(text: str, words: frozenset[str]) -> str | None:
    """The longest of the words that ``text`` ends with."""
    return next((text[i:] for i in range(max(0, len(text) - 8), len(text)) if text[i:] in words), None)


def _beginning(text: str, words: frozenset[str]) -> str | None:
    return next((text[:i] for i in range(len(text), 0, -1) if text[:i] in words), None)


def _rivals(span: Span, spans: list[Span]) -> list[str]:
    out = set()
    for other in spans:
        if other is span or other.start >= span.end or other.end <= span.start:
            continue
        good = "g" if any(f in other.finders for f in _STRONG) else ""
        same = "=" if other.type == span.type else other.type[:2]
        if other.start == span.start and other.end == span.end:
            out.add(f"{span.type}|also{other.type[:2]}{good}")
        elif other.start <= span.start and other.end >= span.end:
            out.add(f"{span.type}|in{same}{good}")
        elif good:
            out.add(f"{span.type}|{'over' if span.start <= other.start and span.end >= other.end else 'cross'}{same}")
    return sorted(out)


def _tagger(span: Span, tagged: list[tuple[int, int, str, float]]) -> list[str]:
    """How the learned tagger's reading stands to this span."""
    score = span.finders.get("tagger")
    if score is not None:
        return [f"{span.type}|tag", f"{span.type}|tag{int(score * 8)}"]
    out = set()
    for start, end, kind, p in tagged:
        if start >= span.end or end <= span.start:
            continue
        same = "=" if kind == span.type else ""
        sure = "!" if p > 0.8 else ""
        if start == span.start and end == span.end:
            out.add(f"{span.type}|as{kind[:2]}{sure}")
        elif start <= span.start and end >= span.end:
            out.add(f"{span.type}|within{same}{sure}")
        elif start >= span.start and end <= span.end:
            out.add(f"{span.type}|around{same}{sure}")
        else:
            out.add(f"{span.type}|across{same}{sure}")
    return sorted(out) or [f"{span.type}|untagged"]
