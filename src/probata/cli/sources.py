"""`probata sources`: the tree of one incident's sources, from originators to reports."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TextIO

from probata.cli import claimfiles, shared
from probata.model.errors import InputError
from probata.model.incident import Incident

if TYPE_CHECKING:
    from probata.assess.incidents import Assessed
    from probata.audit.shield import Shield
    from probata.export.sourcetree import SourceTree
    from probata.link.facts import About

EPILOG = """\
examples:
  probata sources inc-0123456789ab                                   of an incident of the casebook
  probata sources inc-0123456789ab --claims claims.jsonl             of one that `probata link claims.jsonl` shows
  probata sources post-1#1 --claims claims.jsonl --format html -o tree.html

Counted are originators, in whom the chains begin, and never reports. Reports that copy one another are folded into the
first of them. Whoever passes on what others say, or only fears it, adds no source, and the tree says why."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "sources",
        help="draw who says so: originators, relays, outlets, reports",
        description="Draws the tree of an incident's sources, with each claim's figure and the independent count.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("incident", metavar="INCIDENT", help="its id or the beginning of it, or the id of a claim in it")
    claimfiles.add_claims(verb)
    shared.add_casebook(verb)
    claimfiles.add_decisions(verb)
    verb.add_argument("--format", choices=("table", "json", "html"), default="table", help="default: table")
    verb.add_argument("-o", "--output", metavar="FILE", help="write here instead of to standard output")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Draw the tree of the incident named; returns the exit status."""
    of, about, failed, shield = _from_files(chosen) if chosen.claims else _from_casebook(chosen)
    if of is None:
        return shared.close([*failed], [], 0)
    from probata.export.sourcetree import source_tree

    with shared.output(chosen.output) as out:
        tree = source_tree(of, about)
        _write(shield.shown(tree) if shield else tree, chosen.format, out)
    return shared.close([*failed], [], 1)


Found = tuple["Assessed | None", Mapping[str, "About"], list[InputError], "Shield | None"]


def _from_files(chosen: argparse.Namespace) -> Found:
    """The incident among those that claim files give."""
    from probata.assess.incidents import assessed
    from probata.link.incidents import link

    decisions = claimfiles.decisions(chosen.decisions)
    found, failed = claimfiles.load(chosen.claims)
    if failed and not found.claims:
        return None, {}, failed, None
    incidents = link(found.claims, found.about, decisions)
    one = incident_named(chosen.incident, incidents)
    (of,) = assessed(found.claims, found.about, incidents, only=one.id)
    return of, found.about, failed, None


def _from_casebook(chosen: argparse.Namespace) -> Found:
    """The incident as the casebook shows it now."""
    from probata.assess.incidents import assessed
    from probata.export.incidentlines import incident_of
    from probata.store import shielding, shown, stored
    from probata.store.opening import casebook

    with casebook(chosen.casebook) as book:
        record = shown.edition(book, shown.named(book, chosen.incident)).record
        one = incident_of(record)
        reports = {report for family in one.families for report in family}
        claims = [*stored.claims(book, one.claims), *stored.verifications(book, reports).get(one.id, ())]
        about = stored.about(book, reports)
        shield = shielding.of(book)
    (of,) = assessed(claims, about, [one])
    return of, about, [], shield


def _write(tree: SourceTree, form: str, out: TextIO) -> None:
    from probata.export import jsontext
    from probata.export.sourcetree import record
    from probata.export.style import Style

    if form == "json":
        out.write(jsontext.text(record(tree), indent=1) + "\n")
    elif form == "html":
        from probata.export import sourcetreepage

        out.write(sourcetreepage.page(tree))
    else:
        from probata.export import sourcetreetext

        out.write(sourcetreetext.text(tree, Style.of(out)))


def incident_named(name: str, incidents: Sequence[Incident]) -> Incident:
    """The incident of this id, of an id that begins so, or with this claim. Raises InputError with what to do."""
    found = [i for i in incidents if i.id == name or name in i.claims]
    found = found or [i for i in incidents if len(name) > len("inc-") and i.id.startswith(name)]
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(i.id for i in found[:5])
        raise InputError("incident", name, f"is the beginning of {len(found)} ids: {several}.", "Give more of it.")
    problem = f"is none of the {len(incidents)} incidents of these claims, and no claim of theirs."
    raise InputError("incident", name, problem, "`probata link` shows them with --format json.")
