"""Incidents of the demo, of which tests of deciding speak."""

from __future__ import annotations

import pytest

from probata.store import models
from review.harness import Site


@pytest.fixture
def largest(site: Site) -> models.Incident:
    """The incident with the most sources: the shelling of a market."""
    found = models.Incident.objects.filter(ended=None).order_by("-sources").first()
    assert found
    return found


@pytest.fixture
def one_source(site: Site) -> models.Incident:
    """An incident of one source."""
    found = models.Incident.objects.filter(ended=None, sources=1, type="killing").order_by("id").first()
    assert found
    return found
