"""Numbers for whatever repeats in a page's data."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)

Json = dict[str, object]


class Table(Generic[T]):
    """Numbers values in the order in which they are first seen."""

    def __init__(self, values: Iterable[T] = ()) -> None:
        self._numbers: dict[T, int] = {}
        for value in values:
            self.number(value)

    def __contains__(self, value: T) -> bool:
        return value in self._numbers

    def number(self, value: T) -> int:
        """The number of a value, new or known."""
        return self._numbers.setdefault(value, len(self._numbers))

    def __iter__(self) -> Iterator[T]:
        return iter(self._numbers)
