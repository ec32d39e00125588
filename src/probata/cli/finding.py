"""`probata finding`: what people find of an incident, each step of it."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from probata.cli import shared

if TYPE_CHECKING:
    from probata.store.findings import Proposal
    from probata.store.opening import Casebook

STANDARDS = (
    "reasonable suspicion",
    "reasonable grounds to believe",
    "balance of probabilities",
    "clear and convincing evidence",
)
EPILOG = """\
examples:
  probata finding propose inc-0123456789ab --standard "reasonable suspicion" --by omar --why "two counts apart"
  probata finding propose inc-0123456789ab --party "the army" --standard "reasonable suspicion" --by omar --why "..."
  probata finding agree 4 --by aliyah
  probata finding decline 4 --by aliyah --why "both counts rest on one list"
  probata finding withdraw 4 --by aliyah --why "the list was forged"

One person proposes, another agrees, then it stands. Without --party it is found that it happened; with --party, that
this party did it. "reasonable grounds to believe" and higher on one independent source needs a signature:
--key FILE is an Ed25519 key of whoever proposes, as `openssl genpkey -algorithm ed25519` makes."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "finding",
        help="propose a finding on an incident, agree to it, decline it, or take it back",
        description="Writes down what people find of an incident. Software suggests and never finds.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("step", choices=("propose", "agree", "decline", "withdraw"))
    verb.add_argument("item", metavar="INCIDENT|N", help="to propose: an incident; else the number of a proposal")
    verb.add_argument("--by", metavar="NAME", required=True, help="who does it; an alias is enough")
    verb.add_argument("--why", metavar="WORDS", default="", help="the reason")
    verb.add_argument("--standard", choices=STANDARDS, help="the standard of proof")
    verb.add_argument("--party", metavar="NAME", help="the party that did it")
    verb.add_argument("--seen", type=int, metavar="N", help="the version you looked at (default: the latest)")
    verb.add_argument("--key", metavar="FILE", help="sign the reason with this key")
    shared.add_casebook(verb)
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Write the step down; returns the exit status."""
    from probata.export.plain import one_line
    from probata.model.errors import InputError
    from probata.store import findings
    from probata.store.opening import casebook
    from probata.store.turn import turn

    with casebook(chosen.casebook) as book, turn(book):
        if chosen.step == "propose":
            done = _proposed(book, chosen)
        elif not chosen.item.isdecimal():
            raise InputError("proposal", chosen.item, "is no number.", "`probata findings` shows the numbers.")
        elif chosen.step == "agree":
            done = findings.agree(book, int(chosen.item), chosen.by, why=chosen.why)
        else:
            step = findings.decline if chosen.step == "decline" else findings.withdraw
            done = step(book, int(chosen.item), chosen.by, chosen.why)
    print(f"probata: proposal {done.number} on {done.incident}: {done.state} ({one_line(chosen.by)})", file=sys.stderr)
    if done.lacks_signature:
        print("probata: one source only: it needs a signature; propose it again with --key", file=sys.stderr)
    return 0


def _proposed(book: Casebook, chosen: argparse.Namespace) -> Proposal:
    from probata.model.errors import InputError
    from probata.store import findings, shown, signing

    if not chosen.standard:
        raise InputError("standard", chosen.item, "is given no standard of proof.", "Give --standard.")
    name = shown.named(book, chosen.item)
    version = chosen.seen or shown.edition(book, name).number
    kind = "perpetrator" if chosen.party else "occurred"
    key = signing.own(chosen.key) if chosen.key else None
    sign = (lambda statement: signing.by_key(key, statement)) if key else None
    return findings.propose(book, name, kind, chosen.standard, chosen.party, chosen.by, chosen.why, version, sign)
