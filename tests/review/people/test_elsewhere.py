"""A full name that claims of one report give as a victim's is hidden in every other report, wherever it is shown."""

from __future__ import annotations

import json

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from probata.review import kept
from probata.review.models import Comment
from probata.review.sight import Sight
from probata.review.work import tokens
from probata.store import known, models, protecting, readings, releasing
from probata.store.turn import turn
from review.desk.handing import upload, work
from review.harness import Site

NAME = "Velora Tamshik"
CODED = "MERISK, 3 June 2024. Journalist Velora Tamshik was killed in Merisk on Sunday, a doctor said.\n\nFiction.\n"
TOLD = (
    "MERISK, 30 May 2024. Velora Tamshik said that shells injured four people in Merisk on Wednesday. Velora Tamshik "
    "had taught at the school of Merisk.\n\nFiction.\n"
)
PLACE = "MERISK, 6 June 2024. Shells injured two people in Velora Tamshik on Wednesday, a doctor said.\n\nFiction.\n"


@pytest.fixture
def told(site: Site) -> models.Report:
    """The report that tells of her, and codes no victim of that name."""
    upload(site, ("coded.txt", CODED.encode()), ("told.txt", TOLD.encode()))
    assert {job.state for job in work(site)} == {"done"}
    assert list(models.Victim.objects.values_list("report__name", "name")) == [("coded", NAME)]
    row = models.Report.objects.get(name="told")
    assert any(NAME in json.dumps(c.record) for c in row.claims.all())
    return row


def test_name_is_hidden_on_pages_in_json_search_lists_and_pictures(site: Site, told: models.Report) -> None:
    claim = told.claims.order_by("id")[0]
    incident = models.Incident.objects.filter(scenes__report=told)[0]
    Comment.objects.create(kind="report", name="told", who="Amal", text=f"Ask the brother of {NAME}.")
    paths = [
        *("/reports/", "/reports/told/", f"/claims/{claim.name}/", "/incidents/", f"/incidents/{incident.name}/"),
        *(
            f"/incidents/{incident.name}/claims/?source=0",
            f"/incidents/{incident.name}/pictures/",
            "/map/",
            "/timeline/",
        ),
        *("/activity/", "/search/?q=Merisk", "/search/?q=school", "/comments/?kind=report&name=told", "/"),
        *(f"/incidents/{incident.name}/{part}/" for part in ("sources", "ends", "near")),
    ]
    reader, analyst = site.client("Rana", "reader"), site.client("Amal")
    shown = 0
    for path in paths:
        for headers in ({}, {"Accept": "application/json"}, {"HX-Request": "true"}):
            answer = reader.get(path, headers=headers, follow=True)
            assert answer.status_code == 200, path
            assert "Tamshik" not in answer.content.decode(), path
            shown += "Tamshik" in analyst.get(path, headers=headers, follow=True).content.decode()
    assert shown > 8
    assert "had taught at the school" in reader.get("/reports/told/").content.decode()
    for query in ("Tamshik", '"Velora Tamshik"', "Velora"):
        found = {alias: site.client(alias).get(f"/search/?q={query}&format=json").json() for alias in ("Rana", "Amal")}
        assert (json.dumps(found["Rana"]).count("told"), "told" in json.dumps(found["Amal"])) == (0, True), query


def test_name_is_hidden_in_the_api(site: Site, told: models.Report) -> None:
    secret = tokens.make(Sight(site.book, site.person("Rana", "reader")), "tests", ["read"])
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    paths = ["reports", "reports/told", "reports/told/text", "reports/told/claims", "claims", "incidents"]
    paths += [f"claims/{c.name}" for c in told.claims.all()]
    paths += [f"incidents/{i.name}" for i in models.Incident.objects.filter(ended=None)]
    for path in paths:
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 200, path
        assert "Tamshik" not in answer.content.decode(), path


def test_offsets_fit_the_text_as_it_is_shown(site: Site, told: models.Report) -> None:
    reader = Sight(site.book, site.person("Rana", "reader"))
    text = reader.text(told)
    assert text.count("[withheld]") == 2
    for record in reader.all_shown(c.record for c in told.claims.all()):
        for span in (record[k] for k in ("evidence", "speaker", "count", "place", "time") if record[k]):
            assert span["start"] is None or text[span["start"] : span["end"]] == span["text"]


def test_name_is_in_no_release_not_even_of_the_other_report_alone(site: Site, told: models.Report) -> None:
    [incident] = {i.name for i in models.Incident.objects.filter(scenes__report=told, ended=None)} - {
        i.name for i in models.Incident.objects.filter(scenes__report__name="coded", ended=None)
    }
    wanted = releasing.Wanted("A title", "us", (incident,))
    assert "Tamshik" not in json.dumps(releasing.preview(site.book, wanted).tables, default=str)
    opened = releasing.Wanted("A title", "us", (incident,), opened=("victims",), why="the family agreed")
    assert "Tamshik" in json.dumps(releasing.preview(site.book, opened).tables, default=str)


def test_where_the_same_words_are_a_place_they_stay(site: Site, told: models.Report) -> None:
    upload(site, ("place.txt", PLACE.encode()))
    work(site)
    row = models.Report.objects.get(name="place")
    assert NAME not in Sight(site.book, site.person("Rana", "reader")).text(row)
    at = row.text.index(NAME)
    place = {"start": at, "end": at + len(NAME), "text": NAME, "name": NAME}
    readings.correct(site.book, row.claims.get().name, {"place": place}, "Amal", "a village of that name", 0)
    assert NAME in Sight(site.book, site.person("Rana", "reader")).text(row)


def test_what_a_person_reads_counts_and_what_is_protected_or_unknown_does_not(site: Site, told: models.Report) -> None:
    reader = site.person("Rana", "reader")
    other = models.Report.objects.create(
        name="more",
        text="Edda Marlow and Velora  TAMSHIK spoke.",
        digest="0" * 64,
        original="0" * 64,
        data={},
        added_at=told.added_at,
    )
    assert Sight(site.book, reader).text(other) == "Edda Marlow and [withheld] spoke."
    claim = models.Claim.objects.filter(report__name="coded", type="killing")[0]
    target = {**claim.record["targets"][0], "name": "Edda Marlow"}
    readings.correct(site.book, claim.name, {"targets": [target]}, "Amal", "it is her name at birth", 0)
    assert Sight(site.book, reader).text(other) == "[withheld] and [withheld] spoke."
    with turn(site.book):
        number = protecting.protect(site.book, NAME, [], "person", "Amal", "she asked for it").number
    assert list(models.Victim.objects.values_list("name", flat=True)) == ["Edda Marlow"]
    assert Sight(site.book, reader).text(other) == "[withheld] and [protected] spoke."
    with turn(site.book):
        protecting.take_back(site.book, number, "Amal", "she agreed to it")
    assert Sight(site.book, reader).text(other) == "[withheld] and [withheld] spoke."


def test_as_many_queries_for_many_reports_as_for_few(site: Site, told: models.Report) -> None:
    sight = site.person("Rana", "reader")

    def queries(number: int) -> int:
        rows = list(models.Claim.objects.order_by("id")[:number])
        kept.forget()
        with CaptureQueriesContext(connections["default"]) as asked:
            Sight(site.book, sight).all_shown(row.record for row in rows)
        return len(asked)

    known.names(site.book)  # once in a process they are read
    assert queries(60) == queries(6)


def test_names_follow_the_table(site: Site, told: models.Report) -> None:
    names = known.names(site.book)
    assert names.within("It was Velora Tamshik.") == [NAME]
    assert names.within("It was Tamshik, Velora.") == [NAME]
    assert names.within("It was Velora.") == []
    assert known.names(site.book) is names
    models.Victim.objects.create(report=told, name="Edda Marlow")
    assert known.names(site.book).within("Edda Marlow") == ["Edda Marlow"]
    models.Victim.objects.filter(name=NAME).delete()
    assert known.names(site.book).within(f"{NAME} and Edda Marlow") == ["Edda Marlow"]
