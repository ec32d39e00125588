"""Signed archives: a signature that holds is told with what it leaves open, any other refuses the archive."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from audit.authority import Authority
from probata.acquire import reports
from probata.acquire.seal import signed
from probata.model.errors import InputError
from probata.model.report import Report
from webarchives import TARQA, Warc, pack, pages, wacz_parts

DIGEST = "sha256:" + hashlib.sha256(b"a manifest").hexdigest()
NOW = datetime.now(UTC)
DOMAIN = "archive.oltrava.example"


def by_key(*, raw: bool = False, over: str = DIGEST) -> dict[str, str]:
    """A signature as ArchiveWeb.page makes it: a key and nothing about whose it is."""
    key = ec.generate_private_key(ec.SECP384R1())
    made = key.sign(over.encode(), ec.ECDSA(hashes.SHA256()))
    if raw:
        made = b"".join(n.to_bytes(48, "big") for n in decode_dss_signature(made))
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return {
        "hash": over,
        "created": NOW.isoformat(),
        "software": "an invented tool",
        "signature": base64.b64encode(made).decode(),
        "publicKey": base64.b64encode(public).decode(),
    }


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


def by_domain(authority: Authority, *, created: datetime = NOW, stamped: str | None = None) -> dict[str, str]:
    """A signature as authsign makes it: by the key of a domain's certificate, with a time stamp."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, DOMAIN)])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(5).not_valid_before(NOW - timedelta(1)).not_valid_after(NOW + timedelta(9))
    certificate = builder.sign(key, hashes.SHA256())
    signature = base64.b64encode(key.sign(DIGEST.encode(), ec.ECDSA(hashes.SHA256()))).decode()
    from rfc3161_client import TimestampRequestBuilder

    request = TimestampRequestBuilder().data((stamped or signature).encode()).cert_request(cert_request=True).build()
    return {
        "hash": DIGEST,
        "created": created.isoformat(),
        "software": "an invented server",
        "signature": signature,
        "domain": DOMAIN,
        "domainCert": certificate.public_bytes(serialization.Encoding.PEM).decode(),
        "timeSignature": base64.b64encode(authority.answer(request.as_bytes())).decode(),
        "timestampCert": authority.roots.decode(),
    }


@pytest.mark.parametrize("raw", [False, True])
def test_seal_a_key_signs_and_says_not_whose_it_is(raw: bool) -> None:
    (told,) = signed(by_key(raw=raw), DIGEST, "a.wacz")
    assert "whose it is, it does not say" in told


def test_seal_a_domain_signs_at_a_stamped_time(authority: Authority) -> None:
    whose, when = signed(by_domain(authority), DIGEST, "a.wacz")
    assert f"signed for {DOMAIN}" in whose
    assert "its time stamp says 20" in when


@pytest.mark.parametrize("minutes, refused", [(9, False), (-9, False), (11, True), (-11, True), (100_000, True)])
def test_seal_a_stated_time_far_from_the_stamped_is_refused(authority: Authority, minutes: int, refused: bool) -> None:
    made = by_domain(authority, created=datetime.now(UTC) + timedelta(minutes=minutes))
    if not refused:
        assert signed(made, DIGEST, "a.wacz")
        return
    with pytest.raises(InputError, match="minutes from that of its time stamp") as caught:
        signed(made, DIGEST, "a.wacz")
    assert caught.value.code == "signature"


@pytest.mark.parametrize(
    "change, words",
    [
        ({"hash": "sha256:" + "0" * 64}, "is for another manifest"),
        ({"signature": base64.b64encode(b"x" * 70).decode()}, "does not hold"),
        ({"signature": "none"}, "does not hold"),
        ({"domain": "other.example"}, "which its certificate does not name"),
        ({"domainCert": "none"}, "does not hold"),
        ({"timeSignature": "none"}, "a time stamp that is none"),
        ({"created": "soon"}, "does not say when"),
        ({"created": 5}, "is malformed"),
    ],
    ids=str,
)
def test_seal_what_does_not_hold_is_refused(authority: Authority, change: dict, words: str) -> None:
    with pytest.raises(InputError, match=words):
        signed({**by_domain(authority), **change}, DIGEST, "a.wacz")


def test_seal_a_stamp_of_something_else_is_refused(authority: Authority) -> None:
    with pytest.raises(InputError, match="a time stamp of something else"):
        signed(by_domain(authority, stamped="another signature"), DIGEST, "a.wacz")


def test_seal_a_stamp_by_nobody_named_proves_no_time(authority: Authority) -> None:
    made = by_domain(authority)
    _, when = signed({**made, "timestampCert": made["domainCert"]}, DIGEST, "a.wacz")
    assert "its time is not proven" in when


def test_seal_of_an_archive_is_told_with_its_reports_or_refuses_it(tmp_path: Path) -> None:
    warc = Warc()
    warc.response("https://post.example/tarqa", TARQA)
    parts = wacz_parts({"d.warc.gz": warc.raw}, pages("https://post.example/tarqa"))
    digest = "sha256:" + hashlib.sha256(parts["datapackage.json"]).hexdigest()
    for over, sound in ((digest, True), (DIGEST, False)):
        seal = {"path": "datapackage.json", "hash": digest, "signedData": {**by_key(over=over), "hash": digest}}
        parts["datapackage-digest.json"] = json.dumps(seal).encode()
        (found,) = reports([pack(tmp_path / "a.wacz", parts)])
        if sound:
            assert isinstance(found, Report)
            assert any("the archive is signed with the key" in gap for gap in found.gaps)
        else:
            assert isinstance(found, InputError)
            assert "does not hold" in str(found)
