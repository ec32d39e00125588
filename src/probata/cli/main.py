"""`probata`: the verbs, their help, and how a run ends."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from probata import __version__
from probata.cli import add as add_reports
from probata.cli import (
    attributions,
    capture,
    check,
    claims,
    code,
    correct,
    decide,
    erase,
    finding,
    findings,
    incident,
    incidents,
    link,
    log,
    originals,
    protect,
    read,
    reading,
    regroup,
    reject,
    release,
    reports,
    search,
    serve,
    site,
    sources,
    undo,
    verify,
    why,
    work,
)
from probata.model.errors import ProbataError

DESCRIPTION = """\
Reads reports of violence against civilians and writes down who says that who did what to whom,
where, when, how many and how surely, each with the exact words it rests on.
It does not say that anything happened."""
EPILOG = """\
examples:
  probata read report.txt                          a table, and the text with its claims marked
  probata read report.txt --published 2031-05-20   "on Monday" becomes a date
  probata read saved-pages/ reports.jsonl          folders, web pages, report JSON, JSON lines
  probata read report.txt --explain                the rule and the words behind each slot
  probata read report.txt --format html -o r.html  one page: text and claims, linked both ways
  probata read reports/ --format jsonl             for programs: one claim a line
  probata attributions report.txt                  every source, cue and content

  probata add reports/                             into a casebook: originals, claims, incidents
  probata incidents                                each with its range, sources, accused and grade
  probata verify                                   that nothing was altered
  probata release out.zip                          incidents and proofs that anyone can check

exit status: 0 all was read; 1 some reports failed, the rest was read; 2 bad input or a wrong option."""


def parser() -> argparse.ArgumentParser:
    """The command line of all verbs."""
    top = argparse.ArgumentParser(
        prog="probata", description=DESCRIPTION, epilog=EPILOG, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    top.add_argument("--version", action="version", version=f"probata {__version__}")
    verbs = top.add_subparsers(title="commands", metavar="COMMAND", required=True, dest="verb")
    read.add(verbs)
    attributions.add(verbs)
    link.add(verbs)
    why.add(verbs)
    sources.add(verbs)
    capture.add(verbs)
    add_reports.add(verbs)
    reports.add(verbs)
    claims.add(verbs)
    search.add(verbs)
    incidents.add(verbs)
    incident.add(verbs)
    decide.add(verbs)
    reading.add(verbs)
    correct.add(verbs)
    reject.add(verbs)
    undo.add(verbs)
    code.add(verbs)
    finding.add(verbs)
    findings.add(verbs)
    regroup.add(verbs)
    verify.add(verbs)
    protect.add(verbs)
    erase.add(verbs)
    log.add(verbs)
    originals.add(verbs)
    release.add(verbs)
    check.add(verbs)
    serve.add(verbs)
    site.add(verbs)
    work.add(verbs)
    return top


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit status. A closed pipe and Ctrl-C end it quietly."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    chosen = parser().parse_args(arguments)
    try:
        status: int = chosen.run(chosen)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.unraisablehook = lambda _: None  # rows still waiting to be read find their casebook closed
        return 0
    except ProbataError as error:  # not one report's fault: an option's file, or the installation
        from probata.export.plain import one_line

        print(f"probata: {one_line(str(error))}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("probata: stopped", file=sys.stderr)
        return 130
    return status
