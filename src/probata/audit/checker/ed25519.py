"""Ed25519 signatures (RFC 8032) in plain Python, so that checking one needs no program."""

from __future__ import annotations

import binascii
import hashlib
from typing import Tuple  # noqa: UP035  (Python 3.8 too)

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
Point = Tuple[int, int, int, int]  # noqa: UP006  (Python 3.8 too)
NEUTRAL: Point = (0, 1, 1, 0)
PREFIX = bytes.fromhex("302a300506032b6570032100")  # what makes a raw key a SubjectPublicKeyInfo


def _point(data: bytes) -> Point | None:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(n: int, p: Point) -> Point:
    total = NEUTRAL
    while n:
        total = _add(total, p) if n & 1 else total
        p, n = _add(p, p), n >> 1
    return total


BASE = _point(bytes([0x58] + [0x66] * 31)) or NEUTRAL


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether this is the signature of `message` with the private half of the raw public `key`."""
    if len(key) != 32 or len(signature) != 64:
        return False
    public, first, s = _point(key), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if public is None or first is None or s >= ORDER:
        return False
    if _times(8, public)[0] == 0:  # a key of small order: one signature of it would fit every message
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = _times(s, BASE), _add(first, _times(h, public))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


def pem(key: bytes) -> bytes:
    """A raw public key as a PEM file."""
    return b"-----BEGIN PUBLIC KEY-----\n" + binascii.b2a_base64(PREFIX + key) + b"-----END PUBLIC KEY-----\n"


def fingerprint(key: bytes) -> str:
    """SHA-256 of the key in DER, in hexadecimal: `openssl pkey -pubin -in signer.pem -outform DER | sha256sum`."""
    return hashlib.sha256(PREFIX + key).hexdigest()
