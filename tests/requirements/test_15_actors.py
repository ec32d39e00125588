"""Requirement 15: the source's label, a neutral name and open alternatives for each actor."""

from __future__ import annotations

from pathlib import Path

from probata.assess import assess
from probata.assess.incidents import assessed
from probata.assess.parties import accused_of
from probata.link.incidents import link
from requirements.coded_seed import about, coded, incident


def test_15_its_allies_stays_unresolved(shared: Path) -> None:
    seed = coded(shared)
    for name in ("C19", "C21"):
        assert "its allies" in [a.name for a in seed[name].agents]
    party = accused_of("its allies")
    assert party is not None
    assert (party.name, party.side) == ("its allies", None)


def test_15_a_possessive_makes_no_claim_on_its_owner(shared: Path) -> None:
    found = assess([coded(shared)["C05"]], about=about())
    assert len(found.accused) == 2, "the forces and the militiamen"
    assert any("forces" in label for a in found.accused for label in a.labels), "the source's words are kept"
    assert not [a for a in found.accused if a.name.lower() in ("bashar al-assad", "assad")]


def test_15_c06_is_another_dyad_of_one_event(shared: Path) -> None:
    claims = list(coded(shared).values())
    incidents = list(assessed(claims, about(), link(claims, about())))
    (of,) = [a for a in incidents if "C03" in a.incident.claims]
    assert "C06" in of.incident.claims
    parties = {a.name: a for a in of.found.accused}
    assert [b.claim for b in parties["Hezbollah"].by] == ["C06"]
    assert [b.speaker for b in parties["Hezbollah"].by] == ["activists on the ground"]
    assert parties["Hezbollah"].stands == "variant"
    assert "C03" in [b.claim for b in parties["Syrian government forces"].by]


def test_15_label_neutral_name_and_accusers_stand_together(shared: Path) -> None:
    for accused in assess(incident(shared, "I1"), about=about()).accused:
        assert accused.name
        assert accused.labels
        assert all(b.words in accused.labels and b.claim for b in accused.by)


def test_15_a_duty_bearer_is_not_accused(shared: Path) -> None:
    seed = coded(shared)
    assert assess([seed[c] for c in ("C18", "C19", "C20")], about=about()).accused == ()
