"""Work that goes on in the background. Rows outlive a restart, so nothing that was accepted is forgotten."""

from __future__ import annotations

from django.db import models

from probata.store.fields import Json


class Job(models.Model):
    """Something to be done: what, for whom, how far it is, what came of it.

    `about` holds what the kind needs, and under "name" what people call it; `error` says what is wrong, `advice` what
    to do next.
    """

    kind = models.CharField(max_length=20)  # add, capture, regroup, release
    about = Json()
    state = models.CharField(max_length=10, default="waiting", db_index=True)  # waiting, running, done, failed
    by = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)  # the worker was alive then
    ended_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    number = models.PositiveIntegerField(default=0)  # of `of` items done
    of = models.PositiveIntegerField(null=True)
    result = Json(null=True)
    error = models.TextField(blank=True)
    advice = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["state", "id"]), models.Index(fields=["by", "id"]))
