"""People's readings stand beside the machine's, change what is listed and grouped, and lose nothing of each other."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connections

from probata.cli.main import main
from probata.model.errors import InputError
from probata.model.incident import Decision
from probata.store import erasing, findings, grouping, listing, models, protecting, readings, shown, stored
from probata.store.listing import Sought
from probata.store.opening import Casebook
from probata.store.verifying import verify
from store.handmade import killing, report
from store.hidden import fill, names, seen

TEXT = "The words of post."


@pytest.fixture
def claim(book: Casebook) -> str:
    """A claim of a killing, in an incident."""
    one = killing("post", 12, "a doctor")
    report(book, "post", one, by="aliyah")
    return one.id


def listed(book: Casebook, **sought: Any) -> list[str]:
    return [r["id"] for r in listing.claims(book, Sought(**sought))]


def test_a_correction_stands_beside_what_the_machine_read(book: Casebook, claim: str) -> None:
    before = models.Claim.objects.using(book.alias).get(name=claim).record
    done = readings.correct(book, claim, {"type": "attack", "count": {"start": 4, "end": 9, "low": 3, "high": 3}},
                            "omar", "three, not twelve", 0)  # fmt: skip
    assert (done.number, done.who, done.record["count"]["text"]) == (1, "omar", "words")
    grouping.update(book)
    first, last = readings.history(book, claim)
    assert (first.record, first.kind) == (before, "machine")
    assert {c.slot for c in readings.changes(first.record, last.record)} == {"type", "count"}
    assert models.Claim.objects.using(book.alias).get(name=claim).record == before
    assert listed(book, type="attack") == [claim]
    assert listed(book, type="killing") == []
    assert stored.claims(book, [claim])[0].type.value == "attack"
    assert [r["type"] for r in shown.incidents(book, shown.Wanted())] == ["attack"]
    assert verify(book).wrong is None


def test_a_rejected_claim_counts_nowhere_until_that_is_undone(book: Casebook, claim: str) -> None:
    readings.reject(book, claim, "omar", "of another war", 0)
    assert grouping.update(book).ended == 1
    assert (listed(book), list(shown.incidents(book, shown.Wanted()))) == ([], [])
    assert verify(book).wrong is None
    readings.undo(book, claim, "omar", "it is this war", 1)
    grouping.update(book)
    assert listed(book) == [claim]
    assert len(list(shown.incidents(book, shown.Wanted()))) == 1
    assert verify(book).wrong is None


def test_undo_steps_back_one_by_one(book: Casebook, claim: str) -> None:
    for n, stance in enumerate(("denied", "possible")):
        readings.correct(book, claim, {"stance": stance}, "omar", "read again", n)
    told = [readings.undo(book, claim, "omar", "no", n).record["stance"] for n in (2, 3)]
    assert told == ["denied", "affirmed"]
    with pytest.raises(InputError, match="nothing to undo"):
        readings.undo(book, claim, "omar", "no", 4)


@pytest.mark.parametrize("at", [(4, 9), (5, 9)])
def test_a_claim_is_added_in_arabic_with_offsets_in_code_points(book: Casebook, at: tuple[int, int]) -> None:
    report(book, "صحيفة")
    row = models.Report.objects.using(book.alias).get()
    text = row.text
    start = text.index("صحيفة")
    evidence = {"start": start, "end": start + 5, "text": "صحيفة" if at == (4, 9) else "صحيفه"}
    told = {"evidence": evidence, "type": "killing"}
    if at != (4, 9):
        with pytest.raises(InputError, match="evidence"):
            readings.add(book, row.name, told, "omar", "missed")
        return
    done = readings.add(book, row.name, told, "omar", "the machine reads no Arabic")
    assert (done.number, done.record["evidence"]["text"]) == (0, "صحيفة")
    assert verify(book).wrong is None  # waiting to be taken in
    with pytest.raises(InputError, match="already"):  # as when a command is given again after it was killed
        readings.add(book, row.name, told, "omar", "the machine reads no Arabic")
    grouping.update(book)
    assert listed(book) == [done.claim]
    readings.undo(book, done.claim, "omar", "a mistake", 0)
    grouping.update(book)
    assert listed(book) == []
    assert verify(book).wrong is None


@pytest.mark.parametrize(
    ("slots", "slot"),
    [
        ({"speaker": {"start": 0, "end": 3, "text": "the"}}, "speaker"),
        ({"speaker": {"start": 10, "end": 90}}, "speaker"),
        ({"count": {"start": 0, "end": 3, "low": 5, "high": 2}}, "count"),
        ({"time": {"start": 0, "end": 3, "from": "May"}}, "time"),
        ({"place": {"start": 0, "end": 3, "lat": 91}}, "place"),
        ({"type": "murder"}, "type"),
        ({"agents": "the army"}, "agents"),
        ({"evidence": None}, "evidence"),
    ],
)
def test_what_is_not_in_the_report_is_refused_by_slot(book: Casebook, claim: str, slots: Any, slot: str) -> None:
    with pytest.raises(InputError) as refused:
        readings.correct(book, claim, slots, "omar", "read again", 0)
    assert (refused.value.code, refused.value.report) == ("slot", slot)
    assert len(readings.history(book, claim)) == 1


@pytest.mark.parametrize(
    ("who", "why", "code"), [("", "x", "nobody"), ("Probata", "x", "software"), ("a", " ", "reason")]
)
def test_software_and_nobody_read_nothing(book: Casebook, claim: str, who: str, why: str, code: str) -> None:
    with pytest.raises(InputError) as refused:
        readings.reject(book, claim, who, why, 0)
    assert refused.value.code == code


def test_of_two_at_once_the_second_is_told(book: Casebook, claim: str) -> None:
    """Several threads, each with its own connection: one reading is written, the others learn of it."""
    told: list[str] = []
    start = threading.Barrier(4)

    def read(n: int) -> None:
        try:
            start.wait()
            readings.correct(book, claim, {"stance": "denied"}, f"person-{n}", "read again", 0)
            told.append("written")
        except InputError as error:
            told.append(error.code)
        finally:
            connections[book.alias].close()

    threads = [threading.Thread(target=read, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["changed-meanwhile"] * 3 + ["written"]
    assert len(readings.history(book, claim)) == 2
    assert verify(book).wrong is None


def test_readings_with_protected_words_are_hidden_and_erased(book: Casebook, tmp_path: Any) -> None:
    hidden = names(10)
    claims = fill(book, hidden)
    numbers = [
        protecting.protect(book, n.words, [n.also, *n.written], "person", "omar", "at risk now").number for n in hidden
    ]
    shown_first = readings.history(book, claims[0].id)[0]
    record = {"stance": "denied", "speaker": shown_first.record["speaker"]}  # with the mark, as people see it
    done = readings.correct(book, claims[0].id, record, "omar", f"said {hidden[0].words} later", 0)
    kept = models.Reading.objects.using(book.alias).get().record
    assert kept["speaker"] == jsonl_speaker(claims[0])
    grouping.update(book)
    row = next(iter(shown.incidents(book, shown.Wanted())))
    number = models.Incident.objects.using(book.alias).get(name=row["id"]).number
    found = findings.propose(book, row["id"], "occurred", "reasonable suspicion", None, "omar",
                             f"as {hidden[0].words} said", number)  # fmt: skip
    findings.agree(book, found.number, "aliyah")
    told = repr((done, readings.history(book, claims[0].id), findings.of(book, row["id"]), findings.waiting(book)))
    assert list(seen(told.encode(), hidden)) == []
    assert verify(book).wrong is None
    for n in numbers:
        erasing.erase(book, n, "omar", "asked for it")
        assert verify(book).wrong is None
    rows = [list(m.objects.using(book.alias).values()) for m in (models.Reading, models.Standing, models.Proposal)]
    assert list(seen(repr(rows).encode(), hidden)) == []


def jsonl_speaker(claim: Any) -> Any:
    from probata.export import jsonl

    return jsonl.record(claim)["speaker"]


def test_a_decision_after_a_reading_is_grouped_with_it(book: Casebook, claim: str) -> None:
    two = killing("radio", 12, "a nurse")
    report(book, "radio", two)
    readings.correct(book, two.id, {"stance": "denied"}, "omar", "read again", 0)
    grouping.decide(book, Decision(claim, two.id, True, "omar", "one shelling"))
    assert verify(book).wrong is None
    grouping.update(book)
    assert verify(book).wrong is None


def test_commands_read_a_claim(book: Casebook, claim: str, capsys: pytest.CaptureFixture[str]) -> None:
    by = ["--by", "omar", "--why", "read again", "--casebook", str(book.folder)]
    assert main(["correct", claim, "--slot", "place=post", *by]) == 0
    assert main(["correct", claim, "--slot", "place=o", *by]) == 2
    assert "stands 3 times" in capsys.readouterr().err
    assert main(["reject", claim, *by, "--seen", "0"]) == 2
    assert main(["reject", claim, *by]) == 0
    assert main(["undo", claim, *by]) == 0
    capsys.readouterr()
    assert main(["reading", claim, "--casebook", str(book.folder)]) == 0
    out = capsys.readouterr().out
    assert "counts nowhere" in out
    assert "post at 13" in out
