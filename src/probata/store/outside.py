"""What vouches for the log from outside: releases that hold an earlier state of it, some stamped with a time.

A release states how many entries the log had and the root over them. So a log that was written anew, or cut, no longer
begins with what was released; and what a stamped release states existed by the authority's time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from probata.audit.bundle import described
from probata.audit.checker.brought import certificates
from probata.audit.checker.fields import Wrong
from probata.audit.checker.opened import ROOTS as ENCLOSED
from probata.audit.checker.opened import Options, manifest_of, small
from probata.audit.checker.release import check
from probata.audit.checker.zipform import members
from probata.audit.merkle import TreeHead

ROOTS = "PROBATA_ROOTS"  # a file with the certificates of time authorities that are trusted here


@dataclass(frozen=True, slots=True)
class Witness:
    """A release: the state of the log that it holds, since when by an authority's word, what is wrong with it.

    `by` names the authority; `enclosed` says that its certificate came with the release and is trusted by nobody yet.
    """

    file: str
    head: TreeHead | None = None
    moment: str = ""
    by: str = ""
    enclosed: bool = False
    wrong: str = ""


def witnesses(folder: Path, roots: str = "") -> Iterator[Witness]:
    """Each release in a folder, checked whole; `roots` is a file of certificates to be trusted."""
    for path in sorted(folder.glob("*.zip")):
        try:
            yield witness(path, roots)
        except OSError as error:
            yield Witness(path.name, wrong=f"{path.name}: cannot be read: {error.strerror or error}.")


def witness(path: Path, roots: str = "") -> Witness:
    """One release, checked whole. Raises OSError when it cannot be read.

    A stamp of an authority that is not among the `roots`, as of one that was asked before, is told by its own.
    """
    report = check(str(path), Options(roots=roots))
    if report.wrong and roots:
        roots, report = "", check(str(path), Options())
    if report.wrong:
        return Witness(path.name, wrong=report.wrong[0])
    log = described(path).get("log")
    head = TreeHead(log["at"], log["size"], log["root"]) if log else None
    by = _authority(path, roots) if report.moment else ""
    return Witness(path.name, head, report.moment, by, not roots)


def trusted(roots: str) -> str:
    """The file of certificates if it can be used, else ""."""
    try:
        return roots if roots and certificates(roots) else ""
    except OSError:
        return ""


def manifest(path: Path) -> str:
    """The SHA-256 of the manifest of a release, by which the log knows it; "" where it is none. Raises OSError."""
    with open(path, "rb") as file:
        try:
            return sha256(manifest_of(file, members(file))[0]).hexdigest()
        except Wrong:
            return ""


def heads(found: Iterable[Witness]) -> list[TreeHead]:
    """The states of the log that sound releases hold."""
    return [w.head for w in found if w.head and not w.wrong]


def _authority(path: Path, roots: str) -> str:
    """What the certificate of the authority calls it."""
    from cryptography.x509 import load_pem_x509_certificates
    from cryptography.x509.oid import NameOID

    with open(path, "rb") as file:
        try:
            raw = Path(roots).read_bytes() if roots else small(file, members(file), ENCLOSED)
            subject = load_pem_x509_certificates(raw)[0].subject
        except (ValueError, Wrong):
            return ""
    named = [str(a.value) for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME) for a in
             subject.get_attributes_for_oid(oid)]  # fmt: skip
    return " · ".join(named)[:200]
