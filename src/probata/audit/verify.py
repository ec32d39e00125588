"""Is the log as it was written? Reads it once, entry by entry, and names the first that is wrong."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from probata.audit.chain import Entry
from probata.audit.checker.fields import Wrong, get, parse, sha256_of
from probata.audit.checker.logged import Links
from probata.audit.checker.tree import leaf
from probata.audit.merkle import TreeHead

REMARKS = 20  # kept at most: a clock that was wrong once is behind for every entry after it


@dataclass(frozen=True, slots=True)
class Verdict:
    """The state of a log: its size, root and last hash as far as it is sound, and the first wrong item in words."""

    size: int
    root: str
    last: str
    wrong: str | None = None
    remarks: tuple[str, ...] = ()  # odd, but not proof of a change: the clock went back

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.wrong is None


def verify(entries: Iterable[Entry], heads: Iterable[TreeHead] = ()) -> Verdict:
    """Check every entry against its hash, its number and the one before, and the log against heads kept elsewhere.

    Without a head kept out of reach, whoever can rewrite the whole log, or cut off its end, is not found out.
    """
    kept: dict[int, list[TreeHead]] = {}
    for head in heads:
        kept.setdefault(head.size, []).append(head)
    links, remarks, clock = Links(), list[str](), ""
    try:
        _against(kept.get(0, []), links)
        for entry in entries:
            clock = _follow(entry, links, clock, remarks)
            _against(kept.get(entry.number, []), links)
        for size in sorted(kept):
            if size > links.roots.size:
                raise Wrong(
                    f"entry {links.roots.size + 1} is missing: the log ends at entry {links.roots.size}, but had "
                    f"{size} entries at {kept[size][0].at}"
                )
    except Wrong as error:
        return Verdict(links.roots.size, links.roots.root().hex(), links.last.hex(), str(error), tuple(remarks))
    return Verdict(links.roots.size, links.roots.root().hex(), links.last.hex(), None, tuple(remarks))


def _follow(entry: Entry, links: Links, clock: str, remarks: list[str]) -> str:
    """Check one entry and take it up; its time."""
    hashed, place = leaf(entry.line), links.roots.size + 1
    try:
        said = parse(entry.line, "")
        step, kind, item, at = (str(get(said, k, str, "")) for k in ("step", "kind", "item", "at"))
        number, before = get(said, "number", int, ""), sha256_of(get(said, "previous", str, ""), "")
    except Wrong:
        raise Wrong(f"entry {place}: its line is no entry any more; it was changed") from None
    name = f"entry {place} ({step}, {kind} {item}): "
    if hashed.hex() != entry.hash:
        raise Wrong(f"{name}what is written does not give its hash; it was changed after it was logged")
    if number != entry.number or before.hex() != entry.previous:
        raise Wrong(
            f"{name}its row says {entry.number} after {entry.previous}, its line says {number} after {before.hex()}"
        )
    links.add(number, before, hashed)
    if at < clock and len(remarks) < REMARKS:
        remarks.append(f"{name}the clock went back, from {clock} to {at}")
    return max(at, clock)


def _against(heads: list[TreeHead], links: Links) -> None:
    for head in heads:
        if head.root != links.roots.root().hex():
            raise Wrong(f"entries 1 to {head.size}: the log is not the one of {head.at}; it was written anew since")
