"""The check of a whole release, part by part, whatever the other parts find."""

from __future__ import annotations

import binascii
import hashlib
import os
from typing import Any, Callable  # noqa: UP035  (Python 3.8 too)

from probata.audit.checker.brought import certificates, fingerprint_of
from probata.audit.checker.fields import Wrong, get, sha256_of
from probata.audit.checker.logged import check_earlier, check_log
from probata.audit.checker.opened import CHECKER, MANIFEST, OUTER, Opened, Options
from probata.audit.checker.origin import check_signature, check_time
from probata.audit.checker.ots import said_by_ots
from probata.audit.checker.report import Report
from probata.audit.checker.zipform import lines, members, name_problem, pieces

ALWAYS_OPEN = (
    "That anything told in the reports happened: this proves what was recorded, not what took place.",
    "That nothing was left out, or written otherwise, before it was first logged.",
)


def no_tick(done: int, total: int) -> None:
    """Show no progress."""


def check(path: str, options: Options | None = None, tick: Callable[[int, int], None] = no_tick) -> Report:
    """Check the release at `path`; `tick` is told the bytes done and the bytes in all.

    Whatever the file holds becomes a sentence of the report; raises only OSError, for files that cannot be read and
    for what the reader brought and cannot be used.
    """
    report, brought = Report(), options or Options()
    brought = brought._replace(key=fingerprint_of(brought.key))
    if brought.roots:
        certificates(brought.roots)
    with open(path, "rb") as file:
        try:
            release = Opened(file, members(file), brought, report, tick)
            title, made, by = (get(release.manifest, k, str, MANIFEST) for k in ("title", "made", "publisher"))
            report.title = f"{title}, made {made} by {by} (its own words)"
        except Wrong as error:
            report.wrong.append(str(error))
            return report
        for part in (check_signature, check_time, check_log, check_files, check_withheld, check_earlier):
            try:
                part(release)
            except Wrong as error:
                report.wrong.append(str(error))
    proof = path + ".ots"
    if os.path.isfile(proof):
        try:
            report.open += said_by_ots(path, proof)
        except Wrong as error:
            report.wrong.append(str(error))
    report.open += ALWAYS_OPEN
    return report


def check_files(release: Opened) -> None:
    """Each file against the manifest, and its rows against the log."""
    report, found = release.report, release.found
    before = len(report.wrong)
    listed: dict[str, str] = {}
    for file in get(release.manifest, "files", list, MANIFEST):
        name = get(file, "name", str, MANIFEST)
        problem = name_problem(name, listed)
        if problem or name in OUTER:
            raise Wrong(f"{MANIFEST}: lists {name!r}, which {problem or 'cannot be in it'}")
        if name not in found:
            report.wrong.append(f"{name}: is missing; the manifest lists it")
            continue
        try:
            _check_file(release, name, file)
        except Wrong as error:
            report.wrong.append(str(error))
    for name in found:
        if name in OUTER:
            if binascii.crc32(release.small(name)) != found[name].crc:
                report.wrong.append(f"{name}: its check sum in the zip was changed")
        elif listed.get(name.lower()) != name:
            report.wrong.append(f"{name}: was added; the manifest does not list it")
    methodology = release.manifest.get("methodology")
    if methodology is None:
        report.open.append("By which rules it was made: no methodology is enclosed.")
    elif not isinstance(methodology, str) or listed.get(methodology.lower()) != methodology:
        report.wrong.append(f"{MANIFEST}: names a methodology that is not among the files")
    if len(report.wrong) == before:
        number = len(found) - sum(name in found for name in OUTER)
        report.proven.insert(0, f"What: its {number} files are those of the manifest, byte for byte, and no other.")
    program = release.options.program
    if program and CHECKER in found and release.small(CHECKER) != program:
        report.open.append(f"That the {CHECKER} inside is safe to run: it is not the one that you are running now.")


def _check_file(release: Opened, name: str, said: Any) -> None:
    size, right = get(said, "size", int, MANIFEST), sha256_of(get(said, "sha256", str, MANIFEST), MANIFEST)
    logged = get(said, "logged", str, MANIFEST)
    member, hashed, crc = release.found[name], hashlib.sha256(), 0
    for piece in pieces(release.file, member):
        hashed.update(piece)
        crc = binascii.crc32(piece, crc)
        release.advance(len(piece))
    if hashed.digest() != right or size != member.size:
        raise Wrong(f"{name}: was changed: its SHA-256 is {hashed.hexdigest()}, the manifest says {right.hex()}")
    if crc != member.crc:
        raise Wrong(f"{name}: its check sum in the zip was changed")
    if logged == "rows":
        rows = 0
        old: list[str] = []
        for rows, line in enumerate(lines(release.file, member, name), 1):
            row = hashlib.sha256(line).digest()
            if row not in release.vouched:
                raise Wrong(f"{name}: row {rows} is not in the log: it was changed, or never logged")
            if row in release.replaced:
                old.append(f"row {rows} by entry {release.replaced[row]}")
        if old:
            more = "" if len(old) < 4 else f", and {len(old) - 3:,} more"
            release.report.open.append(f"That {name} is the last word: replaced were {', '.join(old[:3])}{more}.")
        release.report.proven.append(f"{name}: each of its {rows:,} rows was logged as it stands.")
    elif logged == "file":
        if right not in release.vouched:
            raise Wrong(f"{name}: the log holds no entry for these bytes")
        release.report.proven.append(f"{name}: was logged as it stands.")
    elif logged != "no":
        raise Wrong(f"{MANIFEST}: {name}: logged is {logged!r}, which is none of no, file, rows")


def check_withheld(release: Opened) -> None:
    """What the release says it leaves out, and what it opens that is closed by rule."""
    for part in get(release.manifest, "withheld", list, MANIFEST):
        what, why = get(part, "what", str, MANIFEST), get(part, "why", str, MANIFEST)
        number = get(part, "number", int, MANIFEST)
        release.report.open.append(f"Withheld: {number:,} of {what} ({why}). Nobody can check those here.")
    if "opened" not in release.manifest:  # made before there were any
        return
    for part in get(release.manifest, "opened", list, MANIFEST):
        kind, why = get(part, "kind", str, MANIFEST), get(part, "why", str, MANIFEST)
        release.report.open.append(f"That {kind}, closed by rule, may be published: its publisher opened them ({why}).")
