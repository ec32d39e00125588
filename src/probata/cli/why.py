"""`probata why`: why two claims are, or are not, one incident."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from probata.cli import claimfiles, shared

if TYPE_CHECKING:
    from probata.model.comparison import Comparison
    from probata.model.errors import InputError

EPILOG = """\
examples:
  probata why CLAIM CLAIM                                claims of the casebook, by their ids
  probata why 3f9a01 77c2e8                              or by how these begin
  probata why post-1#1 radio-7#2 --claims claims.jsonl   claims of a file

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
    verb.add_argument("a", metavar="A", help="the id of a claim, or its first characters")
    verb.add_argument("b", metavar="B", help="the id of another")
    claimfiles.add_claims(verb)
    shared.add_casebook(verb)
    claimfiles.add_decisions(verb)
    verb.add_argument("--format", choices=("table", "json"), default="table", help="default: table")
    verb.add_argument("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Compare the two claims named; returns the exit status."""
    from probata.export import comparison, jsontext
    from probata.export.style import Style

    compared, failed = _from_files(chosen) if chosen.claims else _from_casebook(chosen)
    if compared is None:
        return shared.close([*failed], [], 0)
    with shared.output(chosen.output) as out:
        if chosen.format == "json":
            out.write(jsontext.text(comparison.record(compared), indent=1) + "\n")
        else:
            out.write(comparison.text(compared, Style.of(out)))
    return shared.close([*failed], [], 1)


def _from_files(chosen: argparse.Namespace) -> tuple[Comparison | None, list[InputError]]:
    from probata.assess.why import why
    from probata.link.incidents import link

    decisions = claimfiles.decisions(chosen.decisions)
    found, failed = claimfiles.load(chosen.claims)
    if failed and not found.claims:
        return None, failed
    advice = "Claims without an id are called REPORT#1, REPORT#2 and so on; `probata link` shows them all."
    ids = {c.id for c in found.claims}
    a, b = (claimfiles.claim_named(name, ids, advice) for name in (chosen.a, chosen.b))
    incidents = link(found.claims, found.about, decisions)
    return why(a, b, found.claims, incidents, decisions), failed


def _from_casebook(chosen: argparse.Namespace) -> tuple[Comparison | None, list[InputError]]:
    from probata.assess.why import why
    from probata.export.incidentlines import incident_of
    from probata.link import rows
    from probata.store import claimnames, families, shielding, shown, stored, tallies
    from probata.store.opening import casebook

    with casebook(chosen.casebook) as book:
        a, b = (claimnames.named(book, name) for name in (chosen.a, chosen.b))
        two = stored.claims(book, (a, b))
        given = stored.decisions(book)
        names = stored.incidents_of_claims(book, (a, b))
        incidents = [incident_of(shown.edition(book, name).record) for name in names]
        claims = {c.id: c for c in (*two, *stored.claims(book, (c for i in incidents for c in i.claims)))}
        counted = tallies.of(book, rows.counts(claims.values(), given))
        copies = families.of(book, {c.report for c in claims.values()})
        shield = shielding.of(book)
    return shield.shown(why(a, b, claims.values(), incidents, given, copies, counted)), []
