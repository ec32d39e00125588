"""What waits for a person: their tasks, notices, findings to agree to, suggestions to decide on."""

from __future__ import annotations

from typing import Any

from probata.model.finding import Standard
from probata.review.models import Notice, Suggestion, Task
from probata.review.roles import Need
from probata.review.sight import Sight
from probata.review.work.tasks import today
from probata.store import models

Record = dict[str, Any]


def card(sight: Sight) -> Record:
    """How much waits, for the first page."""
    day = today(sight.person)
    mine = Task.objects.filter(person=sight.person, done_at=None)
    proposals = models.Proposal.objects.using(sight.book.alias).filter(answer=None, incident__in=sight.incidents())
    proposals = proposals.exclude(standard=Standard.OPEN.value).exclude(who=sight.who)
    return {
        "tasks": mine.count(),
        "overdue": mine.filter(due__lt=day).count(),
        "due": mine.filter(due=day).count(),
        "notices": Notice.objects.filter(person=sight.person, seen_at=None).count(),
        "proposals": proposals.count() if sight.person.may(Need.SIGN) else 0,
        "suggestions": Suggestion.objects.filter(answer="").count() if sight.person.may(Need.DECIDE) else 0,
    }
