"""Salted commitments: a protected value is nowhere in clear, can be shown to belong, and can be erased."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from audit.fiction import act
from probata.audit.canonical import canonical, digest
from probata.audit.chain import Step, chain
from probata.audit.sealing import new_salt, opens, seal, seal_fields
from probata.audit.verify import verify
from probata.model.errors import InputError

RECORD: dict[str, Any] = {
    "id": "karsa-post#1",
    "speaker": {"name": "Witness Seven", "role": "doctor"},
    "groups": [{"names": ["One", "Two"], "n": 2}, {"names": None, "n": 3}, {"n": 1}],
    "note": "she lives in Oltrava",
}
PATHS = ["speaker.name", "groups[].names", "note", "none.such", "groups[].names[].more"]


class Salts:
    """Salts kept beside the values, by place."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def __call__(self, place: str) -> bytes:
        return self.kept.setdefault(place, new_salt())


def test_seal_is_what_is_documented() -> None:
    salt = bytes(range(32))
    expected = hashlib.sha256(b"\x02" + salt + b'"Witness Seven"').hexdigest()
    assert seal("Witness Seven", salt) == {"sealed": expected}


def test_seal_opens_with_value_and_salt_only() -> None:
    salt = new_salt()
    sealed = seal(["One", "Two"], salt)
    assert opens(sealed, ["One", "Two"], salt)
    assert not opens(sealed, ["Two", "One"], salt)
    assert not opens(sealed, ["One", "Two"], new_salt())
    assert not opens({}, ["One", "Two"], salt)


def test_seal_cannot_be_guessed() -> None:
    """The same value twice gives two seals: a list of names cannot be tried against a release."""
    assert seal("One", new_salt()) != seal("One", new_salt())
    with pytest.raises(ValueError, match="32 bytes"):
        seal("One", b"short")


def test_seal_fields_leaves_nothing_in_clear_and_the_rest_alone() -> None:
    salts = Salts()
    sealed = seal_fields(RECORD, PATHS, salts)
    assert sealed["speaker"] == {"name": seal("Witness Seven", salts.kept["speaker.name"]), "role": "doctor"}
    assert sealed["groups"][0] == {"names": seal(["One", "Two"], salts.kept["groups[0].names"]), "n": 2}
    assert sealed["groups"][1:] == [{"names": None, "n": 3}, {"n": 1}]
    assert set(salts.kept) == {"speaker.name", "groups[0].names", "note"}
    assert RECORD["speaker"]["name"] == "Witness Seven"
    for word in (b"Witness", b"One", b"Oltrava"):
        assert word not in canonical(sealed)


def test_seal_fields_each_item_of_a_list() -> None:
    salts = Salts()
    sealed = seal_fields(RECORD, ["groups[].names[]"], salts)
    assert sealed["groups"][0]["names"][1] == seal("Two", salts.kept["groups[0].names[1]"])


@pytest.mark.parametrize("record", [{"sealed": "x"}, {"a": [{"sealed": None}]}])
def test_seal_fields_refuses_what_could_pass_for_a_seal(record: dict[str, Any]) -> None:
    with pytest.raises(InputError, match="marks a protected value"):
        seal_fields(record, ["a"], Salts())


@pytest.mark.parametrize("path", ["", ".a", "a..b", "a."])
def test_seal_fields_refuses_paths_that_are_none(path: str) -> None:
    with pytest.raises(InputError, match="no path"):
        seal_fields(RECORD, [path], Salts())


def test_erasing_leaves_the_log_valid() -> None:
    """Value and salt are destroyed; the record's hash, and so the log, is what it was."""
    salts = Salts()
    sealed = seal_fields(RECORD, PATHS, salts)
    entries = list(chain([act(1, Step.CODE, "karsa-post#1", digest(sealed)), act(2, Step.ERASE, "karsa-post#1")]))
    salts.kept.clear()
    assert verify(entries).sound
    assert b"Witness" not in b"".join(e.line for e in entries)
    assert f'"after":"{digest(sealed)}"'.encode() in entries[0].line
