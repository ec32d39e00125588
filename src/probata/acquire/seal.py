"""The signature of a WACZ (WACZ signing 0.1.0): whether it holds, whose it says it is, and what it leaves open."""

from __future__ import annotations

import base64
import binascii
import hashlib
import warnings
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from probata.acquire.warc import instant
from probata.model.errors import InputError, SetupError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PublicKeyTypes
    from cryptography.x509 import Certificate
    from rfc3161_client import TimeStampResponse

APART = timedelta(minutes=10)  # between the stated and the stamped time (WACZ signing 0.1.0, verification, step 7)
_REFUSE = "It is refused whole; ask whoever made it for a sound one."


def signed(data: object, digest: str, name: str, roots: bytes = b"") -> tuple[str, ...]:
    """What a signature over the manifest's `digest` shows and leaves open, in words.

    Raises InputError where it does not hold: other bytes, another key or domain, a time stamp that is for something
    else or more than ten minutes from the stated time. Whether certificates are genuine is judged by `roots` (PEM), at
    the time of the stamp; without any it is left open, and said so.
    """
    if not isinstance(data, dict) or not all(isinstance(v, str) for v in data.values()):
        raise _refused(name, "is malformed")
    if data.get("hash") != digest:
        raise _refused(name, "is for another manifest")
    created = instant(data.get("created", ""))
    if created is None:
        raise _refused(name, "does not say when it was made")
    if "domainCert" in data:
        return _of_domain(data, created, name, trusted(roots) if roots else ())
    key = _key(data.get("publicKey", ""))
    if key is None or not _holds(key, data.get("signature", ""), digest):
        raise _refused(name, "does not hold")
    print_of = hashlib.sha256(base64.b64decode(data["publicKey"])).hexdigest()[:16]
    who = f"the archive is signed with the key {print_of}…, said to be on {created:%Y-%m-%d}"
    return (f"{who}; whose it is, it does not say",)


def trusted(roots: bytes) -> tuple[Certificate, ...]:
    """The certificates of a PEM file. Raises SetupError when there are none."""
    from cryptography.x509 import load_pem_x509_certificates

    try:
        with warnings.catch_warnings(action="ignore"):  # old roots of the system's have odd numbers
            return tuple(load_pem_x509_certificates(roots))
    except ValueError as error:
        advice = "Give a file of PEM certificates; on Debian the system's are /etc/ssl/certs/ca-certificates.crt."
        raise SetupError("roots", "the roots", "are no PEM certificates.", advice) from error


def _of_domain(data: dict[str, Any], created: datetime, name: str, roots: tuple[Certificate, ...]) -> tuple[str, ...]:
    chain = _certificates(data["domainCert"])
    if not chain or not _holds(chain[0].public_key(), data.get("signature", ""), data["hash"]):
        raise _refused(name, "does not hold")
    domain = data.get("domain", "")
    if domain not in _names(chain[0]):
        raise _refused(name, f"states the domain {domain[:100]!r}, which its certificate does not name")
    told = f"the archive is signed for {domain}; "
    if "timeSignature" not in data:
        untimed = "its signature has no time stamp: when it was made is not proven"
        return told + _genuine(chain, domain, created, roots), untimed
    at, by = _stamped(data, name, roots)
    if abs(at - created) > APART:
        apart = abs(at - created) // timedelta(minutes=1)
        raise _refused(name, f"states a time {apart:,} minutes from that of its time stamp ({at:%Y-%m-%d %H:%M} UTC)")
    return told + _genuine(chain, domain, at, roots), by


def _genuine(chain: list[Certificate], domain: str, at: datetime, roots: tuple[Certificate, ...]) -> str:
    """In words, whether the certificate of a domain led to one of the roots at a time."""
    from cryptography.x509 import DNSName
    from cryptography.x509.verification import PolicyBuilder, Store, VerificationError

    if not roots:
        return "that its certificate is genuine was not checked (--roots)"
    builder = PolicyBuilder().store(Store(list(roots))).time(at.astimezone(UTC).replace(tzinfo=None))
    try:
        builder.build_server_verifier(DNSName(domain)).verify(chain[0], chain[1:])
    except (VerificationError, ValueError) as error:
        return f"its certificate does not lead to the roots given, so whose it is is not proven ({str(error)[:120]})"
    return "its certificate leads to the roots given"


def _stamped(data: dict[str, Any], name: str, roots: tuple[Certificate, ...]) -> tuple[datetime, str]:
    """The time of the stamp, and in words what stands behind it."""
    from rfc3161_client import decode_timestamp_response

    signature = str(data.get("signature", "")).encode()
    try:
        answer = decode_timestamp_response(base64.b64decode(data["timeSignature"], validate=True))
        info = answer.tst_info
        at, imprint = info.gen_time, info.message_imprint.message
    except Exception as error:  # the decoder has errors of many kinds
        raise _refused(name, "has a time stamp that is none") from error
    if imprint not in {hashlib.new(kind, signature).digest() for kind in ("sha256", "sha384", "sha512")}:
        raise _refused(name, "has a time stamp of something else")
    beside = _certificates(str(data.get("timestampCert", "")))
    said = f"its time stamp says {at:%Y-%m-%d %H:%M} UTC"
    if not _leads(answer, signature, beside):
        return at, "its time stamp does not lead to the certificates that it names: its time is not proven"
    if not roots:
        return at, f"{said}; that its authority is genuine was not checked (--roots)"
    if not _leads(answer, signature, _led(roots, beside, at)):
        return at, f"{said}, but its authority does not lead to the roots given: its time is not proven"
    return at, f"{said}, by an authority that leads to the roots given"


def _led(roots: tuple[Certificate, ...], others: list[Certificate], at: datetime) -> list[Certificate]:
    """The roots, and which other authorities lead to one: any more would vouch for itself."""
    out, left = list(roots), [c for c in others if c not in roots and _issues(c, at)]
    while found := [c for c in left if any(_issued_by(c, by) for by in out)]:
        out += found
        left = [c for c in left if c not in found]
    return out


def _issues(certificate: Certificate, at: datetime) -> bool:
    from cryptography.x509 import BasicConstraints, ExtensionNotFound

    try:
        may = certificate.extensions.get_extension_for_class(BasicConstraints).value.ca
    except (ExtensionNotFound, ValueError):
        return False
    return may and certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc


def _issued_by(certificate: Certificate, by: Certificate) -> bool:
    from cryptography.exceptions import InvalidSignature

    try:
        certificate.verify_directly_issued_by(by)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _leads(answer: TimeStampResponse, signature: bytes, roots: list[Certificate]) -> bool:
    """Whether a time stamp leads to one of these certificates."""
    from rfc3161_client import VerificationError, VerifierBuilder

    builder = VerifierBuilder()
    try:
        for certificate in dict.fromkeys(roots):
            builder = builder.add_root_certificate(certificate)
        builder.build().verify_message(answer, signature)
    except (VerificationError, ValueError):
        return False
    return True


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
