"""The API with values of every kind that its description allows, and of kinds that it does not: it always answers."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from probata.review.sight import Sight
from probata.review.work import tokens
from probata.store import models
from review.harness import Site

EXAMPLES = 4  # of each operation
QUIET = list(HealthCheck)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_api_answers_whatever_comes(site: Site, mode: GenerationMode) -> None:
    secret = tokens.make(Sight(site.book, site.person("Amal", "administrator")), "tests", [*tokens.SCOPES])
    headers = {"Authorization": f"Bearer {secret}"}
    claim = models.Claim.objects.using(site.book.alias).select_related("report")[0]
    event = models.Incident.objects.using(site.book.alias).filter(ended=None)[0]
    real = {"reports": claim.report.name, "claims": claim.name, "incidents": event.name}
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", WSGIHandler())
    statuses: list[tuple[str, int]] = []

    for one in schema.get_all_operations():
        assert isinstance(one, Ok)
        operation = one.ok()
        made = operation.as_strategy(mode)
        name = real.get(operation.path.split("/")[3])
        if name and "{name}" in operation.path:  # what is there is reached, not only what is not
            known = {"name": name, **({"number": 1} if "{number}" in operation.path else {})}
            made = st.one_of(operation.as_strategy(mode, path_parameters=known), made)

        @seed(2031)
        @settings(
            max_examples=EXAMPLES, database=None, deadline=None, suppress_health_check=QUIET, phases=[Phase.generate]
        )
        @given(case=made)
        def each(case: Any) -> None:
            answer = case.call(headers=headers)
            statuses.append((case.operation.label, answer.status_code))
            if 400 <= answer.status_code < 500 and answer.status_code != 405:
                assert {"error", "item", "problem", "advice"} <= answer.json().keys()

        each()
    assert [told for told in statuses if told[1] >= 500] == []
    assert len({label for label, _ in statuses}) > 35
