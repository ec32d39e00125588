"""`probata search`: the reports of a casebook in which words stand."""

from __future__ import annotations

import argparse

from probata.cli import shared

EPILOG = """\
examples:
  probata search mayor shelling             reports that have both words
  probata search '"shells hit the market"'  exactly this phrase: quotation marks within quotation marks
  probata search 'shell*' Tarqa             shells, shelling, shelled
  probata search القصف                      also finds بالقصف and قصفٍ
  probata search mayor --page 2             the next 20

A word is looked for in text, title and outlet, and in the names of speakers and places of the claims. Case, accents,
vowel signs and spellings of a letter do not matter, nor do Arabic prefixes and the article. The latest reports come
first, undated ones last."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "search",
        help="find reports of the casebook by words",
        description="Finds the reports of the casebook that have all the words, and shows where.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("words", nargs="+", metavar="WORDS", help='words, "phrases" and beginnings*; all must be there')
    shared.add_casebook(verb)
    verb.add_argument("--limit", type=shared.number, default=20, metavar="N", help="how many to show (default 20)")
    verb.add_argument("--page", type=shared.number, default=1, metavar="N", help="which part of them (default 1)")
    verb.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    verb.add_argument("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print what is found; returns the exit status."""
    from probata.export import hits, jsontext
    from probata.export.style import Style
    from probata.store import shielding
    from probata.store.opening import casebook
    from probata.store.search import search

    asked = " ".join(chosen.words)
    skip = (chosen.page - 1) * chosen.limit
    with casebook(chosen.casebook) as book:
        found = search(book, asked, chosen.limit, skip)
        asked = shielding.of(book).text(asked)
    with shared.output(chosen.output) as out:
        if chosen.format == "json":
            out.write(jsontext.text(hits.record(asked, found, skip + 1), indent=1) + "\n")
        else:
            out.write(hits.text(found, skip + 1, Style.of(out)))
    return 0
