"""Web archives into reports: every page that a WARC or WACZ holds, once, with how and when it was saved."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import IO, BinaryIO, cast
from urllib.parse import urlsplit

from probata.acquire import errorpage, wacz, warc
from probata.acquire.encoding import decode
from probata.acquire.filling import complete
from probata.acquire.gunzip import Unpacked
from probata.acquire.httpmessage import entity
from probata.acquire.media import charset_of
from probata.acquire.options import Options
from probata.acquire.page import page
from probata.acquire.pagelist import Found, Pages, pages
from probata.acquire.warc import Record
from probata.model.errors import InputError
from probata.model.report import Capture, Origin, Report


@dataclass(frozen=True, slots=True)
class Archive:
    """A web archive as it was received: its path, the name it is called by, the SHA-256 of the whole file."""

    path: str
    name: str
    stem: str
    digest: str


def is_archive(path: str) -> bool:
    """Whether a file is to be read as a web archive: its name says so."""
    return path.lower().endswith((".warc", ".warc.gz", ".wacz"))


def archived(file: BinaryIO, archive: Archive, options: Options) -> Iterator[Report | InputError]:
    """The reports of a web archive in the order of its bytes; an InputError for each part that is not to be trusted.

    Two passes: the first looks at every record and checks its digests, the second reads the pages alone. Redirects
    and revisits are followed within the archive; the network is never asked.
    """
    try:
        with _files(file, archive, options.roots) as (files, package):
            found = pages(files, package.pages if package else (), archive.name)
            yield from package.wrong if package else ()
            yield from found.wrong
            yield from _reports(files, found, package, archive, options)
    except InputError as error:
        yield error


@contextmanager
def _files(
    file: BinaryIO, archive: Archive, roots: bytes
) -> Iterator[tuple[dict[str, IO[bytes]], wacz.Package | None]]:
    """The WARC files within the archive, by name; a bare WARC is one of its own."""
    start = file.read(2)
    file.seek(0)
    if start != b"PK":
        yield {archive.name: file}, None
        return
    with wacz.opened(file, archive.name) as zipped:
        package = wacz.package(zipped, archive.name, roots)
        yield {f"{archive.name}, {path!r}": zipped.open(path) for path in package.warcs}, package


def _reports(
    files: dict[str, IO[bytes]], found: Pages, package: wacz.Package | None, archive: Archive, options: Options
) -> Iterator[Report | InputError]:
    if not found.pages and not found.wrong and not (package and package.wrong):
        problem = "holds no web page that was answered with success (status 200, text/html)."
        yield InputError("no-page", archive.name, problem, "Capture the page again, or give its HTML file.")
    sources: dict[str, Unpacked] = {}
    for number, each in enumerate(found.pages, 1):
        source = sources.setdefault(each.file, Unpacked(cast(BinaryIO, files[each.file]), each.file))
        own = archive.stem if len(found.pages) == 1 else f"{archive.stem}-{number}"
        try:
            yield _report(source, each, own, archive, options, package)
        except InputError as error:
            yield error


def _report(
    source: Unpacked, found: Found, own: str, archive: Archive, options: Options, package: wacz.Package | None
) -> Report:
    name = f"{archive.name}, {found.uri[:300]}"
    tool = found.tool or (package.software if package else "")
    try:
        report = _page(source, found.record, found, own, archive, options, tool)
    except InputError as error:
        if error.code not in ("html", "empty") or found.rendered is None:
            raise
        report = _page(source, found.rendered, found, own, archive, options, tool)
        made = "its text is made by scripts: read from the page as it was rendered"
        report = replace(report, gaps=(made, *report.gaps))
    outlet = report.outlet or (urlsplit(found.uri).hostname or "").removeprefix("www.") or None
    report = replace(report, url=found.uri, title=report.title or found.title, outlet=outlet)
    if errorpage.is_error(report.title, report.text):
        problem = f"is a notice of the site and no article ({(report.title or '')[:80]!r})."
        raise InputError("error-page", name, problem, "Open the page in a browser and save what it then shows.")
    report = complete(report, options)
    gaps = (*report.gaps, *_gaps(report, found), *(package.gaps if package else ()))
    return replace(report, gaps=gaps)


def _page(
    source: Unpacked, record: Record, found: Found, own: str, archive: Archive, options: Options, tool: str
) -> Report:
    """The page of a record: that of the answer, or the one that was rendered from it."""
    name = f"{archive.name}, {found.uri[:300]}"
    raw = warc.body(source, record, options.largest, name)
    if record.said:
        raw = entity(raw, record.said, options.largest, name)
    decoded = decode(raw, name, (record.said.charset if record.said else None) or charset_of(raw))
    if not decoded.text.strip():
        raise InputError("empty", name, "is an empty page.", "Capture it again.")
    headers = record.headers
    digest = headers.get("warc-payload-digest") or headers.get("warc-block-digest") or f"sha256:{record.digest}"
    capture = Capture(found.uri, found.at, tool, digest, record.checked)
    own_digest = hashlib.sha256(raw).hexdigest()
    origin = Origin(archive.path, own_digest, len(raw), "html", decoded.encoding, archive.digest, capture)
    report = page(decoded.text, own, name, origin)
    return replace(report, gaps=(*decoded.gaps, *report.gaps))


def _gaps(report: Report, found: Found) -> Iterator[str]:
    """What is to be known of how a page was saved, in words."""
    if found.asked and found.asked != found.uri:
        yield f"asked for as {found.asked[:300]}, which led to {found.uri[:300]}"
    if not found.record.checked:
        yield "the archive states no digest of this page that could be checked"
    if cut := found.record.headers.get("warc-truncated"):
        yield f"the archive says that the page was cut short ({cut[:40]})"
    if found.again:
        last = f", last {found.last:%Y-%m-%d %H:%M} UTC" if found.last else ""
        yield f"saved {found.again + 1} times with the same content{last}"
    if found.at is None:
        yield "the archive does not say when the page was saved"
    elif report.anchor is None:
        yield f"it was saved on {found.at:%Y-%m-%d}, so it was published by then"
    elif report.anchor.day > _later(found.at):
        yield f"its date {report.anchor.day} is after it was saved ({found.at:%Y-%m-%d})"


def _later(at: datetime) -> date:
    return (at + timedelta(hours=14)).date()  # the furthest any clock on earth is ahead of UTC
