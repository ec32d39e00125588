"""The signature of a WACZ (WACZ signing 0.1.0): whether it holds, whose it says it is, and what it leaves open."""

from __future__ import annotations

import base64
import binascii
import hashlib
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from probata.acquire.warc import instant
from probata.model.errors import InputError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
    from cryptography.x509 import Certificate

APART = timedelta(minutes=10)  # between the stated and the stamped time (WACZ signing 0.1.0, verification, step 7)
_REFUSE = "It is refused whole; ask whoever made it for a sound one."


def signed(data: object, digest: str, name: str) -> tuple[str, ...]:
    """What a signature over the manifest's `digest` shows and leaves open, in words.

    Raises InputError where it does not hold: other bytes, another key or domain, a time stamp that is for something
    else or more than ten minutes from the stated time. Roots are not judged: who stands behind a key is left open.
    """
    if not isinstance(data, dict) or not all(isinstance(v, str) for v in data.values()):
        raise _refused(name, "is malformed")
    if data.get("hash") != digest:
        raise _refused(name, "is for another manifest")
    created = instant(data.get("created", ""))
    if created is None:
        raise _refused(name, "does not say when it was made")
    if "domainCert" in data:
        return _of_domain(data, created, name)
    key = _key(data.get("publicKey", ""))
    if key is None or not _holds(key, data.get("signature", ""), digest):
        raise _refused(name, "does not hold")
    print_of = hashlib.sha256(base64.b64decode(data["publicKey"])).hexdigest()[:16]
    who = f"the archive is signed with the key {print_of}…, said to be on {created:%Y-%m-%d}"
    return (f"{who}; whose it is, it does not say",)


def _of_domain(data: dict[str, Any], created: datetime, name: str) -> tuple[str, ...]:
    chain = _certificates(data["domainCert"])
    if not chain or not _holds(chain[0].public_key(), data.get("signature", ""), data["hash"]):
        raise _refused(name, "does not hold")
    domain = data.get("domain", "")
    if domain not in _names(chain[0]):
        raise _refused(name, f"states the domain {domain[:100]!r}, which its certificate does not name")
    told = f"the archive is signed for {domain}; that its certificate is genuine was not checked"
    if "timeSignature" not in data:
        return told, "its signature has no time stamp: when it was made is not proven"
    at, sound = _stamped(data, name)
    if abs(at - created) > APART:
        apart = abs(at - created) // timedelta(minutes=1)
        raise _refused(name, f"states a time {apart:,} minutes from that of its time stamp ({at:%Y-%m-%d %H:%M} UTC)")
    if not sound:
        return told, "its time stamp does not lead to the certificates that it names: its time is not proven"
    return told, f"its time stamp says {at:%Y-%m-%d %H:%M} UTC; that its authority is genuine was not checked"


def _stamped(data: dict[str, Any], name: str) -> tuple[datetime, bool]:
    """The time of the stamp, and whether the certificates beside it made it."""
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    signature = str(data.get("signature", "")).encode()
    try:
        answer = decode_timestamp_response(base64.b64decode(data["timeSignature"], validate=True))
        info = answer.tst_info
        at, imprint = info.gen_time, info.message_imprint.message
    except Exception as error:  # the decoder has errors of many kinds
        raise _refused(name, "has a time stamp that is none") from error
    if imprint not in {hashlib.new(kind, signature).digest() for kind in ("sha256", "sha384", "sha512")}:
        raise _refused(name, "has a time stamp of something else")
    builder = VerifierBuilder()
    for certificate in _certificates(str(data.get("timestampCert", ""))):
        builder = builder.add_root_certificate(certificate)
    try:
        builder.build().verify_message(answer, signature)
    except (VerificationError, ValueError):
        return at, False
    return at, True


def _certificates(pem: str) -> list[Certificate]:
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(pem.encode())
    except ValueError:
        return []


def _names(certificate: Certificate) -> set[str]:
    from cryptography.x509 import DNSName, ExtensionNotFound, NameOID, SubjectAlternativeName

    names = {str(part.value) for part in certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)}
    try:
        more = certificate.extensions.get_extension_for_class(SubjectAlternativeName).value
    except (ExtensionNotFound, ValueError):
        return names
    return names | set(more.get_values_for_type(DNSName))


def _key(text: str) -> PublicKeyTypes | None:
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    try:
        return load_der_public_key(base64.b64decode(text, validate=True))
    except (ValueError, binascii.Error, UnsupportedAlgorithm):
        return None


def _holds(key: PublicKeyTypes, signature: str, digest: str) -> bool:
    """Whether an ECDSA signature over the words of the digest holds, in either of its two forms."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
    from cryptography.hazmat.primitives.hashes import SHA256, SHA384

    if not isinstance(key, EllipticCurvePublicKey):
        return False
    try:
        raw = base64.b64decode(signature, validate=True)
    except (ValueError, binascii.Error):
        return False
    forms = [raw]
    size = (key.key_size + 7) // 8
    if len(raw) == 2 * size:  # as browsers make it: both numbers one after the other
        forms.append(encode_dss_signature(int.from_bytes(raw[:size], "big"), int.from_bytes(raw[size:], "big")))
    for form in forms:
        for kind in (SHA256(), SHA384()):
            try:
                key.verify(form, digest.encode(), ECDSA(kind))
                return True
            except InvalidSignature:
                continue
    return False


def _refused(name: str, problem: str) -> InputError:
    return InputError("signature", name, f"has a signature that {problem}.", _REFUSE)
