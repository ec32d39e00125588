"""Sets that grow together: which things are joined, by any chain of pairs."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable


class Union:
    """Joins names into sets. The name of a set is its least member, so the order of joining does not matter."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

    def find(self, x: str) -> str:
        """The name of the set of x."""
        root = x
        while (up := self._parent.get(root, root)) != root:
            root = up
        while x != root:
            self._parent[x], x = root, self._parent.get(x, x)
        return root

    def join(self, a: str, b: str) -> None:
        """Make the sets of a and b one."""
        a, b = self.find(a), self.find(b)
        if a != b:
            self._parent[max(a, b)] = min(a, b)

    def sets(self, members: Iterable[str]) -> list[tuple[str, ...]]:
        """The sets of these members, each in order, by their least member."""
        out: defaultdict[str, list[str]] = defaultdict(list)
        for m in members:
            out[self.find(m)].append(m)
        return [tuple(sorted(set(out[name]))) for name in sorted(out)]


class Parts:
    """The same for the numbers 0 to size - 1, small enough for millions."""

    def __init__(self, size: int) -> None:
        self._parent = array("i", range(size))

    def find(self, x: int) -> int:
        """The least number of the set of x."""
        up = self._parent
        while up[x] != x:
            up[x] = up[up[x]]
            x = up[x]
        return x

    def join(self, a: int, b: int) -> None:
        """Make the sets of a and b one."""
        a, b = self.find(a), self.find(b)
        self._parent[max(a, b)] = min(a, b)
