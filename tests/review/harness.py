"""What tests of the application hold in their hands."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.test import Client

from probata.review.models import Person
from probata.store.opening import Casebook

PASSWORD = "a long one for tests"


@dataclass(frozen=True, slots=True)
class Site:
    """The application in this process."""

    book: Casebook

    def person(self, alias: str, role: str = "analyst", **more: Any) -> Person:
        """Somebody who can sign in; the same one when asked for again."""
        found = Person.objects.filter(alias=alias).first()
        return found or Person.objects.create_user(alias, PASSWORD, role=role, **more)

    def client(self, alias: str | None = None, role: str = "analyst", **more: Any) -> Client:
        """A client, signed in as `alias` if one is given."""
        client = Client()
        if alias:
            client.force_login(self.person(alias, role, **more))
        return client


@dataclass(frozen=True, slots=True)
class Live:
    """A running server: its address, its folder, and the link to make the first administrator."""

    url: str
    folder: Path
    setup: str
    process: subprocess.Popen[str]
