"""What a text asks for becomes a task in one step: the form comes with the claim's words and is tied to the claim."""

from __future__ import annotations

import re
from html import unescape

from probata.review.models import Task
from probata.store import models
from review.harness import Site


def appeal(site: Site) -> models.Claim:
    return models.Claim.objects.using(site.book.alias).filter(type="appeal").order_by("id")[0]


def test_follow_up_comes_from_the_words_of_a_claim(site: Site) -> None:
    client, claim = site.client("Basim"), appeal(site)
    panel = client.get(f"/claims/{claim.name}/", headers={"HX-Request": "true"}).content.decode()
    found = re.search(r'href="(/tasks/new/\?[^"]+)"', panel)
    assert found
    form = client.get(unescape(found[1])).content.decode()
    words = re.search(r'name="what"[^>]* value="([^"]*)"', form)
    assert words
    assert unescape(words[1]) == claim.record["evidence"]["text"]
    given = {"kind": "claim", "name": claim.name, "what": unescape(words[1]), "person": "Basim", "due": "2031-05-20"}
    answer = client.post("/tasks/new/", given)
    assert (answer.status_code, Task.objects.get().name) == (302, claim.name)
    panel = client.get(f"/claims/{claim.name}/", headers={"HX-Request": "true"}).content.decode()
    assert f'id="task-{Task.objects.get().pk}"' in panel


def test_form_of_a_follow_up_is_not_there_for_what_is_not(site: Site) -> None:
    client = site.client("Basim")
    for query in ("", "?kind=claim", "?kind=claim&name=nothing", "?kind=person&name=Basim"):
        assert client.get(f"/tasks/new/{query}").status_code == 404
    assert site.client("R", "reader").get(f"/tasks/new/?kind=claim&name={appeal(site).name}").status_code == 403
