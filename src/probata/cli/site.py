"""`probata site`: a public site of static pages, made from releases."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

EPILOG = """\
examples:
  probata site public/ out.zip                          from one release
  probata site public/ 2031-05.zip 2031-06.zip          the latest, with what was corrected since the one before

The pages need no server and no network: put the folder on any web server, or open index.html. Every release given can
be downloaded there, and what changed from one to the next is on the page of corrections. Nothing is on the site that
is not in a release. Made again, it takes the place of the site that was in the folder."""


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "site",
        help="make a public site of static pages from releases",
        description="Makes a public, read-only site from releases that pass their check: incidents with their sources, "
        "history, corrections, methodology and downloads, in English and Arabic.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("out", metavar="FOLDER", help="the folder of the site")
    verb.add_argument("releases", metavar="RELEASE.zip", nargs="+", help="the oldest first; the latest is shown")
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Make the site; returns the exit status."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "probata.review.settings"
    from probata.review.site.build import build

    number = build(Path(chosen.out), [Path(p) for p in chosen.releases])
    print(f"probata: {chosen.out}: {number:,} pages; open {Path(chosen.out) / 'index.html'}", file=sys.stderr)
    return 0
