"""However reports, people's decisions and readings come in, the casebook ends where grouping from nothing does."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest

from link import dossier
from probata.link import rows
from probata.link.copies import families_of_claims
from probata.link.incidents import link
from probata.model.claim import Claim
from probata.model.incident import Decision
from probata.model.report import Report
from probata.store import families, grouping, models, readings, shown, stored
from probata.store.adding import Adding
from probata.store.opening import Casebook
from probata.store.verifying import verify
from store.dump import groups
from store.handmade import BRENTA, killing, report, unread

Versions = dict[tuple[str, int], dict[str, Any]]
EVENTS = 6
REPORTS = 24
SPEAKERS = ("a doctor", "the Relief Office", "Karim Odal", "a baker", "the mayor of Tarqa")
WIRE = "shells hit the bread queue beside the old mill before dawn and the clinic has no blood left, said a nurse"


@pytest.mark.parametrize("seed", range(4))
def test_any_order_with_decisions_and_readings_ends_where_grouping_from_nothing_does(book: Casebook, seed: int) -> None:
    _fill(book, seed)
    before = _state(book)
    assert verify(book).wrong is None
    assert groups(book) - {frozenset()} == _from_nothing(book)
    done = grouping.anew(book)
    assert (done.new, done.changed, done.ended) == (0, 0, 0)  # nothing that is told of any incident was out of date
    assert _state(book) == before
    assert verify(book).wrong is None


@pytest.mark.parametrize("seed", range(4))
def test_where_only_what_is_touched_is_grouped_little_differs_and_nothing_told_is_out_of_date(
    book: Casebook, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr(rows, "SMALL", 0)
    _fill(book, seed)
    before, people = _versions(book), _people(book)
    assert len(groups(book) & _from_nothing(book)) >= 0.8 * len(_from_nothing(book))
    same = groups(book)
    grouping.anew(book)
    same &= groups(book)
    assert _people(book) == people
    after = _versions(book)
    assert {v: after[v] for v in before} == before
    last = {name: record for (name, _), record in sorted(before.items())}
    again = {name for name, _ in after.keys() - before.keys()}
    held = {name for name in again & last.keys() if frozenset(last[name]["claims"]) in same}
    assert all(_beside(book, name) for name in held)  # what it stands beside is another incident now
    assert verify(book).wrong is None


def test_reports_that_a_rejected_claim_made_copies_are_copies_no_more(book: Casebook) -> None:
    own = killing("daily", 12, "a baker", evidence="the mayor of the town told a radio that twelve had died at dawn")
    copied = killing("daily", 12, "a nurse", evidence=WIRE)
    report(book, "post", killing("post", 12, "a nurse", evidence=WIRE))
    report(book, "daily", copied, own)
    assert families.of(book, ["daily", "post"]) == [("daily", "post")]
    readings.reject(book, copied.id, "omar", "of another war", 0)
    grouping.update(book)
    assert families.of(book, ["daily", "post"]) == [("daily",), ("post",)]
    assert verify(book).wrong is None
    readings.undo(book, copied.id, "omar", "it is this war", 1)
    grouping.update(book)
    assert families.of(book, ["daily", "post"]) == [("daily", "post")]
    assert verify(book).wrong is None


@pytest.mark.parametrize("small", [rows.SMALL, 0])
def test_a_decision_on_a_claim_that_is_rejected_and_comes_back_holds(
    book: Casebook, monkeypatch: pytest.MonkeyPatch, small: int
) -> None:
    monkeypatch.setattr(rows, "SMALL", small)
    one, two = (
        killing("post", 190, "a doctor"),
        killing("radio", 4, "a baker", evidence="gunmen came by night", **BRENTA),
    )
    report(book, "post", one)
    report(book, "radio", two)
    grouping.decide(book, Decision(one.id, two.id, True, "aliyah", "the mayor corrected the day"))
    readings.reject(book, two.id, "omar", "of another war", 0)
    grouping.update(book)
    readings.undo(book, two.id, "omar", "it is this war", 1)
    grouping.update(book)
    assert shown.named(book, one.id) == shown.named(book, two.id)


def _fill(book: Casebook, seed: int) -> None:
    """Reports in any order, some at a time, with people's decisions and readings between them."""
    chance = random.Random(seed)
    told = list(_reports(chance))
    chance.shuffle(told)
    while told:
        number = chance.randint(1, 5)
        some, told = told[:number], told[number:]
        _add(book, some)
        if chance.random() < 0.6:
            _decide(book, chance)
        if chance.random() < 0.6:
            _read(book, chance)


def _from_nothing(book: Casebook) -> set[frozenset[str]]:
    """The incidents of all claims as they stand now; the copies kept are those that they show."""
    names = set(models.Report.objects.using(book.alias).values_list("name", flat=True))
    claims = stored.claims_of_named(book, names)
    copies = families_of_claims(claims)
    assert {f for f in families.of(book, names) if len(f) > 1} == {f for f in copies if len(f) > 1} != set()
    made = link(claims, stored.about(book, names), stored.decisions(book), copies)
    return {frozenset(i.claims) for i in made}


def _reports(chance: random.Random) -> Iterator[tuple[str, list[Claim]]]:
    """Reports of one or two of some events in places and days far apart: dead, hurt, bodies, verification, copies."""
    for n in range(REPORTS):
        name = f"r{n:02}"
        claims = []
        for event in chance.sample(range(EVENTS), chance.choice((1, 1, 2))):
            place = {"text": f"Place{event}", "lat": 12.0 + event, "lon": 44.0 + event, "precision": "city"}
            at = {"place": place, "date": f"2031-{1 + event:02}-{5 + event:02}"}
            dead, who = 10 + 20 * event + chance.choice((0, 0, 0, 1, 3)), chance.choice(SPEAKERS)
            said = f"place{event}word market{event} mill{event} road{event}, said {who} of {name}"
            agents = {"agents": ["the army"]} if chance.random() < 0.5 else {}
            claims.append(killing(name, dead, who, evidence=WIRE if event == 0 else said, **at, **agents))
            if chance.random() < 0.3:
                claims.append(dossier.claim(name, "bodies_found", count=dead + 5, speaker=who, evidence=said, **at))
            if chance.random() < 0.3:
                claims.append(dossier.claim(name, "verification", stance="unverified", evidence="not verified"))
            if chance.random() < 0.3:
                claims.append(dossier.claim(name, "injury", count=dead * 2, speaker=who, evidence=said, **at))
        yield name, claims


def _add(book: Casebook, some: list[tuple[str, list[Claim]]]) -> None:
    adding = Adding(book)
    claims = dict(some)
    for new in adding.new(_received(adding, name) for name in claims):
        adding.keep(new, claims[new.id])
    adding.finish()
    grouping.update(book)


def _received(adding: Adding, name: str) -> Report:
    made = unread(name)
    adding.received(made.origin.sha256 if made.origin else "", made.text.encode())
    return made


def _decide(book: Casebook, chance: random.Random) -> None:
    known = sorted(models.Member.objects.using(book.alias).values_list("claim__name", flat=True))
    a, b = chance.sample(known, 2)
    grouping.decide(book, Decision(a, b, chance.random() < 0.5, "aliyah", "looked at both"))


def _read(book: Casebook, chance: random.Random) -> None:
    claim = chance.choice(sorted(models.Claim.objects.using(book.alias).values_list("name", flat=True)))
    last = readings.history(book, claim)[-1].number
    if chance.random() < 0.4:
        readings.reject(book, claim, "omar", "of another war", last)
    else:
        readings.correct(book, claim, {"stance": chance.choice(("affirmed", "denied"))}, "omar", "read again", last)
    grouping.update(book)


def _state(book: Casebook) -> tuple[dict[str, str | None], Versions, list[object]]:
    """The incident of each claim, all versions, and the rows of people."""
    members = models.Member.objects.using(book.alias).values_list("claim__name", "scene__incident__name")
    return dict(members), _versions(book), _people(book)


def _versions(book: Casebook) -> Versions:
    kept = models.Version.objects.using(book.alias).values_list("incident__name", "number", "record")
    return {(name, number): record for name, number, record in kept}


def _people(book: Casebook) -> list[object]:
    read = models.Reading.objects.using(book.alias).values_list("id", "kind")
    return [*stored.decisions(book), *read]


def _beside(book: Casebook, name: str) -> bool:
    last = shown.edition(book, name)
    return [c["kind"] for c in last.changes] == ["beside"]
