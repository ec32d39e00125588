"""`probata work`: does what waits in the background for the web application."""

from __future__ import annotations

import argparse
import os

from probata.cli import shared

EPILOG = """\
examples:
  probata work                    until stopped
  probata work --once             what waits now, then end

`probata serve` starts one by itself. Killed at any point, the next one goes on with what was not finished."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "work",
        help="do the background work of the web application",
        description="Reads uploads, captures pages and groups claims for the web application, one job after the other.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared.add_casebook(verb)
    verb.add_argument("--once", action="store_true", help="end when nothing waits")
    verb.add_argument("--with-parent", action="store_true", help="end when standard input closes, as `serve` needs it")
    verb.add_argument(
        "--direct", action="store_true", help="captures of pages connect without the proxy that the environment names"
    )
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Work until stopped; returns the exit status."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "probata.review.settings"
    if chosen.direct:
        os.environ["PROBATA_DIRECT"] = "yes"
    from probata.review import worker
    from probata.store.opening import casebook

    with casebook(chosen.casebook) as book:
        return worker.work(book, chosen.once, chosen.with_parent)
