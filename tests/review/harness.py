"""What tests of the application hold in their hands."""

from __future__ import annotations

import os
import re
import subprocess
import sys
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

    def stop(self) -> None:
        """End it, as a person would with Ctrl-C."""
        self.process.terminate()
        self.process.wait(20)
        if self.process.stdout:
            self.process.stdout.close()


def serve(folder: Path, *options: str) -> Live:
    """Start `probata serve` on the casebook of a folder; more options as they are given."""
    command = [sys.executable, "-m", "probata", "serve", "--casebook", str(folder), "--port", "0", *options]
    env = {key: value for key, value in os.environ.items() if key not in ("PROBATA_HOME", "PROBATA_DATABASE")}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=env)
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if "Ctrl-C" in line:
            break
    found = re.search(r" on (http://\S+)\n", said)
    if found is None:
        process.terminate()
        raise AssertionError(said)
    setup = re.search(r"here: (\S+)", said)
    return Live(found[1], folder, setup[1] if setup else "", process)
