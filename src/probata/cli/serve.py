"""`probata serve`: the web application on a casebook."""

from __future__ import annotations

import argparse
import os

from probata.cli import shared

EPILOG = """\
examples:
  probata serve                                   on this machine alone: http://localhost:8321/
  probata serve --casebook kessar --port 9000
  PROBATA_URL=https://probata.example.org probata serve --behind 127.0.0.1    behind a proxy that holds the certificate

The first time it prints a link to make the first administrator. Stop it with Ctrl-C: nothing that was accepted is lost,
and work that was going on in the background goes on when it starts again."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "serve",
        help="the web application, where a team reads, verifies and publishes",
        description="Starts the web application on the casebook, and what works in the background for it.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    shared.add_casebook(verb)
    verb.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="listen here; default: this machine alone")
    verb.add_argument("--port", type=_port, default=8321, metavar="N", help="default: 8321; 0: a free one")
    verb.add_argument("--threads", type=shared.number, default=8, metavar="N", help="requests at a time; default: 8")
    verb.add_argument(
        "--behind",
        metavar="ADDRESS",
        default=os.environ.get("PROBATA_BEHIND", ""),
        help="the proxy that holds the certificate (or its network): what it says of who comes is believed",
    )
    verb.add_argument("--no-worker", action="store_true", help="no background work; `probata work` does it")
    verb.add_argument(
        "--direct", action="store_true", help="captures of pages connect without the proxy that the environment names"
    )
    verb.set_defaults(run=run)


def _port(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) > 65535:
        raise argparse.ArgumentTypeError(f"{value!r} is no port: give a number from 0 to 65535")
    return int(value)


def run(chosen: argparse.Namespace) -> int:
    """Serve until stopped; returns the exit status."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "probata.review.settings"
    if chosen.direct:
        os.environ["PROBATA_DIRECT"] = "yes"  # for the worker too, which is another process
    from probata.review import server
    from probata.store.opening import casebook

    with casebook(chosen.casebook, create=True) as book:
        return server.serve(book, chosen.host, chosen.port, chosen.threads, chosen.behind, not chosen.no_worker)
