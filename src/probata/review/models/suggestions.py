"""What somebody, often a program, holds to be the same or different: left for a person to decide, never a decision."""

from __future__ import annotations

from django.db import models


class Suggestion(models.Model):
    """Claims `a` and `b` may be about the same incident, or may not; why; and what a person said to that.

    `answer` is "" while it waits, then taken (a decision was written) or dropped.
    """

    a = models.TextField()
    b = models.TextField()
    same = models.BooleanField()
    why = models.TextField()
    by = models.TextField()
    software = models.BooleanField(default=False)
    at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField(max_length=10, blank=True)
    answered_by = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_why = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["answer", "id"]),)
