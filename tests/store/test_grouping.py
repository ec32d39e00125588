"""A casebook that grows: what is touched is regrouped, ids and versions stay, people's decisions hold."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from link import dossier
from probata.export.incidentlines import incident_of
from probata.link.incidents import link
from probata.model.errors import InputError
from probata.model.incident import Decision
from probata.store import grouping, models, shown, stored
from probata.store.opening import Casebook
from store.conftest import Read, put
from store.dump import dump, groups
from store.handmade import BRENTA, killing, report


def only(book: Casebook, **wanted: Any) -> dict[str, Any]:
    (record,) = shown.incidents(book, shown.Wanted(**wanted))
    return record


@pytest.mark.parametrize("seed", range(3))
def test_reports_that_come_one_by_one_end_where_all_at_once_do(
    book: Casebook, root: Path, read: Read, seed: int
) -> None:
    paths = sorted((root / "demo" / "reports").iterdir())
    random.Random(seed).shuffle(paths)
    while paths:
        some, paths = paths[: seed + 2], paths[seed + 2 :]
        put(book, some, read)
        grouping.update(book)
    claims = [c for of in read.values() for c in of]
    assert groups(book) == {frozenset(i.claims) for i in link(claims)}
    before = {v: e.record for v, e in versions(book)}
    grouping.anew(book)
    assert groups(book) == {frozenset(i.claims) for i in link(claims)}
    after = {v: e.record for v, e in versions(book)}
    assert {v: after[v] for v in before} == before


def versions(book: Casebook) -> Iterable[tuple[tuple[str, int], shown.Edition]]:
    for name in models.Incident.objects.using(book.alias).values_list("name", flat=True):
        for edition in shown.history(book, name):
            yield (name, edition.number), edition


def test_grouping_when_nothing_is_new_changes_nothing(book: Casebook, root: Path, read: Read) -> None:
    put(book, [root / "demo" / "reports"], read)
    grouping.update(book)
    before = dump(book)
    done = grouping.update(book)
    assert (done.new, done.changed, done.ended) == (0, 0, 0)
    assert dump(book) == before


def test_a_new_report_widens_the_range_and_the_first_version_still_opens(book: Casebook) -> None:
    report(book, "post", killing("post", 190, "a doctor"))
    first = only(book)
    report(book, "herald", killing("herald", 82, "the Relief Office"))
    now = only(book)
    assert now["id"] == first["id"]
    assert now["killed"] == {"low": 82, "best": now["killed"]["best"], "high": 190}
    old = shown.edition(book, first["id"], 1)
    assert old.record == first
    assert old.of == 2
    latest = shown.edition(book, first["id"])
    assert latest.because["reports"] == ["herald"]
    assert any(c["sentence"].startswith("killed widened") for c in latest.changes)


def test_what_is_not_touched_gets_no_version(book: Casebook) -> None:
    report(book, "post", killing("post", 190, "a doctor"))
    report(book, "radio", killing("radio", 4, "a baker", **BRENTA))
    report(book, "herald", killing("herald", 82, "the Relief Office"))
    assert sorted(r["id"] for r in shown.incidents(book, shown.Wanted())) == sorted(
        {name for (name, _), _ in versions(book)}
    )
    numbers = sorted(n for (_, n), _ in versions(book))
    assert numbers == [1, 1, 2]


def test_decisions_join_and_part_and_outlive_every_regrouping(book: Casebook) -> None:
    one, two = killing("post", 190, "a doctor"), killing("radio", 4, "a baker", **BRENTA)
    report(book, "post", one)
    report(book, "radio", two)
    oldest = shown.named(book, one.id)
    newer = shown.named(book, two.id)
    done = grouping.decide(book, Decision(one.id, two.id, True, "aliyah", "the mayor corrected the day"))
    assert (done.new, done.changed, done.ended) == (0, 1, 1)
    assert groups(book) == {frozenset({one.id, two.id})}
    assert shown.named(book, two.id) == oldest
    last = shown.edition(book, newer)
    assert last.ended == (oldest,)
    assert shown.edition(book, newer, 1).record["claims"] == [two.id]
    grouping.anew(book)
    report(book, "herald", killing("herald", 82, "the Relief Office"))
    assert frozenset({one.id, two.id}) <= max(groups(book), key=len)
    grouping.decide(book, Decision(one.id, two.id, False, "omar", "two strikes"))
    assert shown.named(book, one.id) != shown.named(book, two.id)
    grouping.anew(book)
    assert shown.named(book, one.id) != shown.named(book, two.id)
    assert [(d.who, d.same) for d in stored.decisions(book)] == [("aliyah", True), ("omar", False)]
    because = shown.edition(book, shown.named(book, two.id)).because
    assert newer != shown.named(book, two.id) or because["decisions"]


def test_an_id_that_ended_is_never_given_again(book: Casebook) -> None:
    one, two = killing("post", 190, "a doctor"), killing("radio", 4, "a baker", **BRENTA)
    report(book, "post", one)
    report(book, "radio", two)
    ended = shown.named(book, two.id)
    grouping.decide(book, Decision(one.id, two.id, True, "aliyah", "one"))
    grouping.decide(book, Decision(one.id, two.id, False, "aliyah", "two after all"))
    assert shown.named(book, two.id) not in (ended, shown.named(book, one.id))
    assert shown.edition(book, ended).ended is not None


def test_a_decision_parts_two_claims_of_one_report(book: Casebook) -> None:
    one, two = killing("post", 190, "a doctor"), killing("post", 12, "a baker")
    report(book, "post", one, two)
    report(book, "herald", killing("herald", 82, "the Relief Office"))
    assert len(groups(book)) == 1
    grouping.decide(book, Decision(one.id, two.id, False, "aliyah", "two shells, an hour apart"))
    assert shown.named(book, one.id) != shown.named(book, two.id)
    before = groups(book)
    grouping.anew(book)
    assert groups(book) == before


@pytest.mark.parametrize("names", [("no-such", "post"), ("post", "post")])
def test_a_decision_needs_two_claims_of_incidents(book: Casebook, names: Sequence[str]) -> None:
    one = killing("post", 190, "a doctor")
    report(book, "post", one)
    a, b = (one.id if n == "post" else n for n in names)
    before = dump(book)
    with pytest.raises(InputError):
        grouping.decide(book, Decision(a, b, True, "aliyah", "no"))
    assert dump(book) == before


def test_what_stands_beside_follows_the_ids(book: Casebook) -> None:
    event = killing("post", 190, "a doctor")
    stock = dossier.claim("post", "bodies_found", count=90, speaker="a doctor", evidence="90 bodies under the rubble")
    report(book, "post", event, stock)
    other = killing("radio", 4, "a baker", **BRENTA)
    report(book, "radio", other)
    beside = {r["id"]: [b["incident"] for b in r["beside"]] for r in shown.incidents(book, shown.Wanted())}
    assert beside[shown.named(book, stock.id)] == [shown.named(book, event.id)]
    grouping.decide(book, Decision(other.id, event.id, True, "aliyah", "one"))
    beside = {r["id"]: [b["incident"] for b in r["beside"]] for r in shown.incidents(book, shown.Wanted())}
    assert beside[shown.named(book, stock.id)] == [shown.named(book, event.id)]


@pytest.mark.parametrize(
    "wanted, number",
    [
        ({}, 2),
        ({"type": "killing"}, 2),
        ({"type": "detention"}, 0),
        ({"place": "brenta"}, 1),
        ({"start": date(2031, 6, 1)}, 1),
        ({"end": date(2031, 6, 1)}, 1),
        ({"start": date(2031, 3, 3), "end": date(2031, 3, 3)}, 1),
        ({"sources": 2}, 1),
        ({"ended": True}, 0),
    ],
)
def test_incidents_are_filtered(book: Casebook, wanted: dict[str, Any], number: int) -> None:
    report(book, "post", killing("post", 190, "a doctor"))
    report(book, "herald", killing("herald", 82, "the Relief Office"))
    report(book, "radio", killing("radio", 4, "a baker", **BRENTA))
    assert len(list(shown.incidents(book, shown.Wanted(**wanted)))) == number


def test_an_incident_is_found_by_its_beginning_and_by_a_claim(book: Casebook) -> None:
    one = killing("post", 190, "a doctor")
    report(book, "post", one)
    name = shown.named(book, one.id)
    assert shown.named(book, name[:10]) == name
    for wrong in ("inc-", "nothing", ""):
        with pytest.raises(InputError):
            shown.named(book, wrong)
    with pytest.raises(InputError, match="versions 1 to 1"):
        shown.edition(book, name, 2)


def test_a_record_gives_the_incident_it_was_made_from(book: Casebook, root: Path, read: Read) -> None:
    put(book, [root / "demo" / "reports"], read)
    grouping.update(book)
    for record in shown.incidents(book, shown.Wanted()):
        again = incident_of(json.loads(json.dumps(record)))
        assert [m.claim for m in again.members] == record["claims"]
        assert {m.claim for m in again.members if m.relation != "event"} == {x["claim"] for x in record["relations"]}
