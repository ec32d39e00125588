"""Who has read which report to its end: what the inbox need not show again."""

from __future__ import annotations

from django.db import models


class Look(models.Model):
    """A person read this report and looked at all its claims."""

    report = models.TextField()
    who = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "who"], name="one_look_a_person"),)
