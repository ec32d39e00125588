"""A proxy that somebody has set is not gone around: it may be there so that servers do not see this machine."""

from __future__ import annotations

import os
from contextlib import suppress
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from probata.model.errors import InputError

DIRECT = "PROBATA_DIRECT"  # "yes": captures connect from this machine, whatever proxy the environment names


def is_direct() -> bool:
    """Whether the environment allows captures to go around a proxy."""
    return os.environ.get(DIRECT, "") == "yes"


def refuse(url: str, advice: str) -> None:
    """Refuse an address that the environment wants to be asked through a proxy. Raises InputError with this advice.

    Captures connect to an address that was checked; a proxy would look the name up anew.
    """
    if is_direct():
        return
    proxies = getproxies()
    parts = urlsplit(url if "://" in url else f"https://{url}")
    with suppress(ValueError):
        if (parts.scheme in proxies or "all" in proxies) and not proxy_bypass(parts.netloc.rpartition("@")[2]):
            problem = "is to be asked through a proxy, says the environment (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY)."
            raise InputError("proxy", url, problem, advice)
