"""The mail server that PROBATA_MAIL names, as Django's settings."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from probata.model.errors import SetupError

MAIL = "PROBATA_MAIL"  # smtp://user:password@host:587?from=probata@example.org
# scheme: port where none is given, TLS from the first byte, TLS by STARTTLS. Ports of RFC 8314 and RFC 6409.
_SCHEMES = {"smtp": (25, False, False), "submission": (587, False, True), "smtps": (465, True, False)}
_STARTTLS = 587  # at this port a password is never sent in the clear, whatever the scheme


def settings_of(url: str) -> dict[str, Any]:
    """Django's settings for the mail server of an address. Raises SetupError for what is none; it shows no password."""
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        raise _wrong() from None
    if parts.scheme not in _SCHEMES or not host or parts.path.strip("/"):
        raise _wrong()
    usual, whole, start = _SCHEMES[parts.scheme]
    port = port or usual
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": host,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": whole,
        "EMAIL_USE_TLS": start or (port == _STARTTLS and not whole),
        "DEFAULT_FROM_EMAIL": parse_qs(parts.query).get("from", ["probata@localhost"])[0],
    }


def _wrong() -> SetupError:
    advice = "Write smtp://user:password@host:587?from=probata@example.org; smtps:// for TLS from the start."
    return SetupError("mail", MAIL, "is no address of a mail server.", advice)
