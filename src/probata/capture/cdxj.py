"""The index of a WACZ: one line an answer, so that a viewer finds it without reading all."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from probata.capture.wire import Exchange


def line(each: Exchange, payload: str, offset: int, length: int) -> str:
    """The index line of a response record at `offset` of the WARC file."""
    moment = each.at.strftime("%Y%m%d%H%M%S%f")[:17]
    told = {
        "url": each.url,
        "mime": each.said.media or "unk",
        "status": str(each.said.status),
        "digest": payload,
        "length": str(length),
        "offset": str(offset),
        "filename": "data.warc.gz",
    }
    return f"{key(each.url)} {moment} {json.dumps(told)}\n"


def key(url: str) -> str:
    """An address in the order of sorting: the host from its end, then port, path and query, in lower case."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    turned = host if ":" in host or host.replace(".", "").isdigit() else ",".join(reversed(host.split(".")))
    port = f":{parts.port}" if parts.port and parts.port != {"http": 80, "https": 443}.get(parts.scheme) else ""
    query = "&".join(sorted(parts.query.split("&")))
    path = parts.path.rstrip("/") or "/"
    return f"{turned}{port}){path}".lower() + (f"?{query}".lower() if query else "")
