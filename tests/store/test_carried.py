"""Findings on incidents that grouping ended or took apart: readable where they were made, standing nowhere else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from probata.cli.main import main
from probata.model.errors import InputError
from probata.model.incident import Decision
from probata.store import carried, findings, grouping, judged, models, readings, shown, signing
from probata.store.opening import Casebook
from probata.store.verifying import verify
from store.handmade import BRENTA, killing, report

GROUNDS, SUSPICION = "reasonable grounds to believe", "reasonable suspicion"
HERE = killing("post", 12, "a doctor")
THERE = killing("radio", 30, "the mayor", **BRENTA)


def named(book: Casebook, claim: str) -> str:
    return shown.named(book, claim)


def found(book: Casebook, incident: str, who: str = "omar", agreed: bool = True) -> int:
    row = models.Incident.objects.using(book.alias).get(name=incident)
    sign = lambda _: signing.Signature(signing.WRITTEN, "", signing.confirmation(who))  # noqa: E731
    made = findings.propose(book, incident, "occurred", GROUNDS, None, who, f"as {who} saw", row.number, sign)
    if agreed:
        findings.agree(book, made.number, "aliyah")
    return made.number


@pytest.fixture
def two(book: Casebook) -> tuple[str, str]:
    """Two incidents, the older first."""
    report(book, "post", HERE)
    report(book, "radio", THERE)
    return named(book, HERE.id), named(book, THERE.id)


def join(book: Casebook, same: bool = True) -> None:
    grouping.decide(book, Decision(HERE.id, THERE.id, same, "noor", "one market"))


def test_a_finding_on_an_incident_that_ended_stands_on_no_other(book: Casebook, two: tuple[str, str]) -> None:
    older, younger = two
    held, waits = found(book, younger), found(book, younger, "karim", agreed=False)
    join(book)
    assert named(book, THERE.id) == older
    told = carried.earlier(book, older)
    assert [(e.proposal.number, e.proposal.state, e.claims, e.of, e.ended, e.again) for e in told] == [
        (held, "agreed", 1, 1, True, None),
        (waits, "open", 1, 1, True, None),
    ]
    assert carried.gone(book) == told
    stands = findings.of(book, older)
    assert (stands.stands.occurred, stands.held, stands.open) == (None, (), ())
    assert [p.number for p in findings.of(book, younger).held] == [held]  # readable where it was made
    assert findings.waiting(book) == []  # nobody can agree to what is of an incident that ended
    assert carried.earlier(book, younger) == []
    assert verify(book).wrong is None


def test_what_people_looked_at_again_says_so(book: Casebook, two: tuple[str, str]) -> None:
    older, younger = two
    found(book, younger)
    join(book)
    again = found(book, older, "karim")
    assert [e.again for e in carried.earlier(book, older)] == [again]
    assert carried.gone(book) == []
    findings.withdraw(book, again, "karim", "the count was of another day")
    assert [e.again for e in carried.earlier(book, older)] == [again]  # it was looked at, and found not to stand
    findings.withdraw(book, carried.earlier(book, older)[0].proposal.number, "omar", "the same")
    assert carried.earlier(book, older) == []


def test_findings_follow_claims_back_and_forth(book: Casebook, two: tuple[str, str]) -> None:
    older, younger = two
    numbers = {HERE.id: found(book, older), THERE.id: found(book, younger)}
    join(book)
    join(book, same=False)
    for claim, number in numbers.items():  # an id that ended is used no more, so one of the two is new
        now = named(book, claim)
        here = {p.number for p in findings.of(book, now).held} | {e.proposal.number for e in carried.earlier(book, now)}
        assert here == {number}
    stands = [p.number for now in {named(book, c) for c in numbers} for p in findings.of(book, now).held]
    assert stands == ([numbers[HERE.id]] if named(book, HERE.id) == older else [])
    assert verify(book).wrong is None


def test_a_finding_goes_with_the_part_that_was_split_off(book: Casebook, two: tuple[str, str]) -> None:
    older, _ = two
    join(book)
    number = found(book, older)
    join(book, same=False)
    (part,) = {named(book, HERE.id), named(book, THERE.id)} - {older}
    told = carried.earlier(book, part)
    assert [(e.proposal.number, e.claims, e.of, e.ended, e.moved) for e in told] == [(number, 1, 2, False, False)]
    assert [p.number for p in findings.of(book, older).held] == [number]  # on an older version, which it says
    assert "looked at no more since" in findings.of(book, older).sentences(shown.edition(book, older).number)[0]
    assert carried.gone(book) == []


def test_an_id_that_goes_on_without_its_claims_keeps_no_finding(book: Casebook, two: tuple[str, str]) -> None:
    older, _ = two
    number, waits = found(book, older), found(book, older, "karim", agreed=False)
    join(book)
    join(book, same=False)
    if named(book, HERE.id) == older:  # which of the two goes on hangs on the ids of the claims
        pytest.fail("the claims of this test have to be such that the other one goes on")
    judgement = findings.of(book, older)
    assert (judgement.held, judgement.stands.occurred) == ((), None)
    assert [p.number for p in judgement.moved] == [number]
    assert findings.public(book, older) == []
    assert [(e.now, e.moved) for e in carried.gone(book)] == [(named(book, HERE.id), True)] * 2
    with pytest.raises(InputError) as error:
        findings.agree(book, waits, "aliyah")
    assert error.value.code == "moved"
    findings.withdraw(book, number, "omar", "it is of another one")


def test_a_finding_whose_claims_count_nowhere_is_still_told(book: Casebook, two: tuple[str, str]) -> None:
    _, younger = two
    number = found(book, younger)
    readings.reject(book, THERE.id, "noor", "it is of a film", 0)
    grouping.update(book)
    assert [(e.proposal.number, e.now, e.claims) for e in carried.gone(book)] == [(number, "", 0)]


def test_a_release_publishes_no_finding_of_an_incident_that_ended(book: Casebook, two: tuple[str, str]) -> None:
    older, younger = two
    found(book, younger)
    join(book)
    assert findings.public(book, older) == []


def test_programs_and_people_are_told_of_findings_and_readings(
    book: Casebook, two: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    older, younger = two
    number = found(book, younger)
    record = json.loads(json.dumps(models.Claim.objects.using(book.alias).get(name=HERE.id).record))
    readings.reject(book, HERE.id, "noor", "a slip of the reader", 0)
    readings.undo(book, HERE.id, "noor", "no slip", 1)
    join(book)
    told = judged.of(book, shown.edition(book, older))
    assert [r["kind"] for r in told["readings"]] == ["rejected", "undone"]
    assert record == models.Claim.objects.using(book.alias).get(name=HERE.id).record
    data = shows(book, capsys, older)
    assert [(e["number"], e["now"], e["again"]) for e in data["findings"]["earlier"]] == [(number, older, None)]
    assert data["findings"]["stand"] == []
    assert [p["number"] for p in shows(book, capsys, younger)["findings"]["stand"]] == [number]
    assert main(["incident", older, "--casebook", str(book.folder)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert f"{number} was made of an incident that is now part of this one ({younger} version 1)" in said
    assert "to be looked at again: that it happened: reasonable grounds to believe (omar, with aliyah)" in said
    assert f"{HERE.id} rejected by noor: a slip of the reader" in said
    assert main(["incident", younger, "--casebook", str(book.folder)]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert f"it goes on in {older}" in said
    assert f"the incident has ended (now in {older}): to be looked at again there" in said
    assert main(["findings", "--casebook", str(book.folder)]) == 0
    assert f"now part of {older}" in capsys.readouterr().out


def test_a_version_is_shown_with_what_had_been_found_by_then(
    book: Casebook, two: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    older, _ = two
    first = found(book, older)
    report(book, "wire", killing("wire", 40, "the Relief Office"))
    second = found(book, older, "karim")
    findings.withdraw(book, second, "karim", "the lists are one")
    now = shows(book, capsys, older)
    assert now["version"] > 1
    assert now["findings"]["stand"] == []
    then = shows(book, capsys, older, "--version", "1")
    assert [p["number"] for p in then["findings"]["stand"]] == [first]
    assert [p["state"] for p in then["findings"]["history"]] == ["agreed"]


def test_the_page_of_an_incident_shows_what_people_found(
    book: Casebook, two: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    found(book, two[0], "<b>omar</b>")
    assert main(["incident", two[0], "--format", "html", "--casebook", str(book.folder)]) == 0
    page = capsys.readouterr().out
    assert "What people found" in page
    assert "&lt;b&gt;omar&lt;/b&gt;, with aliyah" in page
    assert "<b>omar" not in page


def shows(book: Casebook, capsys: pytest.CaptureFixture[str], incident: str, *more: str) -> dict[str, Any]:
    assert main(["incident", incident, "--format", "json", *more, "--casebook", str(book.folder)]) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told
