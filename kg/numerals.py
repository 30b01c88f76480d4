"""Numbers as Chinese text writes them: 325, 10万, 1.2亿, 三百二十五, 两千余, 二〇一七.

One grammar for times, measures and counts. Values are exact: ``int`` where whole, else ``float``
made from the decimal digits.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

_DIGITS = {
    c: n for row in ("零一二三四五六七八九", "〇壹贰叁肆伍陆柒捌玖", "○ 两") for n, c in enumerate(row) if c != " "
}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BIG = {"万": 10**4, "亿": 10**8, "兆": 10**12}
_TRADITIONAL = str.maketrans("萬億兩倆貳陸點負餘幾來", "万亿两两贰陆点负余几来")

_ARABIC = r"\d+(?:,\d{3})*(?:\.\d+)?"

_TOKEN = re.compile(
    rf"(?P<arabic>{_ARABIC})|(?P<digit>[{''.join(_DIGITS)}])|(?P<small>[十拾百佰千仟])|(?P<big>[万亿兆])|(?P<point>点)"
)
_LONGEST = 64
"""No number of a text is written longer; Python refuses to read one of more than 4300 digits."""
_VAGUE = re.compile(r"[余多几来许\s]")


@lru_cache(maxsize=1 << 12)
def parse_number(text: str) -> int | float | None:
    """The value of one written number, or None where ``text`` is not one.

    Words that blur it (余, 多, 几) are passed over, a lone last digit counts in the unit below the one
    before it (四百五 is 450), and digits in a row are read one by one (二〇一七).

    >>> parse_number("1.2亿"), parse_number("两千余"), parse_number("十余万"), parse_number("四百五")
    (120000000, 2000, 100000, 450)
    """
    if len(text) > _LONGEST:
        return None
    if text.isdecimal():  # most numbers, by far the quickest
        return int(text)
    folded = _VAGUE.sub("", unicodedata.normalize("NFKC", text).translate(_TRADITIONAL))
    sign = 1
    if folded[:1] in ("负", "-", "−"):
        folded, sign = folded[1:], -1
    value = _fraction(folded) if "分之" in folded else _whole(folded)
    if value is None:
        return None
    value *= sign
    return int(value) if value.denominator == 1 else float(value)


def number_text(value: float) -> str:
    """``value`` in digits alone, without exponent or needless zeros: what the graph stores."""
    text = format(Decimal(str(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fraction(text: str) -> Fraction | None:
    below, _, above = text.partition("分之")
    numerator, denominator = _whole(above), _whole(below)
    return numerator / denominator if numerator is not None and denominator else None


def _whole(text: str) -> Fraction | None:
    tokens, at = [], 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token is None:
            return None
        tokens.append((token.lastgroup or "", token[0]))
        at = token.end()
    if not tokens or all(kind in ("big", "point") for kind, _ in tokens):
        return None
    if len(tokens) > 1 and all(kind == "digit" for kind, _ in tokens):
        return Fraction(int("".join(str(_DIGITS[word]) for _, word in tokens)))
    return _sum(tokens)


def _sum(tokens: list[tuple[str, str]]) -> Fraction | None:
    """Adds up tokens: ``total`` holds closed 万 and 亿 sections, ``section`` the open one."""
    total, section, digit = Fraction(0), Fraction(0), None
    unit, biggest, zero, decimals = 1, 0, False, None
    for kind, word in tokens:
        if decimals is not None and kind == "digit":
            decimals += str(_DIGITS[word])
        elif kind == "point":
            section, digit, decimals = section + _last(digit, unit, zero), None, ""
        elif kind in ("digit", "arabic"):
            zero = zero or word in "零〇○" or kind == "arabic"
            digit = Fraction(word.replace(",", "")) if kind == "arabic" else Fraction(_DIGITS[word])
        elif kind == "small":
            section, digit, unit, zero = section + (digit or 1) * _SMALL[word], None, _SMALL[word], False
        else:
            section += (digit or 0) + (Fraction(f"0.{decimals}") if decimals else 0)
            # a unit larger than all before it also lifts what they closed: 四百万亿, 万万
            lifts = _BIG[word] > biggest or not section
            total = (total + section) * _BIG[word] if lifts else total + section * _BIG[word]
            section, digit, decimals, zero = Fraction(0), None, None, False
            unit = _BIG[word]
            biggest = max(biggest, unit)
    if decimals is not None:
        return total + section + (Fraction(f"0.{decimals}") if decimals else 0)
    return total + section + _last(digit, unit, zero)


def _last(digit: Fraction | None, unit: int, zero: bool) -> Fraction:
    """A last digit right after a unit counts in the next unit below (九万四), after 零 as itself."""
    if digit is None:
        return Fraction(0)
    return digit if zero or unit == 1 else digit * Fraction(unit, 10)
