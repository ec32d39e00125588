"""Digests as archives state them ("sha1:BASE32", "sha256:hex"), and whether bytes agree with them."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Protocol

_SIZES = {"md5": 16, "sha1": 20, "sha256": 32, "sha384": 48, "sha512": 64}
_NAMES = {"sha-1": "sha1", "sha-256": "sha256", "sha-384": "sha384", "sha-512": "sha512"}


class Hash(Protocol):
    """What hashlib gives."""

    def update(self, data: bytes, /) -> None:
        """Take more bytes in."""

    def digest(self) -> bytes:
        """The digest of all bytes so far."""


def stated(label: str) -> tuple[str, bytes] | None:
    """The algorithm and value of a labelled digest in base 16 or 32; None when it is unknown or malformed."""
    kind, _, value = label.strip().partition(":")
    kind = _NAMES.get(kind.strip().lower(), kind.strip().lower())
    size = _SIZES.get(kind)
    value = value.strip()
    if size is None or not value.isascii():
        return None
    try:
        if len(value) == 2 * size:
            return kind, bytes.fromhex(value)
        raw = base64.b32decode(value.upper() + "=" * (-len(value) % 8))
    except (ValueError, binascii.Error):
        return None
    return (kind, raw) if len(raw) == size else None


def hasher(kind: str) -> Hash:
    """A fresh hash of a kind that `stated` gives; old ones only compare, they protect nothing."""
    return hashlib.new(kind, usedforsecurity=False)
