"""What is published is on a list; what is closed is withheld, counted, and opened only by name."""

from __future__ import annotations

from typing import Any

import pytest

from probata.audit.bundle import Withheld
from probata.audit.shield import Shield
from probata.store.publishing import CLOSED, Rules, closed_words, publish, total
from probata.store.victims import names
from probata.vocab import load


def claim(evidence: str, *groups: str, **slots: Any) -> dict[str, Any]:
    def named(words: str) -> dict[str, Any]:
        return {"start": 0, "end": len(words), "text": words, "name": words}

    said = {"text": evidence, "start": 0, "end": len(evidence)}
    found: dict[str, Any] = {
        "id": "c",
        "report": "r",
        "type": "killing",
        "stance": "affirmed",
        "evidence": said,
        "groups": [*groups],
    }
    found |= {"speaker": None, "targets": [named(t) for t in slots.get("targets", ())], "relay": [], "basis": None}
    found["count"] = {"start": 0, "end": 3, "text": "Six", "low": 6, "high": 6, "rule": "exact"}
    found["secret"] = slots.get("secret")
    return found | ({"speaker": named(slots["speaker"])} if "speaker" in slots else {})


def reasons(left: list[Withheld]) -> dict[str, str]:
    return {w.what: w.why for w in left}


@pytest.mark.parametrize("said", ["Two women were raped", "sexually assaulted", "SEXUAL  violence", "تعرضت للاغتصاب"])
def test_sexual_violence_is_closed_unless_opened(said: str) -> None:
    record = claim(said, speaker="a nurse")
    shown, left = publish("claim", record, Rules.known(), Shield(()))
    assert (shown["evidence"], shown["speaker"], shown["count"]) == (None, None, None)
    assert reasons(left)["claim evidence"] == "sexual violence"
    opened, left = publish("claim", record, Rules.known(["sexual violence"]), Shield(()))
    assert opened["evidence"]["text"] == said
    assert left == []


def test_words_about_children_are_closed_and_their_number_is_not() -> None:
    shown, left = publish("claim", claim("Six children died", "child", targets=["children"]), Rules.known(), Shield(()))
    assert (shown["evidence"], shown["targets"], shown["count"]["low"]) == (None, [], 6)
    assert reasons(left) == {"claim evidence": "children", "claim targets": "children"}


def test_fields_that_are_not_listed_stay_and_are_counted() -> None:
    shown, left = publish("claim", claim("Six died", secret="x"), Rules.known(), Shield(()))
    assert "secret" not in shown
    assert left == [Withheld("claim secret", 1, "not on the list of what is published")]


def test_protected_words_are_withheld_and_counted_and_offsets_let_go() -> None:
    shown, left = publish("claim", claim("Velora Tamshik saw six die"), Rules.known(), Shield(["Velora Tamshik"]))
    assert shown["evidence"] == {"start": None, "end": None, "text": "[protected] saw six die"}
    assert left == [Withheld("claim evidence", 1, "protected")]


def test_names_of_victims_and_details_of_speakers_who_are_not_named_are_closed_wherever_they_stand() -> None:
    one = claim(
        "Velora Tamshik died",
        targets=["Velora Tamshik", "people in the New Market", "Lower Brenta"],
        speaker="a nurse who lives beside the mill",
    )
    one["place"] = {"text": "Lower Brenta", "name": None}
    two = claim("Six died", speaker="Mayor Ilan Dray")
    three = claim("Six died", speaker="a doctor")
    words = set(closed_words([one, two, three], Rules.known()))
    assert words == {"Velora Tamshik", "Tamshik", "a nurse who lives beside the mill"}
    assert set(closed_words([one, two, three], Rules.known(["victims"]))) == {"a nurse who lives beside the mill"}
    assert Shield(words, CLOSED).shown(one)["evidence"]["text"] == f"{CLOSED} died"


NAMES = {
    "one word": ("Velora was killed in Karsa.", "Velora", {"Velora"}),
    "a common given name": ("Ahmed Haddad was killed.", "Ahmed Haddad", {"Ahmed Haddad", "Haddad"}),
    "after a title": ("Dr. Tamshik was killed.", "Dr. Tamshik", {"Tamshik"}),
    "a title before two": ("Sheikh Velora Tamshik died.", "Sheikh Velora Tamshik", {"Velora Tamshik", "Tamshik"}),
    "named": ("A teacher named Velora was killed.", "A teacher named Velora", {"Velora"}),
    "named after the target": ("A teacher, identified as Velora, died.", "A teacher", {"Velora"}),
    "relation": ("His wife Velora was killed.", "His wife Velora", {"Velora"}),
    "age": ("The shelling killed Velora, 34, at home.", "Velora, 34", {"Velora"}),
    "age after the target": ("It killed a nurse, Velora (34).", "a nurse, Velora", {"Velora"}),
    "people": ("Civilians were killed.", "Civilians", set()),
    "a nation": ("Syrians were killed.", "Syrians", set()),
    "a party": ("It killed members of Hezbollah.", "Hezbollah", set()),
    "letters": ("The UN was hit.", "UN", set()),
    "a unit": ("Fighters of Liwaa Tamshik died.", "Liwaa Tamshik", set()),
    "a body": ("It killed guards of the Tarqa Relief Office.", "Tarqa Relief Office", set()),
}


@pytest.mark.parametrize("case", NAMES)
def test_names_of_victims_are_told_by_what_stands_around_them(case: str) -> None:
    said, target, wanted = NAMES[case]
    assert names([claim(said, targets=[target])]).sure == wanted


def test_a_word_that_is_also_a_place_or_somebody_who_acts_is_left_to_people() -> None:
    one, two = claim("Karsa was killed.", targets=["Karsa"]), claim("Brox was killed.", targets=["Brox"])
    one["place"] = {"text": "Karsa market", "name": "Karsa"}
    two["agents"] = [{"text": "Brox", "name": "Brox"}]
    found = names([one, two])
    assert (found.sure, found.possible) == (frozenset(), {"Karsa": 1, "Brox": 1})


def test_what_acts_on_things_too_names_nobody_in_one_word_and_titles_have_capitals_everywhere() -> None:
    one = {**claim("Karsa was shelled.", targets=["Karsa"]), "type": "attack"}
    two = {**claim("Wedding Guests Killed", targets=["Wedding Guests"]), "in_title": True}
    three = {**claim("Six told Ilan Dray to stop.", targets=["Ilan Dray"]), "type": "appeal"}
    assert not names([one, two, three]).sure


def test_purpose_and_retention_are_recorded_and_totals_added_up() -> None:
    table = load("publishing")
    assert table["version"] >= 1
    assert table["purpose"]
    assert table["retention"]
    assert total([Withheld("a", 1, "x"), Withheld("a", 2, "x"), Withheld("a", 1, "y")]) == [
        Withheld("a", 3, "x"),
        Withheld("a", 1, "y"),
    ]
