"""What the reader brings along, read before the release: a mistake there is no fault of the release."""

from __future__ import annotations

import binascii
import errno
import re

from probata.audit.checker.ed25519 import PREFIX, fingerprint
from probata.audit.checker.fields import HEX

LARGEST_FILE = 1 << 20


def fingerprint_of(key: str) -> str:
    """The fingerprint that the reader gave, or that of the public key in the file that they named.

    Raises OSError for anything else.
    """
    mark = re.sub(r"[\s:]", "", key).lower()
    if not key or HEX.fullmatch(mark):
        return mark
    with open(key, "rb") as file:
        text = file.read(LARGEST_FILE).decode("ascii", "replace")
    try:
        data = binascii.a2b_base64("".join(line for line in text.split("\n") if "-----" not in line))
    except ValueError:
        data = b""
    if len(data) != len(PREFIX) + 32 or not data.startswith(PREFIX):
        raise OSError(errno.EINVAL, "it holds no public key of Ed25519", key)
    return fingerprint(data[len(PREFIX) :])


def certificates(path: str) -> bytes:
    """The certificates in the file that the reader named. Raises OSError where there are none."""
    with open(path, "rb") as file:
        data = file.read(LARGEST_FILE)
    if b"-----BEGIN CERTIFICATE-----" not in data:
        raise OSError(errno.EINVAL, "it holds no certificates in PEM", path)
    return data
