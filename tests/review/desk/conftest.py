"""A session of somebody in a casebook."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import connections

from probata.review.models import Person
from probata.review.serving import prepare
from probata.store.opening import casebook

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def session() -> Callable[[Path], str]:
    """Gives the key of a session of an analyst in the casebook of a folder."""

    def made(folder: Path) -> str:
        with casebook(folder) as opened:
            prepare(opened)
            person = Person.objects.filter(alias="Amal").first() or Person.objects.create_user("Amal", role="analyst")
            store = SessionStore()
            store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(person.pk), BACKEND
            store[HASH_SESSION_KEY] = person.get_session_auth_hash()
            store.save()
            connections["default"].close()
            return str(store.session_key)

    return made
