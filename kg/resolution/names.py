"""What two spellings of one name have in common."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kg.traditional import SIMPLIFIED

_QUOTES = "“”‘’\"'「」『』《》〈〉＂"
_DOTS = "·•・‧∙⋅･"
_IGNORED = re.compile(rf"[\s{_QUOTES}{_DOTS}\u200b\ufeff]+")
_HYPHEN = re.compile(r"[-‐‑‒–—―－_](?!\d)|(?<!\d)[-‐‑‒–—―－_]")  # 沧溟-2000 is 沧溟2000, but 3-1 is not 31
_QUOTED = re.compile(r"[“「『《〈\"]([^“”「」『』《》〈〉\"]{2,})[”」』》〉\"]")


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """The form in which names are compared.

    Full and half width, traditional and simplified characters, case, white space, quotation
    marks, middle dots and hyphens make no difference.

    Example:
        >>> fold("台積電"), fold("第四届“世界互联网大会•乌镇峰会”"), fold("AN－5")
        ('台积电', '第四届世界互联网大会乌镇峰会', 'an5')
    """
    plain = _IGNORED.sub("", unicodedata.normalize("NFKC", name)).translate(SIMPLIFIED).casefold()
    return _HYPHEN.sub("", plain) or name


def quoted_part(name: str) -> str | None:
    """The folded words that ``name`` holds in quotation marks, where there is one such stretch.

    Example:
        >>> quoted_part("“互联网之光”博览会")
        '互联网之光'
    """
    found = _QUOTED.findall(name)
    return fold(found[0]) if len(found) == 1 else None


def has_chinese(name: str) -> bool:
    """Whether a Chinese character stands in ``name``."""
    return any("\u4e00" <= character <= "\u9fff" for character in name)
