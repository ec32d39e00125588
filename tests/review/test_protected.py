"""What is protected is on no page of the application, in HTML or JSON; what is erased is in no byte of its folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.db import models
from django.test import Client

from probata.cli.main import main
from probata.review import worker
from probata.review.models import Comment, Job, Publication, SavedSearch, Task
from probata.review.scrub import _written
from probata.store import models as store
from probata.store import protecting
from probata.store.turn import turn
from review.harness import Site

WORDS = ("Samira Vash", "Anton Reule", "Ilan Corvek", "Aldmoor Hospital", "Kessar Medical Union", "Nadia Verel")
WHY = "she asked for it on 4 June"
PAGES = 400  # followed at most


def written(site: Site) -> None:
    """The words in all that people write."""
    amal = site.person("Amal", "administrator")
    incident = store.Incident.objects.filter(ended=None).order_by("-sources")[0].name
    report = store.Report.objects.order_by("id")[0].name
    for words in WORDS:
        Comment.objects.create(kind="incident", name=incident, who="Amal", text=f"Ask {words} again.")
        Task.objects.create(kind="report", name=report, what=f"Call {words}", person=amal, by="Amal")
        SavedSearch.objects.create(person=amal, name=f"about {words}", path=f"/search/?q={words}")
        Publication.objects.create(title=f"For {words}", publisher="us", incidents=[], by="Amal", note=words)
        Job.objects.create(kind="add", about={"name": f"{words}.txt"}, by="Amal", state="failed", error=words)


def protect(site: Site) -> list[int]:
    with turn(site.book):
        return [protecting.protect(site.book, w, [], "person", "Amal", WHY).number for w in WORDS]


def pages(client: Client, *more: str) -> Iterator[tuple[str, str]]:
    """These pages and every one that links lead to from the first one, with what each says."""
    left, seen = [*more, "/"], {*more, "/"}
    while left and len(seen) < PAGES:
        path = left.pop(0)
        answer = client.get(path)
        if "html" not in answer.get("Content-Type", "") and "json" not in answer.get("Content-Type", ""):
            continue
        said = answer.content.decode()
        yield path, unescape(said)
        if "format=json" not in path:
            yield f"{path} (JSON)", client.get(path, headers={"accept": "application/json"}).content.decode()
        for link in re.findall(r'href="([^"#]+)', said):
            link = unescape(link)
            parts = urlsplit(link)
            own = not parts.netloc and parts.path.startswith("/")
            if own and not parts.path.startswith(("/static/", "/account/")) and link not in seen:
                seen.add(link)
                left.append(link)


def look(site: Site, numbers: list[int]) -> None:
    """Let the worker look up what erasing would touch."""
    for number in numbers:
        worker.do(site.book, Job.objects.create(kind="look", about={"name": str(number), "number": number}, by="Amal"))


@pytest.mark.parametrize("role", ["administrator", "reader"])
def test_protected_words_are_on_no_page(site: Site, role: str) -> None:
    written(site)
    numbers = protect(site)
    look(site, numbers)
    client = site.client("Amal" if role == "administrator" else "Rana", role)
    own = [f"/protection/{n}/" for n in numbers]
    told = list(pages(client, "/protection/", *own))
    assert len({path.split("?")[0] for path, _ in told}) > 60
    found = [(path, words) for path, said in told for words in WORDS if words in said]
    assert found == []
    seen = [client.get(path).status_code for path in own]
    assert seen == [200 if role == "administrator" else 403] * len(own)


def test_erased_words_are_in_no_byte_of_the_folder(site: Site) -> None:
    written(site)
    received = site.book.folder / "received"
    received.mkdir(exist_ok=True)
    (received / "left.txt").write_text("Nadia Verel told us.")
    (received / "other.txt").write_text("Nobody told us.")
    numbers = protect(site)
    for number in numbers:
        assert main(["erase", str(number), "--by", "Amal", "--why", WHY, "--casebook", str(site.book.folder)]) == 0
    assert main(["verify", "--casebook", str(site.book.folder)]) == 0
    assert sorted(p.name for p in received.iterdir()) == ["other.txt"]
    for path in site.book.folder.rglob("*"):
        if path.is_file() and path.suffix != ".lock":
            raw = path.read_bytes()
            assert not [w for w in WORDS if w.encode() in raw], path


def test_scrubbing_goes_through_every_column_of_text() -> None:
    """Also of models that come later: what is left out is named."""
    from django.apps import apps

    left = {
        f"{model.__name__}.{field.name}"
        for model in apps.get_app_config("review").get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField | models.CharField) and field.name not in set(_written(model))
    }
    assert {name.split(".")[1] for name in left} <= {
        *("password", "digest", "manifest", "salt", "state", "kind", "role", "language", "email")
    }
