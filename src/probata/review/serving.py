"""The casebook that is served: its database becomes Django's own, and the settings that depend on it are made."""

from __future__ import annotations

import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from probata.model.errors import SetupError
from probata.review import mailing
from probata.store.opening import Casebook
from probata.store.turn import taken

PUBLIC = "PROBATA_URL"  # the address that people type: https://probata.example.org
_PAUSE = 0.1  # seconds between two looks whether a lock is free
_served: list[Casebook] = []


def book() -> Casebook:
    """The casebook that is served."""
    return _served[-1]


def address() -> str:
    """The address that people type, without a slash at its end; "" where none is set."""
    return str(getattr(settings, "PUBLIC_URL", ""))


def prepare(opened: Casebook, url: str = "") -> Casebook:
    """Serve this casebook from now on in this process, its tables brought up to date; `url` is its public address.

    It is known to Django by the name "default" then, in every thread.
    """
    settings.SECRET_KEY = _secret(opened.folder)
    _address(url or os.environ.get(PUBLIC, ""))
    if mail := os.environ.get(mailing.MAIL, ""):
        for name, value in mailing.settings_of(mail).items():
            setattr(settings, name, value)
    connections["default"].close()
    connections.settings["default"] = dict(connections.settings[opened.alias])
    if hasattr(connections._connections, "default"):  # type: ignore[attr-defined]
        del connections["default"]
    served = Casebook(opened.folder, "default", opened.id)
    _served[:] = [served]
    with waiting(opened.folder, "tables"):  # servers of one's own start several processes at once
        call_command("migrate", verbosity=0, interactive=False, fake_initial=True)
    return served


@contextmanager
def waiting(folder: Path, name: str) -> Iterator[None]:
    """Wait until no other process holds a lock of this name; one that ends, however it does, holds none."""
    with open(folder / name, "a+b") as file:
        while not taken(file):
            time.sleep(_PAUSE)
        yield


def _secret(folder: Path) -> str:
    """The key of sessions and links, made once, readable by the owner of the folder alone.

    Of several processes that start at once, the first to finish makes it.
    """
    path = folder / "secret"
    with suppress(FileNotFoundError):
        if kept := path.read_text(encoding="ascii").strip():
            return kept
        path.unlink()  # of a version that could be killed while it made one
    part = folder / f"secret.{os.getpid()}.part"
    part.unlink(missing_ok=True)
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(secrets.token_urlsafe(64) + "\n")
        out.flush()
        os.fsync(out.fileno())
    with suppress(FileExistsError):
        os.link(part, path)
    part.unlink()
    return path.read_text(encoding="ascii").strip()


def _address(url: str) -> None:
    parts = public(url)
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *([parts.hostname] if parts.hostname else [])]
    if ":" in (parts.hostname or ""):
        settings.ALLOWED_HOSTS[-1] = f"[{parts.hostname}]"
    secure = parts.scheme == "https"
    settings.CSRF_TRUSTED_ORIGINS = [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = secure
    settings.SECURE_HSTS_SECONDS = 31536000 if secure else 0  # sent where the request came by TLS: see behind
    settings.SECURE_PROXY_SSL_HEADER = None  # the server itself reads what a trusted proxy says: see behind
    settings.PUBLIC_URL = url.rstrip("/")


def public(url: str) -> SplitResult:
    """The parts of the address that people type. Raises SetupError for what is none."""
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    fine = parts.scheme in ("http", "https") and parts.hostname and parts.username is None
    if url and not (fine and not parts.path.strip("/") and not parts.query and not parts.fragment):
        advice = "Write https://probata.example.org: a host of its own, and no path."
        raise SetupError("address", PUBLIC, "is no address that people could type.", advice)
    return parts
