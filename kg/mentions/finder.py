"""The mention stage: every finder's candidates, weighed over the document, one reading kept."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from kg.errors import SeedError
from kg.folding import fold_text
from kg.mentions.candidates import Candidate, MentionFinder, SentenceView, view_sentence
from kg.mentions.choice import Chooser
from kg.mentions.echo import ORDINAL, SURE, EchoFinder
from kg.mentions.evidence import Describer
from kg.mentions.gazetteer import Gazetteer
from kg.mentions.heads import HeadFinder, HeadWord
from kg.mentions.marks import MarkFinder, inside_marks
from kg.mentions.nameless import is_no_name
from kg.mentions.persons import PersonFinder
from kg.mentions.spans import Proposed, group
from kg.mentions.spans import Span as Group
from kg.mentions.surroundings import FeatureNames, Vocabulary
from kg.model import Document, Mention, Sentence, Span
from kg.resources import resource
from kg.seeds import Lexicon

MODEL = "choice.json"
#: The first and second reading of a document, without and with the learned tagger.
READINGS = ("plain", "plain-second", "tagger", "tagger-second")
_CALLED = re.compile(r"(?<=.{4})(?:产品|新品)$")
_GLUED = re.compile(
    "[^“”]{2,}(?:大会|论坛|峰会|年会|博览会|交易会|展览会|会议|节)(?P<part>“[^“”]+”[^“”]{0,6}(?:会|论坛|展|展览|活动|大赛|专场|仪式|典礼))"
)
#: 《科学与中国》报告会, 刊物《求是》: the marks hold a part of the name.
_TITLED_AT_ONE_END = re.compile("《[^《》]+》[^《》]+|[^《》]+《[^《》]+》")
#: 第四届“木棉大会·棉乡峰会”: the edition outside the marks belongs to the name inside.
_EDITION = re.compile(rf"(?:{ORDINAL})“$")
_LONGEST_EDITION = 8
#: “北岭论坛”开幕式: the forum is what the marks hold.
_OPENING = re.compile("“(?P<name>[^“”]+)”(?:开|闭)幕(?:式|仪式)")
_HONORIFICS = ("博士", "教授", "院士", "先生", "女士")
_OF_TWO = 4
"""Characters of 廖频博士, a name of two with what follows, and of 学孟庆旭, one of three with the end of a title."""
#: 在上海科技大学|盛大开幕.
_ADVERB = re.compile("(?:盛大|隆重|正式|成功|圆满|顺利|如期)(?=开[幕启业展馆]|举[行办]|召开|启[幕动]|揭[幕牌]|[落闭]幕|落成|亮相|签约)")
_BYLINE = re.compile(r"(?:记者|通讯员|编辑|摄影|责编)[ ：:]?$")
_FIRST = re.compile(
    r"^(?:(?:全球|世界|国内|我国|全国|中国|亚洲|业内|行业|本市|全省|国产)?首[款个台套架部颗枚辆艘批例种座家条张]|"
    r"(?:全新|新款|新一代|最新|第[一二三四五六七八九十\d]+代)(?:的)?|这[款个台套]|该[款台套]?)+的?"
)


class Tagger(Protocol):
    """What the learned tagger offers."""

    def find(
        self, sentences: Sequence[str], doc_of: Sequence[int] | None = None
    ) -> list[list[tuple[int, int, str, float]]]:
        """(start, end, type, probability) for each sentence."""
        ...


Candidates = Sequence[tuple[SentenceView, Sequence[Candidate]]]
"""What the finders propose for the sentences of one document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MentionStage:
    """Finds the mentions of documents.

    Args:
        finders: of candidates, in no order that matters.
        words: the word lists that features look at.
        names: the features that the weights know.
        heads: head word -> what it ends, to class what only the tagger saw.
        places: names of places, which short forms leave out.
        surnames: the common ones of one character.
        tagger: the learned tagger, or None without it.
        first: the weights of the first reading of a document.
        chooser: those of the second, which knows what the first was sure of.
    """

    finders: tuple[MentionFinder, ...]
    words: Vocabulary
    names: FeatureNames
    heads: Mapping[str, tuple[HeadWord, ...]]
    places: frozenset[str]
    surnames: frozenset[str]
    tagger: Tagger | None
    first: Chooser
    chooser: Chooser

    def find(self, documents: Sequence[tuple[Document, Sequence[Sentence]]]) -> list[tuple[Mention, ...]]:
        """The mentions of each document; equal however documents are batched."""
        candidates = self.candidates(documents)
        describer = Describer(self.words, self.names)
        first = [group_all(found) for found in candidates]
        second = self.with_echoes(candidates, first, self.first.choose(describer.describe(first)))
        chosen = iter(self.chooser.choose(describer.describe(second)))
        return [
            tuple(
                self._mention(document, view, part, score)
                for view, _ in spans
                for span, score in next(chosen)
                for part in _parted(view, span, self.surnames)
            )
            for (document, _), spans in zip(documents, second, strict=True)
        ]

    def candidates(self, documents: Sequence[tuple[Document, Sequence[Sentence]]]) -> list[Candidates]:
        """What the finders propose for each document's sentences."""
        tagged = self._tagged(documents)
        return [
            [self._candidates(sentence, tagged.get((index, sentence.index), ())) for sentence in sentences]
            for index, (_, sentences) in enumerate(documents)
        ]

    def _candidates(
        self, sentence: Sentence, tagged: Iterable[Candidate]
    ) -> tuple[SentenceView, list[Candidate]]:
        view = view_sentence(sentence, fold_text(sentence.text))
        found = [_within_marks(view.folded, c) for finder in self.finders for c in finder.find(view)]
        found += (self._bare(view.folded, _within_marks(view.folded, c)) for c in tagged)
        return view, [c for c in found if not is_no_name(view.folded, c, self.places)]

    def _bare(self, text: str, found: Candidate) -> Candidate:
        """What the tagger found without the marks and words around it that are no part of a name."""
        start, end = inside_marks(text, found.start, found.end)
        if end - start > len("盛大") and _ADVERB.match(text, end - len("盛大")):
            end -= len("盛大")
        if found.type == "Person" and end - start == _OF_TWO:
            if text[start] in self.surnames and text.endswith(_HONORIFICS, start, end):
                end -= 2  # 廖频|博士
            elif text[start + 1] in self.surnames and self.words.titles.ending(text, start + 1):
                start += text[start] not in self.surnames  # 总督|学孟庆旭: the title of three
        return found._replace(start=start, end=end)

    def with_echoes(
        self, candidates: Sequence[Candidates], first: Sequence[Proposed], chosen: Iterable[Sequence[tuple[Group, float]]]
    ) -> list[Proposed]:
        """The spans of the second reading: what the first is sure of is looked for everywhere.

        Args:
            candidates: what the finders proposed for each document.
            first: the same as spans.
            chosen: for each sentence of all documents, what the first reading chose.
        """
        rest = iter(chosen)
        out: list[Proposed] = []
        for found, spans in zip(candidates, first, strict=True):
            echo = EchoFinder(_sure((view, next(rest)) for view, _ in found), self.places)
            second = []
            for (view, proposed), (_, known) in zip(found, spans, strict=True):
                echoes = list(echo.find(view))
                second.append((view, group([*proposed, *echoes]) if echoes else known))
            out.append(second)
        return out

    def _tagged(
        self, documents: Sequence[tuple[Document, Sequence[Sentence]]]
    ) -> Mapping[tuple[int, int], list[Candidate]]:
        if self.tagger is None:
            return {}
        keys = [(i, s) for i, (_, sentences) in enumerate(documents) for s in sentences]
        found = self.tagger.find([s.text for _, s in keys], [i for i, _ in keys])
        return {
            (i, s.index): [Candidate(start, end, kind, "tagger", score) for start, end, kind, score in spans]
            for (i, s), spans in zip(keys, found, strict=True)
        }

    def _mention(self, document: Document, view: SentenceView, span: Group, score: float) -> Mention:
        where = Span(span.start, span.end).shift(view.sentence.span.start)
        text = document.text[where.start : where.end]
        return Mention(
            doc_id=document.id, span=where, text=text, type=span.type, name=_plain_name(text, span.type),  # type: ignore[arg-type]
            finder="+".join(sorted(span.finders)), cls=span.cls or self.class_of(text, span.type), score=round(score, 4),
        )  # fmt: skip

    def class_of(self, text: str, kind: str) -> str | None:
        """The class that a name's head word tells: Hospital of 乌镇互联网医院."""
        for length in range(min(8, len(text)), 0, -1):
            for head in self.heads.get(text[-length:], ()):
                if head.type == kind:
                    return head.cls
        return None


def group_all(candidates: Candidates) -> Proposed:
    """The spans of a document's candidates."""
    return [(view, group(found)) for view, found in candidates]


def _within_marks(text: str, found: Candidate) -> Candidate:
    opening = _OPENING.fullmatch(text, found.start, found.end) if found.type == "Forum" else None
    if opening is None:
        return found
    return found._replace(start=opening.start("name"), end=opening.end("name"), cls=None)


def _sure(chosen: Iterable[tuple[SentenceView, Sequence[tuple[Group, float]]]]) -> dict[tuple[str, str], float]:
    """(name, type) -> probability of what a first reading is sure of."""
    sure: dict[tuple[str, str], float] = {}
    for view, spans in chosen:
        for span, score in spans:
            if score >= SURE and span.end - span.start > 1 and span.type != "Place":
                key = (view.folded[span.start : span.end], span.type)
                sure[key] = max(score, sure.get(key, 0.0))
    return sure


def _parted(view: SentenceView, span: Group, surnames: frozenset[str]) -> tuple[Group, ...]:
    """What stands without a mark between: two persons of a byline (记者张琳张宁), a forum and its part
    (第四届世界互联网大会“互联网之光”博览会); else the span, with its edition.
    """
    edition = _EDITION.search(view.folded, max(0, span.start - _LONGEST_EDITION), span.start)
    if edition and span.type == "Forum" and view.folded.startswith("”", span.end):
        return (replace(span, start=edition.start(), end=span.end + 1),)
    name = view.folded[span.start : span.end]
    glued = _GLUED.fullmatch(name) if span.type == "Forum" else None
    if glued:
        return _cut(span, span.start + glued.start("part"))
    joined = span.type == "Person" and len(name) == 4 and name[0] in surnames and name[2] in surnames
    if joined and _BYLINE.search(view.folded, 0, span.start):
        return _cut(span, span.start + 2)
    return (span,)


def _cut(span: Group, at: int) -> tuple[Group, ...]:
    return (
        Group(span.start, at, span.type, span.finders, span.cls),
        Group(at, span.end, span.type, span.finders, span.cls),
    )


def _plain_name(text: str, kind: str) -> str:
    """The name without what only introduces it or ends it: 全球首款, 《》, “…”产品."""
    name = text.strip(" ")
    if not _TITLED_AT_ONE_END.fullmatch(name):
        name = name.strip("《》") or text
    if kind == "Product":
        name = _CALLED.sub("", name)
        name = name[slice(*inside_marks(name, 0, len(name)))]
        name = _CALLED.sub("", _FIRST.sub("", name) or name)
    return name


def head_words(lexicon: Lexicon) -> dict[str, tuple[HeadWord, ...]]:
    """All head words of the lexicon with what they end."""
    heads: dict[str, tuple[HeadWord, ...]] = {}
    for table in (lexicon.lists.org_heads, lexicon.lists.forum_heads, lexicon.lists.product_heads, lexicon.lists.place_heads):
        for word, head in table.items():
            heads[word] = (*heads.get(word, ()), HeadWord(lexicon.types[head.cls], head.cls, head.strong))
    return heads


def vocabulary(lexicon: Lexicon) -> Vocabulary:
    """The word lists that features look at."""
    lists = lexicon.lists
    return Vocabulary.of(
        lists.generic, lists.titles, head_words(lexicon), lists.product_heads, lists.technical, lists.anaphors.values()
    )


def default_finders(lexicon: Lexicon) -> tuple[MentionFinder, ...]:
    """The finders that kg ships, each needing only the lexicon."""
    lists = lexicon.lists
    return (
        Gazetteer(lexicon),
        HeadFinder(head_words(lexicon)),
        PersonFinder(lists.surnames, lists.transliteration, frozenset(lists.titles)),
        MarkFinder(),
    )


@lru_cache(maxsize=4)
def load_weights(folder: Path | None = None) -> Mapping[str, Mapping[str, float]]:
    """The weights of :data:`MODEL`, or of the same file in another folder: of each of :data:`READINGS`
    feature -> weight.

    Raises:
        SeedError: where the file is damaged, or lacks a reading: without weights nothing would be found.
    """
    path = (folder or resource("seeds/models")) / MODEL
    try:
        data: Mapping[str, Mapping[str, float]] = json.loads(path.read_text("utf-8"))
        return {kind: dict(data[kind]) for kind in READINGS}
    except OSError as error:
        raise SeedError(f"{path}: can't be read ({error.strerror}); write it anew with 'kg train'") from error
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise SeedError(f"{path}: not the weights of mentions; write it anew with 'kg train'") from error


def make_stage(lexicon: Lexicon, tagger: Tagger | None, weights: Mapping[str, Mapping[str, float]]) -> MentionStage:
    """The mention stage over a lexicon, with or without the learned tagger."""
    kind = "plain" if tagger is None else "tagger"
    names = FeatureNames()
    stage = MentionStage(
        finders=default_finders(lexicon), words=vocabulary(lexicon), names=names, heads=head_words(lexicon),
        places=frozenset(f for f, refs in lexicon.forms.items() if any(lexicon.types[r.cls] == "Place" for r in refs)),
        surnames=frozenset(s for s, kind in lexicon.lists.surnames.items() if len(s) == 1 and kind == "common"),
        tagger=tagger, first=Chooser({}, names), chooser=Chooser({}, names),
    )  # fmt: skip
    return with_weights(stage, weights.get(kind, {}), weights.get(f"{kind}-second", {}))


def with_weights(stage: MentionStage, first: Mapping[str, float], second: Mapping[str, float]) -> MentionStage:
    """The stage with other weights of its first and second reading."""
    names = FeatureNames.weighed_in(first, second)
    return replace(stage, names=names, first=Chooser(first, names), chooser=Chooser(second, names))
