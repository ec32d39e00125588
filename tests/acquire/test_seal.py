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
from probata.cli.main import main
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


Key = ec.EllipticCurvePrivateKey
Signer = tuple[x509.Certificate, Key]


def certificate(cn: str, by: Signer | None = None, *, ca: bool = False, from_day: int = -1) -> Signer:
    """A certificate of a domain, a root or what stands between, and its key; signed by itself unless by another."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, cn)])
    issuer, signer = (by[0].subject, by[1]) if by else (name, key)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(issuer).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(NOW + timedelta(from_day)).not_valid_after(NOW + timedelta(from_day + 9))
    builder = builder.add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
    builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    known = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    builder = builder.add_extension(known, critical=False)
    if ca:
        uses = dict.fromkeys("content_commitment key_encipherment data_encipherment key_agreement".split(), False)
        uses |= {"digital_signature": True, "key_cert_sign": True, "crl_sign": True, "encipher_only": False}
        builder = builder.add_extension(x509.KeyUsage(**uses, decipher_only=False), critical=True)
    else:
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(cn)]), critical=False)
        web = x509.ExtendedKeyUsage([x509.oid.ExtendedKeyUsageOID.SERVER_AUTH])
        builder = builder.add_extension(web, critical=False)
    return builder.sign(signer, hashes.SHA256()), key


def pem(*certificates: x509.Certificate) -> str:
    return "".join(c.public_bytes(serialization.Encoding.PEM).decode() for c in certificates)


def by_domain(
    authority: Authority,
    *,
    created: datetime = NOW,
    stamped: str | None = None,
    by: tuple[Signer, ...] = (),
    from_day: int = -1,
) -> dict[str, str]:
    """A signature as authsign makes it: by the key of a domain's certificate, with a time stamp."""
    own, key = certificate(DOMAIN, by[0] if by else None, from_day=from_day)
    signature = base64.b64encode(key.sign(DIGEST.encode(), ec.ECDSA(hashes.SHA256()))).decode()
    from rfc3161_client import TimestampRequestBuilder

    request = TimestampRequestBuilder().data((stamped or signature).encode()).cert_request(cert_request=True).build()
    return {
        "hash": DIGEST,
        "created": created.isoformat(),
        "software": "an invented server",
        "signature": signature,
        "domain": DOMAIN,
        "domainCert": pem(own, *(c for c, _ in by)),
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


def test_seal_certificates_are_judged_by_the_roots_given_at_the_time_of_the_stamp(authority: Authority) -> None:
    root = certificate("Oltrava Root (fiction)", ca=True)
    between = certificate("Oltrava Web (fiction)", root, ca=True)
    stranger = certificate("Kessar Root (fiction)", ca=True)
    sound = by_domain(authority, by=(between,))
    both = pem(root[0]).encode() + authority.roots
    whose, when = signed(sound, DIGEST, "a.wacz", both)
    assert "its certificate leads to the roots given" in whose
    assert "by an authority that leads to the roots given" in when
    whose, when = signed(sound, DIGEST, "a.wacz", pem(stranger[0]).encode())
    assert "does not lead to the roots given, so whose it is is not proven" in whose
    assert "its authority does not lead to the roots given: its time is not proven" in when
    for wrong in (by_domain(authority), by_domain(authority, by=(between,), from_day=2)):  # by itself; not valid yet
        assert "does not lead to the roots given" in signed(wrong, DIGEST, "a.wacz", both)[0]
    assert all("was not checked (--roots)" in told for told in signed(sound, DIGEST, "a.wacz"))


def test_seal_roots_that_are_none_are_refused_before_anything_is_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "page.txt").write_text("Six people were killed in Karsa.")
    (tmp_path / "none.pem").write_text("no certificate")
    for name, said in (("none.pem", "are no PEM certificates"), ("missing.pem", "cannot be read")):
        assert main(["read", str(tmp_path / "page.txt"), "--roots", str(tmp_path / name)]) == 2
        assert said in capsys.readouterr().err


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
