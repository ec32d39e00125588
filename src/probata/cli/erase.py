"""`probata erase`: protected words destroyed in rows and originals."""

from __future__ import annotations

import argparse
import os
import sys

from probata.cli import shared

EPILOG = """\
examples:
  probata protect --list
  probata erase 3 --by omar --why "she withdrew her consent on 4 June"
  probata erase 3 --original 5f3a... --by omar --why "her name is in the picture"

Every row that has the words is changed, every original that has them is removed, whole, with all that else is in it.
The log names each by its digest and `probata verify` passes afterwards. Nothing brings them back. Copies elsewhere
are not reached: second copies of the originals, backups, releases, what was printed. Archives are opened and searched;
pictures, PDFs and what cannot be opened are named: look at them, and remove by --original what has the words."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "erase",
        help="destroy protected words everywhere in the casebook",
        description="Destroys what is protected under a number, in rows and originals; the log stays valid.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("number", type=shared.number, metavar="N", help="the number that `probata protect --list` shows")
    verb.add_argument("--by", metavar="NAME", required=True, help="who erases it; an alias is enough")
    verb.add_argument("--why", metavar="REASON", required=True, help="the reason, in words")
    said = "remove this original too, as you saw the words in it; can be repeated, also after the erasure"
    verb.add_argument("--original", action="append", default=[], metavar="DIGEST", help=said)
    shared.add_casebook(verb)
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Erase; returns the exit status."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "probata.review.settings"  # whose tables may hold the words as well
    from probata.audit.shield import Shield
    from probata.export.words import counted
    from probata.review import scrub
    from probata.store import protecting, shielding
    from probata.store.erasing import erase
    from probata.store.opening import casebook
    from probata.store.turn import turn

    with casebook(chosen.casebook) as book, turn(book):
        row = next((r for r in shielding.active(book) if r.pk == chosen.number), None)
        words = shielding.spellings(row) if row else ()
        if words and not Shield(words).holds(chosen.by):
            # what people handed over first: killed in between, the words can still be found
            protecting.written(chosen.why)
            scrub.uploads(book, words)
            for path in scrub.published(book, words):
                said = "holds the words and stays: what was published cannot be called back"
                print(f"probata: {path.relative_to(book.folder)}: {said}", file=sys.stderr)

        def own(shield: Shield) -> object:
            return scrub.scrub(shield.shown, book.alias)

        done = erase(book, chosen.number, chosen.by, chosen.why, chosen.original, own)
        scrub.clean(book.alias)
    told = f"{counted(done.rows, 'row')} changed, {counted(len(done.originals), 'original')} removed"
    print(f"probata: erased: {told}", file=sys.stderr)
    for digest in done.originals:
        print(f"original {digest}")
    for digest, what in done.unsearched.items():
        print(f"probata: original {digest} stays; not searched in it: {what}", file=sys.stderr)
    if done.unsearched:
        again = f"probata erase {chosen.number} --original DIGEST --by {chosen.by} --why ..."
        print(f"probata: look at these yourself, and remove one that has the words: {again}", file=sys.stderr)
    return 0
