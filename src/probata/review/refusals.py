"""What people who are signed in were not allowed to do, written down: so that whoever tries doors is seen."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import OperationalError
from django.http import HttpRequest
from django.utils import timezone

from probata.review.models import Event, Person

KIND = "not allowed"
EACH = 20  # of one person in an hour; the last says that more are not written down
ALL = 500  # of everybody in an hour
_HOUR = timedelta(hours=1)
_SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
_FORM = "a form that is too old, or was made elsewhere"
_MORE = "and more within an hour, which are not written down"
_log = logging.getLogger("probata.refusals")


def note(request: HttpRequest) -> None:
    """Write down that a request was refused to its person, if there is one.

    The place is told by its pattern, as an address may hold the name of a report. The same refusal stands once an
    hour, and a loop fills no table.
    """
    program = getattr(request, "refused", None)
    person = program or getattr(request, "user", None)
    if not isinstance(person, Person):
        return
    match = request.resolver_match
    what = f"{(request.method or '')[:10]} /{match.route}"[:200] if match else (request.method or "")[:10]
    if not program and request.method not in _SAFE and not getattr(request, "csrf_processing_done", False):
        what += f" ({_FORM})"
    try:
        _written(person.alias, what)
    except OperationalError:  # another program writes for long: the answer is the same without it
        _log.warning("%s: refused to %s, and not written down as the database was busy", what, person.alias)


def _written(who: str, what: str) -> None:
    since = timezone.now() - _HOUR
    rows = Event.objects.filter(kind=KIND).order_by("-id").values_list("who", "at", "detail")[:ALL]
    recent = [(by, detail) for by, at, detail in rows if at >= since]
    own = [detail for by, detail in recent if by == who]
    if len(recent) >= ALL or len(own) >= EACH or what in own:
        return
    Event.objects.create(kind=KIND, who=who, about=who, detail=what if len(own) < EACH - 1 else f"{what}; {_MORE}")
