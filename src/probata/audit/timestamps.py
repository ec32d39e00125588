"""Time tokens (RFC 3161): another party's word that some bytes existed at a time."""

from __future__ import annotations

import hashlib
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from probata.model.errors import InputError, ProbataError, SetupError

if TYPE_CHECKING:
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampRequest

LARGEST = 1 << 20  # bytes of an answer; real ones have under 10,000
PATIENCE = 30.0  # seconds to wait for an authority
Post = Callable[[str, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Stamp:
    """An answer that was checked: `answer` is the file for `openssl ts -verify -in`; `at` is the authority's time."""

    answer: bytes
    at: datetime
    policy: str
    serial: int
    authority: str  # the address that was asked


def stamp(data: bytes, authority: str, roots: bytes, post: Post | None = None) -> Stamp:
    """Ask the authority at this address for a token over SHA-256 of `data`, and check it before it is given back.

    `roots` are PEM certificates that the answer must lead to. Refuses an answer for another request or other bytes,
    one that was not granted, and one that no root stands behind. Only the digest leaves the machine.
    """
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256)
    request = builder.nonce(nonce=True).cert_request(cert_request=True).build()
    return _checked((post or _post)(authority, request.as_bytes()), data, authority, roots, request)


def check(answer: bytes, data: bytes, roots: bytes) -> Stamp:
    """An answer got earlier, checked again; its nonce is not known any more."""
    return _checked(answer, data, "time token", roots, None)


def _checked(answer: bytes, data: bytes, item: str, roots: bytes, request: TimeStampRequest | None) -> Stamp:
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    try:
        response = decode_timestamp_response(answer)
        status = int(response.status)
        if status not in (0, 1):
            words = "; ".join(response.status_string) or f"status {status}"
            raise _refused(item, f"the authority granted no token ({words})")
        if response.as_bytes() != answer:
            raise _refused(item, "the answer is not exactly one time token")
        info = response.tst_info
        if request is not None and info.nonce != request.nonce:
            raise _refused(item, "the answer is to another request (its nonce differs)")
        if info.message_imprint.message != hashlib.sha256(data).digest():
            raise _refused(item, "the token is for other bytes (its digest differs)")
        builder = VerifierBuilder.from_request(request) if request is not None else VerifierBuilder()
        for certificate in _certificates(roots):
            builder = builder.add_root_certificate(certificate)
        builder.build().verify_message(response, data)
    except ProbataError:
        raise
    except VerificationError as error:
        raise _refused(item, f"the token does not hold: {error}") from error
    except Exception as error:
        raise _refused(item, f"the answer is no time token ({error})") from error
    return Stamp(answer, info.gen_time.astimezone(UTC), info.policy.dotted_string, info.serial_number, item)


def _certificates(roots: bytes) -> list[Certificate]:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return list(dict.fromkeys(load_pem_x509_certificates(roots)))
    except ValueError as error:
        advice = "Get the authority's root certificates as PEM."
        raise SetupError("roots", "roots of the authority", f"are no PEM certificates ({error}).", advice) from error


def _post(address: str, request: bytes) -> bytes:
    return post_to(address, request, "application/timestamp-query", "application/timestamp-reply")


def post_to(address: str, request: bytes, kind: str, expected: str | None) -> bytes:
    """Send bytes of a kind to an address; its answer, which must be of the kind expected and not too long."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise InputError("authority", address, "is no http or https address.", "Give the address of a time authority.")
    headers = {"Content-Type": kind, "Accept": expected or "*/*"}
    try:
        asked = urllib.request.Request(address, request, headers, method="POST")
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            given = answer.headers.get_content_type()
            body: bytes = answer.read(LARGEST + 1)
    except (OSError, ValueError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        advice = "Try again, or name another authority. The release can be made without one (it then proves no time)."
        raise InputError("authority", address, f"gave no answer: {reason}.", advice) from error
    if len(body) > LARGEST or (expected and given != expected):
        raise _refused(address, f"the answer is no time token but {len(body):,} bytes of {given}")
    return body


def _refused(item: str, problem: str) -> InputError:
    return InputError("time-token", item, f"{problem}.", "It was not kept. Ask again, or ask another authority.")
