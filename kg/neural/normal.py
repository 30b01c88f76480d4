"""Writes text as the neural weights saw it in training, character for character."""

from __future__ import annotations

from kg.folding import fold_text

_TABLE = {i: i - 0xFEE0 for i in range(0xFF01, 0xFF5F)} | {ord("。"): ord("."), 0x3000: ord(" "), 0xA0: ord(" ")}


def normalise(text: str) -> str:
    """``text`` with half-width punctuation and small letters; same length, same offsets.

    Raw input costs 18 points of F1 on persons (MSRA) and swallows 。 into names. Traditional
    text is read as simplified: its characters are in the vocabulary, but hardly trained.

    Example:
        >>> normalise("ＫＧ大會開幕。（圖）")
        'kg大会开幕.(图)'
    """
    text = fold_text(text).translate(_TABLE)
    low = text.lower()
    if len(low) == len(text):
        return low
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)  # İ grows by a dot
