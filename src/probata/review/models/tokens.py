"""Keys by which programs act for a person."""

from __future__ import annotations

from django.db import models

from probata.review.models.people import Person
from probata.store.fields import Json


class Token(models.Model):
    """A key for the API: only its SHA-256 is kept. It may do what both its scopes and its person may."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=120)
    digest = models.CharField(max_length=64, unique=True)
    scopes = Json()
    at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
