"""`probata incident`: one incident of a casebook, as it stands now or as it stood at any version."""

from __future__ import annotations

import argparse

from probata.cli import shared

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
    from probata.store import judged, shielding, shown, stored
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
        elif chosen.format == "html":
            from probata.export import incidentpage

            claims = stored.claims(book, kept.record["claims"])
            about = stored.about(book, {c.report for c in claims})
            apart = shielding.Apart(book)
            out.write(
                shielding.together(
                    incidentpage.page(*apart.shown(([kept.record], claims, about)), judged={name: people})
                )
            )
        else:
            style = Style.of(out)
            ended = found.ended if found.number == found.of else None
            out.write(incidenttext.text(found.record, style, people, ended))
            until = [
                e
                for e in shield.shown(shown.history(book, name))
                if chosen.version is None or e.number <= chosen.version
            ]
            rows = [(e.number, f"{e.at:%Y-%m-%d %H:%M}", [c["sentence"] for c in e.changes], e.because) for e in until]
            out.write(incidenttext.versions(rows, style))
    return 0
