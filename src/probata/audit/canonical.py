"""Canonical JSON: one value, one sequence of bytes (RFC 8785), so that two machines hash the same thing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from probata.model.errors import InputError

LARGEST = 2**53 - 1  # a larger whole number is not the same in every reader of JSON (RFC 8785, 3.2.2.3)
DEEPEST = 64  # levels of lists and objects; what we write has fewer than ten
_WRITE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def canonical(value: Any, about: str = "value") -> bytes:
    """The UTF-8 bytes of a value of strings, whole numbers, booleans, null, lists and objects.

    Refuses floats (write a decimal as a string), whole numbers beyond 2^53, keys that are no strings, lone
    surrogates, and anything else, with the path to it. `about` names the value in the error.
    """
    ordered = _ordered(value, about, 0)
    try:
        return _WRITE(ordered).encode()
    except UnicodeEncodeError as error:
        half = f"U+{ord(error.object[error.start]):04X}"
        raise _refused(about, f"holds {half}, half of a character, which no UTF-8 can hold") from error


def digest(value: Any, about: str = "value") -> str:
    """The SHA-256 of a value's canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(value, about)).hexdigest()


def _ordered(value: Any, path: str, depth: int) -> Any:
    """The value with its keys in the order of RFC 8785: by UTF-16 code units, not by code points."""
    if isinstance(value, str) or value is None or value is True or value is False:
        return value
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise _refused(path, f"is {value}, beyond 2^53: readers of JSON differ on it; write it as a string")
        return int(value)
    if depth == DEEPEST:
        raise _refused(path, f"is nested deeper than {DEEPEST} levels")
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise _refused(path, f"has the key {key!r}, which is no string")
        keys = list(value)
        keys.sort(key=None if "".join(keys).isascii() else _utf16)
        return {k: v if type(v) is str else _ordered(v, f"{path}.{k}", depth + 1) for k in keys for v in (value[k],)}
    if isinstance(value, (list, tuple)):
        return [_ordered(v, f"{path}[{n}]", depth + 1) for n, v in enumerate(value)]
    if isinstance(value, float):
        raise _refused(path, f"is {value!r}, a fraction: write it as a string, so that every machine hashes the same")
    raise _refused(path, f"is of type {type(value).__name__}, which JSON does not have")


def _utf16(key: str) -> bytes:
    return key.encode("utf-16-be", "surrogatepass")


def _refused(path: str, problem: str) -> InputError:
    return InputError("not-canonical", path, f"{problem}.", "Nothing was written.")
