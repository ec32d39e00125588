"""Accounts: invited, given roles, shut out; a second factor that can be required; what is hidden from a reader."""

from __future__ import annotations

import re

from django.test import Client

from probata.review.models import Event, Person, Restriction, Team
from probata.review.sight import Sight
from probata.review.work import people
from probata.store import models
from review.harness import PASSWORD, Site


def admin(site: Site) -> Client:
    site.person("Amal", "administrator")
    client = Client()
    answer = client.post("/account/login/", {"login": "Amal", "password": PASSWORD})
    assert answer.status_code == 302
    assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return client


def test_people_invited_come_in_by_a_link_that_works_once(site: Site) -> None:
    client = admin(site)
    shown = client.post("/people/invite/", {"alias": "Basim", "role": "reviewer"}).content.decode()
    link = re.search(r"/join/[\w-]+/", shown)
    assert link
    assert "Basim" in Client().get(link[0]).content.decode()
    assert Client().post(link[0], {"password": "short"}).status_code == 200
    assert Client().post(link[0], {"password": PASSWORD}).status_code == 302
    assert Client().get(link[0]).status_code == 404
    assert Client().post("/account/login/", {"login": "Basim", "password": PASSWORD}).status_code == 302
    kinds = list(Event.objects.order_by("id").values_list("kind", "about"))
    assert kinds == [("signed in", "Amal"), ("invited", "Basim"), ("joined", "Basim"), ("signed in", "Basim")]
    assert "Basim" in client.get("/people/").content.decode()
    assert "invited" in client.get("/people/events/").content.decode()


def test_people_last_administrator_cannot_be_removed(site: Site) -> None:
    client = admin(site)
    number = Person.objects.get(alias="Amal").pk
    for change in ({"role": "reader"}, {"active": "no"}):
        assert "last administrator" in client.post(f"/people/{number}/", change, follow=True).content.decode()
    assert (Person.objects.get().role, Person.objects.get().is_active) == ("administrator", True)


def test_people_shut_out_are_out_at_once(site: Site) -> None:
    client, other = admin(site), site.client("Basim")
    assert other.get("/").status_code == 200
    client.post(f"/people/{Person.objects.get(alias='Basim').pk}/", {"active": "no"})
    assert other.get("/").status_code == 302


def test_people_change_only_after_showing_who_they_are(site: Site) -> None:
    answer = site.client("Amal", "administrator").get("/people/")
    assert answer.status_code == 302
    assert "reauthenticate" in answer["Location"]


def test_people_without_the_second_factor_reach_only_its_set_up(site: Site) -> None:
    client = admin(site)
    client.post("/people/second-factor/", {"required": "yes"})
    for path in ("/", "/people/", "/reports/", "/account/sessions/", "/nothing/"):
        assert client.get(path)["Location"] == "/account/2fa/", path
    assert client.get("/?format=json").status_code == 403
    assert client.get("/account/2fa/").status_code == 200
    assert b"data:image/svg" in client.get("/account/2fa/totp/activate/").content


def test_sign_in_is_throttled_and_refusals_written_down(site: Site) -> None:
    site.person("Basim")
    last = b""
    for _ in range(8):
        last = Client().post("/account/login/", {"login": "Basim", "password": "wrong"}).content
    assert b"Too many" in last
    assert set(Event.objects.values_list("kind", "about")) == {("refused", "Basim")}


def test_sight_keeps_reports_and_incidents_to_teams(site: Site) -> None:
    team = Team.objects.create(name="North")
    scene = models.Scene.objects.using(site.book.alias).exclude(incident=None).select_related("report", "incident")[0]
    Restriction.objects.create(kind="report", name=scene.report.name, team=team, by="Amal")
    inside, outside = site.person("In"), site.person("Out")
    inside.teams.add(team)
    seen, unseen = Sight(site.book, inside), Sight(site.book, outside)
    assert scene.incident
    assert seen.reports().count() == unseen.reports().count() + 1
    assert seen.claims().filter(report=scene.report).exists()
    assert not unseen.claims().filter(report=scene.report).exists()
    assert not unseen.incidents().filter(pk=scene.incident.pk).exists()
    word = scene.report.text.split()[0].strip(".,")
    assert scene.report.name not in [h.report for h in unseen.search(word, 100).hits]


def test_sight_hides_from_readers_what_releases_hide(site: Site) -> None:
    reader, analyst = Sight(site.book, site.person("R", "reader")), Sight(site.book, site.person("A"))
    row = models.Report.objects.using(site.book.alias).get(name="harbour-post-0619")
    assert "A doctor at the town’s clinic" in analyst.text(row)
    assert "A doctor at the town’s clinic" not in reader.text(row)
    assert "town’s clinic" not in str(reader.report(row))
    assert analyst.search('"doctor at the town"').total == 1
    assert reader.search('"doctor at the town"').total == 0


def test_sight_offsets_fit_the_text_as_shown(site: Site) -> None:
    reader = Sight(site.book, site.person("R", "reader"))
    rows = list(models.Claim.objects.using(site.book.alias).select_related("report"))
    for row, record in zip(rows, reader.all_shown(r.record for r in rows), strict=True):
        text = reader.text(row.report)
        spans = [record[k] for k in ("evidence", "speaker", "count", "place", "time") if record[k]]
        assert all(text[s["start"] : s["end"]] == s["text"] for s in spans if s["start"] is not None)


def test_people_join_links_are_kept_as_hashes(site: Site) -> None:
    sight = Sight(site.book, site.person("Amal", "administrator"))
    person, secret = people.invite(sight, "Basim", "reader")
    assert people.invitation(secret) is not None
    assert secret not in str(list(person.invitations.values()))
