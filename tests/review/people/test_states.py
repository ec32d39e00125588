"""Every record says whether it is as the log holds it: calm where it is, red and explained where it is not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from audit.authority import Authority, served
from probata.audit.canonical import canonical
from probata.audit.merkle import leaf
from probata.review import worker
from probata.review.models import Job, Restriction, Team
from probata.review.sight import Sight
from probata.review.work import decisions, findings, incident, integrity, publishing, readings
from probata.store import erasing, models, originals, outside, protecting, triggers
from review.harness import Site


@dataclass(frozen=True, slots=True)
class Made:
    """A casebook with a record of every kind, and the pages that show each."""

    site: Site
    client: Client
    report: str
    claim: str
    incident: str

    @property
    def pages(self) -> dict[str, str]:
        """The address of each kind of record."""
        return {
            "report": f"/reports/{self.report}/",
            "claim": f"/claims/{self.claim}/",
            "incident": f"/incidents/{self.incident}/",
            "decisions": "/decisions/",
            "findings": "/findings/",
            "release": "/publish/1/",
        }

    def see(self, kind: str) -> str:
        """The HTML of a page; a claim as its panel."""
        answer = self.client.get(self.pages[kind], headers={"HX-Request": "true"} if kind == "claim" else {})
        assert answer.status_code == 200, answer.content
        return answer.content.decode()

    def json(self, kind: str) -> dict[str, Any]:
        """The same as JSON."""
        told: dict[str, Any] = self.client.get(f"{self.pages[kind]}?format=json").json()
        return told

    def altered(self, statement: str) -> None:
        """Change the tables behind the application's back."""
        with connections["default"].cursor() as cursor, triggers.lifted("default"):
            cursor.execute(statement)


def work(site: Site) -> None:
    while job := Job.objects.filter(state="waiting").order_by("id").first():
        assert worker.do(site.book, job)


@pytest.fixture
def made(site: Site) -> Made:
    client = site.client("Amal", "administrator")
    one = Sight(site.book, site.person("Amal"))
    two = Sight(site.book, site.person("Omar", "administrator"))
    first, second = one.incidents().filter(ended=None).order_by("id")[:2]
    found, other = incident.opened(one, first.name), incident.opened(one, second.name)
    said = findings.Draft("occurred", "reasonable suspicion", "", "Two sources counted.", found.edition.number)
    row, _ = findings.proposal(two, findings.propose(one, found, said))
    findings.answer(two, row, True, "I counted too.")
    waits = findings.Draft("perpetrator", "reasonable suspicion", "the army", "They say so.", found.edition.number)
    findings.propose(one, found, waits)
    claim = found.record["claims"][0]
    readings.reject(one, claim, "not said in the text", 0)
    readings.undo(one, claim, "it is said", 1)
    decisions.decide(one, decisions.Choice(claim, other.record["claims"][0], False, "two towns"))
    draft = publishing.draft(one, "Tarqa (fiction)", "Tarqa Records", [second.name], False)
    publishing.approve(two, draft, publishing.looked_at(two, draft)["digest"], "")
    work(site)
    report = models.Claim.objects.get(name=claim).report.name
    return Made(site, client, report, claim, first.name)


def check(made: Made) -> None:
    integrity.ask(Sight(made.site.book, made.site.person("Amal")))
    work(made.site)


@pytest.fixture
def stamping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A time authority that stamps what is released."""
    (tmp_path / "authority").mkdir()
    authority = Authority(tmp_path / "authority")
    with served(authority.answer) as address:
        monkeypatch.setenv(publishing.AUTHORITY, address)
        monkeypatch.setenv(outside.ROOTS, str(authority.folder / "root.pem"))
        yield


ALARM = 'class="alarm" role="alert"'


def test_states_of_a_sound_casebook_are_calm(made: Made) -> None:
    for checked in (False, True):
        if checked:
            check(made)
            before = Job.objects.latest("id")  # by a version that kept less of releases
            before.result = {k: v for k, v in before.result.items() if k != "releases"}
            before.save()
        for kind in made.pages:
            page = made.see(kind)
            assert ALARM not in page, kind
            assert "of the log" in page, kind
            assert ("chain whole when last checked" in page) == (checked and kind not in ("decisions", "findings"))
    report, claim = made.json("report")["integrity"], made.json("claim")["claim"]["integrity"]
    assert (report["state"], report["original"]["state"], report["problems"]) == ("kept", "kept", [])
    assert (claim["state"], claim["rows"]) == ("kept", 4)  # with its report and two readings
    assert made.json("incident")["integrity"]["chain"]["state"] == "whole"


def _row(table: str, column: str) -> Callable[[Made], None]:
    return lambda made: made.altered(f"UPDATE store_{table} SET {column}")


def _original(made: Made) -> None:
    row = models.Report.objects.get(name=made.report)
    path = originals.path_of(made.site.book.originals, row.original)
    raw = bytearray(path.read_bytes())
    raw[-1] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(raw))


def _cut(made: Made) -> None:
    number = models.Entry.objects.get(line__contains='"kind":"claims"', line__icontains=made.claim).number
    made.altered(f"DELETE FROM store_entry WHERE number >= {number}")


def _hidden(made: Made) -> None:
    """Take away the second person's words, so that a finding waits again."""
    made.altered("DELETE FROM store_answer")


def _released(made: Made) -> None:
    path = made.site.book.folder / "releases" / "release-0001.zip"
    path.write_bytes(path.read_bytes().replace(b"Tarqa (fiction)", b"Tarqa (certain)"))


@pytest.mark.parametrize(
    ("alter", "red", "says"),
    [
        (_row("report", "outlet = 'Another'"), {"report", "claim"}, "is not what entry"),
        (_row("claim", "speaker = 'Another'"), {"report", "claim"}, "is not what entry"),
        (_row("reading", "who = 'Another'"), {"report", "claim"}, "is not what entry"),
        (_row("version", "record = replace(record, '2024', '2023')"), {"incident"}, "is not what entry"),
        (_row("decision", "same = NOT same"), {"decisions"}, "is not what entry"),
        (_row("proposal", "reason = 'no reason'"), {"incident", "findings"}, "is not what entry"),
        (_row("answer", "who = 'Amal'"), {"incident"}, "is not what entry"),
        (_hidden, {"incident", "findings"}, "is gone, though entry"),
        (_original, {"report", "claim"}, "The original was altered"),
        (_cut, {"report", "claim", "incident", "decisions", "findings", "release"}, "no sound entry of the log"),
        (_released, {"release"}, "is not the one that was made"),
    ],
)
def test_states_are_red_where_something_was_altered(
    made: Made, alter: Callable[[Made], None], red: set[str], says: str
) -> None:
    alter(made)
    found = {kind: made.see(kind) for kind in made.pages}
    assert {kind for kind, page in found.items() if ALARM in page} == red
    assert all(says in found[kind] for kind in red)
    told = json.dumps([made.json(kind) for kind in red])
    assert says in told


def test_states_are_red_when_the_end_of_the_log_was_cut_since_the_last_check(made: Made) -> None:
    check(made)
    made.altered("DELETE FROM store_entry WHERE number = (SELECT max(number) FROM store_entry)")
    for kind in ("report", "claim", "incident", "release"):
        assert "its end was cut off" in made.see(kind)


def test_states_tell_what_the_last_check_found(made: Made) -> None:
    made.altered("UPDATE store_claim SET type = 'damage' WHERE id = (SELECT max(id) FROM store_claim)")
    check(made)
    assert "The last check found something altered" in made.see("incident")
    assert made.json("incident")["integrity"]["chain"]["state"] == "broken"


@pytest.mark.usefixtures("stamping")
def test_states_tell_by_when_an_authority_vouches_for_a_record(made: Made) -> None:
    check(made)
    told = made.json("incident")["integrity"]
    assert told["problems"] == []
    assert (told["time"]["by"], told["time"]["trusted"]) == ("Meren Time (fiction) · Meren Root", True)
    for page in (made.see("incident"), made.client.get("/integrity/").content.decode()):
        assert "says the time authority <bdi>Meren Time (fiction)" in page
    decided = made.json("decisions")["decisions"][0]["integrity"]["entry"]
    assert told["entry"] < decided


@pytest.mark.usefixtures("stamping")
def test_states_do_not_alarm_where_an_authority_is_not_known_here(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "other").mkdir()
    other = Authority(tmp_path / "other").folder / "root.pem"
    for roots in (str(other), str(tmp_path / "no such file"), ""):
        monkeypatch.setenv(outside.ROOTS, roots)
        check(made)
        told = made.json("incident")["integrity"]
        assert (told["problems"], told["time"]["trusted"]) == ([], False)
        assert "its certificate came with the release" in made.see("incident")


def test_states_tell_when_the_whole_log_was_written_anew(made: Made) -> None:
    """Sound in itself: only a release made before shows it, or the last check."""
    previous, lines = "0" * 64, []
    for e in list(models.Entry.objects.order_by("number")):
        said = {**json.loads(e.line), "previous": previous}
        said["who"] = "nobody" if e.number == 1 else said["who"]
        line = canonical(said)
        lines.append((previous, line.decode(), previous := leaf(line).hex(), e.number))
    with connections["default"].cursor() as cursor, triggers.lifted("default"):
        cursor.executemany("UPDATE store_entry SET previous = %s, line = %s, hash = %s WHERE number = %s", lines)
    assert made.json("incident")["integrity"]["state"] == "kept"
    check(made)
    assert "was written anew since" in made.client.get("/integrity/").content.decode()
    assert "The last check found something altered" in made.see("incident")


def test_states_do_not_name_to_others_what_teams_keep(made: Made) -> None:
    made.altered(f"UPDATE store_report SET outlet = 'Another' WHERE name = '{made.report}'")
    check(made)
    assert made.report in made.client.get("/integrity/").content.decode()
    team = Team.objects.create(name="North")
    Restriction.objects.create(kind="report", name=made.report, team=team, by="Amal")
    page = made.site.client("Rana", "reader").get("/integrity/")
    assert "Something was altered" in page.content.decode()
    assert made.report not in page.content.decode()


def test_states_of_what_was_erased_say_so_and_are_not_red(made: Made) -> None:
    book = made.site.book
    protecting.protect(book, "not said in the text", ("two towns",), "person", "noor", "asked not to be named")
    number = models.Protected.objects.get().pk
    erasing.erase(book, number, "noor", "she withdrew her consent")
    for kind in ("report", "claim", "decisions"):
        page = made.see(kind)
        assert ALARM not in page
        assert "protected words erased" in page
        assert "two towns" not in page


def test_states_are_the_same_for_programs(made: Made) -> None:
    made.altered("UPDATE store_claim SET speaker = 'Another'")
    for path in (f"/api/v1/reports/{made.report}", f"/api/v1/claims/{made.claim}"):
        told = made.client.get(path).json()["integrity"]
        assert (told["state"], bool(told["problems"])) == ("altered", True)
    told = made.client.get(f"/api/v1/incidents/{made.incident}").json()["integrity"]
    assert told["state"] == "kept"
    assert made.client.get("/api/v1/decisions").json()["decisions"][0]["integrity"]["state"] == "kept"
    assert made.client.get("/api/v1/publications/1").json()["integrity"]["state"] == "kept"
    history = made.client.get(f"/api/v1/claims/{made.claim}/history").json()["readings"]
    assert [r["integrity"]["state"] for r in history] == ["kept", "kept", "altered"]


def test_states_of_a_list_need_no_query_for_each_row(made: Made) -> None:
    sight = Sight(made.site.book, made.site.person("Amal"))
    claims = [incident.opened(sight, i.name).record["claims"][0] for i in sight.incidents().filter(ended=None)[:6]]
    numbers = []
    for a, b in ((claims[1], claims[2]), (claims[3], claims[4])):
        with CaptureQueriesContext(connections["default"]) as few:
            decisions.listed(sight)
        numbers.append(len(few))
        decisions.decide(sight, decisions.Choice(a, b, False, "two towns"))
    assert numbers[0] == numbers[1]
