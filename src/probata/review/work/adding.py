"""Handing over reports: files, pasted text, addresses of pages. What is accepted here is read by a job."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from probata.capture import proxies
from probata.capture.addresses import checked, private
from probata.capture.devtools import program
from probata.model.errors import InputError, SetupError
from probata.review.models import Job
from probata.review.sight import Sight
from probata.review.work import jobs
from probata.review.work.received import Received, forget, receive

THROUGH = (
    "Save the page elsewhere and upload it, or ask an administrator to let captures connect from the server itself "
    "(probata serve --direct): sites see its address then."
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of the reports that they hand over, where the files do not say it."""

    outlet: str = ""
    published: date | None = None
    title: str = ""

    def record(self) -> dict[str, Any]:
        """It, as a job keeps it."""
        day = self.published.isoformat() if self.published else None
        return {"outlet": self.outlet or None, "published": day, "title": self.title or None}


def upload(sight: Sight, files: Iterable[tuple[str, Iterable[bytes]]], said: Said) -> list[Job]:
    """Accept files, each by its name and bytes: all or none of them. Raises InputError for an empty one."""
    kept: list[Received] = []
    try:
        for name, pieces in files:
            kept.append(receive(sight.book, name, pieces))
        if not kept:
            raise InputError("nothing", "the upload", "has no file.", "Choose one or more files.")
        return _accepted(sight, kept, said)
    except BaseException:
        for one in kept:
            forget(sight.book, one.path)
        raise


def paste(sight: Sight, text: str, said: Said) -> Job:
    """Accept a text. Raises InputError when it has no words."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if not plain.strip():
        raise InputError("empty", "the text", "has no words.", "Paste the text of a report.")
    name = f"{(said.title or next(line for line in plain.splitlines() if line.strip()))[:60].strip()}.txt"
    return upload(sight, [(name.replace("/", " "), [plain.encode("utf-8", "replace")])], said)[0]


def capture(sight: Sight, urls: Sequence[str]) -> list[Job]:
    """Accept addresses of pages. Raises InputError for one that is none, leads inside, or is to be asked by a proxy."""
    whole = [checked(url) for url in urls if url.strip()]
    if not whole:
        raise InputError("url", "the address", "is missing.", "Give one such as https://post.example/1.")
    for url in whole:
        _refuse_inside(url)
        proxies.refuse(url, THROUGH)
    with transaction.atomic():
        return [jobs.ask("capture", {"url": url}, sight.who) for url in whole]


def can_capture() -> bool:
    """Whether there is a browser to capture pages with."""
    try:
        return bool(program())
    except SetupError:
        return False


def _accepted(sight: Sight, kept: Sequence[Received], said: Said) -> list[Job]:
    told = said.record()
    with transaction.atomic():
        return [
            jobs.ask("add", {"name": f.name, "path": f.path, "sha256": f.digest, "size": f.size, **told}, sight.who)
            for f in kept
        ]


def _refuse_inside(url: str) -> None:
    """Refuse at once what needs no look-up to be known as private; names are looked up by the capture itself."""
    from urllib.parse import urlsplit

    host = urlsplit(url).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        why = "this machine" if host.rstrip(".").lower() in ("localhost", "localhost.localdomain") else None
    else:
        why = private(host)
    if why:
        problem = f"leads to {host}, {why}; it is not asked."
        raise InputError("private", url, problem, "Give the address of a page on the public web.")
