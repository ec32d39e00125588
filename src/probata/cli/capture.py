"""`probata capture`: pages of the web into a web archive, with pictures, headers and digests."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from probata.cli import shared
from probata.model.errors import InputError

if TYPE_CHECKING:
    from probata.capture.limits import Limits
    from probata.capture.visit import Visit

EPILOG = """\
examples:
  probata capture https://post.example/tarqa             post.example-20310521-083000.wacz
  probata capture https://post.example/tarqa -o tarqa.wacz
  probata capture https://post.example/tarqa --casebook  saved, read and kept in ./casebook
  probata add tarqa.wacz                                 the same in two steps

Each page is opened in Chromium, which must be installed, and all that it shows is fetched and kept as the servers
sent it, with the address, time and encryption of each answer, and a picture of the page. What could not be saved is
said. Pages that need a login, videos that play by parts and what appears only after a click are not saved."""
_NAMED = 10  # what was not saved, a page; the rest is counted, and named in the archive


def add(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    verb = verbs.add_parser(
        "capture",
        help="save web pages, with their pictures and headers, as a web archive (WACZ)",
        description="Saves web pages with all they show as a web archive (WACZ) that anyone can view and check.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    verb.add_argument("urls", nargs="+", metavar="URL", help="the address of a page")
    verb.add_argument("-o", "--output", metavar="FILE", help="the archive to write; it must not be there yet")
    said = "also read the pages into this casebook (default: that of PROBATA_HOME, else ./casebook)"
    verb.add_argument("--casebook", nargs="?", const="", metavar="FOLDER", help=said)
    verb.add_argument("--by", metavar="NAME", default="", help="who adds them to the casebook; an alias is enough")
    verb.add_argument("--allow-private", action="store_true", help="also pages of this machine and its network")
    verb.add_argument("--redirects", type=shared.number, default=10, metavar="N", help="most redirects (default 10)")
    verb.add_argument("--largest", type=shared.number, default=64, metavar="MB", help="largest answer (default 64)")
    verb.add_argument("--seconds", type=shared.number, default=60, metavar="N", help="most time a page (default 60)")
    verb.add_argument("--direct", action="store_true", help="connect without the proxy that the environment names")
    verb.add_argument(
        "--no-sandbox", action="store_true", help="run Chromium without its sandbox, where it cannot start"
    )
    verb.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Save all pages named; returns the exit status: 0 all, 1 some or with an error of the server, 2 none."""
    from probata.capture.limits import Limits
    from probata.capture.proxies import refuse

    if not chosen.direct:
        for url in chosen.urls:
            refuse(url, "Captures connect from this machine itself: allow that with --direct, or unset the proxy.")
    limits = Limits(
        private=chosen.allow_private,
        redirects=chosen.redirects,
        largest=chosen.largest * 1_000_000,
        seconds=float(chosen.seconds),
    )
    path = chosen.output or _name(chosen.urls)
    if chosen.output is None and chosen.casebook is not None:  # the casebook keeps it among its originals
        with tempfile.TemporaryDirectory() as folder:
            return _through(chosen, os.path.join(folder, path), limits)
    return _through(chosen, path, limits)


def _through(chosen: argparse.Namespace, path: str, limits: Limits) -> int:
    status = _capture(chosen, path, limits)
    if chosen.casebook is not None and status < 2:
        return int(bool(_add(chosen, path)) or bool(status))
    return status


def _capture(chosen: argparse.Namespace, path: str, limits: Limits) -> int:
    from probata.capture.run import capture
    from probata.export.plain import one_line

    try:
        file = open(path, "xb")  # noqa: SIM115  (closed below)
    except FileExistsError as error:
        raise InputError("output", path, "is there already; no archive is written over.", "Name another.") from error
    except OSError as error:
        raise InputError("output", path, f"cannot be written: {error.strerror}.", "Name another file.") from error
    done: list[Visit] = []

    def told(visit: Visit) -> None:
        done.append(visit)
        for line in _account(visit):
            indent = "  " if line.startswith("  ") else ""
            print(indent + one_line(line), file=sys.stderr if visit.error else sys.stdout, flush=True)

    tools = None
    try:
        with file:
            tools = capture(chosen.urls, file, limits, told, sandbox=not chosen.no_sandbox)
    finally:
        if tools is None:
            with suppress(OSError):
                os.unlink(path)
    if tools is None:
        return 2
    if not tools.sandboxed:
        print("probata: Chromium ran without its sandbox, as asked", file=sys.stderr)
    saved = [visit for visit in done if visit.page is not None]
    print(f"probata: {one_line(path)}: {len(saved)} of {len(done)} pages saved", file=sys.stderr)
    return int(any(visit.error or (visit.page and visit.page.said.status >= 400) for visit in done))


def _account(visit: Visit) -> list[str]:
    """What came of a page, in lines."""
    if visit.error or visit.page is None:
        return [f"probata: {visit.error or visit.asked}"]
    led = f" (asked for as {visit.asked})" if visit.page.url != visit.asked else ""
    picture = "with a picture" if visit.screenshot else "without a picture"
    words = [f"{visit.answers:,} answer{'s' * (visit.answers != 1)}", f"{visit.size / 1e6:,.2f} MB", picture]
    if visit.page.said.status != 200:
        words.insert(0, f"the server answered with status {visit.page.said.status}")
    lines = [f"{visit.page.url}{led}", f"  {visit.title or 'no title'}: {', '.join(words)}"]
    lines += [f"  {note}" for note in visit.notes]
    lines += [f"  not saved: {url} {why}" for url, why in visit.missing[:_NAMED]]
    if more := len(visit.missing[_NAMED:]) + visit.more_missing:
        lines.append(f"  not saved: {more:,} more, named in the archive")
    return lines


def _name(urls: list[str]) -> str:
    """A name for the archive: the host of the first page and the time."""
    try:
        host = urlsplit(urls[0] if "://" in urls[0] else f"https://{urls[0]}").hostname or "pages"
    except ValueError:
        host = "pages"
    plain = "".join(c if c.isascii() and (c.isalnum() or c in ".-") else "-" for c in host)[:80].strip(".-") or "pages"
    return f"{plain}-{datetime.now(UTC):%Y%m%d-%H%M%S}.wacz"


def _add(chosen: argparse.Namespace, path: str) -> int:
    """Read the archive into the casebook, as `probata add` does."""
    from probata.cli import add as add_reports

    given = argparse.Namespace(
        paths=[path],
        published=None,
        outlet=None,
        largest=chosen.largest,
        roots=None,
        casebook=chosen.casebook or None,
        gazetteer=None,
        by=chosen.by,
        jobs=None,
        progress=False,
    )
    return add_reports.run(given)
