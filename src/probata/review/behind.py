"""Behind a proxy: what it says of who comes is believed from its own address alone, else thrown away."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlsplit

from waitress.proxy_headers import proxy_headers_middleware

from probata.model.errors import SetupError

BEHIND = "PROBATA_BEHIND"  # as --behind of `probata serve`, for other servers
LOCAL = ("localhost", "127.0.0.1", "::1")  # by these names a proxy on the same machine may ask
_BELIEVED = frozenset({"x-forwarded-for", "x-forwarded-proto"})
App = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


def network(value: str) -> Network:
    """The address of a proxy, or the network that its address is of. Raises SetupError for what is neither."""
    try:
        return ipaddress.ip_network(value.strip(), strict=False)
    except ValueError:
        advice = "Give the address from which the proxy connects, such as 127.0.0.1 or 172.18.0.0/16."
        raise SetupError("behind", value, "is no address of a proxy.", advice) from None


def believing(application: App, proxy: str, url: str) -> App:
    """The application behind the proxy of this address ("": none), known to people by `url` ("": by no name).

    X-Forwarded-For and X-Forwarded-Proto count from the proxy alone, and their last entry, which it wrote itself. What
    it asks for by the public name or a name of this machine is asked for by the public address.
    """
    cleared: App = proxy_headers_middleware(application)
    if not proxy:
        return cleared
    public = urlsplit(url)
    names = {public.hostname, *LOCAL}
    known = network(proxy)
    believed: App = proxy_headers_middleware(application, trusted_proxy="*", trusted_proxy_headers=_BELIEVED)

    def application_behind(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        if not _is_of(environ.get("REMOTE_ADDR", ""), known):
            return cleared(environ, start)
        if public.netloc and _host(environ.get("HTTP_HOST", "")) in names:
            environ["HTTP_HOST"] = public.netloc
        return believed(environ, start)

    return application_behind


def _is_of(peer: str, known: Network) -> bool:
    try:
        address = ipaddress.ip_address(peer)
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address in known


def _host(given: str) -> str | None:
    """The name in a Host header, without its port."""
    try:
        return urlsplit(f"//{given}").hostname
    except ValueError:
        return None
