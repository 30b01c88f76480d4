"""What one span shows by itself: what stands before it, after it and in it, as numbers of named features."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.mentions.candidates import SentenceView
from kg.mentions.words import Words
from kg.seeds.words import Anaphor

_MARKS = frozenset("，。；：！？、“”《》（）·—/ 的和与及在由对为将把被从向是等")
#: What begins a word that only points to an organization or place. 本 is left out: 资本集团.
_POINTING = tuple("我该此")
_POINTED_AT = ("Organization", "Place")
_REACH = 8
"""Titles before and after a span, and head words, count up to this length."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The word lists that features look at.

    Args:
        generic: nouns that never name a thing by themselves.
        titles: posts, honorifics and bylines' words.
        heads: head words of names.
        products: those of products, which also stand beside a name: 小程序“塬上书”.
        common: words of which no name is made.
        pointing: 我院, 该市: what only the writer can point to.
    """

    generic: frozenset[str]
    titles: Words
    heads: Words
    products: Words
    common: Words
    pointing: Words

    @classmethod
    def of(
        cls,
        generic: Iterable[str] = (),
        titles: Iterable[str] = (),
        heads: Iterable[str] = (),
        products: Iterable[str] = (),
        technical: Iterable[str] = (),
        anaphors: Iterable[Anaphor] = (),
    ) -> Vocabulary:
        """A vocabulary without titles and head words that are longer than the features look."""
        nouns, ends = frozenset(generic), tuple(products)
        pointing = Words(a.form for a in anaphors if a.type in _POINTED_AT and a.form.startswith(_POINTING))
        return cls(nouns, _near(titles), _near(heads), _near(ends), Words((*nouns, *ends, *technical)), pointing)


def _near(words: Iterable[str]) -> Words:
    return Words(word for word in words if len(word) <= _REACH)


class FeatureNames(dict[str, int]):
    """The name of a feature, without the type -> its number, from 1.

    What is not known has number 0, or, while features are learnt, gets the next number.
    """

    def __init__(self, known: Iterable[str] = (), *, learning: bool = False) -> None:
        super().__init__((name, number) for number, name in enumerate(sorted({*known}), 1))
        self._learning = learning

    def __missing__(self, name: str) -> int:
        if not self._learning:
            return 0
        number = self[name] = len(self) + 1
        return number

    @classmethod
    def weighed_in(cls, *weights: Mapping[str, float]) -> FeatureNames:
        """The names in the keys of ``weights``, which are a type and a name, or ``*`` and a name."""
        return cls(key.partition("|")[2] for keys in weights for key in keys)


def tell_before(view: SentenceView, at: int, words: Vocabulary, names: FeatureNames) -> tuple[int, ...]:
    """What the word that begins here is, and what stands before it; the last number is the word's, or -1."""
    text, tokens = view.folded, view.tokens
    index = view.starts.get(at)
    char = text[at - 1] if at else "^"
    title = names["title<"] if words.titles.ending(text, at) else 0
    beside = names[f"b{char}"] if char in _MARKS or char == "^" else 0
    product = names["product<"] if words.products.ending(text, at - (char == "“")) else 0
    if index is None:
        return 0, beside, 0, title, 0, product, -1
    word = 0
    if index:
        token = tokens[index - 1]
        word = names[f"p={token.text}"]
        beside = beside if char in _MARKS else names[f"bt{token.tag[:2]}"]
    tag = tokens[index].tag
    return names[f"one{tag}"], beside, word, title, names[f"f{tag[:2]}"], product, index


def tell_after(view: SentenceView, at: int, words: Vocabulary, names: FeatureNames) -> tuple[int, ...]:
    """What stands after the word that ends here; the last number is the word's, or -1."""
    text, tokens = view.folded, view.tokens
    index = view.ends.get(at)
    char = text[at] if at < len(text) else "$"
    title = names["title>"] if words.titles.beginning(text, at) else 0
    beside = names[f"a{char}"] if char in _MARKS or char == "$" else 0
    product = names["product>"] if words.products.beginning(text, at + (char == "”")) else 0
    word = 0
    if index is not None and index + 1 < len(tokens):
        token = tokens[index + 1]
        word = names[f"n={token.text}"]
        beside = beside if char in _MARKS else names[f"at{token.tag[:2]}"]
    return beside, word, title, product, -1 if index is None else index


def tell_finder(finder: str, score: float, names: FeatureNames) -> tuple[int, int]:
    """What a proposal is worth by itself; the learned tagger's is told apart from the others."""
    if finder == "tagger":
        return 0, 0
    return names[finder], names[f"{finder}|{score:.1f}"] if finder.startswith("head") else 0


def tell_inside(text: str, words: Vocabulary, names: FeatureNames) -> tuple[int, ...]:
    """What the words of a span are by themselves."""
    head = words.heads.ending(text, len(text))
    latin = 0
    if text[0].isascii() and text[-1].isascii():
        latin = names[f"latin{text.isupper():d}{' ' in text:d}{any(c.isdigit() for c in text):d}"]
    return (
        names[f"len{min(len(text), 12)}"],
        names["generic"] if text in words.generic else 0,
        names[f"h={head}"] if head else 0,
        latin,
        names["quote"] if text[0] == "“" else 0,
        names["common"] if words.common.make_up(text) else 0,
        names["points"] if words.pointing.ending(text, len(text)) else 0,
    )
