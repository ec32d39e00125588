"""Requirement 19: a ladder of proof with two findings, set only by people."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from probata.assess import assess
from probata.assess.findings import accept, refusals, standing, statement
from probata.model.errors import InputError
from probata.model.finding import Account, Finding, FindingKind, Standard
from requirements.coded_seed import about, incident, x2


@pytest.fixture
def alone(shared: Path) -> int:
    """The independent count of I1 by the seed alone."""
    return assess(incident(shared, "I1"), about=about()).independent_sources


def finding(sources: int) -> Finding:
    return Finding(
        incident="I1",
        kind=FindingKind.OCCURRED,
        standard=Standard.REASONABLE_GROUNDS,
        who="Anna Weil",
        account=Account.PERSON,
        reason="the accounts agree in place, day and manner",
        second="Yusuf Karim",
        sources=sources,
    )


def test_19_software_is_refused(alone: int) -> None:
    for standard in Standard:
        made = replace(finding(alone), standard=standard, account=Account.SOFTWARE, who="probata")
        with pytest.raises(InputError, match="software account"):
            accept(made, [], alone)


def test_19_one_source_cannot_reach_reasonable_grounds_without_a_signed_reason(alone: int) -> None:
    assert alone == 1
    made = finding(alone)
    assert [r.code for r in refusals(made, [], alone)] == ["one-source"]
    signed = replace(made, signature="signed by Anna Weil")

    def verify(said: bytes, signature: str) -> bool:
        return said == statement(made) and signature == "signed by Anna Weil"

    assert accept(signed, [], alone, verify) == signed
    with pytest.raises(InputError):
        accept(replace(signed, reason=""), [], alone, verify)


def test_19_two_sources_need_none(shared: Path) -> None:
    sources = assess([*incident(shared, "I1"), x2()], about=about()).independent_sources
    assert sources == 2
    assert accept(finding(sources), [], sources)


def test_19_perpetrator_stays_open_when_occurrence_is_met() -> None:
    found = standing([finding(2)], "I1")
    assert found.occurred is not None
    assert found.perpetrators == ()


def test_19_second_person_is_not_the_first() -> None:
    assert [r.code for r in refusals(replace(finding(2), second="anna weil"), [], 2)] == ["second"]
