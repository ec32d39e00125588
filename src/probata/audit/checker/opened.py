"""A release opened for checking: its files, its manifest, and what the reader brought along."""

from __future__ import annotations

from typing import Any, BinaryIO, Callable, NamedTuple  # noqa: UP035  (Python 3.8 too)

from probata.audit.checker.fields import Wrong, parse
from probata.audit.checker.report import Report
from probata.audit.checker.zipform import LONGEST, Member, pieces

FORMAT = "probata-release/1"
MANIFEST, SIGNATURE, STAMP, STAMP_SIGNATURE = "release.json", "release.sig", "release.tsr", "release.tsr.sig"
CHECKER, KEY, ROOTS = "check.py", "signer.pem", "authority.pem"
LOG, PROOFS = "log/entries.jsonl", "log/proofs.jsonl"
OUTER = (MANIFEST, SIGNATURE, STAMP, STAMP_SIGNATURE)  # made after the manifest, so not in it


class Options(NamedTuple):
    """What the reader brings: the key's fingerprint, roots of time authorities, an older release; this program."""

    key: str = ""
    roots: str = ""
    earlier: str = ""
    program: bytes = b""  # the single file as it should be in the release


class Opened:
    """A release with its manifest read.

    `vouched` collects the hashes that the open entries of its log stand for, `replaced` those that a later entry
    replaced, and `moment` is the time that an authority stands for.
    """

    def __init__(
        self,
        file: BinaryIO,
        found: dict[str, Member],
        options: Options,
        report: Report,
        tick: Callable[[int, int], None],
    ) -> None:
        self.file, self.found, self.options, self.report, self.tick = file, found, options, report, tick
        self.raw, self.manifest = manifest_of(file, found)
        self.vouched: set[bytes] = set()
        self.replaced: dict[bytes, int] = {}
        self.moment = ""
        self.done, self.total = 0, sum(m.size for m in found.values()) + (found[LOG].size if LOG in found else 0)

    def advance(self, size: int) -> None:
        """So many bytes more are read; the log is read twice, as entries and as a file."""
        self.done += size
        self.tick(self.done, self.total)

    def small(self, name: str) -> bytes:
        """A small file, whole."""
        return small(self.file, self.found, name)


def small(file: BinaryIO, found: dict[str, Member], name: str) -> bytes:
    """A small file of a release, whole."""
    if name not in found:
        raise Wrong(f"{name}: is missing")
    if found[name].size > LONGEST:
        raise Wrong(f"{name}: is larger than {LONGEST >> 20} MB")
    return b"".join(pieces(file, found[name]))


def manifest_of(file: BinaryIO, found: dict[str, Member]) -> tuple[bytes, dict[str, Any]]:
    """The manifest's bytes and content."""
    raw = small(file, found, MANIFEST)
    content = parse(raw, MANIFEST)
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise Wrong(f"{MANIFEST}: is not of the form {FORMAT} that this program checks")
    return raw, content
