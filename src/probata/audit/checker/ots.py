"""OpenTimestamps: what a file RELEASE.zip.ots says of a release, which is mostly that its proof is pending."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from probata.audit.checker.fields import Wrong

OTS_HEAD = b"\0OpenTimestamps\0\0Proof\0\xbf\x89\xe2\xe8\x84\xe8\x92\x94\1\x08"  # version 1, of a SHA-256
PENDING, BITCOIN = bytes.fromhex("83dfe30d2ef90c8e"), bytes.fromhex("0588960d73d71901")
MOST_STEPS = 10_000  # of a proof; real ones have under 500
LONGEST_STEP = 4096  # bytes


class Attestation(NamedTuple):
    """Who vouches: a calendar that promises to (`pending`), or a block of Bitcoin whose Merkle root must be `root`."""

    pending: str
    block: int
    root: str


class Tape:
    """The bytes of a proof, read from the left."""

    def __init__(self, data: bytes, item: str) -> None:
        self.data, self.at, self.item = data, 0, item

    def take(self, number: int) -> bytes:
        """The next bytes."""
        piece = self.data[self.at : self.at + number]
        if len(piece) < number or number > LONGEST_STEP:
            raise Wrong(f"{self.item}: is cut off, or no OpenTimestamps proof")
        self.at += number
        return piece

    def number(self) -> int:
        """The next number: seven bits a byte, the lowest first."""
        value = shift = 0
        while shift < 64:
            byte = self.take(1)[0]
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7
        raise Wrong(f"{self.item}: holds a number that is too large")


def attestations(data: bytes, digest: bytes, item: str) -> list[Attestation]:
    """What a proof says of the file with this SHA-256. Raises Wrong where it is for another file, or is no proof."""
    if not data.startswith(OTS_HEAD):
        raise Wrong(f"{item}: is no OpenTimestamps proof of a SHA-256")
    tape = Tape(data, item)
    tape.at = len(OTS_HEAD)
    if tape.take(32) != digest:
        raise Wrong(f"{item}: is for other bytes than this release")
    found: list[Attestation] = []
    waiting, message, steps = [], digest, 0
    while True:
        steps += 1
        if steps > MOST_STEPS:
            raise Wrong(f"{item}: has more than {MOST_STEPS:,} steps")
        code = tape.take(1)[0]
        if code == 0xFF:  # more than one way leads on from here
            waiting.append(message)
        elif code == 0:
            kind, said = tape.take(8), Tape(tape.take(tape.number()), item)
            if kind == PENDING:
                found.append(Attestation(said.take(said.number()).decode("utf-8", "replace"), 0, ""))
            elif kind == BITCOIN:
                found.append(Attestation("", said.number(), message[::-1].hex()))
            if not waiting:
                break
            message = waiting.pop()
        elif code in (0xF0, 0xF1):
            more = tape.take(tape.number())
            message = message + more if code == 0xF0 else more + message
        elif code in (0x02, 0x08):
            message = hashlib.new("sha1" if code == 0x02 else "sha256", message).digest()
        else:
            raise Wrong(f"{item}: has a step (0x{code:02x}) that this program does not know")
        if len(message) > LONGEST_STEP:
            raise Wrong(f"{item}: has a step that is too long")
    if tape.at != len(data):
        raise Wrong(f"{item}: something was added after its end")
    return found


def said_by_ots(path: str, proof: str) -> list[str]:
    """Sentences on what a proof beside a release does not prove here."""
    hashed = hashlib.sha256()
    with open(path, "rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            hashed.update(piece)
    with open(proof, "rb") as file:
        found = attestations(file.read(1 << 20), hashed.digest(), proof)
    said = []
    for one in found:
        if one.pending:
            said.append(f"{proof} is PENDING at {one.pending}: it proves no time until it is upgraded (ots upgrade).")
        else:
            said.append(
                f"That it existed before block {one.block} of Bitcoin, as {proof} says: so it is if the Merkle root of "
                f"that block is {one.root}; compare them (ots verify does)."
            )
    return said or [f"{proof} names nobody that this program knows: it proves nothing here."]
