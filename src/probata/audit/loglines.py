"""The part of a log in a release: all of it, some entries as their hash alone; or chosen entries with proofs."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from probata.audit.canonical import canonical
from probata.audit.chain import Entry
from probata.audit.merkle import Tree, TreeHead
from probata.model.errors import InputError


@dataclass(frozen=True, slots=True)
class LogPart:
    """What a release shows of a log with this tree.

    `read` gives the entries in order each time it is called, as many as the tree has. `chosen` are the numbers of
    the entries shown; None shows the log as a whole, where entries in `hidden` stand as their hash alone. `earlier`
    are heads of this log that were published before; each gets a proof that nothing was changed since.
    """

    tree: Tree
    read: Callable[[], Iterator[Entry]]
    at: str  # UTC
    chosen: Collection[int] | None = None
    hidden: Collection[int] = ()
    earlier: Sequence[TreeHead] = ()

    @property
    def whole(self) -> bool:
        """Whether every entry of the log is there, at least as its hash."""
        return self.chosen is None

    def lines(self) -> Iterator[bytes]:
        """The file of entries."""
        size, shown = self.tree.size, 0
        for entry in self.read():
            if entry.number > size:
                break
            if self.chosen is None:
                held = entry.number in self.hidden
                yield (canonical({"number": entry.number, "withheld": entry.hash}) if held else entry.line) + b"\n"
            elif entry.number in self.chosen:
                yield entry.line + b"\n"
            else:
                continue
            shown += 1
        expected = size if self.chosen is None else len(set(self.chosen))
        if shown != expected:
            raise InputError("log", "log", f"gave {shown} entries instead of {expected}.", "Run probata verify.")

    def proofs(self) -> Iterator[bytes]:
        """The file of inclusion proofs, a line for each chosen entry."""
        for number in sorted(set(self.chosen or ())):
            path = [h.hex() for h in self.tree.inclusion(number - 1)]
            yield canonical({"number": number, "path": path}) + b"\n"

    def described(self) -> dict[str, Any]:
        """What the manifest says of the log."""
        earlier = []
        for head in sorted(self.earlier, key=lambda h: h.size):
            if head.size > self.tree.size or self.tree.root(head.size).hex() != head.root:
                problem = f"is not the log of the head of {head.at} ({head.size} entries)."
                raise InputError("log", "log", problem, "Run probata verify: it was changed since.")
            if head.size:
                proof = [h.hex() for h in self.tree.consistency(head.size)]
                earlier.append({"at": head.at, "proof": proof, "root": head.root, "size": head.size})
        size, root = self.tree.size, self.tree.root().hex()
        return {"at": self.at, "earlier": earlier, "root": root, "size": size, "whole": self.whole}
