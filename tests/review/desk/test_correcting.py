"""Correcting, adding, rejecting, undoing: slot by slot, words before offsets, and nobody's work lost."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from probata.review.models import Job
from probata.review.work import readings, typed
from probata.store import models, protecting
from probata.store.readings import current, history
from review.harness import Site

REPORT = "harbour-post-0517"


def claim_of(site: Site, number: int = 1) -> models.Claim:
    rows = models.Claim.objects.using(site.book.alias).select_related("report")
    return rows.get(report__name=REPORT, number=number)


def form_of(site: Site, claim: models.Claim) -> dict[str, Any]:
    """What a browser would send back if nothing was touched."""
    record = current(site.book, [claim.name])[claim.name].record
    sent = typed.of_record(record)
    groups = [g for g in sent.pop("groups").split(",") if g]
    last = claim.readings.order_by("-number").values_list("number", flat=True).first()
    return {**sent, "groups": groups, "seen": str(last or 0), "why": "as the report says"}


def correct(site: Site, claim: models.Claim, alias: str = "Amal", **said: Any) -> Any:
    form = form_of(site, claim) | said
    return site.client(alias).post(f"/claims/{claim.name}/correct/", form)


def test_correct_changes_the_slot_and_keeps_all_others_to_the_letter(site: Site) -> None:
    claim = claim_of(site)
    before = claim.record
    answer = correct(site, claim, **{"count.words": "a clinic", "count.at": "", "count.low": "3", "count.high": "5"})
    assert answer.status_code == 302
    first, second = history(site.book, claim.name)
    assert first.record == before
    now = second.record
    assert (now["count"]["text"], now["count"]["low"], now["count"]["high"]) == ("a clinic", 3, 5)
    assert {k: v for k, v in now.items() if k not in ("count", "by")} == {
        k: v for k, v in before.items() if k not in ("count", "by")
    }
    assert (second.who, second.why) == ("Amal", "as the report says")
    assert [j.kind for j in Job.objects.all()] == ["regroup"]
    page = site.client("Amal").get(f"/reports/{REPORT}/?claim={claim.name}").content.decode()
    assert "the software read" in page
    assert before["count"]["text"] in page


def test_correct_reads_new_words_anew(site: Site) -> None:
    claim = claim_of(site)
    text = claim.report.text
    at = text.index("two watchmen")
    said = {"count.words": "two", "count.at": f"{at}-{at + 3}"}
    time = text.index("Thursday")
    said |= {"time.words": "Thursday", "time.at": f"{time}-{time + 8}"}
    assert correct(site, claim, **said).status_code == 302
    record = current(site.book, [claim.name])[claim.name].record
    assert (record["count"]["low"], record["count"]["high"]) == (2, 2)
    assert (record["time"]["from"], record["time"]["anchor"]) == ("2024-05-16", "2024-05-17")
    assert "time" in record["inferred"]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"speaker.words": "the moon", "speaker.at": ""}, "not in the text"),
        ({"method.words": "a", "method.at": ""}, "several places"),
        ({"count.low": "9", "count.high": "3"}, "above the upper"),
        ({"count.low": "many"}, "whole numbers"),
        ({"time.from": "2024-05-20", "time.to": "2024-05-01"}, "ends before"),
        ({"time.from": "soon"}, "year-month-day"),
        ({"type": "gossip"}, "Choose one"),
        ({"evidence.words": "", "evidence.at": ""}, "Give the words"),
        ({"why": "", "stance": "denied"}, "Give a reason"),
        ({}, "Nothing is changed"),
    ],
)
def test_correct_says_what_is_wrong_and_keeps_what_was_typed(site: Site, said: dict[str, str], told: str) -> None:
    claim = claim_of(site)
    answer = correct(site, claim, **said)
    assert answer.status_code == 400
    page = answer.content.decode()
    assert told in page
    for value in said.values():
        assert not value or value == "gossip" or f'value="{value}"' in page
    assert not claim.readings.exists()


def test_correct_offers_the_places_of_words_and_takes_the_one_chosen(site: Site) -> None:
    claim = claim_of(site)
    page = correct(site, claim, **{"method.words": "a", "method.at": ""}).content.decode()
    assert page.count('type="radio" name="method.at"') > 1
    at = claim.report.text.index("a clinic")
    assert correct(site, claim, **{"method.words": "a", "method.at": f"{at}-{at + 1}"}).status_code == 302
    assert current(site.book, [claim.name])[claim.name].record["method"]["start"] == at


def test_correct_takes_a_place_of_the_gazetteer_or_none(site: Site) -> None:
    claim = claim_of(site)
    page = correct(site, claim, **{"place.name": "Aleppo"}).content.decode()
    choices = re.findall(r'name="place.choice" value="([^"]+)"', page)
    assert len(choices) == 3  # the city, the province, none of these
    city = next(c for c in choices if "/city/" in c)
    assert correct(site, claim, **{"place.name": "Aleppo", "place.choice": city}).status_code == 302
    place = current(site.book, [claim.name])[claim.name].record["place"]
    assert (place["name"], place["geonameid"], place["precision"]) == ("Aleppo", 170063, "city")
    assert place["text"] == claim.record["place"]["text"]
    coarse = {"place.precision": "province"}
    assert correct(site, claim, **coarse).status_code == 302
    place = current(site.book, [claim.name])[claim.name].record["place"]
    assert (place["name"], place["precision"]) == ("Aleppo", "province")
    assert correct(site, claim, **{"place.choice": "none"}).status_code == 302
    place = current(site.book, [claim.name])[claim.name].record["place"]
    assert (place["name"], place["lat"], place["precision"]) == (None, None, "unresolved")
    assert "no place of this name" in correct(site, claim, **{"place.name": "Nowhere at all"}).content.decode()


def test_correct_uses_the_casebooks_own_places(site: Site, root: Path) -> None:
    shutil.copy(root / "demo" / "gazetteer.yml", site.book.folder / "gazetteer.yml")
    claim = claim_of(site)
    assert correct(site, claim, **{"place.name": "ميريسك"}).status_code == 302
    assert current(site.book, [claim.name])[claim.name].record["place"]["name"] == "Merisk"
    asked = {"report": REPORT, "slot": "place", "path": "place", "name": "Sarniq"}
    assert "Sarnik" in site.client("Amal").get("/claims/meaning/", asked).content.decode()


def test_two_people_at_once_lose_nothing(site: Site) -> None:
    claim = claim_of(site)
    late = form_of(site, claim) | {"count.low": "11", "why": "the photo shows eleven"}
    assert correct(site, claim, "Basim", stance="denied").status_code == 302
    client = site.client("Amal")
    answer = client.post(f"/claims/{claim.name}/correct/", late)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "<bdi>Basim</bdi> changed this claim" in page
    assert 'value="11"' in page
    assert "the photo shows eleven" in page
    assert '<option value="denied" selected>' in page
    assert correct(site, claim, **{"count.low": "11"}).status_code == 302
    record = current(site.book, [claim.name])[claim.name].record
    assert (record["stance"], record["count"]["low"]) == ("denied", 11)
    assert [r.who for r in history(site.book, claim.name)][1:] == ["Basim", "Amal"]


def test_reject_and_undo_leave_every_reading(site: Site) -> None:
    claim, client = claim_of(site), site.client("Amal")
    client.post(f"/claims/{claim.name}/reject/", {"seen": "0", "why": "an opinion"})
    page = client.get(f"/reports/{REPORT}/?claim={claim.name}").content.decode()
    assert "it counts nowhere" in page
    assert client.post(f"/claims/{claim.name}/undo/?format=json", {"seen": "0"}).status_code == 409
    client.post(f"/claims/{claim.name}/undo/", {"seen": "1"})
    told = history(site.book, claim.name)
    assert [(r.kind, r.rejected) for r in told] == [("machine", False), ("rejected", True), ("undone", False)]


def test_add_a_missed_claim_to_an_arabic_report(site: Site) -> None:
    client = site.client("Amal")
    text = models.Report.objects.using(site.book.alias).get(name="nida-0518").text
    at = text.index("ثمانية")
    page = client.get(f"/claims/new/?report=nida-0518&at={at}-{at + 6}").content.decode()
    assert "ثمانية" in page
    said = {"type": "detention", "stance": "affirmed", "why": "the software reads no Arabic"}
    said |= {
        "evidence.words": "",
        "evidence.at": f"{at}-{at + 6}",
        "place.words": "هلدون",
        "count.words": "ثلاثة وأربعين",
    }
    said |= {"count.low": "43", "count.high": "43", "agents.0.words": "الجيش"}
    assert (
        client.post("/claims/new/?report=nida-0518", said).status_code == 400
    )  # offsets of no words, and two places of one name
    place = text.rindex("هلدون")
    said |= {"evidence.words": text[at : at + 6], "place.at": f"{place}-{place + 5}"}
    answer = client.post("/claims/new/?report=nida-0518", said)
    assert answer.status_code == 302, answer.content.decode()
    claim = models.Claim.objects.using(site.book.alias).latest("id")
    record = current(site.book, [claim.name])[claim.name].record
    assert record["agents"][0]["text"] == "الجيش"
    assert (record["count"]["low"], record["count"]["high"]) == (43, 43)
    assert "added" in client.get("/reports/nida-0518/").content.decode()


def test_correct_where_words_are_hidden_counts_in_the_text_that_is_kept(site: Site) -> None:
    claim = claim_of(site, 3)
    protecting.protect(site.book, "Corvek", [], "name", "Amal", "a witness")
    shown = site.client("Amal").get(f"/reports/{REPORT}/?format=json").json()["text"]
    at = shown.index("grain store")
    said = {"method.words": "grain store", "method.at": f"{at}-{at + 11}"}
    assert correct(site, claim, **said).status_code == 302
    kept = claim.readings.get().record
    assert kept["evidence"] == claim.record["evidence"]
    assert claim.report.text[kept["method"]["start"] : kept["method"]["end"]] == "grain store"


def test_readers_change_nothing(site: Site) -> None:
    claim, client = claim_of(site), site.client("Rana", "reader")
    for what in ("correct", "reject", "undo"):
        assert client.post(f"/claims/{claim.name}/{what}/", {"seen": "0", "why": "x"}).status_code == 403
    assert readings.CONFLICT
    assert client.get(f"/claims/new/?report={REPORT}").status_code == 403
