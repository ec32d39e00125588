"""What is to be published: drafted by one person, approved by an editor as it stood then, released by the worker."""

from __future__ import annotations

from django.db import models

from probata.store.fields import Json


class Publication(models.Model):
    """A release in the making, and the one it became.

    `digest` is of exactly what the editor saw and approved; what has changed since is not released.
    """

    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    incidents = Json()  # ids; [] for all
    originals = models.BooleanField(default=False)
    state = models.CharField(max_length=10, default="draft")  # draft, approved, released, failed, dropped
    by = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    digest = models.CharField(max_length=64, blank=True)
    approved_by = models.TextField(blank=True)
    approved_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    file = models.TextField(blank=True)  # below `releases` of the casebook's folder
    manifest = models.CharField(max_length=64, blank=True)
    released_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)
