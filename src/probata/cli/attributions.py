"""`probata attributions`: every source, cue and content of reports, whatever was said."""

from __future__ import annotations

import argparse

from probata.cli import shared
from probata.model.report import Report

EPILOG = """\
example:
  probata attributions report.txt --format jsonl

Each line has the report, the source (or null), the cue, the spans of the content, its kind, the relays
between source and outlet, and the rule that found it. Offsets count Unicode code points."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "attributions",
        help="print every source, cue and content of reports",
        description="Prints who says what in reports, whatever they say.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared.add_input(verb)
    verb.add_argument("--format", choices=("table", "jsonl"), default="table", help="default: table")
    shared.add_running(verb)
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the attributions of all reports named; returns the exit status."""
    from probata.export import jsonl, terminal

    with shared.output(chosen.output) as out:
        style = terminal.Style.of(out)

        def write(report: Report, found: tuple[object, ...]) -> None:
            if chosen.format == "jsonl":
                out.writelines(jsonl.line(jsonl.attribution_record(report.id, a)) + "\n" for a in found)  # type: ignore[arg-type]
            else:
                out.write(terminal.attributions(report, found, style))  # type: ignore[arg-type]

        return shared.run(chosen, "attributions", write)
