"""What people tell one another about reports, claims and incidents: comments, tasks with a due day, notices."""

from __future__ import annotations

from django.db import models

from probata.review.models.people import Person


class Comment(models.Model):
    """A comment on a report, claim or incident."""

    kind = models.CharField(max_length=10)
    name = models.TextField()
    who = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    text = models.TextField()
    withdrawn_at = models.DateTimeField(null=True)  # the text is emptied then

    class Meta:
        indexes = (models.Index(fields=["kind", "name", "id"]),)


class Task(models.Model):
    """Something that somebody is to do or to ask again about: an assignment, a follow-up with its due day."""

    kind = models.CharField(max_length=10)
    name = models.TextField()
    what = models.TextField()
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="tasks", null=True)
    by = models.TextField()
    at = models.DateTimeField(auto_now_add=True)
    due = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    told_due = models.DateField(null=True)  # the due day on which it was reminded of; once for each
    told_late = models.DateField(null=True)  # the due day after which it was reminded of
    revision = models.PositiveIntegerField(default=1)  # rises with each change, so that nobody overwrites another's

    class Meta:
        indexes = (models.Index(fields=["kind", "name", "id"]), models.Index(fields=["person", "done_at", "due"]))


class Notice(models.Model):
    """Something a person should know of, shown in the application and sent by e-mail to those who gave an address."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notices")
    at = models.DateTimeField(auto_now_add=True)
    kind = models.CharField(max_length=20)
    by = models.TextField()
    path = models.TextField()  # the page that it is about
    seen_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["person", "seen_at", "id"]),)
