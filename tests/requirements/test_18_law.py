"""Requirement 18: law as indicative labels, elements shown and missing, gated by the kind of conflict."""

from __future__ import annotations

from pathlib import Path

import pytest

from probata.assess import assess
from probata.assess.law import Conflict
from probata.model.assessment import LegalLabel
from requirements.coded_seed import about, coded


def labels(shared: Path, *names: str, conflict: Conflict | None = None) -> dict[str, LegalLabel]:
    seed = coded(shared)
    claims = [seed[n] for n in names or seed]
    return {f"{x.ref} {x.label}": x for x in assess(claims, about=about(), conflict=conflict).law}


def one(found: dict[str, LegalLabel], ref: str) -> LegalLabel:
    return next(x for name, x in found.items() if name.startswith(ref + " "))


@pytest.mark.parametrize("conflict", [None, "niac"])
def test_18_labels_of_international_conflicts_are_refused(shared: Path, conflict: Conflict | None) -> None:
    found = labels(shared, conflict=conflict)
    international = [x for x in found.values() if "8(2)(b)" in x.ref]
    assert international
    assert {x.fit for x in international} == {"refused"}
    assert all("international" in x.why for x in international)


def test_18_c05_shows_that_the_emblem_is_missing(shared: Path) -> None:
    found = one(labels(shared, "C05"), "ICC 8(2)(e)(ii)")
    assert "emblem" in found.missing
    assert found.fit == "weak candidate"


def test_18_c12_is_refused_without_an_order(shared: Path) -> None:
    found = one(labels(shared, "C12"), "ICC 8(2)(e)(viii)")
    assert found.fit == "refused"
    assert "an order" in found.missing
    assert "order" in found.why


def test_18_c19_responsibility_is_a_duty_and_no_guilt(shared: Path) -> None:
    found = labels(shared, "C19")
    assert {x.fit for x in found.values()} == {"duty only"}
    assert all("no guilt" in x.label for x in found.values())


@pytest.mark.parametrize(
    "claim, ref, fit",
    [
        ("C03", "ICC 8(2)(c)(i)", "candidate"),
        ("C03", "ICC 8(2)(c)(iv)", "candidate"),
        ("C05", "ICC 8(2)(c)(i)", "candidate"),
        ("C05", "ICC 8(2)(c)(iv)", "candidate"),
        ("C07", "ICC 8(2)(c)(i)", "candidate"),
        ("C07", "ICC 8(2)(c)(ii)", "candidate"),
        ("C07", "UN six grave violations", "candidate"),
        ("C11", "ICC 8(2)(e)(vii)", "refused"),
        ("C11", "ICRC customary rule 95", "candidate"),
        ("C11", "ICC 8(2)(b)(xv) and 8(2)(a)(v)", "refused"),
        ("C11", "ICC 8(2)(c)(i)", "weak candidate"),
        ("C08", "ICRC customary rules 112 to 116", "duty only"),
    ],
)
def test_18_fits_as_coded(shared: Path, claim: str, ref: str, fit: str) -> None:
    assert one(labels(shared, claim), ref).fit == fit


def test_18_every_label_shows_what_is_missing(shared: Path) -> None:
    for x in labels(shared).values():
        assert x.stated or x.missing
        assert x.claims
        assert x.why
