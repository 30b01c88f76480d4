"""Folds punctuation into one form each, keeping every offset."""

from __future__ import annotations

import re

#: One character for each way of writing it; the length never changes.
_FOLD = str.maketrans(
    {
        ",": "，", ":": "：", ";": "；", "(": "（", ")": "）", "!": "！", "?": "？", "［": "（", "］": "）",
        "「": "“", "」": "”", "『": "“", "』": "”", "＂": '"', "～": "—", "〜": "—", "–": "—", "－": "—",
        "\u3000": " ", "\xa0": " ", "•": "·", "・": "·", "＆": "&", "／": "/", "丨": "|", "｜": "|",
    }
    | {c: "\ufffd" for c in map(chr, range(0xE000, 0xE100))}
)  # fmt: skip
_STRAIGHT = re.compile(r'"([^"\n]{1,80})"')
_DIGIT_COMMA = re.compile(r"(?<=\d)，(?=\d)")


def fold_text(text: str) -> str:
    """``text`` with punctuation in one form each; same length."""
    text = text.translate(_FOLD)
    if '"' in text:
        text = _STRAIGHT.sub(r"“\1”", text)
    return _DIGIT_COMMA.sub(",", text) if "，" in text else text
