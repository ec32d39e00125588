"""Tokens by which programs act for a person: shown once, kept as their SHA-256."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from probata.model.errors import InputError
from probata.review.models import Person, Token
from probata.review.roles import Need
from probata.review.sight import Sight
from probata.review.work.people import note

# no operation protects or erases: protected words are given to a page, never to a program
_NONE = (Need.ANYONE, Need.SIGNED_IN, Need.PROTECT, Need.REVEAL, Need.ERASE)
SCOPES = tuple(need for need in Need if need not in _NONE)
_MARK = "probata_"  # so that a token that leaks is known for one
DAYS = (30, 90, 365)  # for which a token can be good
_SEEN = timedelta(minutes=1)


def listed(sight: Sight) -> list[dict[str, Any]]:
    """The tokens that are not revoked: a person's own, and to an administrator those of programs."""
    rows = _of(sight).filter(revoked_at=None).order_by("-id")
    kept = ("id", "name", "scopes", "at", "expires_at", "used_at")
    return [{**{k: getattr(row, k) for k in kept}, "of": row.person.alias} for row in rows]


def owners(sight: Sight) -> list[Person]:
    """Those for whom a person may make tokens: oneself, and to an administrator the programs."""
    programs = Person.objects.filter(software=True, is_active=True).exclude(pk=sight.person.pk).order_by("alias")
    return [sight.person, *(programs if sight.person.may(Need.ADMINISTER) else ())]


def make(sight: Sight, name: str, scopes: Collection[str], of: str = "", days: int = DAYS[-1]) -> str:
    """A new token of a person (oneself, or a program of which an administrator takes care): its secret."""
    wanted = [s.value for s in SCOPES if s.value in scopes]
    if not name.strip() or not wanted:
        raise InputError("token", "the token", "has no name or no scope.", "Say what it is for and what it may.")
    person = next((p for p in owners(sight) if p.alias == (of or sight.who)), None)
    if person is None or days not in DAYS:
        raise InputError("token", of or str(days), "cannot be chosen.", "Choose one of the list.")
    secret = _MARK + secrets.token_urlsafe(32)
    until = timezone.now() + timedelta(days=days)
    Token.objects.create(person=person, name=name[:120], digest=digest(secret), scopes=wanted, expires_at=until)
    note(sight.who, "token made", person.alias, f"{name[:120]}: {', '.join(wanted)}")
    return secret


def revoke(sight: Sight, number: int) -> None:
    """Make a token worth nothing: one's own, or to an administrator one of a program."""
    row = _of(sight).filter(pk=number, revoked_at=None).first()
    if row is None:
        raise InputError("token", str(number), "is no token of yours.", "Look at the list.")
    Token.objects.filter(pk=row.pk).update(revoked_at=timezone.now())
    note(sight.who, "token revoked", row.person.alias, row.name)


def _of(sight: Sight) -> QuerySet[Token]:
    programs = Q(person__software=True) if sight.person.may(Need.ADMINISTER) else Q()
    return Token.objects.filter(Q(person=sight.person) | programs).select_related("person")


def of(secret: str) -> Token | None:
    """The token of a secret, if it is still good."""
    now = timezone.now()
    good = Token.objects.filter(Q(expires_at=None) | Q(expires_at__gt=now), revoked_at=None, person__is_active=True)
    found = good.select_related("person").filter(digest=digest(secret)).first()
    if found and (found.used_at is None or now - found.used_at > _SEEN):
        Token.objects.filter(pk=found.pk).update(used_at=now)
    return found


def digest(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()
