"""One HTTP exchange, byte for byte: to a pinned address, over checked TLS, within limits of size and time."""

from __future__ import annotations

import hashlib
import re
import socket
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from probata.acquire.httpmessage import MOST_HEAD, Head, head
from probata.capture.addresses import Addresses
from probata.capture.limits import Limits
from probata.model.errors import InputError

_PART = 65_536
_OWN = frozenset({"host", "connection", "accept-encoding", "content-length", "transfer-encoding", "upgrade", "te"})
_LATER = "Try again later."


@dataclass(frozen=True, slots=True)
class Secured:
    """What TLS agreed on, and the server's certificate by its SHA-256 and names."""

    version: str
    cipher: str
    certificate: str
    subject: str
    issuer: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and its answer as they went over the wire. `said` is the head taken apart."""

    url: str
    at: datetime
    address: str
    request: bytes
    head: bytes
    body: bytes
    said: Head
    secured: Secured | None


def exchange(
    url: str, method: str, headers: Sequence[tuple[str, str]], addresses: Addresses, limits: Limits, until: float
) -> Exchange:
    """Ask for `url` and take the whole answer; `until` is on the monotonic clock.

    Raises InputError for an address that may not be reached, a certificate that does not hold, and an answer that is
    too large, too slow, cut short or none.
    """
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    pinned = addresses.of(host, port, url)
    at = datetime.now(UTC)
    request = _request(parts.path or "/", parts.query, method, parts.netloc, headers)
    try:
        raw, address = _connected(pinned, port, limits, until)
    except OSError as error:
        problem = f"cannot be reached: {error.strerror or 'no answer in time'}."
        raise InputError("unreachable", url, problem, _LATER) from error
    with raw:
        try:
            if parts.scheme == "https":
                with _tls().wrap_socket(raw, server_hostname=host) as safe:
                    line = _Line(safe, url, limits, until)
                    said, first, body = line.ask(request, method)
                    return Exchange(url, at, address, request, first, body, said, _secured(safe))
            line = _Line(raw, url, limits, until)
            said, first, body = line.ask(request, method)
            return Exchange(url, at, address, request, first, body, said, None)
        except ssl.SSLCertVerificationError as error:
            problem = f"has a certificate that does not hold: {error.verify_message.rstrip('.')}."
            advice = "Do not trust the page; check the address and this machine's clock."
            raise InputError("certificate", url, problem, advice) from error
        except ssl.SSLError as error:
            problem = f"gives no safe connection: {(error.reason or 'TLS failed').replace('_', ' ').lower()}."
            raise InputError("tls", url, problem, "Check the address, and whether it begins with http.") from error
        except TimeoutError as error:
            raise InputError("slow", url, "gave no answer in time.", _LATER) from error
        except OSError as error:
            problem = f"broke off: {error.strerror or type(error).__name__}."
            raise InputError("unreachable", url, problem, _LATER) from error


def _request(path: str, query: str, method: str, host: str, headers: Sequence[tuple[str, str]]) -> bytes:
    target = path + (f"?{query}" if query else "")
    lines = [f"{method} {target} HTTP/1.1", f"Host: {host.rpartition('@')[2]}"]
    lines += [f"{k}: {_one_line(v)}" for k, v in headers if k.lower() not in _OWN and not k.startswith(":")]
    lines += ["Accept-Encoding: gzip, deflate", "Connection: close"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8", "replace")


def _one_line(value: str) -> str:
    return re.sub(r"[\r\n\0]+", " ", value)


def _connected(addresses: list[str], port: int, limits: Limits, until: float) -> tuple[socket.socket, str]:
    problem: OSError = TimeoutError()
    for address in addresses[:4]:
        left = min(limits.silence, until - time.monotonic())
        if left <= 0:
            break
        try:
            return socket.create_connection((address, port), timeout=left), address
        except OSError as error:
            problem = error
    raise problem


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def _secured(safe: ssl.SSLSocket) -> Secured:
    whole = safe.getpeercert(binary_form=True) or b""
    known: dict[str, Any] = dict(safe.getpeercert() or {})

    def names(key: str) -> str:
        parts = [f"{k}={v}" for part in known.get(key, ()) for k, v in part]
        return _one_line(", ".join(parts))[:500]

    cipher = safe.cipher()
    version = (safe.version() or "").lower().replace("v", "/", 1)
    return Secured(
        version, cipher[0] if cipher else "", hashlib.sha256(whole).hexdigest(), names("subject"), names("issuer")
    )


class _Line:
    """A connection that is read within a deadline however slowly it drips."""

    def __init__(self, line: socket.socket, url: str, limits: Limits, until: float) -> None:
        self._socket, self._url, self._limits, self._until = line, url, limits, until
        self._buffer = bytearray()

    def ask(self, request: bytes, method: str) -> tuple[Head, bytes, bytes]:
        """Send the request; the answer's head taken apart, its bytes, and those of its body as they came."""
        self._wait()
        self._socket.sendall(request)
        while True:
            first = self._head()
            said = head(first)
            if said is None:
                raise InputError("http", self._url, "did not answer in HTTP.", "Check the address.")
            if said.status >= 200:
                break
        if method == "HEAD" or said.status in (204, 304):
            return said, first, b""
        if said.chunked:
            return said, first, self._chunks()
        length = said.headers.get("content-length", "")
        if length.isascii() and length.isdecimal():
            if len(length) > 15 or int(length) > self._limits.largest:
                raise self._too_large()
            return said, first, self._exactly(int(length))
        return said, first, self._rest()

    def _wait(self) -> None:
        left = min(self._limits.silence, self._until - time.monotonic())
        if left <= 0:
            raise TimeoutError
        self._socket.settimeout(left)

    def _more(self) -> bool:
        self._wait()
        part = self._socket.recv(_PART)
        self._buffer += part
        if len(self._buffer) > self._limits.largest + MOST_HEAD:
            raise self._too_large()
        return bool(part)

    def _take(self, number: int) -> bytes:
        part = bytes(self._buffer[:number])
        del self._buffer[:number]
        return part

    def _head(self) -> bytes:
        while not (found := re.search(rb"\r?\n\r?\n", self._buffer)):
            if len(self._buffer) > MOST_HEAD:
                raise InputError("http", self._url, "answers with headers without end.", "Do not trust the page.")
            if not self._more():
                raise self._cut("its headers")
        return self._take(found.end())

    def _exactly(self, number: int) -> bytes:
        while len(self._buffer) < number:
            if not self._more():
                raise self._cut("the page")
        return self._take(number)

    def _rest(self) -> bytes:
        while self._more():
            if len(self._buffer) > self._limits.largest:
                raise self._too_large()
        return self._take(len(self._buffer))

    def _chunks(self) -> bytes:
        out = bytearray()
        while True:
            size = self._chunk_line(out)
            number = size.split(b";")[0].strip()
            if not re.fullmatch(rb"[0-9a-fA-F]{1,12}", number):
                raise InputError("http", self._url, "sends chunks that are none.", _LATER)
            if int(number, 16) == 0:
                while self._chunk_line(out).strip():  # trailers, until an empty line
                    pass
                return bytes(out)
            if len(out) + int(number, 16) > self._limits.largest:
                raise self._too_large()
            out += self._exactly(int(number, 16) + 2)

    def _chunk_line(self, out: bytearray) -> bytes:
        while (found := self._buffer.find(b"\n")) < 0:
            if len(self._buffer) > _PART or not self._more():
                raise self._cut("the page")
        line = self._take(found + 1)
        out += line
        if len(out) > self._limits.largest:
            raise self._too_large()
        return line

    def _too_large(self) -> InputError:
        problem = f"has more than {self._limits.largest / 1e6:,.0f} MB; it is not saved."
        return InputError("too-large", self._url, problem, "Raise the limit with --largest.")

    def _cut(self, what: str) -> InputError:
        return InputError("cut", self._url, f"ended before {what} did; nothing of it is saved.", _LATER)
