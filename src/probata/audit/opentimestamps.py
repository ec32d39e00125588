"""OpenTimestamps, begun: a calendar's promise, kept beside a release as RELEASE.zip.ots, pending until it is upgraded.

The upgrade, some hours later, and the proof against Bitcoin are left to the `ots` program: we never call it proven.
"""

from __future__ import annotations

import hashlib
import secrets
from pathlib import Path

from probata.audit.checker.fields import Wrong
from probata.audit.checker.ots import OTS_HEAD, Attestation, attestations
from probata.audit.timestamps import Post, post_to
from probata.model.errors import InputError

NONCE = 16  # bytes; so that a calendar does not learn the digest of the release


def begin(path: Path | str, calendar: str, post: Post | None = None) -> tuple[bytes, list[Attestation]]:
    """Ask a calendar to vouch for a file: the bytes of the .ots file, and the promises in it, read back."""
    hashed = hashlib.sha256()
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            hashed.update(piece)
    nonce = secrets.token_bytes(NONCE)
    asked = hashlib.sha256(hashed.digest() + nonce).digest()
    address = calendar.rstrip("/") + "/digest"
    answer = post(address, asked) if post else post_to(address, asked, "application/x-www-form-urlencoded", None)
    proof = OTS_HEAD + hashed.digest() + b"\xf0" + bytes([NONCE]) + nonce + b"\x08" + answer
    try:
        found = attestations(proof, hashed.digest(), calendar)
    except Wrong as error:
        raise _refused(calendar, f"{error}") from error
    if not found:
        raise _refused(calendar, "the answer promises nothing")
    return proof, found


def _refused(calendar: str, problem: str) -> InputError:
    return InputError("calendar", calendar, f"{problem}.", "It was not kept. Ask again, or ask another calendar.")
