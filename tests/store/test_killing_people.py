"""Killed at any point while people read claims and find things: what was accepted is there, and once."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from probata.cli.main import main
from probata.store import findings, grouping, models, readings, shown, standing
from probata.store.opening import Casebook, casebook
from probata.store.standing import held
from probata.store.verifying import verify
from store.conftest import Homes
from store.dump import groups
from store.killed import SAID, forked

KILLS = 20  # on each database
KNOWN = 2  # the status of a command that was given again though it had been accepted
pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system: nothing to kill")


class People:
    """What people may do next with the casebook, by a command each; the reason of each tells it from all others."""

    def __init__(self, home: Path, chance: random.Random) -> None:
        self.home, self.chance, self.number = home, chance, 0

    def next(self) -> tuple[str, list[str]]:
        """The reason, and the command."""
        self.number += 1
        why = f"reason {self.number}"
        with casebook(self.home) as book:
            verb = self.chance.choice(("correct", "correct", "reject", "undo", "code", "propose", "answer", "withdraw"))
            said = getattr(self, f"_{verb}")(book)
        return why, [*said, "--why", why, "--casebook", str(self.home)]

    def _claim(self, book: Casebook) -> tuple[str, readings.Reading]:
        name = self.chance.choice(sorted(models.Claim.objects.using(book.alias).values_list("name", flat=True)))
        return name, readings.history(book, name)[-1]

    def _correct(self, book: Casebook) -> list[str]:
        name, last = self._claim(book)
        stance = self.chance.choice([s for s in ("affirmed", "denied", "unverified") if s != last.record["stance"]])
        return ["correct", name, "--slot", f"stance={stance}", "--by", "omar", "--seen", str(last.number)]

    def _reject(self, book: Casebook) -> list[str]:
        name, last = self._claim(book)
        return ["reject", name, "--by", "omar", "--seen", str(last.number)]

    def _undo(self, book: Casebook) -> list[str]:
        read = sorted(models.Reading.objects.using(book.alias).values_list("claim__name", flat=True).distinct())
        if not read:
            return self._correct(book)
        name = self.chance.choice(read)
        last = readings.history(book, name)[-1]
        return self._correct(book) if last.number == 0 else ["undo", name, "--by", "omar", "--seen", str(last.number)]

    def _code(self, book: Casebook) -> list[str]:
        report = self.chance.choice(list(models.Report.objects.using(book.alias).filter(language="en").order_by("id")))
        words = " ".join(report.text.split("\n")[0].split()[:4])
        start = self.chance.randrange(len(words) - 3)
        evidence = f"evidence@{start}={report.text[start : start + 3]}"
        return ["code", report.name, "--slot", evidence, "--slot", "type=killing", "--by", "omar"]

    def _propose(self, book: Casebook) -> list[str]:
        incident = self.chance.choice([r["id"] for r in shown.incidents(book, shown.Wanted())])
        seen = str(shown.edition(book, incident).number)
        told = ["--standard", "reasonable suspicion", "--by", "omar", "--seen", seen]
        return ["finding", "propose", incident, *told]

    def _answer(self, book: Casebook) -> list[str]:
        waiting = findings.waiting(book)
        step = self.chance.choice(("agree", "decline"))
        return (
            ["finding", step, str(self.chance.choice(waiting).number), "--by", "noor"]
            if waiting
            else self._propose(book)
        )

    def _withdraw(self, book: Casebook) -> list[str]:
        rows = models.Answer.objects.using(book.alias).filter(agreed=True).select_related("proposal__incident")
        held_now = {p.number for a in rows for p in findings.standing(book, a.proposal.incident.name).held}
        if not held_now:
            return self._propose(book)
        return ["finding", "withdraw", str(self.chance.choice(sorted(held_now))), "--by", "noor"]


def test_people_killed_at_random_points_lose_and_double_nothing(homes: Homes, root: Path) -> None:
    home = homes()
    reports = [str(p) for p in sorted((root / "demo" / "reports").iterdir())][:8]
    at = ["--casebook", str(home), "--gazetteer", str(root / "demo/gazetteer.yml"), "--jobs", "1"]
    assert main(["add", *reports, *at]) == 0
    chance = random.Random(20313)
    people = People(home, chance)
    accepted: set[str] = set()
    killed = again = 0
    while killed < KILLS:
        why, command = people.next()
        status = forked(command, chance.uniform(0.02, 0.35))
        if status is None:
            killed += 1
            sound(home, why, accepted, (0, 1))
            if chance.random() < 0.7:  # whoever saw nothing come of it gives the command again
                status = forked(command, 300)
                assert status in (0, KNOWN), SAID.read_text()
                again += status == KNOWN
        if status is not None and (status == 0 or number_of(home, why)):
            accepted.add(why)
            sound(home, why, accepted, (1, 1))
    assert accepted
    with casebook(home) as book:
        grouping.update(book)
        assert not standing.waiting(book).exists()
        stands_as_read(book)
        found = groups(book)
        grouping.anew(book)
        assert groups(book) == found
        assert verify(book).wrong is None


def sound(home: Path, why: str, accepted: set[str], times: Sequence[int]) -> None:
    """The casebook is whole, this reason is in it so many times, and all that was accepted once."""
    with casebook(home) as book:
        assert verify(book).wrong is None
        told = reasons(book)
        assert times[0] <= told.count(why) <= times[1], (why, told)
        assert sorted(accepted & set(told)) == sorted(accepted)
        assert len(told) == len(set(told))


def reasons(book: Casebook) -> list[str]:
    """The reasons of all that people did."""
    rows = [
        models.Reading.objects.using(book.alias).values_list("why", flat=True),
        models.Proposal.objects.using(book.alias).values_list("reason", flat=True),
        models.Answer.objects.using(book.alias).values_list("why", flat=True),
    ]
    return [why for some in rows for why in some]


def number_of(home: Path, why: str) -> int:
    with casebook(home) as book:
        return reasons(book).count(why)


def stands_as_read(book: Casebook) -> None:
    """Each claim that people read stands as its last reading says, and those rejected are in no incident."""
    names = models.Reading.objects.using(book.alias).values_list("claim__name", flat=True).distinct()
    rows = {row.name: row for row in held(models.Claim.objects.using(book.alias).filter(name__in=list(names)))}
    for name, last in readings.current(book, names).items():
        assert (name in rows) is not last.rejected, name
        if name in rows:
            assert standing.record_of(rows[name]) == last.record, name
        else:
            assert not models.Member.objects.using(book.alias).filter(claim__name=name).exists()
