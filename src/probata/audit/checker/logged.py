"""The log in a release: its entries unchanged and in their place, and nothing changed since its earlier states."""

from __future__ import annotations

import errno
from typing import Any

from probata.audit.checker.fields import Wrong, get, parse, sha256_of
from probata.audit.checker.opened import LOG, MANIFEST, PROOFS, Opened, manifest_of
from probata.audit.checker.tree import Roots, consistent, included, leaf
from probata.audit.checker.zipform import lines, members

NO_ENTRY = bytes(32)  # what the first entry carries in place of an earlier hash


class Links:
    """Follows a log entry by entry: the numbers, the hash that each carries of the one before, and the root."""

    def __init__(self) -> None:
        self.roots = Roots()
        self.last = NO_ENTRY

    def add(self, number: int, before: bytes, hashed: bytes, item: str = "") -> None:
        """One more entry. Raises Wrong when it is not the next one."""
        right = self.roots.size + 1
        if number != right:
            where = (
                f"entry {right} is missing or out of its place"
                if number > right
                else f"entry {number} is out of its place"
            )
            raise Wrong(f"{item}{where}: entry {number} stands after entry {right - 1}")
        if before != self.last:
            raise Wrong(f"{item}entry {right} does not follow entry {right - 1}: one of them was changed or put in")
        self.roots.add(hashed)
        self.last = hashed


def check_log(release: Opened) -> None:
    """The entries enclosed, and the earlier states of the log."""
    log, report = release.manifest.get("log"), release.report
    if log is None:
        if LOG in release.found:
            raise Wrong(f"{LOG}: is there, but {MANIFEST} says nothing of a log")
        report.open.append("How it came about: no log of the steps is enclosed.")
        return
    size, root = get(log, "size", int, MANIFEST), sha256_of(get(log, "root", str, MANIFEST), MANIFEST)
    for name, there in ((LOG, True), (PROOFS, not get(log, "whole", bool, MANIFEST))):
        if (name in release.found) != there:
            raise Wrong(f"{name}: {'is missing' if there else 'was added'}")
    times = _chosen(release, size, root) if PROOFS in release.found else _whole(release, size, root)
    if times:
        report.proven.append(
            f"How it came about: {len(times):,} of {size:,} entries of the log are enclosed, each unchanged and in its "
            f"place; the clock of the machine that kept it says {min(times)} to {max(times)}."
        )
        if release.moment and max(times) > release.moment:
            report.open.append(
                f"That the log's times are right: its last is {max(times)}, but the authority's is {release.moment}."
            )
    if len(times) < size:
        report.open.append(f"What the other {size - len(times):,} entries of the log say: they were not published.")
    for head in get(log, "earlier", list, MANIFEST):
        old, old_root, at = _head(head)
        path = [sha256_of(h, MANIFEST) for h in get(head, "proof", list, MANIFEST)]
        if not consistent(old, size, old_root, root, path):
            raise Wrong(f"{MANIFEST}: the log does not contain its own state of {at} ({old:,} entries) unchanged")
        report.proven.append(f"Its log begins with all {old:,} entries of the state {head['root']} given for {at}.")
    if log["earlier"] and not release.options.earlier:
        report.open.append("That those were the log's earlier states: compare with an older release (--earlier).")


def _head(head: Any) -> tuple[int, bytes, str]:
    root = sha256_of(get(head, "root", str, MANIFEST), MANIFEST)
    return get(head, "size", int, MANIFEST), root, get(head, "at", str, MANIFEST)


def _open_entry(release: Opened, line: bytes) -> tuple[int, bytes, str]:
    """The number, earlier hash and time of an open entry; what it vouches for is kept."""
    entry = parse(line, LOG)
    number = get(entry, "number", int, LOG)
    item = f"{LOG}: entry {number}"
    before, at = sha256_of(get(entry, "previous", str, item), item), get(entry, "at", str, item)
    if entry.get("before") is not None and entry["before"] != entry.get("after"):
        release.replaced[sha256_of(entry["before"], item)] = number
    if entry.get("after") is not None:
        after = sha256_of(entry["after"], item)
        release.vouched.add(after)
        release.replaced.pop(after, None)
    return number, before, at


def _whole(release: Opened, size: int, root: bytes) -> list[str]:
    """Every entry, in the open or as its hash alone: chain and root worked out anew. The times of the open ones."""
    links, times = Links(), []
    for line in lines(release.file, release.found[LOG], LOG):
        release.advance(len(line) + 1)
        if line.startswith(b'{"number":'):
            held = parse(line, LOG)
            number, hashed = get(held, "number", int, LOG), sha256_of(get(held, "withheld", str, LOG), LOG)
            links.add(number, links.last, hashed, f"{LOG}: ")
        else:
            number, before, at = _open_entry(release, line)
            links.add(number, before, leaf(line), f"{LOG}: ")
            times.append(at)
    if links.roots.size != size:
        raise Wrong(f"{LOG}: has {links.roots.size:,} entries; the manifest says {size:,}")
    if links.roots.root() != root:
        raise Wrong(f"{LOG}: the last entry, or one that is withheld, was changed: the root is another")
    return times


def _chosen(release: Opened, size: int, root: bytes) -> list[str]:
    """Some entries, each with its proof of inclusion. Their times."""
    proofs = lines(release.file, release.found[PROOFS], PROOFS)
    number, hashed, times = 0, NO_ENTRY, []
    for line in lines(release.file, release.found[LOG], LOG):
        release.advance(len(line) + 1)
        last, earlier = number, hashed
        number, before, at = _open_entry(release, line)
        hashed = leaf(line)
        if number <= last:
            raise Wrong(f"{LOG}: entry {number} is out of its place, after entry {last}")
        proof = parse(next(proofs, b"null"), PROOFS)
        if get(proof, "number", int, PROOFS) != number:
            raise Wrong(f"{PROOFS}: has no proof for entry {number} in its place")
        path = [sha256_of(h, PROOFS) for h in get(proof, "path", list, PROOFS)]
        if not included(hashed, number - 1, size, path, root):
            raise Wrong(f"{LOG}: entry {number} is not in the log: it or its proof was changed")
        if number == last + 1 and before != earlier:
            raise Wrong(f"{LOG}: entry {number} does not follow entry {last}")
        times.append(at)
    if next(proofs, None) is not None:
        raise Wrong(f"{PROOFS}: has a proof for an entry that is not enclosed")
    return times


def check_earlier(release: Opened) -> None:
    """This log contains all of the log of the older release that the reader kept."""
    older = release.options.earlier
    if not older:
        return
    with open(older, "rb") as file:
        try:
            content = manifest_of(file, members(file))[1]
        except Wrong as error:
            raise OSError(errno.EINVAL, f"it is no release ({error})", older) from None
    old = get(content, "log", dict, older)
    state = (get(old, "size", int, older), sha256_of(get(old, "root", str, older), older))
    log = get(release.manifest, "log", dict, MANIFEST)
    heads = [*get(log, "earlier", list, MANIFEST), {**log, "at": ""}]
    if state not in [_head(head)[:2] for head in heads]:
        raise Wrong(f"{MANIFEST}: does not show that its log contains the log of {older}")
    release.report.proven.append(f"All that was logged when {older} was made is in this log, unchanged.")
