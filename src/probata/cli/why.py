"""`probata why`: why two claims are, or are not, one incident."""

from __future__ import annotations

import argparse

from probata.cli import claimfiles, shared
from probata.model.errors import InputError

EPILOG = """\
example:
  probata why post-1#1 radio-7#2 --claims claims.jsonl

Each feature shows the two values compared and its weight: above 0 it speaks for one incident, below 0 for two. What is
forbidden, what people have decided, and the reports through which two claims were joined are shown as well."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "why",
        help="say why two claims are, or are not, one incident",
        description="Says why two claims are one incident or two: features, weights, decisions, and what joins them.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("a", metavar="A", help="the id of a claim")
    verb.add_argument("b", metavar="B", help="the id of another")
    claimfiles.add_claims(verb)
    claimfiles.add_decisions(verb)
    verb.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    verb.add_argument("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Compare the two claims named; returns the exit status."""
    import json

    from probata.assess.why import why
    from probata.export import comparison
    from probata.export.style import Style
    from probata.link.incidents import link

    decisions = claimfiles.decisions(chosen.decisions)
    found, failed = claimfiles.load(chosen.claims)
    if failed and not found.claims:
        return shared.close([*failed], [], 0)
    ids = {c.id for c in found.claims}
    for name in (chosen.a, chosen.b):
        if name not in ids:
            advice = "Claims without an id are called REPORT#1, REPORT#2 and so on; `probata link` shows them all."
            raise InputError("claim", name, f"is none of the {len(ids):,} claims.", advice)
    compared = why(chosen.a, chosen.b, found.claims, link(found.claims, found.about, decisions), decisions)
    with shared.output(chosen.output) as out:
        if chosen.format == "json":
            out.write(json.dumps(comparison.record(compared), ensure_ascii=False, indent=1) + "\n")
        else:
            out.write(comparison.text(compared, Style.of(out)))
    return shared.close([*failed], [], len(found.claims))
