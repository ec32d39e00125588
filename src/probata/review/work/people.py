"""Accounts: who there is, invitations, roles, teams. Each change is written down, and needs an administrator."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from probata.model.errors import InputError
from probata.review.models import Event, Invitation, Person, Restriction, Rule, Team, Token
from probata.review.roles import Role
from probata.review.sight import Sight

DAYS = 7  # for which an invitation is good
FACTOR = "second factor"
Record = dict[str, Any]


def listed(sight: Sight) -> Record:
    """Everybody, with role, teams and whether they have a second factor."""
    factors = set(
        Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES).values_list("user_id", flat=True)
    )
    people = Person.objects.order_by("alias").prefetch_related("teams")
    return {
        "people": [
            {
                "id": p.pk,
                "alias": p.alias,
                "role": p.role,
                "software": p.software,
                "active": p.is_active,
                "teams": [t.name for t in p.teams.all()],
                "second_factor": p.pk in factors,
                "invited": not p.has_usable_password() and not p.software,
                "last": p.last_login,
            }
            for p in people
        ],
        "teams": list(Team.objects.order_by("name").values_list("name", flat=True)),
        "roles": [r.value for r in Role],
        "second_factor_required": is_required(),
    }


def invite(sight: Sight, alias: str, role: str, software: bool = False) -> tuple[Person, str]:
    """A new account and the secret of the link by which its person sets a password ("" for a program)."""
    alias = " ".join(alias.split())
    if not 1 <= len(alias) <= 60:
        raise InputError("alias", alias or "the alias", "has no letters, or more than 60.", "Give another.")
    if sight.shield.holds(alias):
        raise InputError("alias", "the alias", "has protected words.", "Give another: the log keeps it.")
    if Person.objects.filter(alias__iexact=alias).exists():
        raise InputError("alias", alias, "is taken already.", "Give another.")
    with transaction.atomic():
        person = Person.objects.create_user(alias, None, role=Role(role).value, software=software)
        note(sight.who, "invited", alias, role + (" (software)" if software else ""))
        return person, "" if software else _link(sight, person)


def again(sight: Sight, person: Person) -> str:
    """Another link for somebody who lost the first, or their password; the old ones are good no more."""
    if person.software:
        raise InputError("person", person.alias, "is a program and has no password.", "Make it a token.")
    with transaction.atomic():
        note(sight.who, "link made", person.alias)
        return _link(sight, person)


def invitation(secret: str) -> Invitation | None:
    """The invitation of a link, if it is still good."""
    digest = hashlib.sha256(secret.encode()).hexdigest()
    good = Invitation.objects.filter(used_at=None, expires_at__gt=timezone.now(), person__is_active=True)
    return good.select_related("person").filter(digest=digest).first()


def join(secret: str, password: str) -> Person:
    """Set the password of whoever was invited. Raises InputError when the link is good no more."""
    with transaction.atomic():
        found = invitation(secret)
        now = timezone.now()
        if found is None or not Invitation.objects.filter(pk=found.pk, used_at=None).update(used_at=now):
            raise InputError("link", "the link", "is good no more.", "Ask an administrator for another.")
        found.person.set_password(password)
        found.person.save(update_fields=["password"])
        note(found.person.alias, "joined", found.person.alias)
    return found.person


def change(sight: Sight, person: Person, role: str) -> None:
    """Give somebody another role. Raises InputError for the last administrator."""
    if role == person.role:
        return
    with transaction.atomic():
        _keep_one(person, Role(role) is not Role.ADMINISTRATOR)
        note(sight.who, "role", person.alias, f"{person.role} → {role}")
        person.role = Role(role).value
        person.save(update_fields=["role"])


def activate(sight: Sight, person: Person, active: bool) -> None:
    """Let somebody in again, or no more: sessions end and tokens are worth nothing at once."""
    with transaction.atomic():
        _keep_one(person, not active)
        person.is_active = active
        person.save(update_fields=["is_active"])
        note(sight.who, "let in again" if active else "shut out", person.alias)
        if not active:
            Token.objects.filter(person=person, revoked_at=None).update(revoked_at=timezone.now())
            Invitation.objects.filter(person=person, used_at=None).update(used_at=timezone.now())
            end_sessions(person)


def reset_factor(sight: Sight, person: Person) -> None:
    """Take away somebody's second factor, so that they set up another."""
    Authenticator.objects.filter(user=person).delete()
    end_sessions(person)
    note(sight.who, "second factor reset", person.alias)


def put(sight: Sight, person: Person, teams: list[str]) -> None:
    """Let somebody be in these teams and no others; a team that there is not yet is made."""
    wanted = [" ".join(name.split())[:120] for name in teams if name.strip()]
    with transaction.atomic():
        person.teams.set([Team.objects.get_or_create(name=name)[0] for name in dict.fromkeys(wanted)])
        note(sight.who, "teams", person.alias, ", ".join(wanted))


def keep_to(sight: Sight, kind: str, name: str, teams: list[str]) -> None:
    """Keep a report or an incident to teams; to nobody in particular when there are none."""
    rows: Any = sight.reports() if kind == "report" else sight.incidents()
    if not rows.filter(name=name).exists():
        raise InputError(kind, name, f"is no {kind} of this casebook.", "Look at the list.")
    found = list(Team.objects.filter(name__in=teams))
    with transaction.atomic():
        Restriction.objects.filter(kind=kind, name=name).delete()
        Restriction.objects.bulk_create(Restriction(kind=kind, name=name, team=t, by=sight.who) for t in found)
        note(sight.who, "kept to teams", f"{kind} {name}", ", ".join(t.name for t in found))


def require(sight: Sight, yes: bool) -> None:
    """Have everybody set up a second factor before anything else, or no more."""
    Rule.objects.update_or_create(name=FACTOR, defaults={"value": "on" if yes else "off"})
    note(sight.who, "second factor required" if yes else "second factor not required")


def is_required() -> bool:
    """Whether everybody needs a second factor."""
    return Rule.objects.filter(name=FACTOR, value="on").exists()


def lacks(person: Person) -> bool:
    """Whether a person must set up a second factor first."""
    if person.software or not is_required():
        return False
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return not Authenticator.objects.filter(user=person, type__in=kinds).exists()


def note(who: str, kind: str, about: str = "", detail: str = "") -> None:
    """Write down what happened to an account."""
    Event.objects.create(who=who, kind=kind, about=about, detail=detail)


def end_sessions(person: Person) -> None:
    """Sign somebody out everywhere."""
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(person.pk):
            session.delete()


def _link(sight: Sight, person: Person) -> str:
    secret = secrets.token_urlsafe(24)
    Invitation.objects.filter(person=person, used_at=None).update(used_at=timezone.now())
    digest = hashlib.sha256(secret.encode()).hexdigest()
    until = timezone.now() + timedelta(days=DAYS)
    Invitation.objects.create(person=person, digest=digest, by=sight.who, expires_at=until)
    return secret


def _keep_one(person: Person, leaving: bool) -> None:
    """Refuse to be left without an administrator who can sign in."""
    admins = Person.objects.select_for_update().filter(role=Role.ADMINISTRATOR.value, is_active=True, software=False)
    others = [p for p in admins if p.pk != person.pk and p.has_usable_password()]
    if leaving and person.role == Role.ADMINISTRATOR.value and person.is_active and not others:
        advice = "Make somebody else an administrator first."
        raise InputError("last-administrator", person.alias, "is the last administrator.", advice)
