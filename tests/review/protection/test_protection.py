"""Protecting and erasing from pages: words that were typed are kept nowhere but in the row of the store itself."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connections
from django.test import Client

from probata.review import worker
from probata.review.models import Comment, Job, Person, Task
from probata.store import models, protecting, shielding
from probata.store.turn import turn
from review.harness import PASSWORD, Site

WORDS = "Samira Vash"
WHY = "she asked for it on 4 June"


@pytest.fixture(autouse=True)
def unthrottled() -> None:
    cache.clear()  # the number of sign-ins in the last minute


def signed(site: Site, alias: str = "Amal", role: str = "administrator", fresh: bool = True) -> Client:
    site.person(alias, role)
    client = Client()
    assert client.post("/account/login/", {"login": alias, "password": PASSWORD}).status_code == 302
    if fresh:
        assert client.post("/account/reauthenticate/", {"password": PASSWORD}).status_code == 302
    return client


def protect(client: Client, words: str = WORDS, **more: str) -> int:
    answer = client.post("/protection/new/?format=json", {"words": words, "why": WHY, "kind": "person", **more})
    assert answer.status_code == 200, answer.content
    return int(answer.json()["number"])


def work(site: Site) -> list[Job]:
    while job := Job.objects.filter(state="waiting").order_by("id").first():
        worker.do(site.book, job)
    return list(Job.objects.order_by("id"))


def looked(site: Site, client: Client, number: int) -> dict[str, Any]:
    client.post(f"/protection/{number}/look/")
    work(site)
    found: dict[str, Any] = client.get(f"/protection/{number}/?format=json").json()["look"]["found"]
    return found


def everywhere(site: Site, words: str) -> list[str]:
    """The tables and columns that hold words, of the whole database but the evidence."""
    out = []
    with connections["default"].cursor() as cursor:
        for table in connections["default"].introspection.table_names():
            if table.startswith("store_"):
                continue
            cursor.execute(f"SELECT * FROM {table}")
            if words.encode() in repr(cursor.fetchall()).encode():
                out.append(table)
    return out


def test_protecting_from_the_page_hides_words_at_once_and_keeps_them_nowhere_else(site: Site) -> None:
    client = signed(site, "Basim", "analyst", fresh=False)
    holds = models.Report.objects.filter(text__contains=WORDS)[0]
    assert WORDS in client.get(f"/reports/{holds.name}/").content.decode()
    answer = client.post(
        "/protection/new/", {"words": WORDS, "also": "سميرة فاش\n", "why": WHY, "kind": "person"}, follow=True
    )
    assert answer.status_code == 200
    assert WORDS not in client.get(f"/reports/{holds.name}/").content.decode()
    row = models.Protected.objects.get()
    assert (row.words, row.variants, row.who) == (WORDS, ["سميرة فاش"], "Basim")
    for path in ("/protection/", f"/protection/{row.pk}/"):
        for said in (client.get(path).content.decode(), client.get(path + "?format=json").content.decode()):
            assert WORDS not in said
            assert "سميرة" not in said
            assert WHY in said
    assert everywhere(site, WORDS) == []
    assert Job.objects.count() == 0


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": "Al", "why": WHY}, "fewer than 3"),
        ({"words": "", "why": WHY}, "are not given"),
        ({"words": WORDS, "why": "asked"}, "the reason"),
        ({"words": WORDS, "why": "Samira VASH asked for it"}, "has the words themselves"),
        ({"words": "Basim", "why": WHY}, "alias of an account"),
        ({"words": "x" * 300, "why": WHY}, "200"),
    ],
)
def test_protecting_refuses_and_never_gives_the_words_back(site: Site, given: dict[str, str], said: str) -> None:
    client = signed(site, "Basim", "analyst", fresh=False)
    answer = client.post("/protection/new/", {"kind": "person", **given})
    page = answer.content.decode()
    assert (answer.status_code, said in page) == (400, True)
    assert given["words"] == "Basim" or not given["words"] or f'value="{given["words"]}"' not in page
    assert WORDS.lower() not in page.lower()
    assert not models.Protected.objects.exists()


def test_reasons_are_read_by_who_wrote_them_and_by_editors(site: Site) -> None:
    number = protect(signed(site, "Basim", "analyst", fresh=False))
    seen = {
        role: WHY in site.client(f"The {role}", role).get(f"/protection/{number}/").content.decode()
        for role in ("analyst", "reviewer", "editor", "administrator")
    }
    assert seen == {"analyst": False, "reviewer": False, "editor": True, "administrator": True}
    assert site.client("R", "reader").get("/protection/").status_code == 403


def test_taking_back_needs_an_editor_who_shows_who_they_are(site: Site) -> None:
    number = protect(signed(site, "Basim", "analyst", fresh=False))
    assert site.client("Rana", "reviewer").post(f"/protection/{number}/back/", {"why": WHY}).status_code == 403
    stale = site.client("Edith", "editor")
    assert "reauthenticate" in stale.post(f"/protection/{number}/back/", {"why": WHY})["Location"]
    assert len(shielding.active(site.book)) == 1
    client = signed(site, "Edith", "editor")
    client.post(f"/protection/{number}/back/", {"why": "she agreed in a letter"})
    assert shielding.active(site.book) == []
    told = client.get(f"/protection/{number}/?format=json").json()["row"]
    assert (told["state"], told["back_by"], told["back_why"]) == ("taken back", "Edith", "she agreed in a letter")


def test_erasing_touches_exactly_what_was_shown_before(site: Site) -> None:
    client = signed(site)
    number = protect(client)
    Comment.objects.create(kind="report", name="x", who="Amal", text=f"Ask {WORDS} again.")
    Task.objects.create(kind="report", name="x", what=f"Call {WORDS}", by="Amal")
    received = site.book.folder / "received"
    received.mkdir(exist_ok=True)
    (received / "left.txt").write_text(f"{WORDS} told us.")
    released = site.book.folder / "releases"
    released.mkdir(exist_ok=True)
    (released / "release-0001.zip").write_text(f"{WORDS} told us.")
    names = {r.name for r in models.Report.objects.all() if WORDS in r.text}
    before = models.Entry.objects.count()
    found = looked(site, client, number)
    assert models.Entry.objects.count() == before
    assert set(found["reports"]) == names
    assert found["own"] == {"comment": 1, "task": 1}
    assert (found["uploads"], found["published"]) == (1, ["releases/release-0001.zip"])
    client.post(f"/protection/{number}/erase/", {"words": WORDS, "why": WHY})
    *_, job = work(site)
    assert (job.kind, job.state, job.error) == ("erase", "done", "")
    told = [json.loads(line) for line in models.Entry.objects.order_by("number").values_list("line", flat=True)][
        before:
    ]
    kinds = [t["kind"] for t in told if t["step"] == "erase" and t["kind"] not in ("original", "protected")]
    assert {k: kinds.count(k) for k in kinds} == found["rows"]
    assert sum(t["kind"] == "original" for t in told) == found["originals"] == job.result["originals"]
    assert (job.result["own"], job.result["uploads"], job.result["published"]) == (2, 1, found["published"])
    assert not (received / "left.txt").exists()
    assert Comment.objects.get().text == f"Ask [erased {number}] again."
    for path in site.book.folder.rglob("*"):
        if path.is_file() and path.suffix != ".lock" and path.parent != released:
            assert WORDS.encode() not in path.read_bytes(), path
    page = client.get(f"/protection/{number}/").content.decode()
    assert "Erased" in page
    assert "releases/release-0001.zip" in page


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"words": "Anton Reule", "why": WHY}, "are not what is protected"),
        ({"words": "", "why": WHY}, "are not what is protected"),
        ({"words": f"{WORDS} and others", "why": WHY}, "are not what is protected"),
        ({"words": WORDS, "why": "asked"}, "the reason"),
        ({"words": WORDS, "why": f"{WORDS} asked"}, "has the words themselves"),
    ],
)
def test_erasing_is_refused_without_the_words_and_a_reason(site: Site, given: dict[str, str], said: str) -> None:
    client = signed(site)
    number = protect(client)
    looked(site, client, number)
    page = client.post(f"/protection/{number}/erase/", given, follow=True).content.decode()
    assert said in page
    assert WORDS not in page
    assert not Job.objects.filter(kind="erase").exists()
    assert everywhere(site, WORDS) == []


def test_erasing_is_refused_to_whoever_has_not_looked(site: Site) -> None:
    client = signed(site)
    number = protect(client)
    page = client.post(f"/protection/{number}/erase/", {"words": WORDS, "why": WHY}, follow=True).content.decode()
    assert "not looked up yet" in page
    assert not Job.objects.exists()


def test_words_of_somebody_who_must_sign_in_again_are_in_no_session(site: Site) -> None:
    """allauth keeps a request that it interrupts, with all that was typed, in the session: this one must not be."""
    number = protect(signed(site))
    looked(site, signed(site), number)
    client = signed(site, fresh=False)
    answer = client.post(f"/protection/{number}/erase/", {"words": WORDS, "why": WHY})
    assert answer["Location"].startswith("/account/reauthenticate/?next=")
    assert [WORDS in str(s.get_decoded()) for s in Session.objects.all()] == [False] * Session.objects.count()
    back = client.post(answer["Location"], {"password": PASSWORD})
    assert back["Location"] == f"/protection/{number}/"
    assert not Job.objects.filter(kind="erase").exists()


def test_erasing_asks_for_the_second_factor_of_whoever_has_one(site: Site) -> None:
    client = signed(site)
    number = protect(client)
    looked(site, client, number)
    person = Person.objects.get(alias="Amal")
    TOTP.activate(person, generate_totp_secret())
    codes = RecoveryCodes.activate(person).get_unused_codes()
    answer = client.post(f"/protection/{number}/erase/", {"words": WORDS, "why": WHY})
    assert answer["Location"].startswith("/account/2fa/reauthenticate/?next=")
    assert not Job.objects.filter(kind="erase").exists()
    assert client.post(answer["Location"], {"code": codes[0]}).status_code == 302
    client.post(f"/protection/{number}/erase/", {"words": WORDS, "why": WHY})
    assert Job.objects.filter(kind="erase").count() == 1


def test_erasing_is_for_administrators(site: Site) -> None:
    number = protect(signed(site))
    for role in ("analyst", "reviewer", "editor"):
        client = signed(site, f"The {role}", role)
        for part in ("look", "erase"):
            assert client.post(f"/protection/{number}/{part}/", {"words": WORDS, "why": WHY}).status_code == 403
        assert "look" not in client.get(f"/protection/{number}/?format=json").json()
    assert not Job.objects.exists()


def test_a_job_that_fails_keeps_no_words_of_what_went_wrong(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed(site)
    number = protect(client)
    looked(site, client, number)

    def broken(*_: object) -> int:
        raise ValueError(f"row of {WORDS} is odd")

    with monkeypatch.context() as patch:
        patch.setattr("probata.review.scrub.scrub", broken)
        client.post(f"/protection/{number}/erase/", {"words": WORDS, "why": WHY})
        *_, job = work(site)
    assert (job.state, WORDS in job.error) == ("failed", False)
    assert models.Protected.objects.get(pk=number).words == WORDS
    assert models.Report.objects.filter(text__contains=WORDS).exists()
    page = client.get(f"/protection/{number}/").content.decode()
    assert "It was not erased" in page
    assert client.get("/jobs/").status_code == 200
    client.post(f"/protection/{number}/erase/", {"words": WORDS, "why": WHY})
    *_, job = work(site)
    assert (job.kind, job.state) == ("erase", "done")


def test_originals_that_cannot_be_searched_are_named_and_removed_when_chosen(site: Site) -> None:
    client = signed(site)
    number = protect(client)
    row = models.Report.objects.exclude(text__contains=WORDS)[0]
    path = next(site.book.originals.glob(f"??/{row.original}"))
    path.chmod(0o600)
    path.write_bytes(b"%PDF-1.7 a picture of her letter")
    [one] = looked(site, client, number)["unsearched"]
    assert (one["original"], one["report"]) == (row.original, row.name)
    client.post(f"/protection/{number}/erase/", {"words": WORDS, "why": WHY})
    work(site)
    assert path.exists()
    page = client.get(f"/protection/{number}/").content.decode()
    assert re.search(rf'name="also" value="{row.original}"', page)
    client.post(f"/protection/{number}/erase/", {"why": "her letter is in the picture", "also": row.original})
    *_, job = work(site)
    assert (job.state, job.result["originals"], path.exists()) == ("done", 1, False)


def test_protecting_from_the_command_line_is_on_the_page_too(site: Site) -> None:
    with turn(site.book):
        protecting.protect(site.book, WORDS, [], "person", "omar", WHY)
    page = signed(site).get("/protection/").content.decode()
    assert "omar" in page
    assert WORDS not in page
