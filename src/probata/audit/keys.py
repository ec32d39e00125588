"""The key a publisher signs releases with: Ed25519, made and kept by them, in a file that openssl reads too."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from probata.audit.checker.ed25519 import fingerprint, pem, signed
from probata.model.errors import InputError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = ["Key", "fingerprint", "load", "make", "signed"]


@dataclass(frozen=True, slots=True)
class Key:
    """A private key in memory; never printed. `public` is its raw public half."""

    public: bytes
    _private: Ed25519PrivateKey = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes that `openssl pkeyutl -verify -rawin` accepts for this message."""
        return self._private.sign(message)

    @property
    def public_pem(self) -> bytes:
        """The public half as a PEM file, to be given to whoever is to check."""
        return pem(self.public)

    @property
    def fingerprint(self) -> str:
        """What to publish elsewhere, so that others can tell this key from a forger's."""
        return fingerprint(self.public)


def make(path: Path | str, passphrase: bytes | None = None) -> Key:
    """Make a key and write it to a new file that only its owner can read (PKCS 8, PEM). Never overwrites a file."""
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.generate()
    lock = serialization.BestAvailableEncryption(passphrase) if passphrase else serialization.NoEncryption()
    data = private.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, lock)
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except FileExistsError as error:
        raise InputError(
            "key", str(path), "is there already; a key is never overwritten.", "Name another file."
        ) from error
    except OSError as error:
        raise InputError("key", str(path), f"cannot be written: {error.strerror}.", "Name another file.") from error
    return _key(private)


def load(path: Path | str, passphrase: bytes | None = None) -> Key:
    """The key in a file. Refuses one that others on this machine can read, and anything but Ed25519."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    item = str(path)
    try:
        with open(path, "rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            data = file.read(1 << 16)
    except OSError as error:
        raise InputError("key", item, f"cannot be read: {error.strerror}.", "Check the name.") from error
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise InputError(
            "key", item, "can be read by others on this machine.", f"Run chmod 600 {item}; better, make a new key."
        )
    try:
        private = serialization.load_pem_private_key(data, passphrase)
    except TypeError as error:
        advice = "Give its passphrase." if passphrase is None else "Leave the passphrase out."
        raise InputError("key", item, f"does not open: {error}.", advice) from error
    except (ValueError, UnsupportedAlgorithm) as error:
        advice = (
            "Check the passphrase, and that it is a key made with `probata` or `openssl genpkey -algorithm ed25519`."
        )
        raise InputError("key", item, "is no private key, or the passphrase is wrong.", advice) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise InputError("key", item, "is not an Ed25519 key.", "Make one with openssl genpkey -algorithm ed25519.")
    return _key(private)


def _key(private: Ed25519PrivateKey) -> Key:
    return Key(private.public_key().public_bytes_raw(), private)
