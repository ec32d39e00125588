"""The pages of web archives: which records are pages, what leads to them, and what is left out with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import IO, BinaryIO, cast
from urllib.parse import urljoin

from probata.acquire import warc
from probata.acquire.gunzip import Unpacked
from probata.acquire.wacz import Listed
from probata.acquire.warc import Record
from probata.model.errors import InputError

MOST_HOPS = 20  # redirects followed, as browsers do
_PAGE_MEDIA = frozenset({"text/html", "application/xhtml+xml"})
MOST_NOTED = 200_000  # addresses of which it is remembered why they are no page
_RENDERED = "urn:dom:"  # what `probata capture` calls it
_FALSE = "contradicts its digest"
_SAID = frozenset({"content-type", "content-encoding", "transfer-encoding", "location"})
_KEPT = frozenset(
    "warc-type warc-target-uri warc-date warc-payload-digest warc-block-digest warc-truncated content-type".split()
)
_SOFTWARE = re.compile(r"^software:\s*(.+)$", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Found:
    """A page in an archive: the record that holds its bytes, and address, moment and title under which it was saved."""

    file: str
    record: Record
    uri: str
    at: datetime | None
    tool: str = ""
    asked: str = ""  # the address before redirects, where the archive lists it
    title: str | None = None
    again: int = 0  # how often the same content was saved besides, and when last
    last: datetime | None = None
    rendered: Record | None = None  # the page's markup after its scripts ran, in the same file


@dataclass(slots=True)
class Pages:
    """What was found: pages in the order of their bytes, and what cannot be read."""

    pages: list[Found] = field(default_factory=list)
    wrong: list[InputError] = field(default_factory=list)


@dataclass(slots=True)
class _Seen:
    """What the first pass gathers, by address."""

    found: dict[tuple[str, str], Found] = field(default_factory=dict)  # by address and digest
    stated: dict[str, Found] = field(default_factory=dict)  # by the digest that the archive states
    revisits: list[Record] = field(default_factory=list)
    redirects: dict[str, str] = field(default_factory=dict)
    rendered: dict[tuple[str, str], Record] = field(default_factory=dict)  # by file and address
    others: dict[str, str] = field(default_factory=dict)  # what an address that is no page was, in words


def pages(files: Mapping[str, IO[bytes]], listed: Iterable[Listed], name: str) -> Pages:
    """The pages of WARC files. Where the archive lists its pages, only those: the rest are frames and parts of them."""
    seen, out = _Seen(), Pages()
    for file, stream in files.items():
        tool = ""
        try:
            for record in warc.records(Unpacked(cast(BinaryIO, stream), file), file):
                if record.type == "warcinfo" and (said := _SOFTWARE.search(record.info)):
                    tool = said.group(1).strip()[:200]
                _gather(seen, file, record, tool, out.wrong)
        except InputError as error:
            out.wrong.append(error)
    _revisited(seen, out.wrong, name)
    out.pages = _chosen(seen, list(listed), out.wrong, name)
    return out


def _gather(seen: _Seen, file: str, record: Record, tool: str, wrong: list[InputError]) -> None:
    if record.wrong:
        where = f"{file}, record {record.number}" + (f" ({record.uri[:300]})" if record.uri else "")
        wrong.append(InputError("digest", where, record.wrong + ".", "Nothing was read from it."))
        _note(seen.others, record.uri, _FALSE)
        return
    record = _slim(record)
    if record.type == "revisit":
        if record.said is None or record.said.media in _PAGE_MEDIA and record.said.status == 200:
            seen.revisits.append(record)
    elif record.type == "response" and record.said:
        said = record.said
        if 300 <= said.status < 400 and said.headers.get("location"):
            _note(seen.redirects, record.uri, _joined(record.uri, said.headers["location"]))
        elif said.status == 200 and said.media in _PAGE_MEDIA:
            _add(seen, Found(file, record, record.uri, record.at, tool))
        else:
            what = f"answered with status {said.status}" if said.status != 200 else f"is {said.media or 'of no type'}"
            _note(seen.others, record.uri, what)
    elif record.type == "resource" and _is_page(record):
        _add(seen, Found(file, record, record.uri, record.at, tool))
    elif record.type == "resource" and record.uri.startswith(_RENDERED) and len(seen.rendered) < MOST_NOTED:
        seen.rendered.setdefault((file, record.uri.removeprefix(_RENDERED)), record)


def _note(table: dict[str, str], uri: str, what: str) -> None:
    if len(table) < MOST_NOTED:
        table.setdefault(uri, what)


def _joined(uri: str, location: str) -> str:
    try:
        return urljoin(uri, location)
    except ValueError:  # an address that is none
        return location


def _slim(record: Record) -> Record:
    """The record without headers that nobody asks for: an archive may hold a million pages."""
    said = record.said
    if said:
        said = replace(said, headers={k: v for k, v in said.headers.items() if k in _SAID})
    return replace(record, said=said, headers={k: v for k, v in record.headers.items() if k in _KEPT})


def _is_page(record: Record) -> bool:
    media = record.headers.get("content-type", "").split(";")[0].strip().lower()
    return record.uri.startswith(("http://", "https://")) and media in _PAGE_MEDIA


def _add(seen: _Seen, found: Found) -> None:
    key = (found.uri, found.record.digest)
    if first := seen.found.get(key):
        last = max((at for at in (first.last, found.at) if at), default=None)
        seen.found[key] = replace(first, again=first.again + 1, last=last)
        return
    seen.found[key] = found
    if digest := found.record.headers.get("warc-payload-digest"):
        seen.stated.setdefault(digest, found)


def _revisited(seen: _Seen, wrong: list[InputError], name: str) -> None:
    """Revisits name content saved before: under the same address it was seen again, under another it is a page."""
    for record in seen.revisits:
        first = seen.stated.get(record.headers.get("warc-payload-digest", ""))
        if first:
            _add(seen, replace(first, uri=record.uri, at=record.at, asked="", title=None, again=0, last=None))
        elif record.said:
            problem = "refers to content that is not in this archive."
            where = f"{name}, {record.uri[:300]}"
            wrong.append(InputError("no-page", where, problem, "Give the archive that it was saved in first."))


def _chosen(seen: _Seen, listed: list[Listed], wrong: list[InputError], name: str) -> list[Found]:
    """The pages to read: those the archive lists, or all when it lists none that is there."""
    by_uri: dict[str, list[Found]] = {}
    for found in seen.found.values():
        by_uri.setdefault(_plain(found.uri), []).append(found)
    chosen: dict[tuple[str, str], Found] = {}
    missing: list[InputError] = []
    for each in listed:
        uri, hops = _followed(seen, each.url)
        there = by_uri.get(_plain(uri), [])
        for found in there:
            key = (found.uri, found.record.digest)
            asked = each.url if hops else ""
            chosen.setdefault(key, replace(found, asked=asked, title=each.title, at=found.at or each.at))
        if not there:
            missing.append(_missing(seen, each.url, uri, hops, name))
    wrong += [error for error in missing if error.code != "digest"]  # those are named already
    kept = chosen or (seen.found if all(error.code == "no-page" for error in missing) else {})
    order = {file: n for n, file in enumerate(dict.fromkeys(f.file for f in seen.found.values()))}
    whole = [replace(f, rendered=seen.rendered.get((f.file, f.uri))) for f in kept.values()]
    return sorted(whole, key=lambda f: (order[f.file], f.record.number, f.uri))


def _followed(seen: _Seen, url: str) -> tuple[str, int]:
    """Where redirects of the archive lead from an address, and over how many; a circle ends where it closes."""
    uri, hops, gone = url.split("#")[0], 0, set()
    while uri in seen.redirects and uri not in gone and hops < MOST_HOPS:
        gone.add(uri)
        uri, hops = seen.redirects[uri].split("#")[0], hops + 1
    return uri, hops


def _missing(seen: _Seen, url: str, uri: str, hops: int, name: str) -> InputError:
    where = f"{name}, {url[:300]}"
    if uri in seen.redirects:
        return InputError("redirects", where, "leads in a circle, or over too many redirects.", "Capture it again.")
    what = seen.others.get(uri)
    if what is None:
        return InputError("no-page", where, "is listed as a page but not in the archive.", "Capture it again.")
    code = "digest" if what == _FALSE else "not-read"
    led = f"leads to {uri[:300]}, which " if hops else ""
    advice = "It stays in the archive as it was received and is not read."
    return InputError(code, where, f"{led}{what}.", advice)


def _plain(uri: str) -> str:
    return uri.split("#")[0].rstrip("/")
