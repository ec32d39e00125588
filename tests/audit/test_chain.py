"""The log: what an entry is, what is refused, and every change named."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from audit.fiction import act, log, tree
from probata.audit.chain import NONE, Account, Act, Entry, Step, append
from probata.audit.checker.tree import leaf
from probata.audit.merkle import TreeHead
from probata.audit.verify import verify
from probata.model.errors import InputError

ENTRIES = log(40)


def test_chain_entry_is_what_is_documented() -> None:
    first, second = ENTRIES[:2]
    said = json.loads(second.line)
    assert (first.previous, second.previous) == (NONE, first.hash)
    assert said["previous"] == first.hash
    assert said["number"] == second.number == 2
    assert list(said) == sorted(said)
    assert set(said) == {
        *("account", "after", "at", "before", "detail", "item", "kind"),
        *("number", "previous", "salt", "step", "versions", "who"),
    }
    assert second.hash == hashlib.sha256(b"\x00" + second.line).hexdigest()


def test_chain_hash_by_hand(tmp_path: Path) -> None:
    """What docs/custody.md says to type."""
    (tmp_path / "entries.jsonl").write_bytes(b"".join(e.line + b"\n" for e in ENTRIES))
    typed = "(printf '\\000'; sed -n 3p entries.jsonl | tr -d '\\n') | sha256sum"
    said = subprocess.run(["sh", "-c", typed], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert said.split()[0] == ENTRIES[2].hash


def test_chain_salts_differ() -> None:
    """Two entries that say the same cannot be told from their hashes to be the same."""
    twice = [Act("2021-05-20T10:00:00Z", "a", Account.PERSON, Step.DECIDE, "claim", "x") for _ in range(2)]
    assert append(None, twice[0]).hash != append(None, twice[1]).hash


@pytest.mark.parametrize(
    "change, word",
    [
        ({"at": "2021-05-20 10:00"}, "not UTC"),
        ({"at": "2021-05-20T10:00:00+02:00"}, "not UTC"),
        ({"at": "2021-13-20T10:00:00Z"}, "not UTC"),
        ({"who": " "}, "who is empty"),
        ({"item": ""}, "item is empty"),
        ({"before": "ABC"}, "before"),
        ({"after": "f" * 63}, "after"),
        ({"step": "steal"}, "steal"),
        ({"account": "ghost"}, "ghost"),
        ({"salt": ""}, "salt"),
        ({"detail": {"x": 0.5}}, "fraction"),
        ({"detail": {"x": "\ud800"}}, "U+D800"),
    ],
)
def test_chain_refuses(change: dict[str, object], word: str) -> None:
    with pytest.raises(InputError) as raised:
        append(None, replace(act(1), **change))  # type: ignore[arg-type]
    assert word in str(raised.value)


@pytest.mark.parametrize("number", [0, 1, 2, 40])
def test_verify_untouched(number: int) -> None:
    verdict = verify(
        ENTRIES[:number], [tree(ENTRIES[:number]).head("2021-05-20T11:00:00Z", n) for n in range(number + 1)]
    )
    assert verdict.sound, verdict.wrong
    assert (verdict.size, verdict.root) == (number, tree(ENTRIES[:number]).root().hex())
    assert verdict.last == (ENTRIES[number - 1].hash if number else NONE)


def changed_line(entry: Entry, at: int, bit: int) -> Entry:
    line = bytearray(entry.line)
    line[at % len(line)] ^= 1 << bit
    return replace(entry, line=bytes(line))


def rehashed(entry: Entry) -> Entry:
    """A forger's entry: its line changed and its hash worked out anew."""
    line = entry.line.replace(b'"note":"step', b'"note":"stop')
    return replace(entry, line=line, hash=leaf(line).hex())


@pytest.mark.parametrize(
    "change, word",
    [
        (lambda e: [*e[:4], *e[5:]], "entry 5 is missing"),
        (lambda e: [*e[:4], e[5], e[4], *e[6:]], "entry 5 is missing or out of its place"),
        (lambda e: [*e[:4], e[3], *e[4:]], "entry 4 is out of its place"),
        (lambda e: e[1:], "entry 1 is missing"),
        (lambda e: [*e[:4], rehashed(e[4]), *e[5:]], "entry 6 does not follow entry 5"),
        (lambda e: [*e[:4], replace(e[4], hash=NONE), *e[5:]], "entry 5 (code, claim karsa-post#4): what is written"),
        (lambda e: [*e[:4], replace(e[4], number=6), *e[5:]], "entry 5 (code, claim karsa-post#4): its row says 6"),
        (lambda e: [*e[:4], replace(e[4], previous=NONE), *e[5:]], "its row says"),
        (lambda e: [*e[:4], replace(e[4], line=b"{}"), *e[5:]], "entry 5: its line is no entry any more"),
        (lambda e: [*e[:4], replace(e[4], line=b"\xff[" * 9), *e[5:]], "entry 5: its line is no entry any more"),
        (lambda e: [*e[:4], replace(e[4], line=b"[" * 99_999), *e[5:]], "entry 5: its line is no entry any more"),
    ],
)
def test_verify_names_the_first_wrong_item(change: Callable[[list[Entry]], list[Entry]], word: str) -> None:
    verdict = verify(change(list(ENTRIES)))
    assert verdict.wrong
    assert word in verdict.wrong
    assert verdict.size <= 5


def test_verify_heads_find_what_a_chain_cannot() -> None:
    """A log rewritten from an entry on, or cut off, is a sound chain; only heads kept elsewhere tell."""
    head = tree(ENTRIES).head("2021-05-20T11:00:00Z")
    cut = ENTRIES[:30]
    assert verify(cut).sound
    assert "entry 31 is missing" in (verify(cut, [head]).wrong or "")
    rewritten = ENTRIES[:9]
    for n in range(10, 41):
        rewritten = [*rewritten, append(rewritten[-1], act(n, item="another"))]
    assert verify(rewritten).sound
    assert "entries 1 to 40: the log is not the one of 2021-05-20T11:00:00Z" in (verify(rewritten, [head]).wrong or "")
    assert "not the one" in (verify([], [TreeHead("2021-05-20T11:00:00Z", 0, NONE)]).wrong or "")


def test_verify_says_when_the_clock_went_back() -> None:
    entries = [append(None, act(50))]
    entries.append(append(entries[0], act(2)))
    verdict = verify(entries)
    assert verdict.sound
    assert "the clock went back" in verdict.remarks[0]


def test_verify_finds_every_random_change() -> None:
    """A byte of a line, a field of a row, an entry deleted, swapped or put in: each found, at the entry or the next."""
    dice = random.Random(20210520)
    head = tree(ENTRIES).head("2021-05-20T11:00:00Z")
    for _ in range(400):
        entries, at = list(ENTRIES), dice.randrange(40)
        match dice.randrange(6):
            case 0:
                entries[at] = changed_line(entries[at], dice.randrange(10_000), dice.randrange(8))
            case 1:
                digits = f"{dice.getrandbits(256):064x}"
                entries[at] = (
                    replace(entries[at], hash=digits) if dice.random() < 0.5 else replace(entries[at], previous=digits)
                )
            case 2:
                entries[at] = replace(entries[at], number=dice.choice([0, at, at + 2, 99]))
            case 3:
                del entries[at]
            case 4:
                other = (at + dice.randrange(1, 40)) % 40
                entries[at], entries[other] = entries[other], entries[at]
                at = min(at, other)
            case _:
                entries.insert(at, append(ENTRIES[at - 1] if at else None, act(99)))
        wrong = verify(entries, [head]).wrong
        assert wrong
        assert any(f"entry {n}" in wrong for n in (at + 1, at + 2)) or "entries 1 to 40" in wrong, (at, wrong)
