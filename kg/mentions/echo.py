"""The second look: a name that is sure once in a document is known wherever it stands there.

So are the short forms that Chinese news makes of it: 骨语科技 and 骨语 of 长沙骨语科技有限公司,
马斯克 of 埃隆·马斯克, 世界互联网大会 of 第四届世界互联网大会.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from kg.mentions.candidates import Candidate, SentenceView

#: A reading must be this sure to be looked for elsewhere.
SURE = 0.7
_LEGAL = re.compile(r"(?:（[^（）]{1,8}）)?(?:股份有限公司|有限责任公司|集团有限公司|控股有限公司|有限公司|集团公司|株式会社|公司|集团|控股)$")
_TRADE = re.compile(
    r"(?:科技|技术|生物|医疗|医药|药业|制药|智能|网络|信息|软件|电子|半导体|微电子|汽车|新能源|能源|动力|航空|航天|传媒|文化|影业|动画|教育|食品|饮料|乳业|"
    r"资本|投资|创投|基金|证券|保险|银行|机器人|机械|重工|装备|材料|化工|环保|物流|供应链|农业|种业|服饰|家居|家电|地产|置业|旅游|游戏|互娱|出版社|设计|咨询|电气|光电|通信|数据|云)$"
)
#: Which edition of a series an occasion is.
ORDINAL = r"第[一二三四五六七八九十百零〇\d]+[届次期]|首届"
_EDITION = re.compile(rf"^(?:{ORDINAL}|(?:19|20)\d\d年?(?:度)?)[“·]?")
_PLACE = re.compile(r"^[\u4e00-\u9fff]{2,3}?(?:省|市|县|区|州)")


def short_forms(name: str, kind: str, places: frozenset[str]) -> Iterator[str]:
    """What later sentences may call ``name``, the longest first.

    >>> list(short_forms("长沙骨语科技有限公司", "Organization", frozenset({"长沙"})))
    ['长沙骨语科技', '骨语科技', '骨语']
    """
    if kind == "Person" and "·" in name:
        parts = name.split("·")
        yield from (p for p in (parts[-1], parts[0]) if len(p) > 1)
    elif kind == "Person" and re.fullmatch(r"[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)+", name):
        yield name.split(" ")[-1]
    elif kind == "Forum":
        plain = _EDITION.sub("", name)
        if plain != name and len(plain) > 3:
            yield plain
    elif kind == "Organization":
        yield from _company_forms(name, places)


def _company_forms(name: str, places: frozenset[str]) -> Iterator[str]:
    stem = _LEGAL.sub("", name)
    if stem != name and len(stem) > 1:
        yield stem
    prefix = next((p for p in (name[:n] for n in (4, 3, 2)) if p in places or _PLACE.fullmatch(p)), "")
    core = stem[len(prefix) :]
    if prefix and len(core) > 1:
        yield core
    bare = _TRADE.sub("", core)
    if bare != core and len(bare) > 1:
        yield bare


class EchoFinder:
    """Looks for the sure names of one document, and their short forms.

    Args:
        sure: (name, type) -> probability, of the first reading.
        places: names of places, which short forms leave out.
    """

    def __init__(self, sure: Mapping[tuple[str, str], float], places: frozenset[str]) -> None:
        from ahocorasick_rs import AhoCorasick, Implementation

        self._forms: dict[str, dict[tuple[str, str], float]] = {}
        for (name, kind), score in sure.items():
            self._add(name, kind, "echo", score)
            for form in short_forms(name, kind, places):
                self._add(form, kind, "echo:short", score)
        self._words = list(self._forms)
        # made anew for each document: an expression, or the default automaton, would take longer to make than to use
        self._automaton = AhoCorasick(self._words, implementation=Implementation.ContiguousNFA) if self._words else None

    def _add(self, form: str, kind: str, finder: str, score: float) -> None:
        known = self._forms.setdefault(form, {})
        known[kind, finder] = max(score, known.get((kind, finder), 0.0))

    def find(self, view: SentenceView) -> Iterable[Candidate]:
        """Every occurrence of every form, the longest at each place."""
        if self._automaton is None:
            return
        longest: dict[int, tuple[int, str]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(view.folded, overlapping=True):
            if start not in longest or longest[start][0] < end:
                longest[start] = (end, self._words[index])
        for start, (end, form) in sorted(longest.items()):
            for (kind, finder), score in self._forms[form].items():
                yield Candidate(start, end, kind, finder, score)
