"""No slot without words: whatever is read, each filled slot of each claim rests on words of that text."""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from probata import pipeline
from probata.model.claim import Claim, ClaimType, Stance
from probata.model.report import Anchor, AnchorBasis, Report
from probata.model.span import Span
from properties.mangle import BIDI, MANGLERS

ANCHOR = Anchor(date(2031, 5, 20), AnchorBasis.METADATA)


def spans(thing: Any) -> Iterator[Span]:
    """Every span within a record, however deep."""
    if isinstance(thing, Span):
        yield thing
    elif isinstance(thing, tuple | list):
        for part in thing:
            yield from spans(part)
    elif dataclasses.is_dataclass(thing):
        for f in dataclasses.fields(thing):
            yield from spans(getattr(thing, f.name))


def check(claim: Claim, text: str) -> None:
    """Fail unless each span of the claim has the words it says, and each reading is possible."""
    for span in spans(claim):
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == span.text
    for slot in ("speaker", "basis", "method", "count", "place", "time"):
        value = getattr(claim, slot)
        assert value is None or isinstance(value.span, Span), f"{slot} without words"
    for slot in ("relay", "agents", "targets"):
        assert all(named.span.text and named.name for named in getattr(claim, slot)), f"{slot} without words"
    assert isinstance(claim.stance, Stance)
    assert isinstance(claim.type, ClaimType)
    if claim.count:
        low, high = claim.count.low, claim.count.high
        said = claim.count.span.text.casefold() in ("0", "zero", "none", "no")
        assert low is None or low > 0 or said, f"unknown is empty, never 0: {claim.count}"
        assert low is None or high is None or low <= high
    if claim.time and claim.time.start and claim.time.end:
        assert claim.time.start <= claim.time.end
    for slot in claim.inferred:
        assert hasattr(claim, slot), f"{slot} is no slot"
        assert getattr(claim, slot), f"{slot} is inferred and empty"


def read(text: str, **more: Any) -> list[Claim]:
    """Read a text, check every claim, and give the claims back."""
    report = Report("r", text, anchors=(ANCHOR,), **more)
    claims = list(pipeline.read(report))
    for claim in claims:
        check(claim, text)
    assert len({claim.id for claim in claims}) == len(claims), "two claims with one id"
    return claims


def attribute(text: str) -> None:
    """Find the attributions of a text and check them."""
    for attribution in pipeline.attributions(Report("r", text)):
        assert attribution.content, "content without words"
        for span in spans(attribution):
            assert text[span.start : span.end] == span.text


@pytest.fixture(scope="module")
def corpora(shared: Path) -> list[dict[str, Any]]:
    """The 885 reports of the two corpora."""
    lines = [
        line
        for name in ("fakes", "airwars")
        for line in (shared / "corpora" / name / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return [json.loads(line) for line in lines]


def test_no_fabrication_in_all_reports(corpora: list[dict[str, Any]]) -> None:
    assert len(corpora) == 885
    found = [len(read(r["text"], title=r["title"], outlet=r["outlet"])) for r in corpora]
    assert sum(found) > 885, "reading finds next to nothing: this test would prove nothing"


def test_no_fabrication_in_mangled_reports(corpora: list[dict[str, Any]]) -> None:
    dice = random.Random(20160)
    for i, r in enumerate(corpora):
        mangle = MANGLERS[i % len(MANGLERS)]
        text = mangle(r["text"], dice)
        try:
            read(text)
            if i % 4 == 0:  # the parse is most of the time, and claims rest on attributions already
                attribute(text)
        except Exception as error:
            raise AssertionError(f"{mangle.__name__} {r['id']}: {error!r}\n{text[:400]!r}") from error


def test_no_fabrication_in_five_megabytes_on_one_line(corpora: list[dict[str, Any]]) -> None:
    text = " ".join(" ".join(r["text"].split()) for r in corpora)
    text = (text * (5_000_000 // len(text) + 1))[:5_000_000]
    assert read(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        ".",
        "a" * 5_000_000,
        "\n" * 1_000_000,
        "“" * 200_000,
        "1" * 200_000,
        "1,000 " * 20_000,
        "killed 12 " * 1_000,
        "said that " * 5_000,
        "(" * 40_000,
        "Monday " * 20_000,
        "said " + ", who said " * 3_000,
        "U.N. " * 20_000,
        BIDI * 4_000,
        "لقي ستة أشخاص مصرعهم في قصف على السوق",
        "At least 6\u202e people were killed\u202c in Tarqa, a doctor\u2066 said.",
    ],
    ids=lambda t: repr(t[:12]),
)
def test_no_fabrication_in_degenerate_texts(text: str) -> None:
    read(text)
    if len(text) < 100_000:
        attribute(text)


FRAGMENTS = [
    *["the army", "a doctor", "witnesses", "Colonel Adan Reth", "the ministry", "she", "it", "their", "who", "Tarqa"],
    *["said", "denied", "that", "according to", "told", "claimed", "could not verify", "may have", "will", "if", "not"],
    *["killed", "was killed by", "wounded", "shelled", "arrested", "executions", "the death toll", "fled", "bodies"],
    *[
        "at least",
        "12",
        "nearly two hundred",
        "dozens of",
        "civilians",
        "nine children and four women",
        "0",
        "-1",
        "1/2",
    ],
    *["on Monday", "31 February 2031", "in 9999", "yesterday", "99:99", "in", "near", "by", "and", "of", "including"],
    *[".", ",", ":", ";", "\n", "\n\n", "“", "”", '"', "'", "’s", "(", ")", "—", "...", "%", "\u202e", "\u200b", "\t"],
]


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=60).map(" ".join))
def test_no_fabrication_in_word_salad(text: str) -> None:
    read(text)
    attribute(text)


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_no_fabrication_in_any_unicode(text: str) -> None:
    read(text)
    attribute(text)


def test_no_fabrication_check_can_fail() -> None:
    """The check itself: a slot whose words are not at its offsets is caught."""
    claim = Claim("c", "r", Span(0, 6, "killed"), ClaimType.KILLING, Stance.AFFIRMED)
    check(claim, "killed")
    with pytest.raises(AssertionError):
        check(claim, "burned")
    with pytest.raises(AssertionError):
        check(dataclasses.replace(claim, inferred=("place",)), "killed")
