"""Searches that a person keeps."""

from __future__ import annotations

from django.db import models

from probata.review.models.people import Person


class SavedSearch(models.Model):
    """A list with its filters, as they stand in the address bar, under a name."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="searches")
    name = models.CharField(max_length=120)
    path = models.TextField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "name"], name="one_search_a_name"),)
