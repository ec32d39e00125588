"""`probata read`: the claims of reports."""

from __future__ import annotations

import argparse
from typing import TextIO

from probata.cli import shared
from probata.model.report import Report

EPILOG = """\
examples:
  probata read report.txt --published 2031-05-20
  probata read saved-pages/ reports.jsonl --format jsonl > claims.jsonl
  cat report.txt | probata read - --explain
  probata read report.txt --gazetteer places.yml --format html -o report.html

Without a publication date (from --published, a date line in the text, or the file's own metadata) words
such as "on Monday" are kept and stay unresolved. Reports in other languages than English are kept and
shown as not yet read."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "read",
        help="print the claims of reports: who says that who did what to whom",
        description="Prints every claim that reports make, each slot with the exact words it rests on.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared.add_input(verb)
    verb.add_argument(
        "--gazetteer", metavar="FILE", help="your own places (YAML or CSV), looked up before the built-in ones"
    )
    forms = (
        "table, text (with the claims marked), jsonl, html; default: text and table of one report, tables of several"
    )
    verb.add_argument("--format", choices=("table", "text", "jsonl", "html"), help=forms)
    verb.add_argument("--explain", action="store_true", help="the rule and the words behind each slot")
    shared.add_running(verb)
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print the claims of all reports named; returns the exit status."""
    with shared.output(chosen.output) as out:
        if chosen.format == "jsonl":
            return _records(chosen, out)
        if chosen.format == "html":
            return _page(chosen, out)
        return _views(chosen, out)


def _records(chosen: argparse.Namespace, out: TextIO) -> int:
    from probata.export import jsonl

    def write(report: Report, found: tuple[object, ...]) -> None:
        out.writelines(jsonl.line(jsonl.of_report(c, report)) + "\n" for c in found)  # type: ignore[arg-type]

    return shared.run(chosen, "read", write)


def _page(chosen: argparse.Namespace, out: TextIO) -> int:
    from probata.export import html

    sections: list[html.Section] = []

    def write(report: Report, found: tuple[object, ...]) -> None:
        sections.append(html.section(report, found, len(sections) + 1, explain=chosen.explain))  # type: ignore[arg-type]

    status = shared.run(chosen, "read", write)
    if sections:
        out.write(html.page(sections))
    return status


def _views(chosen: argparse.Namespace, out: TextIO) -> int:
    from probata.export import explain, terminal

    style = terminal.Style.of(out)
    one = len(chosen.paths) == 1 and not _several(chosen.paths[0])
    text = chosen.format == "text" or (chosen.format is None and one)

    def write(report: Report, found: tuple[object, ...]) -> None:
        rows = chosen.format != "text"
        out.write(terminal.report_view(report, found, style, text=text, rows=rows))  # type: ignore[arg-type]
        if chosen.explain and found:
            out.write(explain.explained(report, found, style))  # type: ignore[arg-type]
        out.flush()

    return shared.run(chosen, "read", write)


def _several(path: str) -> bool:
    """Whether a path may hold more than one report."""
    import os

    return os.path.isdir(path) or path.lower().endswith((".jsonl", ".ndjson", ".json"))
