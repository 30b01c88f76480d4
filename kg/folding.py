"""Folds punctuation into one form each and traditional characters to simplified, keeping every offset."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.traditional import SIMPLIFIED

#: One character for each way of writing it; the length never changes.
_FOLD = str.maketrans(
    {
        ",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "!": "！", "?": "？", "［": "（", "］": "）",
        "「": "“", "」": "”", "『": "“", "』": "”", "＂": '"', "～": "—", "〜": "—", "–": "—", "－": "—",
        "\u3000": " ", "\xa0": " ", "•": "·", "・": "·", "＆": "&", "／": "/", "丨": "|", "｜": "|",
    }
    | {chr(c): chr(c - 0xFEE0) for c in range(0xFF10, 0xFF5B) if chr(c - 0xFEE0).isalnum()}
    | dict.fromkeys(map(chr, range(57344, 57600)), "�")
)  # fmt: skip
#: Characters that only traditional text has, and hardly a text of it lacks: most texts are passed over.
_TELLTALE = frozenset("國會開業發與為這個時實關長機學體說過從電動產經報記總務統議")
_STRAIGHT = re.compile(r'"([^"\n]{1,80})"')
#: 二○○五年: the circle that old pages write for 〇; elsewhere it is a bullet.
_CIRCLES = re.compile("(?<=[一二三四五六七八九])[○◯]+")
_DIGIT_COMMA = re.compile(r"(?<=\d)，(?=\d)")


@lru_cache(maxsize=4096)  # every stage that reads a sentence of a batch asks for it again
def fold_text(text: str) -> str:
    """``text`` with punctuation in one form each and traditional characters as simplified ones;
    same length.
    """
    text = text.translate(_FOLD)
    if not _TELLTALE.isdisjoint(text):
        text = text.translate(SIMPLIFIED)
    if '"' in text:
        text = _STRAIGHT.sub(r"“\1”", text)
    if "○" in text or "◯" in text:
        text = _CIRCLES.sub(lambda match: "〇" * len(match[0]), text)
    return _DIGIT_COMMA.sub(",", text) if "，" in text else text
