"""Signatures under the written reason of a proposal, and what each kind of them proves.

`own`: made with a key that the person keeps (Ed25519, audit.keys). It proves that whoever holds that key signed exactly
this statement; the first key that an alias signs with is that alias's from then on. `held`: made with a key that the
server keeps for the person, locked with a passphrase where one is given. It proves that somebody who had signed in as
the person, and gave the passphrase, had the server sign. `written`: the person wrote the sentence that confirms it. It
is no signature of anybody's key, and proves what the log proves: that the casebook took it from that account then.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from probata.audit import keys
from probata.model.errors import InputError
from probata.store import models
from probata.store.opening import Casebook

OWN, HELD, WRITTEN = "own", "held", "written"
KINDS = (OWN, HELD, WRITTEN)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature under a statement: of which kind, the public key (hexadecimal, "" if written), and its value.

    The value is the 64 bytes of Ed25519 in base64, or the sentence written.
    """

    kind: str
    key: str
    value: str


def by_key(key: keys.Key, statement: bytes, kind: str = OWN) -> Signature:
    """The signature of a statement with a key at hand."""
    return Signature(kind, key.public.hex(), base64.b64encode(key.sign(statement)).decode())


def held(book: Casebook, who: str, passphrase: bytes | None = None) -> keys.Key:
    """The key that the casebook keeps for a person, made at first use in its folder; locked with the passphrase."""
    folder = book.folder / "signers"
    folder.mkdir(mode=0o700, exist_ok=True)
    path = folder / f"{hashlib.sha256(who.encode('utf-8', 'surrogatepass')).hexdigest()}.pem"
    return keys.load(path, passphrase) if path.exists() else keys.make(path, passphrase)


def own(path: Path | str, passphrase: bytes | None = None) -> keys.Key:
    """The key in a person's own file."""
    return keys.load(path, passphrase)


def confirmation(who: str) -> str:
    """The sentence that a person writes to confirm a reason where they have no key."""
    return f"I, {who}, stand by this reason on one source."


def is_good(statement: bytes, who: str, signature: Signature) -> bool:
    """Whether a signature is one of this statement; that its key is the person's is for `same_key` to say."""
    if signature.kind == WRITTEN:
        return _plain(signature.value) == _plain(confirmation(who))
    try:
        value, key = base64.b64decode(signature.value, validate=True), bytes.fromhex(signature.key)
    except ValueError:
        return False
    return signature.kind in (OWN, HELD) and keys.signed(key, statement, value)


def same_key(book: Casebook, who: str, signature: Signature) -> None:
    """Refuse a key of one's own that is not the one that this person has signed with before."""
    if signature.kind != OWN:
        return
    rows = models.Proposal.objects.using(book.alias).filter(who=who).order_by("id")
    later = models.Answer.objects.using(book.alias).filter(proposal__who=who).order_by("id")
    for kept in (*rows.values_list("signature", flat=True), *later.values_list("signature", flat=True)):
        known = of_record(kept)
        if known and known.kind == OWN and known.key != signature.key:
            mark = keys.fingerprint(bytes.fromhex(known.key))
            problem = f"is not of the key that {who} signed with before ({mark})."
            raise InputError("signature", "the signature", problem, "Sign with that key.")


def record(signature: Signature | None) -> dict[str, str] | None:
    """A signature as rows keep it."""
    return {"kind": signature.kind, "key": signature.key, "value": signature.value} if signature else None


def of_record(kept: Mapping[str, Any] | None) -> Signature | None:
    """The signature that a row keeps; None also where it went with erased words that it was over."""
    return Signature(kept["kind"], kept["key"], kept["value"]) if kept and kept["value"] is not None else None


def _plain(words: str) -> str:
    return " ".join(words.casefold().split()).rstrip(".")
