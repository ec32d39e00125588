"""`probata release`: incidents with their claims and proofs, in one file that anyone can check."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from probata.cli import shared

if TYPE_CHECKING:
    from probata.audit.bundle import Seal
    from probata.audit.merkle import TreeHead

EPILOG = """\
examples:
  probata release out.zip --title "Tarqa market" --publisher "Tarqa Records"
  probata release out.zip --incident inc-0123456789ab --key ~/probata.key
  probata release out.zip --key ~/probata.key --authority http://time.example/tsr --roots authority.pem
  probata release out.zip --open victims --by omar --why "families agreed in writing, 4 June"

Without --incident all incidents are released, each marked as suggested by software. Only the fields on the list of what
is published go out; what was left out is counted in the release. The same casebook gives the same file, byte for
byte. Whoever gets it runs `probata check out.zip`, or the file check.py inside with Python alone.

A key is made once, with --new-key FILE, and kept by you. Publish its fingerprint somewhere else than the release."""


_KINDS = ("sexual violence", "children", "victims", "speakers who are not named")  # those of vocab/publishing.yml


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "release",
        help="pack incidents so that anyone can check them",
        description="Packs incidents with claims, sources, rules and log into one file that anyone can check offline.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("out", metavar="OUT.zip", help="the file to write")
    shared.add_casebook(verb)
    verb.add_argument("--incident", action="append", default=[], metavar="ID", help="only this one; can be repeated")
    verb.add_argument("--title", metavar="WORDS", default="Release", help="what the release is called")
    verb.add_argument("--publisher", metavar="NAME", default="not stated", help="who publishes it")
    verb.add_argument("--originals", action="store_true", help="with the bytes of the reports as they were received")
    said = "publish this closed kind too, knowing who may be harmed; can be repeated. Closed are: "
    verb.add_argument("--open", action="append", default=[], metavar="KIND", help=said + ", ".join(_KINDS))
    verb.add_argument("--why", metavar="REASON", default="", help="why it is opened; stands in the release")
    verb.add_argument("--by", metavar="NAME", default="", help="who releases it; an alias is enough")
    verb.add_argument("--key", metavar="FILE", help="sign with this Ed25519 key")
    verb.add_argument("--new-key", metavar="FILE", help="make a key, write it to FILE, and sign with it")
    verb.add_argument("--authority", metavar="URL", help="have it stamped by this time authority (RFC 3161)")
    verb.add_argument("--roots", metavar="FILE", help="certificates that the authority's answer must lead to (PEM)")
    said = "ask this OpenTimestamps calendar too; its promise is written to OUT.zip.ots and pending until upgraded"
    verb.add_argument("--calendar", metavar="URL", help=said)
    verb.add_argument("--earlier", action="append", default=[], metavar="OLDER.zip",
                      help="an older release: this one proves that its log goes on from there")  # fmt: skip
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write the release; returns the exit status."""
    from pathlib import Path

    from probata.store.opening import casebook
    from probata.store.releasing import Wanted, release
    from probata.store.turn import turn

    seal = _seal(chosen)
    earlier = tuple(_head(path) for path in chosen.earlier)
    wanted = Wanted(
        chosen.title,
        chosen.publisher,
        tuple(chosen.incident),
        chosen.originals,
        earlier,
        tuple(chosen.open),
        chosen.why,
        chosen.by,
    )
    with casebook(chosen.casebook) as book, turn(book):
        digest = release(book, Path(chosen.out), wanted, seal)
    print(f"probata: {chosen.out}: released; manifest {digest}", file=sys.stderr)
    _account(chosen.out)
    if seal.key:
        print(f"probata: signed by the key with the fingerprint {seal.key.fingerprint}", file=sys.stderr)
    if chosen.calendar:
        from probata.audit.opentimestamps import begin

        proof, promises = begin(chosen.out, chosen.calendar)
        Path(f"{chosen.out}.ots").write_bytes(proof)
        pending = ", ".join(p.pending or "a block" for p in promises)
        print(f"probata: {chosen.out}.ots: pending at {pending}; it proves no time yet", file=sys.stderr)
    return 0


def _account(out: str) -> None:
    """Say what was left out, and of which originals."""
    from probata.audit.bundle import described
    from probata.export.words import counted

    manifest = described(out)
    left = manifest["withheld"]
    total = counted(sum(w["number"] for w in left), "item")
    print(f"probata: withheld: {total} by rule; `probata check {out}` lists them", file=sys.stderr)
    for w in left:
        if w["what"] == "original":
            print(f"probata: withheld: {counted(w['number'], 'original')} ({w['why']})", file=sys.stderr)


def _seal(chosen: argparse.Namespace) -> Seal:
    """Who signs and who stamps. Raises InputError for a key or certificates that cannot be used."""
    import os

    from probata.audit import keys
    from probata.audit.bundle import Seal
    from probata.audit.timestamps import stamp
    from probata.model.errors import InputError

    passphrase = os.environ.get("PROBATA_KEY_PASSPHRASE", "").encode() or None
    key = keys.make(chosen.new_key, passphrase) if chosen.new_key else None
    if chosen.key:
        key = keys.load(chosen.key, passphrase)
    if bool(chosen.authority) != bool(chosen.roots):
        missing = "--roots" if chosen.authority else "--authority"
        problem = f"is needed with {'--authority' if chosen.authority else '--roots'}."
        raise InputError("option", missing, problem, "Give both, or neither.")
    if not chosen.authority:
        return Seal(key, chosen.publisher)
    try:
        with open(chosen.roots, "rb") as file:
            roots = file.read()
    except OSError as error:
        advice = "Check the name."
        raise InputError("roots", chosen.roots, f"cannot be read: {error.strerror}.", advice) from error
    return Seal(key, chosen.publisher, lambda data: stamp(data, chosen.authority, roots).answer, roots)


def _head(path: str) -> TreeHead:
    """The state of the log that an older release shows."""
    from probata.audit.bundle import described
    from probata.audit.checker.fields import Wrong
    from probata.audit.merkle import TreeHead
    from probata.model.errors import InputError

    try:
        told = described(path).get("log")
    except Wrong as error:
        raise InputError("release", path, f"is no release of Probata: {error}.", "Name an older release.") from error
    except OSError as error:
        raise InputError("release", path, f"cannot be read: {error.strerror}.", "Check the name.") from error
    if not told:
        raise InputError("release", path, "shows no log.", "Name a release that has one.")
    return TreeHead(told["at"], told["size"], told["root"])
