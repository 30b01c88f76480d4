"""Clusters under constraint: what must be one thing, and what can't be.

Union-find (Tarjan 1975) by size with path halving; a cluster carries its *marks* (edition 4,
year 2017, a canonical name) and its *enemies*. Two clusters whose marks contradict or that are
enemies are never joined, whatever link asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping


class Clusters:
    """Growing clusters of the nodes 0 … size-1."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self._size = [1] * size
        self._marks: dict[int, dict[str, str]] = {}
        self._enemies: dict[int, dict[int, str]] = {}

    def find(self, node: int) -> int:
        """The node that stands for the cluster of ``node``; any join may change it."""
        parent = self._parent
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    def mark(self, node: int, marks: Mapping[str, str]) -> None:
        """Notes what is known of a node's thing; a mark that is there already stays."""
        if marks:
            own = self._marks.setdefault(self.find(node), {})
            for name, value in marks.items():
                own.setdefault(name, value)

    def marks(self, node: int) -> Mapping[str, str]:
        """What is known of the thing that ``node`` belongs to."""
        return self._marks.get(self.find(node), {})

    def forbid(self, a: int, b: int, reason: str) -> None:
        """Keeps the clusters of two nodes apart for good (no effect where they are one already)."""
        a, b = self.find(a), self.find(b)
        if a != b:
            self._enemies.setdefault(a, {}).setdefault(b, reason)
            self._enemies.setdefault(b, {}).setdefault(a, reason)

    def objection(self, a: int, b: int) -> str | None:
        """Why the clusters of two nodes can't be one, or None where nothing speaks against it."""
        a, b = self.find(a), self.find(b)
        if a == b:
            return None
        enemies = self._enemies.get(a)
        if enemies and b in enemies:
            return enemies[b]
        return self._contradiction(a, b)

    def _contradiction(self, a: int, b: int) -> str | None:
        one, other = self._marks.get(a), self._marks.get(b)
        if one and other:
            for name in sorted(one.keys() & other.keys()):
                if one[name] != other[name]:
                    return f"{name} {min(one[name], other[name])} / {max(one[name], other[name])}"
        return None

    def join(self, a: int, b: int, *, same_name: bool = False) -> bool:
        """Makes two clusters one; False, and nothing done, where something speaks against it.

        Args:
            a: a node.
            b: another.
            same_name: whether both have one name: then only marks speak against it. A list or a
                relation that a text is thought to tell may have been read wrongly.
        """
        a, b = self.find(a), self.find(b)
        if a == b:
            return True
        if self._contradiction(a, b) or (not same_name and self.objection(a, b)):
            return False
        if self._size[a] < self._size[b]:
            a, b = b, a
        self._parent[b] = a
        self._size[a] += self._size[b]
        if b in self._marks:
            self._marks.setdefault(a, {}).update(self._marks.pop(b))
        for enemy, reason in self._enemies.pop(b, {}).items():
            del self._enemies[enemy][b]
            if enemy == a:
                continue
            self._enemies[enemy].setdefault(a, reason)
            self._enemies.setdefault(a, {}).setdefault(enemy, reason)
        return True

    def groups(self) -> Iterator[list[int]]:
        """The clusters, each sorted, in the order of their first nodes."""
        members: dict[int, list[int]] = {}
        for node in range(len(self._parent)):
            members.setdefault(self.find(node), []).append(node)
        yield from members.values()
