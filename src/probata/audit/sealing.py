"""Salted commitments: a protected value stays out of the log, yet the log holds that it was this value.

What is hashed and logged is the record with `{"sealed": HASH}` in place of the value. Whoever holds value and salt can
show that they belong there. When both are erased, the hashes of record and log stay valid, and nothing can be guessed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from probata.audit.canonical import canonical
from probata.model.errors import InputError

SEALED = "sealed"
_DOMAIN = b"\2"  # neither a leaf (0) nor a node (1) of the tree
SALT_BYTES = 32


def new_salt() -> bytes:
    """A fresh salt; one for each value, kept beside the value and erased with it."""
    return secrets.token_bytes(SALT_BYTES)


def fresh_salt() -> str:
    """A fresh salt as text for a row whose digest the log holds; the row gets another when words in it are erased."""
    return secrets.token_hex(16)


def seal(value: Any, salt: bytes) -> dict[str, str]:
    """What stands in the record in place of a protected value: SHA-256(0x02 + salt + canonical JSON)."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return {SEALED: hashlib.sha256(_DOMAIN + salt + canonical(value)).hexdigest()}


def opens(sealed: Mapping[str, str], value: Any, salt: bytes) -> bool:
    """Whether this value with this salt is what was sealed."""
    return hmac.compare_digest(sealed.get(SEALED, ""), seal(value, salt)[SEALED])


def seal_fields(record: Mapping[str, Any], paths: Iterable[str], salt_of: Callable[[str], bytes]) -> dict[str, Any]:
    """The record with the values at `paths` ("speaker.name", "groups[].names") sealed, each with the salt of its place.

    A place is a path with numbers, as in "groups[0].names". What is not there, or is null, is left as it is.
    Refuses a record that already has the key "sealed", which a reader could not tell from a seal.
    """
    _no_seal(record, "record")
    out = dict(record)
    for path in paths:
        _seal_at(out, _steps(path), "", salt_of)
    return out


def _steps(path: str) -> list[str]:
    steps = path.replace("[]", ".[]").split(".")
    if not all(steps):
        raise InputError("path", path, "is no path to a field.", "Write it as in groups[].names.")
    return steps


def _seal_at(holder: Any, steps: list[str], place: str, salt_of: Callable[[str], bytes]) -> None:
    first, rest = steps[0], steps[1:]
    if first == "[]":
        keys: Iterable[Any] = range(len(holder)) if isinstance(holder, list) else ()
    else:
        keys = (first,) if isinstance(holder, dict) and holder.get(first) is not None else ()
    for key in keys:
        here = f"{place}[{key}]" if first == "[]" else f"{place}.{key}".lstrip(".")
        value = holder[key]
        if not rest:
            holder[key] = value if _is_sealed(value) else seal(value, salt_of(here))
        elif not _is_sealed(value):
            holder[key] = (
                dict(value)
                if isinstance(value, Mapping)
                else list(value)
                if isinstance(value, (list, tuple))
                else value
            )
            _seal_at(holder[key], rest, here, salt_of)


def _is_sealed(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) == {SEALED}


def _no_seal(value: Any, path: str) -> None:
    if isinstance(value, Mapping):
        if SEALED in value:
            raise InputError(
                "sealed", path, 'has a field "sealed", which marks a protected value.', "Rename the field."
            )
        for key, inner in value.items():
            _no_seal(inner, f"{path}.{key}")
    elif isinstance(value, (list, tuple)):
        for n, inner in enumerate(value):
            _no_seal(inner, f"{path}[{n}]")
