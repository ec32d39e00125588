"""`probata incident`: one incident of a casebook, as it stands now or as it stood at any version."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from probata.cli import shared

if TYPE_CHECKING:
    from probata.store.opening import Casebook
    from probata.store.shown import Edition

EPILOG = """\
examples:
  probata incident inc-0123456789ab                  as it stands now, and how it came to that
  probata incident inc-0123456789ab --version 1      as it first stood
  probata incident inc-0123456789ab --format json    for programs: the record, what changed, because of what

A new report or a person's decision makes a new version and leaves every earlier one readable, so a version can be
cited: inc-0123456789ab, version 3."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "incident",
        help="show one incident, now or at an earlier version",
        description="Shows one incident: what its sources agree and differ on, and every change with its reason.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("incident", metavar="ID", help="its id or the beginning of it, or the id of a claim in it")
    shared.add_casebook(verb)
    verb.add_argument("--version", type=shared.number, metavar="N", help="as it stood at this version")
    verb.add_argument("--format", choices=("table", "json", "html"), default="table", help="default: table")
    verb.add_argument("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Show the incident named; returns the exit status."""
    import json

    from probata.export import incidenttext
    from probata.export.style import Style
    from probata.store import judged, shielding, shown
    from probata.store.opening import casebook

    with casebook(chosen.casebook) as book, shared.output(chosen.output) as out:
        name = shown.named(book, chosen.incident)
        shield = shielding.of(book)
        kept = shown.edition(book, name, chosen.version)
        found = shield.shown(kept)
        people = judged.of(book, kept)
        if chosen.format == "json":
            record = {
                "version": found.number,
                "of": found.of,
                "at": found.at.isoformat(),
                "incident": found.record,
                "changes": found.changes,
                "because": found.because,
                "ended": list(found.ended) if found.ended is not None else None,
                **people,
            }
            out.write(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
        else:
            told = [e for e in shown.history(book, name) if chosen.version is None or e.number <= chosen.version]
            until = shield.shown(told)
            if chosen.format == "html":
                out.write(_page(book, kept, people, until[::-1]))
            else:
                style = Style.of(out)
                ended = found.ended if found.number == found.of else None
                out.write(incidenttext.text(found.record, style, people, ended))
                rows = [(e.number, f"{e.at:%Y-%m-%d %H:%M}", _sentences(e), e.because) for e in until]
                out.write(incidenttext.versions(rows, style))
    return 0


def _sentences(edition: Edition) -> list[str]:
    return [c["sentence"] for c in edition.changes]


def _page(book: Casebook, kept: Edition, people: dict[str, Any], until: list[Edition]) -> str:
    """One page with the pictures, what people said, and how it came to that."""
    from probata.export import incidentpage
    from probata.store import shielding, stored

    name = kept.record["id"]
    claims = stored.claims(book, kept.record["claims"])
    about = stored.about(book, {c.report for c in claims})
    apart = shielding.Apart(book)
    said = [f"version {e.number} of {e.of}, {e.at:%Y-%m-%d %H.%M} UTC: {'; '.join(_sentences(e))}" for e in until]
    told = apart.shown(([kept.record], claims, about))
    return shielding.together(incidentpage.page(*told, judged={name: people}, history={name: said}))
