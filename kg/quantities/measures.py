"""Finds measures and counts: a comparison, a number, a unit or a classifier."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kg.model import Span
from kg.numerals import number_text, parse_number
from kg.quantities.units import CLASSIFIER, KEPT_AFTER, KEPT_BEFORE, NUMBER, PER, UNIT

_STARTS = r"\d零一二两兩三四五六七八九十百千万超不逾低高大小少多至最约将接近每负¥￥$€"
_END = r"(?=[，。；、！（）\s]|$)"
_QUANTITY = re.compile(
    rf"""(?=[{_STARTS}])
    (?P<before>{KEPT_BEFORE})? (?P<per>{PER})? \s? (?P<sign>零下|负|[¥￥$€])?
    (?<![\dA-Za-z.第零一二两三四五六七八九十百千]) (?P<number>{NUMBER}) (?P<vague>[余餘多来])? \s?
    (?: (?P<unit>{UNIT})(?:\s?[×xX*]\s?\d+(?:\.\d+)?\s?{UNIT}){{0,2}} | (?P<classifier>{CLASSIFIER})  # 4.5米×2米
      | (?:\s?[×xX*]\s?\d+(?:\.\d+)?){{1,2}} (?:\s?{UNIT})?            # 1280×768, 161.9×73.7×7.8mm
      | (?:至|到|-|~){NUMBER} (?:{UNIT}|{CLASSIFIER})              # 158至168座
      | (?:(?<=[万亿])|(?<=分之.)){_END}                           # 130亿, 万分之二
      | (?:(?<=\d\.\d)|(?<=\d\.\d\d)|(?<=\d\.\d\d\d)){_END}        # 1.09
      | (?P<letter>[KBkb])(?![A-Za-z0-9]) )                        # 128K
    (?: (?:至|到|—|-|~)(?:零下)?{NUMBER}(?:{UNIT}|{CLASSIFIER}) | (?<=小时)\d+分钟? )?
    (?P<after>{KEPT_AFTER})?""",
    re.VERBOSE,
)
_WORDS = frozenset(
    "零部 四周 一度 一成 二期 三期 一期 二级 三级 两头 四处 三代 二代 一代 百姓 千里 百年 千年 百分".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A measured or counted amount.

    Args:
        text: the words at ``span``, comparison included.
        number: the number in digits (``100000`` for 10万), of a range the first.
        comparison: 超过, 不足, 以上 …, else empty.
        unit: the unit of a measure, the classifier of a count, empty for 130亿 or 1280×768.
    """

    span: Span
    text: str
    number: str
    comparison: str
    unit: str
    kind: Literal["measure", "count"]


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All measures and counts of a text, in order, in one linear pass.

    >>> [(q.text, q.number, q.comparison, q.unit) for q in find_quantities("弯折次数超过10万次，重1.3kg")]
    [('超过10万次', '100000', '超过', '次'), ('1.3kg', '1.3', '', 'kg')]
    """
    return tuple(quantity for match in _QUANTITY.finditer(text) if (quantity := _quantity(match)))


def _quantity(match: re.Match[str]) -> Quantity | None:
    value = parse_number(match["number"])
    unit = match["unit"] or match["classifier"] or match["letter"] or ""
    if value is None or _is_idle(match["number"], unit):
        return None
    sign = -1 if match["sign"] in ("零下", "负") else 1
    return Quantity(
        span=Span(match.start(), match.end()),
        text=match[0],
        number=number_text(value * sign),
        comparison=(match["before"] or "") + (match["after"] or ""),
        unit=unit,
        kind="count" if match["classifier"] else "measure",
    )


def _is_idle(number: str, unit: str) -> bool:
    """一个 is an article, 零部 and 四周 are parts of words, 2017年 is a date."""
    if unit == "年":
        return len(number) == 4 and number.isdecimal()
    return (number == "一" and unit not in ("成", "倍", "米", "吨")) or number + unit in _WORDS
