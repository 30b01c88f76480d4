"""Sets of words, asked which of them ends or begins at a place of a text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping


class Words:
    """Words of any length; a place's own character tells which lengths are worth a look.

    Example:
        >>> words = Words(["大会", "互联网大会", "院长"])
        >>> words.ending("世界互联网大会", 7), words.beginning("院长说", 0), words.ending("大会", 1)
        ('互联网大会', '院长', None)
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._by_first = _lengths((word[0], len(word)) for word in self._words)
        self._by_last = _lengths((word[-1], len(word)) for word in self._words)

    @property
    def lasts(self) -> Collection[str]:
        """The characters that words end with."""
        return self._by_last.keys()

    def ending(self, text: str, at: int) -> str | None:
        """The longest word that ends before the offset."""
        if at > 0:
            for length in self._by_last.get(text[at - 1], ()):
                if length <= at and (word := text[at - length : at]) in self._words:
                    return word
        return None

    def make_up(self, text: str) -> bool:
        """Whether the text is nothing but words, one after another.

        Example:
            >>> Words(["5G", "智能", "芯片"]).make_up("5G芯片"), Words(["芯片"]).make_up("麒麟芯片")
            (True, False)
        """
        # from the end, as most texts end with no word
        seen, todo = {len(text)}, [len(text)]
        while todo:
            end = todo.pop()
            if not end:
                return True
            for length in self._by_last.get(text[end - 1], ()):
                start = end - length
                if start >= 0 and start not in seen and text[start:end] in self._words:
                    seen.add(start)
                    todo.append(start)
        return False

    def beginning(self, text: str, at: int) -> str | None:
        """The longest word that begins at the offset."""
        if at < len(text):
            for length in self._by_first.get(text[at], ()):
                if (word := text[at : at + length]) in self._words:
                    return word
        return None


def _lengths(pairs: Iterable[tuple[str, int]]) -> Mapping[str, tuple[int, ...]]:
    """By character, the lengths of its words, the longest first."""
    found: dict[str, set[int]] = {}
    for char, length in pairs:
        found.setdefault(char, set()).add(length)
    return {char: tuple(sorted(lengths, reverse=True)) for char, lengths in found.items()}
