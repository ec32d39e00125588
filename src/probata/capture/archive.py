"""A visit as WARC records, and a run of visits as a WACZ: everything as it came, with how it was got."""

from __future__ import annotations

import hashlib
import io
import json
import os
import uuid
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from probata import __version__
from probata.capture.cdxj import line
from probata.capture.visit import Visit
from probata.capture.wire import Exchange

WACZ = "1.1.1"
SOFTWARE = f"probata {__version__}"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Tools:
    """What a capture was made with, as its archive tells."""

    browser: str
    agent: str
    sandboxed: bool


class Archive:
    """A WARC being written to a file, with the index and the list of pages that a WACZ has beside it."""

    def __init__(self, file: IO[bytes], tools: Tools) -> None:
        from warcio.warcwriter import WARCWriter

        self._file, self._tools = file, tools
        self._writer = WARCWriter(file, gzip=True, warc_version="1.1")
        self._index: list[str] = []
        self._pages: list[dict[str, Any]] = []
        info = {
            "software": f"{SOFTWARE} ({tools.browser})",
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "http-header-user-agent": tools.agent,
            "robots": "ignore",
            "browser-sandbox": "on" if tools.sandboxed else "off",
        }
        block = "".join(f"{k}: {v}\r\n" for k, v in info.items()).encode()
        self._record("warcinfo", "", block, "application/warc-fields", datetime.now(UTC), {})

    def add(self, visit: Visit) -> None:
        """Write all that a visit brought."""
        page = uuid.uuid4().hex
        for each in visit.exchanges:
            self._exchange(each, page)
        if visit.page is None:
            return
        now, url = datetime.now(UTC), visit.page.url
        about = {"WARC-Page-ID": page}
        if visit.screenshot:
            self._record("resource", f"urn:fullPage:{url}", visit.screenshot, "image/png", now, about)
        if visit.rendered:
            self._record(
                "resource", f"urn:dom:{url}", visit.rendered.encode("utf-8", "replace"), "text/html", now, about
            )
        told = {
            "asked": visit.asked,
            "url": url,
            "redirects": visit.hops,
            "status": visit.page.said.status,
            "browser": self._tools.browser,
            "sandbox": self._tools.sandboxed,
            "notes": visit.notes,
            "not_saved": [{"url": u, "why": why} for u, why in visit.missing],
            "not_saved_besides": visit.more_missing,
        }
        block = json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")
        self._record("metadata", f"urn:capture:{url}", block, "application/json", now, about)
        self._pages.append(
            {
                "id": page,
                "url": visit.asked,
                "title": visit.title or url,
                "ts": stamp(visit.page.at),
                "mime": visit.page.said.media,
                "status": visit.page.said.status,
            }
        )

    def _exchange(self, each: Exchange, page: str) -> None:
        told = {"WARC-IP-Address": each.address, "WARC-Page-ID": page, "WARC-Protocol": "http/1.1"}
        if each.secured:
            told["WARC-Cipher-Suite"] = each.secured.cipher
            told["TLS-Version"] = each.secured.version
            told["TLS-Certificate-SHA256"] = each.secured.certificate
            told["TLS-Certificate-Subject"] = each.secured.subject
            told["TLS-Certificate-Issuer"] = each.secured.issuer
        told = {k: v for k, v in told.items() if v}
        offset = self._file.tell()
        payload = f"sha256:{hashlib.sha256(each.body).hexdigest()}"
        response = {**told, "WARC-Payload-Digest": payload}
        name = self._record(
            "response", each.url, each.head + each.body, "application/http; msgtype=response", each.at, response
        )
        self._index.append(line(each, payload, offset, self._file.tell() - offset))
        request = {**told, "WARC-Concurrent-To": name}
        self._record("request", each.url, each.request, "application/http; msgtype=request", each.at, request)

    def _record(self, kind: str, uri: str, block: bytes, media: str, at: datetime, more: dict[str, str]) -> str:
        name = f"<urn:uuid:{uuid.uuid4()}>"
        digest = f"sha256:{hashlib.sha256(block).hexdigest()}"
        headers = {"WARC-Record-ID": name, "WARC-Date": stamp(at), "WARC-Block-Digest": digest, **more}
        if kind == "request":  # it has no body, and what has none has the digest of nothing
            headers["WARC-Payload-Digest"] = f"sha256:{hashlib.sha256(b'').hexdigest()}"
        headers.setdefault("WARC-Payload-Digest", digest)
        record = self._writer.create_warc_record(
            uri,
            kind,
            payload=io.BytesIO(block),
            length=len(block),
            warc_content_type=media,
            warc_headers_dict=headers,
        )
        self._writer.write_record(record)
        return name

    def pack(self, out: IO[bytes], title: str) -> None:
        """Write the WACZ: the WARC, its index, the pages, and the manifest with the digest of each."""
        self._file.flush()
        head = {"format": "json-pages-1.0", "id": "pages", "title": "All Pages"}
        parts = {
            "indexes/index.cdx": "".join(sorted(self._index)).encode(),
            "pages/pages.jsonl": "".join(json.dumps(p, ensure_ascii=False) + "\n" for p in [head, *self._pages]).encode(
                "utf-8", "replace"
            ),
        }
        with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as zipped:
            resources = [self._warc(zipped)]
            for path, raw in parts.items():
                zipped.writestr(_entry(path), raw)
                resources.append(_resource(path, hashlib.sha256(raw).hexdigest(), len(raw)))
            manifest = {
                "profile": "data-package",
                "wacz_version": WACZ,
                "software": f"{SOFTWARE} ({self._tools.browser})",
                "created": stamp(datetime.now(UTC)),
                "title": title,
                "resources": resources,
            }
            if self._pages:
                manifest["mainPageUrl"], manifest["mainPageDate"] = self._pages[0]["url"], self._pages[0]["ts"]
            raw = json.dumps(manifest, ensure_ascii=False, indent=2).encode("utf-8", "replace")
            zipped.writestr(_entry("datapackage.json"), raw)
            seal = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}
            zipped.writestr(_entry("datapackage-digest.json"), json.dumps(seal, indent=2))

    def _warc(self, zipped: zipfile.ZipFile) -> dict[str, Any]:
        own, size = hashlib.sha256(), 0
        end = self._file.tell()
        self._file.seek(0)
        with zipped.open(_entry("archive/data.warc.gz"), "w", force_zip64=True) as out:
            while part := self._file.read(1 << 20):
                out.write(part)
                own.update(part)
                size += len(part)
        self._file.seek(end, os.SEEK_SET)
        return _resource("archive/data.warc.gz", own.hexdigest(), size)


def stamp(at: datetime) -> str:
    """A moment in UTC as archives write it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _entry(path: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(path, _EPOCH)
    entry.external_attr = 0o644 << 16
    return entry


def _resource(path: str, digest: str, size: int) -> dict[str, Any]:
    return {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{digest}", "bytes": size}


def named(visits: Iterable[Visit]) -> str:
    """The title of an archive: that of its page, or how many there are."""
    titles = [visit.title or visit.asked for visit in visits]
    return titles[0] if len(titles) == 1 else f"{len(titles)} pages"
