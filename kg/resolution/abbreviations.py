"""How Chinese picks characters, and English letters, for short names."""

from __future__ import annotations

import re
from collections.abc import Iterator

CONTRACTIONS = (
    ("师范大学", "师大"), ("农业大学", "农大"), ("林业大学", "林大"), ("科技大学", "科大"), ("科学技术大学", "科大"),
    ("医科大学", "医大"), ("财经大学", "财大"), ("交通大学", "交大"), ("工业大学", "工大"), ("民族大学", "民大"),
    ("外国语大学", "外大"), ("理工大学", "理工"), ("理工大学", "理工大"), ("海洋大学", "海大"), ("大学", "大"),
    ("农村商业银行", "农商行"), ("农村商业银行", "农商银行"), ("委员会", "委"), ("办公室", "办"), ("协会", "协"),
    ("联合会", "联"), ("研究院", "院"), ("研究所", "所"), ("金融控股", "金控"), ("海洋工程", "海工"),
    ("精密机械", "精机"), ("精密仪器", "精仪"), ("生物医药", "生物"), ("管理局", "局"), ("监督管理局", "监局"),
    ("数字科技", "数科"), ("促进会", "促会"), ("人民政府", "政府"), ("附属第一医院", "一院"), ("附属第二医院", "二院"),
    ("科学院", "科院"), ("出版集团", "出版"), ("电力投资", "电投"), ("能源投资", "能投"), ("第一人民医院", "一院"),
    ("创业投资", "创投"), ("风险投资", "风投"), ("博览会", "博会"),
    ("商品交易会", "交会"), ("交易会", "交会"), ("展览会", "展"), ("汽车展览会", "车展"), ("汽车工业展览会", "车展"),
)  # fmt: skip
"""Words, and what is usually left of them in short names."""

_LONG = re.compile("|".join(sorted({long for long, _ in CONTRACTIONS}, key=lambda w: (-len(w), w))))
_WORD = re.compile(r"[A-Za-z][a-z']*|[A-Z]+")
_SMALL = frozenset(("of", "the", "and", "for", "in", "on", "de", "la", "et", "e"))


def initials(name: str) -> str:
    """The folded initials of an English name of three or more words, an empty string for others.

    Example:
        >>> initials("The Game Awards"), initials("Bank of China"), initials("国际货币基金组织")
        ('tga', '', '')
    """
    if not name.isascii():
        return ""
    letters = [word[0].lower() for word in _WORD.findall(name) if word not in _SMALL]
    return "".join(letters) if len(letters) >= 3 else ""


def contracted(key: str) -> Iterator[str]:
    """A folded name with the last of each word that is usually contracted in its short form.

    Example:
        >>> list(contracted("松江农业大学"))
        ['松江农大', '松江农业大']
    """
    if not _LONG.search(key, 1):
        return
    for long, short in CONTRACTIONS:
        at = key.rfind(long)
        if at > 0:
            yield key[:at] + short + key[at + len(long) :]


def abbreviates(short: str, full: str, head: int, start: int = 0) -> bool:
    """Whether the characters of ``short`` are picked from ``full`` as short names pick them.

    In order, beginning at ``start`` at the latest, ending inside the head (the last ``head``
    characters), skipping no more than five at once and keeping a quarter of them all, two
    characters no less than four in ten: 国家网信办, 中科院, 上博.
    """
    if not 2 <= len(short) < len(full) or len(short) < (0.4 if len(short) == 2 else 0.25) * len(full):
        return False
    at = full.find(short[0])
    if not 0 <= at <= start or full.startswith(short):
        return False
    for character in short[1:-1]:
        following = full.find(character, at + 1)
        if not 0 <= following <= at + 6:
            return False
        at = following
    last = full.rfind(short[-1])
    return last > at and last >= len(full) - head and last - at <= 8


def keeps_ends(short: str, full: str, end: str) -> bool:
    """Whether ``short`` is the beginning of ``full`` and its last word ``end``: 湘水(出版投资控股)集团."""
    own = short[: len(short) - len(end)]
    return bool(end) and len(own) >= 2 and full.startswith(own) and full.endswith(end) and short != full
