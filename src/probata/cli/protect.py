"""`probata protect`: words that must leave the casebook in no form; and taking that back."""

from __future__ import annotations

import argparse
import sys

from probata.cli import shared

EPILOG = """\
examples:
  probata protect "Amal Haddad" --also "أمل حداد" --by omar --why "eyewitness, asked not to be named"
  probata protect - --by omar --why "asked not to be named" < names.txt      one a line, spellings after ;
  probata protect --victims inc-0123456789ab  names of victims that a release would not close by itself
  probata protect --list                      numbers, seals, who and when; never the words
  probata protect --list --show               with the words: for your eyes only
  probata protect --undo 3 --by omar --why "she agreed to be named, letter of 4 June"

From then on [protected] stands in place of the words in all that is printed, exported and found, in capitals or not,
with accents or without, parted or joined, before and after what was read. They stay in the tables of evidence and in
the originals. `probata erase` removes them there too. Write the words in every script and spelling you know: one
script is not found by another, nor "Haddad" alone by "Amal Haddad"."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "protect",
        help="keep a name or other words out of all that leaves the casebook",
        description="Marks words, such as the name of a witness, that must leave the casebook in no form.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument(
        "words", nargs="?", metavar="WORDS", help="the words; - reads lines, each NAME; SPELLING; SPELLING..."
    )
    verb.add_argument(
        "--also", action="append", default=[], metavar="VARIANT", help="another spelling; can be repeated"
    )
    verb.add_argument("--kind", choices=("person", "value", "other"), default="person", help="default: person")
    verb.add_argument("--by", metavar="NAME", help="who says so; an alias is enough")
    verb.add_argument("--why", metavar="REASON", help="the reason; it is never published")
    verb.add_argument("--list", action="store_true", help="list what is protected")
    verb.add_argument("--show", action="store_true", help="with --list: the words too")
    verb.add_argument("--undo", type=shared.number, metavar="N", help="take back what is protected under this number")
    verb.add_argument(
        "--victims",
        metavar="ID",
        help="print words of an incident or report that may be names of victims, to be judged",
    )
    shared.add_casebook(verb)
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Protect, list or take back; returns the exit status."""
    from probata.model.errors import InputError
    from probata.store import protecting
    from probata.store.opening import casebook
    from probata.store.turn import turn

    if chosen.list:
        return _list(chosen)
    if chosen.victims:
        return _victims(chosen)
    if bool(chosen.words) == bool(chosen.undo) or not (chosen.by and chosen.why):
        advice = "Give WORDS or --undo, with --by and --why; or --list, or --victims."
        raise InputError("option", "protect", "does not say what is to be done by whom and why.", advice)
    with casebook(chosen.casebook) as book, turn(book):
        if chosen.undo:
            protecting.take_back(book, chosen.undo, chosen.by, chosen.why)
            print(f"probata: number {chosen.undo} is shown again from now on", file=sys.stderr)
            return 0
        several = [(chosen.words, *chosen.also)]
        if chosen.words == "-":
            several = [tuple(line.split(";")) for line in sys.stdin if line.strip()]
        done = protecting.protect_all(book, several, chosen.kind, chosen.by, chosen.why)
    for one in done:
        print(f"probata: protected under number {one.number}; seal {one.commitment}", file=sys.stderr)
    print(f"probata: reports that hold it: {done[0].reports if done else 0:,}", file=sys.stderr)
    return 0


def _list(chosen: argparse.Namespace) -> int:
    from probata.store import models, shielding
    from probata.store.opening import casebook

    with casebook(chosen.casebook) as book:
        shield = shielding.of(book)
        active = {row.pk for row in shielding.active(book)}
        for row in models.Protected.objects.using(book.alias).order_by("id"):
            state = f"takes back {row.back}" if row.back else "erased" if row.erased_at else "taken back"
            state = row.kind if row.pk in active else state
            print(f"{row.pk:>5}  {row.at:%Y-%m-%d %H:%M}  {shield.text(row.who):<12}  {state:<12}  {row.commitment}")
            if chosen.show:
                print(f"       {'; '.join(shielding.spellings(row)) or '-'}  ({row.why})")
    return 0


def _victims(chosen: argparse.Namespace) -> int:
    """Print the words that may be names, one a line as `probata protect -` reads them."""
    from probata.store.opening import casebook
    from probata.store.victims import of

    with casebook(chosen.casebook) as book:
        found = of(book, chosen.victims)
        for name in found.possible:
            print(name)
    told = f"{len(found.possible):,} to be judged; {len(found.sure):,} more are told by grammar and closed in releases"
    print(f"probata: {told}. Take out what is no name of a victim, then: probata protect - ...", file=sys.stderr)
    return 0
