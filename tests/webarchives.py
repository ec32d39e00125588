"""Web archives for tests, written with warcio in the layouts that common tools use."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

AT = "2031-05-21T08:30:00Z"


def article(title: str, *paragraphs: str, language: str = "en", day: str = "2031-05-20") -> bytes:
    """An invented news page."""
    inner = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta property="article:published_time" content="{day}T10:00:00Z"></head>'
        f"<body><article><h1>{title}</h1>{inner}</article></body></html>"
    ).encode()


TARQA = article(
    "Six die in Tarqa",
    "Six people died in a strike on Monday, the mayor of Tarqa said. They were civilians living near the old bridge.",
    "The army denied that it had shelled the town. It was not possible to verify this on the day.",
)
KARSA = article(
    "Two killed in Karsa market",
    "Two women were killed when shells hit the market of Karsa on Sunday, a doctor at the town's hospital said.",
    "The doctor said that eleven others were wounded, three of them children, and brought to the hospital.",
)


class Warc:
    """A WARC file being written, one record after the other."""

    def __init__(self, *, gz: bool = True, software: str = "Browsertrix-Crawler 1.2.3 (with warcio.js 2.2.1)") -> None:
        self._file = io.BytesIO()
        self.writer = WARCWriter(self._file, gzip=gz)
        if software:
            info = self.writer.create_warcinfo_record("data.warc.gz", {"software": software, "format": "WARC File 1.0"})
            self._write(info)

    def record(self, kind: str, uri: str, body: bytes, media: str, **headers: str) -> None:
        """A record without HTTP headers."""
        named = {"WARC-Date": AT, **{k.replace("_", "-"): v for k, v in headers.items()}}
        made = self.writer.create_warc_record(
            uri, kind, payload=io.BytesIO(body), warc_content_type=media, warc_headers_dict=named
        )
        self._write(made)

    def response(
        self,
        uri: str,
        body: bytes,
        *,
        status: str = "200 OK",
        http: Iterable[tuple[str, str]] = (("Content-Type", "text/html; charset=utf-8"),),
        kind: str = "response",
        **headers: str,
    ) -> None:
        """A response, with its digests, as a server gave it."""
        named = {"WARC-Date": AT, **{k.replace("_", "-"): v for k, v in headers.items()}}
        made = self.writer.create_warc_record(
            uri,
            kind,
            payload=io.BytesIO(body),
            http_headers=StatusAndHeaders(status, list(http), protocol="HTTP/1.1"),
            warc_headers_dict=named,
        )
        self._write(made)

    def revisit(self, uri: str, body: bytes, of: str, **headers: str) -> None:
        """A revisit of content saved before."""
        digest = "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()
        made = self.writer.create_revisit_record(
            uri,
            digest,
            of,
            AT,
            http_headers=StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            ),
            warc_headers_dict={"WARC-Date": "2031-05-22T09:00:00Z", **headers},
        )
        self._write(made)

    def _write(self, made: Any) -> None:
        self.writer.write_record(made)
        made.raw_stream.close()  # warcio leaves its temporary file open

    @property
    def raw(self) -> bytes:
        """The bytes so far."""
        return self._file.getvalue()


def pages(*urls: str, title: str = "As listed", **more: Any) -> bytes:
    """A list of pages as browsertrix writes it."""
    head = {"format": "json-pages-1.0", "id": "pages", "title": "Seed Pages", "hasText": "true"}
    lines = [head, *({"id": f"p{n}", "url": u, "title": title, "ts": AT, **more} for n, u in enumerate(urls))]
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def wacz_parts(warcs: dict[str, bytes], listed: bytes | None = None, **manifest: Any) -> dict[str, bytes]:
    """The files of a WACZ by name; a test may change some before they are packed with `pack`."""
    parts = {f"archive/{name}": raw for name, raw in warcs.items()}
    parts["indexes/index.cdx.gz"] = b"not looked at"
    if listed is not None:
        parts["pages/pages.jsonl"] = listed
    table = {
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "software": "Browsertrix-Crawler 1.2.3",
        "created": AT,
        "resources": [
            {
                "name": p.split("/")[-1],
                "path": p,
                "hash": "sha256:" + hashlib.sha256(raw).hexdigest(),
                "bytes": len(raw),
            }
            for p, raw in parts.items()
        ],
        **manifest,
    }
    parts["datapackage.json"] = json.dumps(table, indent=2).encode()
    return sealed(parts)


def sealed(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The parts with a seal that fits their manifest."""
    digest = "sha256:" + hashlib.sha256(parts["datapackage.json"]).hexdigest()
    seal = {"path": "datapackage.json", "hash": digest}
    return {**parts, "datapackage-digest.json": json.dumps(seal).encode()}


def pack(path: Path, parts: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> Path:
    """A ZIP with these files."""
    with zipfile.ZipFile(path, "w", compression) as out:
        for name, raw in parts.items():
            out.writestr(name, raw)
    return path
