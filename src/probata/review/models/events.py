"""What happens to accounts: kept for good, never changed. And the links by which people who are invited come in."""

from __future__ import annotations

from typing import Any

from django.db import models

from probata.review.models.people import Person

EVENTS = ("review_event",)  # tables whose rows both databases refuse to change or remove (migration 0006)


class Event(models.Model):
    """A sign-in, a refusal, a change of somebody's role: what happened, who did it, whom it is about."""

    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=30)
    who = models.TextField(blank=True)  # alias; "" for strangers
    about = models.TextField(blank=True)
    detail = models.TextField(blank=True)

    class Meta:
        indexes = (models.Index(fields=["kind", "id"]),)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it down, once."""
        if not self._state.adding:
            raise ValueError("an event is not changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Refused."""
        raise ValueError("an event is not removed")


class Invitation(models.Model):
    """A link, handed over by an administrator, by which a person sets a password: once, and for some days.

    Only its SHA-256 is kept.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    by = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Rule(models.Model):
    """A rule of this casebook that an administrator sets: "second factor" is "on" where everybody needs one."""

    name = models.CharField(max_length=40, unique=True)
    value = models.TextField()
