"""A report or an incident is kept to teams from its own page, and is nowhere then for anybody else."""

from __future__ import annotations

from urllib.parse import quote

from probata.review.models import Team
from probata.store import models
from review.harness import Site


def test_reviewer_keeps_a_report_to_a_team_from_its_page(site: Site) -> None:
    team = Team.objects.create(name="North")
    rana, other = site.client("Rana", "reviewer"), site.client("Omar", "editor")
    site.person("Rana").teams.add(team)
    scene = models.Scene.objects.exclude(incident=None).select_related("report", "incident")[0]
    assert scene.incident
    page = f"/reports/{quote(scene.report.name)}/"
    assert "Who may see this" in rana.get(page).content.decode()
    assert "Who may see this" not in site.client("Amal", "analyst").get(page).content.decode()
    said = {"kind": "report", "name": scene.report.name, "teams": ["North"]}
    assert rana.post("/restrict/", said).status_code == 302
    assert rana.get(page).status_code == 200
    assert "checked" in rana.get(page).content.decode()
    for path in (page, f"/incidents/{scene.incident.name}/", f"/incidents/{scene.incident.name}/versions/1/"):
        assert other.get(path).status_code == 404
    for path in ("/reports/", "/incidents/", "/activity/", "/map/", "/timeline/", "/search/?q=Merisk"):
        assert scene.report.name not in other.get(path).content.decode(), path
    assert rana.post("/restrict/", {**said, "teams": []}).status_code == 302
    assert other.get(page).status_code == 200


def test_incident_is_kept_to_a_team_and_nobody_restricts_what_they_may_not_see(site: Site) -> None:
    team = Team.objects.create(name="North")
    rana, other = site.client("Rana", "reviewer"), site.client("Omar", "reviewer")
    site.person("Rana").teams.add(team)
    name = models.Incident.objects.filter(ended=None).order_by("id")[0].name
    assert "Who may see this" in rana.get(f"/incidents/{name}/").content.decode()
    said = {"kind": "incident", "name": name, "teams": ["North"]}
    assert rana.post("/restrict/", said).status_code == 302
    assert other.get(f"/incidents/{name}/").status_code == 404
    assert other.post("/restrict/", {**said, "teams": []}).status_code == 400
    assert other.get(f"/incidents/{name}/").status_code == 404
    assert site.client("Amal", "analyst").post("/restrict/", said).status_code == 403
