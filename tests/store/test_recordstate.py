"""What the log holds of a record is told at once, and what is altered of it is seen, with its log or without."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connections
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from probata.audit.merkle import leaf
from probata.model.incident import Decision
from probata.store import (
    digests,
    erasing,
    findings,
    grouping,
    log,
    logkeys,
    models,
    originals,
    protecting,
    readings,
    triggers,
)
from probata.store.logkeys import Key
from probata.store.opening import Casebook
from probata.store.recordstate import State, key_of, of_claims, of_original, of_rows
from store.handmade import BRENTA, killing, report

MODELS: tuple[type[Model], ...] = (
    models.Report, models.Claim, models.Reading, models.Version, models.Decision, models.Proposal, models.Answer,
)  # fmt: skip
BELONG = {models.Claim: "report", models.Reading: "claim", models.Version: "incident", models.Proposal: "incident",
          models.Answer: "proposal"}  # fmt: skip


@pytest.fixture
def kept(book: Casebook) -> Casebook:
    """A small casebook with a row of every kind."""
    one, two = killing("post", 190, "a doctor"), killing("radio", 4, "a baker", **BRENTA)
    report(book, "post", one, by="aliyah")
    report(book, "radio", two, by="omar")
    readings.reject(book, two.id, "omar", "of another war", 0)
    readings.undo(book, two.id, "omar", "it is this war", 1)
    added = readings.add(book, "post", {"type": "appeal", "evidence": {"start": 0, "end": 9}},
                         "omar", "the software missed it")  # fmt: skip
    assert added.claim
    grouping.update(book)
    grouping.decide(book, Decision(one.id, two.id, False, "omar", "two towns"))
    incident = models.Incident.objects.using(book.alias).filter(ended=None)[0]
    suspected = findings.propose(book, incident.name, "occurred", "reasonable suspicion", None, "omar", "two counts",
                                 incident.number)  # fmt: skip
    findings.agree(book, suspected.number, "aliyah", why="I counted too")
    return book


def rows(book: Casebook) -> list[Any]:
    found: list[Any] = []
    for model in MODELS:
        some = model._default_manager.using(book.alias).order_by("pk")
        found += some.select_related(BELONG[model]) if model in BELONG else some
    return found


def changed(book: Casebook, statement: str) -> None:
    with connections[book.alias].cursor() as cursor, triggers.lifted(book.alias):
        cursor.execute(statement)


def test_a_sound_casebook_is_sound_in_every_record(kept: Casebook) -> None:
    found = of_rows(kept, rows(kept))
    assert {type(row) for row in rows(kept)} == set(MODELS)
    assert {one.state for one in found} == {State.KEPT}
    told = {e.number: e for e in log.entries(kept)}
    assert all(one.entry in told and one.at.encode() in told[one.entry].line for one in found if one.entry)
    for row in models.Report.objects.using(kept.alias):
        claims = models.Claim.objects.using(kept.alias).filter(report=row).select_related("report")
        assert {one.state for one in of_claims(kept, row, list(claims))} == {State.KEPT}


def test_the_number_of_queries_does_not_grow_with_the_rows(kept: Casebook) -> None:
    some = rows(kept)
    with CaptureQueriesContext(connections[kept.alias]) as few:
        of_rows(kept, some[:1])
    with CaptureQueriesContext(connections[kept.alias]) as many:
        of_rows(kept, some)
    assert len(many) == len(few) <= 4


def test_the_entries_of_an_item_are_found_by_an_index(kept: Casebook) -> None:
    statement = f"SELECT number FROM store_entry WHERE {logkeys._key(connections[kept.alias].vendor)} IN (%s)"
    with connections[kept.alias].cursor() as cursor:
        if kept.is_sqlite:
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", ["x"])
        else:
            cursor.execute("SET enable_seqscan = off")  # a small table is read whole
            cursor.execute(f"EXPLAIN {statement}", ["x"])
        assert logkeys.INDEX in str(cursor.fetchall())


@pytest.mark.parametrize(
    ("model", "column"),
    [
        (models.Report, "title = 'another'"),
        (models.Claim, "type = 'damage'"),
        (models.Claim, "record = replace(record, 'killing', 'torture')"),
        (models.Reading, "who = 'nobody'"),
        (models.Version, "number = number + 100"),
        (models.Version, "record = replace(record, 'killing', 'torture')"),
        (models.Decision, "why = 'no reason'"),
        (models.Proposal, "standard = 'clear and convincing evidence'"),
        (models.Answer, "agreed = NOT agreed"),
    ],
)
def test_a_row_that_was_altered_is_seen(kept: Casebook, model: type[Model], column: str) -> None:
    row = model._default_manager.using(kept.alias).order_by("pk")[0]
    changed(kept, f"UPDATE {model._meta.db_table} SET {column} WHERE id = {row.pk}")
    states = {(type(r), r.pk): s.state for r, s in zip(rows(kept), of_rows(kept, rows(kept)), strict=True)}
    assert states.pop((model, row.pk)) in (State.CHANGED, State.UNLOGGED)
    owns = {models.Report: models.Claim, models.Proposal: models.Answer}.get(model)
    assert {s for (kind, _), s in states.items() if kind is not owns} == {State.KEPT}


def test_a_row_that_was_put_in_is_seen(kept: Casebook) -> None:
    changed(kept, "INSERT INTO store_decision (a, b, same, who, why, at, salt) "
                  "SELECT b, a, NOT same, who, why, at, salt FROM store_decision")  # fmt: skip
    assert [s.state for s in of_rows(kept, rows(kept)) if s.kind == "decision"] == [State.KEPT, State.UNLOGGED]


def test_a_row_that_was_removed_is_missed(kept: Casebook) -> None:
    reading = models.Reading.objects.using(kept.alias).select_related("claim").latest("id")
    wanted = Key("reading", f"{reading.claim.name}/{reading.number}")
    assert of_rows(kept, [], [wanted, Key("reading", f"{reading.claim.name}/{reading.number + 1}")]) == []
    changed(kept, f"DELETE FROM store_reading WHERE id = {reading.pk}")
    assert [(s.item, s.state) for s in of_rows(kept, [], [wanted])] == [(wanted.item, State.MISSING)]
    row = models.Report.objects.using(kept.alias).get(name="post")
    assert [s.state for s in of_claims(kept, row, []) if s.kind == "claim"] == []  # they are there, though not given
    for table in ("standing", "reading", "member", "claim"):
        changed(kept, f"DELETE FROM store_{table}")
    assert [s.state for s in of_claims(kept, row, []) if s.kind == "claim"] == [State.MISSING]


def _forged(book: Casebook) -> None:
    """A row altered, and its entry with it, hash and all."""
    row = models.Decision.objects.using(book.alias).get()
    said = logkeys.said(book, [key_of(row)])[key_of(row)][-1]
    old = models.Entry.objects.using(book.alias).get(number=said.number)
    row.same = not row.same
    line = old.line.replace(said.after or "", digests.of_row(row))
    new = leaf(line.encode()).hex()
    with triggers.lifted(book.alias), connections[book.alias].cursor() as cursor:
        cursor.execute("UPDATE store_decision SET same = NOT same")
        cursor.execute("UPDATE store_entry SET line = %s, hash = %s WHERE number = %s", [line, new, said.number])


def _spelt(book: Casebook) -> None:
    """The line of an entry altered, not its hash."""
    row = models.Decision.objects.using(book.alias).get()
    number = logkeys.said(book, [key_of(row)])[key_of(row)][-1].number
    changed(book, f"UPDATE store_entry SET line = replace(line, 'omar', 'osam') WHERE number = {number}")


def _taken(book: Casebook) -> None:
    """The entry behind one taken out."""
    row = models.Decision.objects.using(book.alias).get()
    number = logkeys.said(book, [key_of(row)])[key_of(row)][-1].number
    changed(book, f"DELETE FROM store_entry WHERE number = {number + 1}")


@pytest.mark.parametrize("alter", [_forged, _spelt, _taken])
def test_an_entry_that_was_altered_is_seen(kept: Casebook, alter: Callable[[Casebook], None]) -> None:
    alter(kept)
    assert [s.state for s in of_rows(kept, list(models.Decision.objects.using(kept.alias)))] == [State.BROKEN]


@pytest.mark.parametrize("line", ["", "{", "nothing", '{"item":1}', ',"item":"x'])
def test_a_log_that_was_cut_or_spoilt_holds_nothing(kept: Casebook, line: str) -> None:
    last = models.Decision.objects.using(kept.alias).latest("id")
    number = logkeys.said(kept, [key_of(last)])[key_of(last)][-1].number
    if line:
        changed(kept, f"UPDATE store_entry SET line = '{line}' WHERE number >= {number}")
    else:
        changed(kept, f"DELETE FROM store_entry WHERE number >= {number}")
    assert [s.state for s in of_rows(kept, [last])] == [State.UNLOGGED]


def test_an_original_is_told_by_its_bytes(kept: Casebook) -> None:
    digest = models.Report.objects.using(kept.alias).order_by("id")[0].original
    path = originals.path_of(kept.originals, digest)
    assert of_original(kept, digest).state is State.KEPT
    assert of_original(kept, digest).size == path.stat().st_size
    assert of_original(kept, digest, most=1).size is None  # too large to be read now
    raw = bytearray(path.read_bytes())
    raw[0] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(raw))
    assert of_original(kept, digest).state is State.CHANGED
    path.write_bytes(b"cut")
    assert of_original(kept, digest, most=1).state is State.CHANGED  # told by its size
    path.unlink()
    assert of_original(kept, digest).state is State.MISSING
    assert of_original(kept, "0" * 64).state is State.UNLOGGED


def test_what_was_erased_says_so_and_is_no_alarm(kept: Casebook) -> None:
    protecting.protect(kept, "two counts", ("of another war",), "person", "noor", "asked not to be named")
    before = {(type(r), r.pk): s for r, s in zip(rows(kept), of_rows(kept, rows(kept)), strict=True)}
    assert {s.state for s in before.values()} == {State.KEPT}
    number = models.Protected.objects.using(kept.alias).get().pk
    erasing.erase(kept, number, "noor", "she withdrew her consent")
    after = {(type(r), r.pk): s for r, s in zip(rows(kept), of_rows(kept, rows(kept)), strict=True)}
    assert {s.state for s in after.values()} == {State.KEPT, State.ERASED}
    erased = {kind for (kind, _), s in after.items() if s.state is State.ERASED}
    assert erased == {models.Reading, models.Proposal}
    reading = next(r for r in rows(kept) if isinstance(r, models.Reading))
    changed(kept, f"UPDATE store_reading SET why = 'nothing' WHERE id = {reading.pk}")
    again = models.Reading.objects.using(kept.alias).select_related("claim").get(pk=reading.pk)
    assert [s.state for s in of_rows(kept, [again])] == [State.CHANGED]


def test_an_original_that_was_erased_is_gone_by_right(kept: Casebook) -> None:
    row = models.Report.objects.using(kept.alias).get(name="post")
    protecting.protect(kept, "words of post", (), "person", "noor", "asked not to be named")
    erasing.erase(
        kept, models.Protected.objects.using(kept.alias).get().pk, "noor", "she withdrew her consent", [row.original]
    )
    assert of_original(kept, row.original).state is State.ERASED
