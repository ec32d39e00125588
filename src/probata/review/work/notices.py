"""Notices: what a person should know of, in the application and, for those who gave an address, by e-mail.

A mail says only that there is something and where: it holds no name and no word of a report or comment.
"""

from __future__ import annotations

from collections.abc import Iterable
from smtplib import SMTPException
from typing import Any
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.core.validators import validate_email
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from probata.model.errors import InputError
from probata.review import serving
from probata.review.models import Job, Notice, Person
from probata.review.sight import Sight
from probata.review.work import about as things
from probata.store.opening import Casebook

PAGE = 50
TOGETHER = 200  # mails of one job
_DUMMY = "django.core.mail.backends.dummy.EmailBackend"
Record = dict[str, Any]


def tell(people: Iterable[Person], kind: str, by: str, about: str, name: str, path: str) -> set[int]:
    """Leave a notice for these people, but for whoever did it and those who may not see what it is about.

    `kind` is mention, comment, task, done, due, late, proposal, finding or declined; `by` is "" for the software.
    Returns the numbers of those told.
    """
    told = [p for p in people if p.alias != by and p.is_active and not p.software and things.sees(p, about, name)]
    Notice.objects.bulk_create(Notice(person=p, kind=kind, by=by, path=path) for p in told)
    if any(p.email for p in told):
        ask_mail()
    return {p.pk for p in told}


def ask_mail() -> None:
    """Ask the worker to send what is unsent; one that waits already is enough."""
    if settings.EMAIL_BACKEND != _DUMMY and not Job.objects.filter(kind="mail", state="waiting").exists():
        Job.objects.create(kind="mail", about={}, by="")


def listed(sight: Sight, before: int | None = None) -> Record:
    """A person's notices, the latest first."""
    rows = Notice.objects.filter(person=sight.person)
    rows = rows.filter(id__lt=before) if before else rows
    found = list(rows.order_by("-id")[: PAGE + 1])
    told = [
        {"id": n.pk, "kind": n.kind, "by": n.by, "at": n.at, "path": n.path, "new": n.seen_at is None}
        for n in found[:PAGE]
    ]
    return {"notices": told, "before": found[PAGE - 1].pk if len(found) > PAGE else None}


def seen(sight: Sight, number: int | None = None) -> str:
    """Mark one notice, or all, as seen; the page that the one is about."""
    rows = Notice.objects.filter(person=sight.person)
    if number is not None:
        rows = rows.filter(pk=number)
    path = rows.values_list("path", flat=True).first() if number is not None else ""
    rows.filter(seen_at=None).update(seen_at=timezone.now())
    return path or ""


def settings_of(person: Person) -> Record:
    """Where a person's notices go, and by which days they are reminded."""
    return {"email": person.email, "zone": person.zone or "UTC", "mail": settings.EMAIL_BACKEND != _DUMMY}


def zones() -> list[str]:
    """The time zones that this machine knows."""
    return sorted({z for z in available_timezones() if "/" in z and not z.startswith(("Etc/", "SystemV/"))} | {"UTC"})


def set_up(person: Person, email: str, zone: str) -> None:
    """Send a person's notices to this address ("" for to none), and count their days in this time zone."""
    email = email.strip()
    try:
        if email:
            validate_email(email)
    except ValidationError:
        raise InputError("email", "the address", "is no address of mail.", "Write it as name@example.org.") from None
    if zone not in zones():
        raise InputError("zone", zone[:60], "is no time zone.", "Choose one of the list.")
    Person.objects.filter(pk=person.pk).update(email=email, zone=zone)


def mail(book: Casebook, job: Job) -> Record:
    """Send one mail to each person with unsent, unseen notices. For the worker; what fails is sent with the next."""
    if settings.EMAIL_BACKEND == _DUMMY:
        return {"sent": 0}
    waiting = Notice.objects.filter(mailed_at=None, seen_at=None, person__is_active=True).exclude(person__email="")
    people = Person.objects.filter(pk__in=waiting.values("person")).order_by("pk")[:TOGETHER]
    sent = 0
    try:
        with get_connection(timeout=30) as connection:
            for person in people:
                new = list(waiting.filter(person=person).values_list("pk", flat=True))
                if EmailMessage(*_words(person, len(new)), to=[person.email], connection=connection).send():
                    Notice.objects.filter(pk__in=new).update(mailed_at=timezone.now())
                    sent += 1
    except (OSError, SMTPException) as error:
        problem = f"the mail server did not take it ({type(error).__name__})."
        raise InputError("mail", "notices", problem, "See PROBATA_MAIL; they are sent with the next mail.") from None
    return {"sent": sent}


def _words(person: Person, number: int) -> tuple[str, str]:
    with translation.override(person.language or settings.LANGUAGE_CODE):
        subject = _("Something new for you in Probata")
        link = f"{serving.address() or 'http://localhost'}/notices/"
        body = _("There is something new for you (%(number)d). Sign in to see it:") % {"number": number}
        return subject, f"{body}\n{link}\n"
