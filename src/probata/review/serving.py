"""The casebook that is served: its database becomes Django's own, and the settings that depend on it are made."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from probata.store.opening import Casebook

PUBLIC = "PROBATA_URL"  # the address that people type: https://probata.example.org
MAIL = "PROBATA_MAIL"  # smtp://user:password@host:587?from=probata@example.org
_served: list[Casebook] = []


def book() -> Casebook:
    """The casebook that is served."""
    return _served[-1]


def prepare(opened: Casebook, url: str = "") -> Casebook:
    """Serve this casebook from now on in this process, its tables brought up to date; `url` is its public address.

    It is known to Django by the name "default" then, in every thread.
    """
    settings.SECRET_KEY = _secret(opened.folder)
    _address(url or os.environ.get(PUBLIC, ""))
    _mail(os.environ.get(MAIL, ""))
    connections["default"].close()
    connections.settings["default"] = dict(connections.settings[opened.alias])
    if hasattr(connections._connections, "default"):  # type: ignore[attr-defined]
        del connections["default"]
    served = Casebook(opened.folder, "default", opened.id)
    _served[:] = [served]
    call_command("migrate", verbosity=0, interactive=False, fake_initial=True)
    return served


def _secret(folder: Path) -> str:
    """The key of sessions and links, made once, readable by the owner of the folder alone."""
    path = folder / "secret"
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        if kept := path.read_text(encoding="ascii").strip():
            return kept
        file = os.open(path, os.O_WRONLY | os.O_TRUNC, 0o600)  # killed while it was made
    made = secrets.token_urlsafe(64)
    with open(file, "w", encoding="ascii") as out:
        out.write(made + "\n")
        out.flush()
        os.fsync(out.fileno())
    return made


def _address(url: str) -> None:
    parts = urlsplit(url)
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *([parts.hostname] if parts.hostname else [])]
    secure = parts.scheme == "https"
    settings.CSRF_TRUSTED_ORIGINS = [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = secure
    settings.SECURE_HSTS_SECONDS = 31536000 if secure else 0
    settings.SECURE_PROXY_SSL_HEADER = None  # the server itself reads what a trusted proxy says
    settings.PUBLIC_URL = url.rstrip("/")


def _mail(url: str) -> None:
    if not url:
        return
    from urllib.parse import parse_qs, unquote

    parts = urlsplit(url)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = parts.hostname or "localhost", parts.port or 25
    settings.EMAIL_HOST_USER = unquote(parts.username or "")
    settings.EMAIL_HOST_PASSWORD = unquote(parts.password or "")
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = parts.port == 587, parts.scheme == "smtps"
    settings.DEFAULT_FROM_EMAIL = parse_qs(parts.query).get("from", ["probata@localhost"])[0]
