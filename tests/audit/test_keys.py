"""Keys and signatures: kept private, and what openssl makes and checks."""

from __future__ import annotations

import os
import random
import stat
import subprocess
from pathlib import Path

import pytest

from audit.authority import openssl
from probata.audit.checker.ed25519 import ORDER, fingerprint, pem, signed
from probata.audit.keys import Key, load, make
from probata.model.errors import InputError

pytestmark = pytest.mark.usefixtures("authority")  # skips without openssl


def accepts(folder: Path, key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether `openssl pkeyutl -verify -rawin` accepts."""
    for name, content in (("signer.pem", key), ("release.json", message), ("release.sig", signature)):
        (folder / name).write_bytes(content)
    files = ["-inkey", "signer.pem", "-in", "release.json", "-sigfile", "release.sig"]
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-rawin", *files]
    return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0


def test_keys_file_is_private_and_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    key = make(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.read_bytes().startswith(b"-----BEGIN PRIVATE KEY-----")
    assert load(path).public == key.public
    before = path.read_bytes()
    with pytest.raises(InputError, match="never overwritten"):
        make(path)
    assert path.read_bytes() == before
    assert "_private" not in repr(key)


def test_keys_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    key = make(path, "صبر".encode())
    assert path.read_bytes().startswith(b"-----BEGIN ENCRYPTED PRIVATE KEY-----")
    assert load(path, "صبر".encode()).public == key.public
    for wrong in (None, b"sabr"):
        with pytest.raises(InputError, match="passphrase"):
            load(path, wrong)
    make(tmp_path / "open.pem")
    with pytest.raises(InputError, match="Leave the passphrase out"):
        load(tmp_path / "open.pem", b"x")


@pytest.mark.skipif(os.name != "posix", reason="file modes are of POSIX systems")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_keys_refuses_a_key_that_others_can_read(tmp_path: Path, mode: int) -> None:
    make(tmp_path / "key.pem")
    (tmp_path / "key.pem").chmod(mode)
    with pytest.raises(InputError, match="others on this machine"):
        load(tmp_path / "key.pem")


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_keys_refuses_what_is_no_key(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(InputError, match="is no private key"):
        load(path)


def test_keys_refuses_other_kinds_and_reads_those_of_openssl(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", path)
    path.chmod(0o600)
    with pytest.raises(InputError, match="not an Ed25519 key"):
        load(path)
    openssl("genpkey", "-algorithm", "ed25519", "-out", path)
    key = load(path)
    openssl("pkey", "-in", path, "-pubout", "-out", tmp_path / "public.pem")
    assert (tmp_path / "public.pem").read_bytes() == key.public_pem
    with pytest.raises(InputError, match="cannot be read"):
        load(tmp_path / "none.pem")


def test_keys_openssl_accepts_and_refuses_one_changed_byte(key: Key, tmp_path: Path) -> None:
    message = b'{"format":"probata-release/1"}'
    signature = key.sign(message)
    assert accepts(tmp_path, key.public_pem, message, signature)
    assert not accepts(tmp_path, key.public_pem, message[:-1] + b"]", signature)
    assert not accepts(tmp_path, key.public_pem, message, signature[:-1] + bytes([signature[-1] ^ 1]))


def test_keys_fingerprint_by_hand(key: Key, tmp_path: Path) -> None:
    (tmp_path / "signer.pem").write_bytes(key.public_pem)
    typed = "openssl pkey -pubin -in signer.pem -outform DER | sha256sum"
    said = subprocess.run(["sh", "-c", typed], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert said.split()[0] == key.fingerprint == fingerprint(key.public)


# RFC 8032, 7.1, tests 1 to 3: public key, message, signature
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize("public, message, signature", VECTORS)
def test_signed_accepts_the_standards_vectors(public: str, message: str, signature: str) -> None:
    assert signed(bytes.fromhex(public), bytes.fromhex(message), bytes.fromhex(signature))


def test_signed_says_what_the_library_says(key: Key) -> None:
    """Right signatures hold; any bit turned in key, message or signature is refused, as the library refuses it."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    dice = random.Random(8032)
    for n in range(60):
        message = dice.randbytes(n)
        signature = key.sign(message)
        assert signed(key.public, message, signature)
        for part in range(3):
            parts = [key.public, message + b"x", signature]
            at = dice.randrange(len(parts[part]))
            parts[part] = parts[part][:at] + bytes([parts[part][at] ^ 1 << dice.randrange(8)]) + parts[part][at + 1 :]
            with pytest.raises((InvalidSignature, ValueError)):
                Ed25519PublicKey.from_public_bytes(parts[0]).verify(parts[2], parts[1])
            assert not signed(parts[0], parts[1], parts[2])


def test_signed_refuses_a_second_form_of_a_signature(key: Key) -> None:
    """S and S + ORDER would both solve the equation; only the small one is a signature."""
    signature = key.sign(b"x")
    larger = int.from_bytes(signature[32:], "little") + ORDER
    assert not signed(key.public, b"x", signature[:32] + larger.to_bytes(32, "little"))


@pytest.mark.parametrize("order", [1, 2, 4, 8])
def test_signed_refuses_keys_of_small_order(order: int) -> None:
    """With such a key one signature would fit every message, and a time token over it would prove nothing."""
    y8 = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
    public = {1: "01" + "00" * 31, 2: "ec" + "ff" * 30 + "7f", 4: "00" * 32, 8: y8}[order]
    signature = bytes.fromhex("01" + "00" * 31) + bytes(32)
    assert not any(signed(bytes.fromhex(public), f"message {n}".encode(), signature) for n in range(40))


@pytest.mark.parametrize("length", [0, 31, 33])
def test_signed_refuses_keys_and_signatures_of_another_length(key: Key, length: int) -> None:
    assert not signed(key.public[:length].ljust(length, b"\0"), b"x", key.sign(b"x"))
    assert not signed(key.public, b"x", key.sign(b"x")[:length])
    assert not signed(key.public, b"x", key.sign(b"x") + b"\0")


def test_pem_is_what_openssl_writes(key: Key, tmp_path: Path) -> None:
    (tmp_path / "signer.pem").write_bytes(pem(key.public))
    openssl("pkey", "-pubin", "-in", tmp_path / "signer.pem", "-pubout", "-out", tmp_path / "again.pem")
    assert (tmp_path / "again.pem").read_bytes() == pem(key.public)
