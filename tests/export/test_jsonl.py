"""The claim record: its keys, its order, and back without loss."""

from __future__ import annotations

import json

import pytest

from handmade import BARE, CLAIMS, FULL, INSIDE, TITLE, span
from probata import __version__
from probata.export import jsonl
from probata.model.attribution import Attribution
from probata.model.claim import Claim

KEYS = (
    "id report evidence type stance speaker relay basis agents targets groups method count place time "
    "in_title inferred by"
).split()


def test_jsonl_record_has_its_keys_in_order() -> None:
    for claim in CLAIMS:
        assert list(jsonl.record(claim)) == KEYS


def test_jsonl_record_says_what_the_claim_says() -> None:
    record = jsonl.record(FULL)
    assert record["evidence"] == {"start": 33, "end": 110, "text": FULL.evidence.text}
    assert record["speaker"]["name"] == "a doctor in Tarqa"
    assert list(record["speaker"]) == ["start", "end", "text", "name"]
    assert list(record["count"]) == ["start", "end", "text", "low", "high", "rule"]
    assert (record["count"]["low"], record["count"]["high"]) == (6, None)
    assert list(record["place"]) == ["start", "end", "text", "name", "geonameid", "lat", "lon", "precision"]
    assert list(record["time"]) == ["start", "end", "text", "from", "to", "precision", "anchor"]
    assert (record["time"]["from"], record["time"]["anchor"]) == ("2031-05-19", "2031-05-20")
    assert record["by"] == {
        "extractor": "rules",
        "version": __version__,
        "rules": {"evidence": "killing:kill", "count": "at-least-n"},
        "why": {"speaker": "subject 2.1 over object 0.3"},
    }


def test_jsonl_record_of_an_empty_slot_is_null_or_empty_never_zero() -> None:
    record = jsonl.record(BARE)
    assert [record[k] for k in ("speaker", "basis", "method", "count", "place", "time")] == [None] * 6
    assert [record[k] for k in ("relay", "agents", "targets", "groups", "inferred")] == [[]] * 5


@pytest.mark.parametrize("claim", [TITLE, FULL, INSIDE, BARE], ids=lambda c: c.type.value)
def test_jsonl_record_goes_back_without_loss(claim: Claim) -> None:
    assert jsonl.from_record(json.loads(jsonl.line(jsonl.record(claim)))) == claim


def test_jsonl_line_keeps_letters_and_stays_one_line() -> None:
    line = jsonl.line({"text": "طرقة\n\u2028é"})
    assert "طرقة" in line
    assert "\n" not in line


def test_jsonl_from_record_refuses_what_is_no_claim() -> None:
    with pytest.raises((KeyError, ValueError)):
        jsonl.from_record({"id": "x"})
    with pytest.raises(ValueError, match="rumour"):
        jsonl.from_record({**jsonl.record(BARE), "type": "rumour"})


def test_jsonl_attribution_record() -> None:
    a = Attribution(
        span("a doctor"), span("told"), (span("At least six"),), "say", (span("Radio Meren"),), rule="subject"
    )
    record = jsonl.attribution_record("karsa-1", a)
    assert list(record) == ["report", "source", "cue", "content", "kind", "relay", "basis", "rule"]
    assert record["content"] == [{"start": 33, "end": 45, "text": "At least six"}]
    assert jsonl.attribution_record("r", Attribution(None, span("told"), ()))["source"] is None
