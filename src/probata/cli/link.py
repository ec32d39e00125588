"""`probata link`: claims from anywhere, grouped into incidents, with what their sources agree and differ on."""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from probata.cli import shared
from probata.model.claim import Claim, ClaimType
from probata.model.errors import InputError

if TYPE_CHECKING:
    from probata.export.claimlines import Records

EPILOG = """\
example:
  probata read reports/ --format jsonl | probata link - --format json

A line is a claim record of `probata read`, or a hand-coded one with plain strings: report, outlet, published,
speaker, relay, type, count, agents, place, date. Claims without an id are called REPORT#1, REPORT#2 and so on.
Figures of an event are compared and never added up; a person decides what is so."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "link",
        help="group claims into incidents",
        description="Groups claims into incidents, each with its sources, ranges and reasons.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("paths", nargs="+", metavar="CLAIMS", help="a file of claim records, or - for standard input")
    verb.add_argument("--format", choices=("table", "json", "html"), default="table", help="default: table")
    verb.add_argument("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Link all claims named; returns the exit status."""
    from probata.export import incidentlines, incidenttable
    from probata.export.claimlines import read
    from probata.export.style import Style

    unreadable: list[InputError] = []
    found = read(_sources(chosen.paths, unreadable))
    failed = [*unreadable, *found.failed]
    if failed and not found.claims:
        return shared.close([*failed], [], 0)
    records = list(_incidents(found))
    with shared.output(chosen.output) as out:
        if chosen.format == "json":
            out.write(incidentlines.text(records))
        elif chosen.format == "html":
            from probata.export import incidentpage

            out.write(incidentpage.page(records, found.claims, found.about))
        else:
            out.write(incidenttable.table(records, Style.of(out)))
    return shared.close([*failed], [], len(found.claims))


def _incidents(found: Records) -> Iterator[dict[str, Any]]:
    """Each incident as a record. What a report says of verification is of the incident that it tells most of."""
    from probata.assess import assess
    from probata.export.incidentlines import record
    from probata.link.incidents import link

    by_id = {c.id: c for c in found.claims}
    incidents = link(found.claims, found.about)
    told = Counter((by_id[c].report, i.id) for i in incidents for c in i.claims)
    main: dict[str, tuple[int, str]] = {}
    for (report, name), number in told.items():
        main[report] = max(main.get(report, (0, "")), (number, name))
    verified: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in found.claims:
        if claim.type is ClaimType.VERIFICATION and claim.report in main:
            verified[main[claim.report][1]].append(claim)
    for incident in incidents:
        claims = [*(by_id[i] for i in incident.claims), *verified[incident.id]]
        families = [frozenset(f) for f in incident.families]
        relations = {m.claim: m.relation for m in incident.members}
        yield record(incident, assess(claims, families, about=found.about, relations=relations))


def _sources(paths: Iterable[str], failed: list[InputError]) -> Iterator[tuple[str, Iterable[str]]]:
    for path in paths:
        if path == "-":
            yield "standard input", _lines(sys.stdin.buffer)
            continue
        try:
            with open(path, "rb") as file:
                yield path, _lines(file)
        except OSError as error:
            problem = f"cannot be read: {error.strerror or error}."
            failed.append(InputError("unreadable", path, problem, "Check the name and its permissions."))


def _lines(file: Iterable[bytes]) -> Iterator[str]:
    """Lines as text; bytes that are no UTF-8 become the replacement character."""
    for n, line in enumerate(file):
        yield line.decode("utf-8-sig" if n == 0 else "utf-8", "replace")
