"""From an empty installation to the first administrator, and what nobody else may do."""

from __future__ import annotations

from django.test import Client

from probata.review.models import Person
from probata.review.pages import setup
from review.harness import PASSWORD, Live, Site


def test_setup_makes_one_administrator_and_signs_in(site: Site) -> None:
    client = Client()
    address = f"/setup/{setup.TOKEN}/"
    assert "first administrator" in client.get(address).content.decode()
    answer = client.post(address, {"alias": "Amal", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/?format=json").json()["reports"] == 19
    assert "Add reports" in client.get("/").content.decode()
    assert [(p.alias, p.role) for p in Person.objects.all()] == [("Amal", "administrator")]
    assert Client().get(address).status_code == 404


def test_setup_link_must_be_the_right_one(site: Site) -> None:
    assert Client().get("/setup/guessed/").status_code == 404


def test_pages_send_strangers_to_sign_in(site: Site) -> None:
    answer = Client().get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/account/login/?next=%2F")
    assert Client().get("/?format=json").status_code == 401


def test_pages_forbid_what_the_role_does_not_allow(site: Site) -> None:
    assert site.client("Basim", "reader").get("/").status_code == 200


def test_server_runs_and_asks_for_the_first_administrator(live: Live) -> None:
    assert live.setup.startswith(live.url + "setup/")
