"""Findings: set by two people and never by software, at a standard that the sources allow, each kind by itself."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from probata.assess.findings import accept, refusals, sentences, standing, statement
from probata.model.assessment import Assessment
from probata.model.errors import InputError
from probata.model.finding import Account, Finding, FindingKind, Findings, Standard

HAPPENED = Finding(
    incident="inc-1",
    kind=FindingKind.OCCURRED,
    standard=Standard.REASONABLE_GROUNDS,
    who="Anna Weil",
    account=Account.PERSON,
    reason="two bodies counted the dead apart from one another",
    second="Yusuf Karim",
    sources=2,
)
DID_IT = replace(HAPPENED, kind=FindingKind.PERPETRATOR, party="the army")


def codes(finding: Finding, *earlier: Finding, sources: int | None = None, good: str = "") -> list[str]:
    def verify(said: bytes, signature: str) -> bool:
        return said == statement(finding) and signature == good

    now = finding.sources if sources is None else sources
    return [r.code for r in refusals(finding, earlier, now, verify if good else None)]


def test_findings_two_people_can_set_one() -> None:
    assert codes(HAPPENED) == []
    assert accept(HAPPENED, [], 2) == HAPPENED


@pytest.mark.parametrize("standard", list(Standard))
@pytest.mark.parametrize("slot", ["account", "second_account"])
def test_findings_software_is_refused_at_every_standard(standard: Standard, slot: str) -> None:
    assert "software" in codes(replace(HAPPENED, standard=standard, **{slot: Account.SOFTWARE}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name", ["Anna Weil", " anna  weil ", "ANNA WEIL", "Anna\u200b Weil", "Ａｎｎａ Weil", "", " \u202e"]
)
def test_findings_need_a_second_person_who_is_another(name: str) -> None:
    assert codes(replace(HAPPENED, second=name)) == ["second"]


def test_findings_need_a_name_and_a_reason() -> None:
    assert codes(replace(HAPPENED, who=" ")) == ["nobody"]
    assert codes(replace(HAPPENED, reason="\n")) == ["reason"]


@pytest.mark.parametrize("sources", [0, 1])
@pytest.mark.parametrize("standard", [s for s in Standard if s.step >= Standard.REASONABLE_GROUNDS.step])
def test_findings_one_source_needs_a_signed_reason(sources: int, standard: Standard) -> None:
    bare = replace(HAPPENED, sources=sources, standard=standard)
    assert codes(bare) == ["one-source"]
    signed = replace(bare, signature="s")
    assert codes(signed, good="s") == []
    assert codes(signed, good="another") == ["signature"]
    assert codes(signed) == ["signature"], "a signature that nobody can check is none"
    assert codes(replace(signed, reason=""), good="s") == ["reason"], "and it is signed under a reason"


def test_findings_suspicion_on_one_source_needs_no_signature() -> None:
    assert codes(replace(HAPPENED, sources=1, standard=Standard.SUSPICION)) == []


def test_findings_signature_is_of_all_that_is_found() -> None:
    made = {statement(replace(HAPPENED, **{f.name: _other(f.name)})) for f in fields(Finding) if f.name in _SIGNED}  # type: ignore[arg-type]
    assert len(made | {statement(HAPPENED)}) == len(_SIGNED) + 1
    assert statement(replace(HAPPENED, signature="x")) == statement(HAPPENED)


_SIGNED = {"incident", "kind", "standard", "who", "second", "reason", "party", "sources", "version", "at"}


def _other(name: str) -> object:
    typed = {"kind": FindingKind.PERPETRATOR, "standard": Standard.CLEAR, "sources": 9, "version": 9}
    return typed.get(name, "other")


def test_findings_perpetrator_can_stay_open() -> None:
    found = standing([HAPPENED], "inc-1")
    assert found == Findings(HAPPENED, ())
    assert sentences(found)[1] == "who did it: open"
    assert sentences(Findings()) == ["that it happened: open", "who did it: open"]


def test_findings_perpetrator_never_stands_higher_than_that_it_happened() -> None:
    assert codes(DID_IT) == ["occurred"]
    assert codes(DID_IT, HAPPENED) == []
    assert codes(replace(DID_IT, standard=Standard.CLEAR), HAPPENED) == ["occurred"]
    lower = replace(HAPPENED, standard=Standard.SUSPICION)
    assert codes(lower, HAPPENED, DID_IT) == ["perpetrator"]
    back = replace(DID_IT, standard=Standard.OPEN, second="")
    assert codes(back, HAPPENED, DID_IT) == []
    assert codes(lower, HAPPENED, DID_IT, back) == []


def test_findings_party_belongs_to_one_kind() -> None:
    assert codes(replace(DID_IT, party=None), HAPPENED) == ["party"]
    assert codes(replace(HAPPENED, party="the army")) == ["party"]


def test_findings_of_an_incident_that_has_changed_since_are_refused() -> None:
    assert codes(HAPPENED, sources=3) == ["changed"]


def test_findings_later_row_replaces_and_takes_back() -> None:
    raised = replace(HAPPENED, standard=Standard.BALANCE, reason="a third body as well")
    other = replace(HAPPENED, incident="inc-2")
    assert standing([HAPPENED, other, raised], "inc-1").occurred == raised
    back = replace(raised, standard=Standard.OPEN, second="", reason="the third was a copy")
    assert codes(back, raised) == []
    assert standing([HAPPENED, raised, back], "inc-1") == Findings()
    assert standing([HAPPENED, raised, back, HAPPENED], "inc-1").occurred == HAPPENED


def test_findings_accept_says_what_is_wrong_and_what_to_do() -> None:
    with pytest.raises(InputError, match=r"inc-1: .*software account.* A person decides") as refused:
        accept(replace(HAPPENED, account=Account.SOFTWARE), [], 2)
    assert refused.value.code == "software"


def test_findings_sentence_names_both_people_and_an_older_version() -> None:
    found = standing([replace(HAPPENED, version=2), replace(DID_IT, version=3)], "inc-1")
    first, second = sentences(found, version=3)
    assert "Anna Weil, with Yusuf Karim" in first
    assert "on version 2" in first
    assert "on version" not in second


def test_findings_are_nowhere_in_what_software_suggests() -> None:
    assert not [f.name for f in fields(Assessment) if "finding" in f.name or "standard" in f.name]
