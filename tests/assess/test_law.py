"""Legal labels are indicative, gated by the kind of conflict, with what is missing."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from assess.coded import C03, C05, C07, C08, C11, C12, C19, SEED, claim
from probata.assess import assess
from probata.model.assessment import LegalLabel
from probata.model.claim import Claim, Stance
from probata.vocab import load


def labels(claims: list[Claim], conflict: Literal["niac", "iac"] | None = "niac") -> dict[str, LegalLabel]:
    return {f"{x.ref}: {x.label}": x for x in assess(claims, conflict=conflict).law}


def one(claims: list[Claim], ref: str, conflict: Literal["niac", "iac"] | None = "niac") -> LegalLabel:
    return next(x for name, x in labels(claims, conflict).items() if name.startswith(f"{ref}:"))


def test_law_refuses_labels_of_the_other_kind_of_conflict() -> None:
    for name, x in labels(SEED).items():
        assert (x.fit == "refused") >= ("8(2)(b)" in name), name
    assert one([C11], "ICC 8(2)(b)(xv) and 8(2)(a)(v)", "iac").fit != "refused"
    assert one([C03], "ICC 8(2)(c)(i)", "iac").fit == "refused"


def test_law_refuses_all_while_the_kind_is_not_set() -> None:
    nowhere = claim("a", by="medics", groups=["civilian"], count="3", where="Xyzzyville")
    found = [x for x in assess([nowhere]).law if x.ref.startswith("ICC")]
    assert found
    assert {x.fit for x in found} == {"refused"}
    assert "not set" in found[0].why


def test_law_kind_of_conflict_by_country() -> None:
    assert one([C03], "ICC 8(2)(c)(i)", None).fit == "candidate"


def test_law_execution_shows_what_is_missing() -> None:
    found = one([C03], "ICC 8(2)(c)(iv)")
    assert found.fit == "candidate"
    assert found.stated == ("an execution",)
    assert "whether any sentence or process existed" in found.missing
    assert "victim taking no active part" in one([C03], "ICC 8(2)(c)(i)").missing


def test_law_medical_staff_without_emblem() -> None:
    found = one([C05], "ICC 8(2)(e)(ii)")
    assert found.fit == "weak candidate"
    assert "emblem" in found.missing
    marked = replace(C05, method=claim("x", method="clearly marked with the emblem").method)
    assert "emblem" in one([marked], "ICC 8(2)(e)(ii)").stated


def test_law_burning_lacks_the_death() -> None:
    assert "a death" in one([C07], "ICC 8(2)(c)(i)").missing
    assert one([C07], "ICC 8(2)(c)(ii)").missing == ("state of the victims (alive or dead)",)
    assert one([C07], "UN six grave violations").missing == ("age",)


def test_law_displacement_needs_an_order() -> None:
    found = one([C12], "ICC 8(2)(e)(viii)")
    assert found.fit == "refused"
    assert "order" in found.why
    ordered = claim("a", kind="displacement", by="medics", words="families ordered to leave")
    assert one([ordered], "ICC 8(2)(e)(viii)").fit == "candidate"


def test_law_forced_recruitment_of_adults_is_no_icc_crime() -> None:
    found = labels([C11])
    assert one([C11], "ICC 8(2)(e)(vii)").fit == "refused"
    assert one([C11], "ICRC customary rule 95").fit == "candidate"
    assert {x.fit for name, x in found.items() if name.startswith("ICC")} <= {"refused", "weak candidate"}


def test_law_responsibility_is_a_duty() -> None:
    found = assess([C19], conflict="niac").law
    assert [x.fit for x in found] == ["duty only"]
    assert "no guilt" in found[0].label
    assert one([C08], "ICRC customary rules 112 to 116").fit == "duty only"


@pytest.mark.parametrize("stance", [s for s in Stance if s is not Stance.AFFIRMED])
def test_law_only_of_what_is_affirmed(stance: Stance) -> None:
    assert assess([replace(C03, stance=stance)], conflict="niac").law == ()


def test_law_every_label_has_elements_and_a_kind() -> None:
    for entry in load("law")["labels"]:
        assert entry["elements"], entry["ref"]
        assert entry["conflict"] in ("niac", "iac", "any"), entry["ref"]
