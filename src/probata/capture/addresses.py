"""Addresses: which a capture may reach. A name is resolved once a run and the answer kept, whatever it says later."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable
from threading import Lock
from urllib.parse import urlsplit

from probata.model.errors import InputError

Resolve = Callable[[str, int], list[str]]
# services of cloud machines that give out their keys and have public addresses
_METADATA = frozenset({"168.63.129.16"})
# reserved, but not to every version of the ipaddress module
_RESERVED = tuple(
    map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "2001::/23", "5f00::/16"))
)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_ASK = "Give the address of a page on the public web, or allow it with --allow-private."


def system(host: str, port: int) -> list[str]:
    """The addresses that this machine's resolver knows for a name, in its order."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def private(address: str) -> str | None:
    """In words, why an address is not of the public internet; None when it is."""
    try:
        ip = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return "no address"
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None and (why := private(str(inner))):
            return why
        if ip.ipv4_mapped:
            return None
    if str(ip) in _METADATA:
        return "a cloud's metadata address"
    if ip.is_loopback or ip.is_unspecified:
        return "a loopback address"
    if ip.is_link_local:
        return "a link-local address, where clouds keep their metadata"
    if not ip.is_global or ip.is_multicast or ip.is_reserved or any(ip in net for net in _RESERVED):
        return "a private or reserved address"
    return None


class Addresses:
    """Names resolved once and pinned; the same name never leads elsewhere within a run."""

    def __init__(self, *, allow_private: bool, resolve: Resolve = system) -> None:
        self._allowed, self._resolve = allow_private, resolve
        self._known: dict[tuple[str, int], list[str] | InputError] = {}
        self._lock = Lock()

    def of(self, host: str, port: int, url: str) -> list[str]:
        """Where to connect to. Raises InputError for a name without address, and for one that leads inside."""
        with self._lock:
            found = self._known.get((host, port))
        if found is None:
            found = self._look(host, port, url)
            with self._lock:
                found = self._known.setdefault((host, port), found)
        if isinstance(found, InputError):
            raise InputError(found.code, url, found.problem, found.advice)
        return found

    def _look(self, host: str, port: int, url: str) -> list[str] | InputError:
        try:
            addresses = self._resolve(host, port)
        except (OSError, UnicodeError):
            addresses = []
        if not addresses:
            return InputError("no-address", url, f"has no address: {host[:100]!r} is not known.", "Check its spelling.")
        for address in addresses:
            if not self._allowed and (why := private(address)):
                return InputError("private", url, f"leads to {address}, {why}; it is not asked.", _ASK)
        return addresses


def checked(url: str) -> str:
    """An address as a person gave it, made whole. Raises InputError for one that is no address of a page."""
    whole = url.strip()
    try:
        parts = urlsplit(whole if "://" in whole[:12] else f"https://{whole}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
        parts = urlsplit("")
    plain = all(ord(c) > 32 and ord(c) != 127 for c in whole)
    if parts.scheme not in ("http", "https") or not host or not plain or len(whole) > 8_000 or port == 0:
        raise InputError("url", whole[:200], "is no address of a web page.", "Give one such as https://post.example/1.")
    if parts.username or parts.password:
        problem = "holds a name or password, which would be saved with the page."
        raise InputError("url", f"{parts.scheme}://…@{host}", problem, "Give the address without them.")
    return parts._replace(fragment="").geturl()
