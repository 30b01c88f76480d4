"""The pattern language of ``seeds/patterns/*.toml``, compiled to regular expressions.

A sentence is matched as a string in which every mention, date, count, measure and post is
one *unit*: a single private-use character that stands for its type. So a pattern such as

    {org:Organization}{post:Post+}{who:Person+}

compiles to a plain :mod:`re` expression over few characters and runs at C speed. What the
language offers is described for rule writers in the README; in short:

=====================  ==============================================================
``主办``                the words themselves; punctuation stands for all its forms, ``“ ”`` for 「 」
``(主办|承办)``          one of; ``[共同]`` perhaps; ``!(的)`` not followed by
``@host``               one of the words of group ``host``
``…`` ``…5``            at most 8 (5) characters of the same clause, over no named thing but places and dates
``~`` ``~3``            at most 6 (3) characters that a noun phrase may hold: no 的, 在, 和, no named thing
``……`` ``……40``         at most 30 (40) characters of the same sentence, over anything but a thing of
                       a type that the pattern names: so it never skips a nearer one
``{who:Person}``        a mention; ``Person|Organization`` either; ``Person+`` a list of them
``{when:Date}``         Date, Range, Duration, Count, Measure; Post, Founder, Reporter, Honorific, Occupation
``{what:text}``         words up to the next clause mark; ``{what:quote}`` the words inside “ ”
``{what:list}``         words joined by 、and 和, each an object of its own; ``{what:items}`` at least two
``………`` ``………60``      at most 40 (60) characters of the same sentence, over anything at all
``^`` ``$``             where the sentence begins and ends
=====================  ==============================================================

Every gap is bounded, and a repetition within another is possessive, so matching is linear in the
sentence's length.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

#: One private-use character a unit type. U+E000 to U+E0FF is ours; a text that holds such a
#: character is encoded with U+FFFD in its place.
UNITS: dict[str, str] = {
    name: chr(0xE000 + i)
    for i, name in enumerate(
        (
            "Person", "Organization", "Forum", "Product", "Place",
            "Date", "Range", "Duration", "Count", "Measure",
            "Post", "Founder", "Reporter", "Honorific", "Occupation", "Aside",
        )
    )
}  # fmt: skip
UNIT_NAMES: dict[str, str] = {char: name for name, char in UNITS.items()}
#: An aside is a bracketed remark folded away: （IMF）.
ASIDE = UNITS["Aside"]
TITLE_UNITS = "".join(UNITS[n] for n in ("Post", "Founder", "Reporter", "Honorific", "Occupation"))
_NAMED = "".join(UNITS[n] for n in ("Person", "Organization", "Forum", "Product"))
_ALL = "\ue000-\ue0ff"

CLAUSE_MARKS = "，。；：！？…\n"
_NOUN = f"[^{_ALL}{CLAUSE_MARKS}、“”（）的在与和由对向为是了将被把等从于到及称说曾]"
_JOIN = "(?:[、，]?+(?:以及|和|与|及|同|跟|暨|并|/|·|&)|[、，])"
_PLAIN = f"[^{_ALL}{CLAUSE_MARKS}、“”（）]"
#: What may stand before a member of a list: 谷歌CEO皮查伊, 美国微软公司. Taken or left as a whole
#: (possessive), so that long lists can't be parted in more ways than one.
_BEFORE = {
    "Person": f"(?:[{UNITS['Organization']}{UNITS['Place']}{TITLE_UNITS}{ASIDE}的]|、(?={_PLAIN}{{0,6}}[{TITLE_UNITS}])"
    f"|{_PLAIN}{{1,7}}(?=[{TITLE_UNITS}])){{0,8}}+",
    "Organization": f"(?:{UNITS['Place']}的?+)?+",
    "Product": f"(?:{UNITS['Organization']}的?+)?+",
}
#: A member that nobody knows: 佘山镇政府、某某促进服务中心、松江区经委.
_UNKNOWN = f"、{_NOUN}{{3,16}}+(?=[、和与及以])"
_LIST_END = f"{ASIDE}?(?:等(?:{_PLAIN}{{0,6}}?{UNITS['Count']}|{_PLAIN}{{0,8}}?)?)?"

_TOKEN = re.compile(
    r"""
    (?P<capture>\{(?P<name>[a-z_]+):(?P<spec>[^{}]+)\})
  | (?P<any>………(?P<any_n>\d*))
  | (?P<far>……(?P<far_n>\d*))
  | (?P<gap>…(?P<gap_n>\d*))
  | (?P<noun>~(?P<noun_n>\d*))
  | @(?P<group>[a-z_]+)
  | (?P<not>!\()
  | (?P<mark>[()\[\]|^$])
  | (?P<space>\s+)
  | (?P<literal>[^{}@!…~()\[\]|^$\s])
    """,
    re.VERBOSE,
)
_DEEPEST = 40  # what re.compile takes in its stride: it calls itself for each
_SPEC = re.compile(r"\{[a-z_]+:([^{}]+)\}")


class PatternSyntaxError(ValueError):
    """A pattern that does not parse; the loader adds file and line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """A pattern ready to run.

    Args:
        regex: over encoded sentences.
        kinds: for each variable ``unit``, ``units`` (a list), ``text``, ``quote``, ``list`` or ``word``.
        types: for each variable that stands for units, their types.
        needs: sets of characters; a sentence lacking every character of one of them can't match.
    """

    regex: re.Pattern[str]
    kinds: Mapping[str, str]
    types: Mapping[str, frozenset[str]]
    needs: tuple[frozenset[str], ...]


class _Compiler:
    def __init__(self, pattern: str, groups: Mapping[str, frozenset[str]]) -> None:
        self.pattern, self.groups = pattern, groups
        self.out: list[str] = []
        self.kinds: dict[str, str] = {}
        self.types: dict[str, frozenset[str]] = {}
        self.needs: list[frozenset[str]] = []
        self.open: list[str] = []
        named = {n for spec in _SPEC.findall(pattern) for n in spec.strip().removesuffix("+").split("|")}
        self.named = "".join(UNITS[n.strip()] for n in sorted(named) if n.strip() in UNITS)

    def run(self) -> Compiled:
        at = 0
        while at < len(self.pattern):
            token = _TOKEN.match(self.pattern, at)
            if token is None:
                raise PatternSyntaxError(f"can't read {self.pattern[at : at + 12]!r}")
            self._add(token)
            at = token.end()
        if self.open:
            raise PatternSyntaxError(f"{self.open[-1]!r} is never closed")
        try:
            regex = re.compile("".join(self.out))
        except (re.error, OverflowError, ValueError) as error:  # the latter two for …999999999999
            raise PatternSyntaxError(f"{error} in {self.pattern[:80]!r}") from error
        if regex.search(""):
            raise PatternSyntaxError("the pattern matches where nothing stands; give it a word or a variable")
        return Compiled(regex=regex, kinds=self.kinds, types=self.types, needs=tuple(self.needs))

    def _add(self, token: re.Match[str]) -> None:
        kind = token.lastgroup or ""
        text = token[0]
        if token["capture"]:
            self._capture(token["name"], token["spec"])
        elif token["any"]:
            self.out.append(f"[^。！？]{{0,{token['any_n'] or 40}}}?")
        elif token["far"]:
            self.out.append(f"[^。！？{self.named}]{{0,{token['far_n'] or 30}}}?")
        elif token["noun"]:
            self.out.append(f"{_NOUN}{{0,{token['noun_n'] or 6}}}?")
        elif token["gap"]:
            self.out.append(f"[^{_NAMED}{CLAUSE_MARKS}“”]{{0,{token['gap_n'] or 8}}}?")
        elif kind == "group":
            self._need_words(self._words(token["group"]))
            self.out.append(f"(?:{self._alternatives(token['group'])})")
        elif token["not"]:
            self._enter("!(")
            self.out.append("(?!")
        elif token["mark"]:
            self._mark(text)
        elif token["literal"]:
            self.out.append(re.escape(text))
            if not self.open:
                self.needs.append(frozenset(text))

    def _mark(self, text: str) -> None:
        if text in "([":
            self._enter(text)
            self.out.append("(?:")
        elif text in ")]":
            opened = self.open.pop() if self.open else ""
            if (opened in ("(", "!(")) != (text == ")") or not opened:
                raise PatternSyntaxError(f"{text!r} closes nothing")
            self.out.append(")?" if text == "]" else ")")
        elif text == "|" and not self.open:
            raise PatternSyntaxError("'|' stands outside brackets")
        else:
            self.out.append(text)

    def _enter(self, bracket: str) -> None:
        if len(self.open) == _DEEPEST:
            raise PatternSyntaxError(f"brackets are nested more than {_DEEPEST} deep")
        self.open.append(bracket)

    def _words(self, group: str) -> frozenset[str]:
        if group not in self.groups:
            raise PatternSyntaxError(f"unknown word group @{group}; known: {', '.join(sorted(self.groups))}")
        return self.groups[group]

    def _alternatives(self, group: str) -> str:
        return "|".join(re.escape(w) for w in sorted(self._words(group), key=lambda w: (-len(w), w)))

    def _need_words(self, words: frozenset[str]) -> None:
        if not self.open:
            self.needs.append(frozenset(w[0] for w in words))

    def _capture(self, name: str, spec: str) -> None:
        if name in self.kinds:
            raise PatternSyntaxError(f"{{{name}:…}} stands twice")
        body, self.kinds[name] = self._body(name, spec.strip())
        self.out.append(f"(?P<{name}>{body})")

    def _body(self, name: str, spec: str) -> tuple[str, str]:
        if spec == "text":
            return f"[^{CLAUSE_MARKS}“”]{{1,40}}?", "text"
        if spec == "quote":
            return "[^“”。]{2,60}", "quote"
        if spec == "list":
            return f"[^{CLAUSE_MARKS}]{{2,80}}?", "list"
        if spec == "items":
            item = f"[^{CLAUSE_MARKS}、]{{2,16}}"
            return f"{item}(?:、{item}){{1,12}}?", "list"
        if spec.startswith("@"):
            groups = [part.strip().removeprefix("@") for part in spec.split("|")]
            self._need_words(frozenset().union(*(self._words(g) for g in groups)))
            return "|".join(self._alternatives(g) for g in groups), "word"
        many = spec.endswith("+")
        names = [n.strip() for n in spec.removesuffix("+").split("|")]
        unknown = [n for n in names if n not in UNITS]
        if unknown:
            raise PatternSyntaxError(
                f"unknown type {unknown[0]!r}; known: {', '.join(UNITS)}, text, quote, list, items"
            )
        self.types[name] = frozenset(names)
        chars = "".join(UNITS[n] for n in names)
        if not self.open:
            self.needs.append(frozenset(chars))
        return (_list_of(names, chars), "units") if many else (f"[{chars}]", "unit")


def _list_of(names: list[str], chars: str) -> str:
    if set(chars) <= set(TITLE_UNITS):
        link = f"(?:，(?=[{TITLE_UNITS}])|(?:兼任|以及|，兼|[、兼和及暨/])?+(?:(?![为是由]){_PLAIN}){{0,6}}+)"
        titles = f"[{TITLE_UNITS}](?:{link}[{TITLE_UNITS}]){{0,5}}+"
        return f"(?=[^{CLAUSE_MARKS}“”（）]{{0,24}}?[{chars}]){titles}"
    before = _BEFORE.get(names[0], "") if len(names) == 1 else f"(?:{UNITS['Place']})?+"
    unknown = _UNKNOWN if names == ["Organization"] else "(?!)"
    return f"[{chars}](?:{ASIDE}?+{_JOIN}?+{before}[{chars}]|{unknown}){{0,30}}{_LIST_END}"


def compile_pattern(pattern: str, groups: Mapping[str, frozenset[str]]) -> Compiled:
    """Compiles one pattern; ``groups`` maps a word group's name to its words.

    Raises:
        PatternSyntaxError: with what is wrong and what is allowed.
    """
    return _Compiler(pattern, groups).run()
