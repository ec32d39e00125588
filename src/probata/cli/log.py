"""`probata log`: what was done in a casebook, by whom and when, as it can be proved."""

from __future__ import annotations

import argparse

from probata.cli import shared

EPILOG = """\
examples:
  probata log                        a line for each step
  probata log --format jsonl         the entries as they are hashed, for other programs
  probata log --format prov-json     as W3C PROV, for archives and graph tools
  probata log --format prov-n        the same in PROV's notation for people

Items are named by digests and ids. The log holds no words of reports."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "log",
        help="print what was done, by whom and when",
        description="Prints the log of the casebook: every step with its time, account, item and hashes.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared.add_casebook(verb)
    forms = ("table", "jsonl", "prov-json", "prov-n")
    verb.add_argument("--format", choices=forms, default="table", help="default: table")
    verb.add_argument("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the log; returns the exit status."""
    import json
    from contextlib import closing

    from probata.audit import prov
    from probata.store import log
    from probata.store.opening import casebook

    with casebook(chosen.casebook) as book, shared.output(chosen.output) as out, closing(log.entries(book)) as entries:
        if chosen.format == "prov-json":
            out.write(prov.prov_json(entries))
        elif chosen.format == "prov-n":
            out.write(prov.prov_n(entries))
        elif chosen.format == "jsonl":
            out.writelines(e.line.decode() + "\n" for e in entries)
        else:
            for entry in entries:
                e = json.loads(entry.line)
                out.write(
                    f"{e['number']:>7}  {e['at'][:19]}Z  {e['who']:<12}  {e['step']:<8}  {e['kind']} {e['item']}\n"
                )
    return 0
