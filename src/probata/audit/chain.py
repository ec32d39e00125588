"""The log: every step an entry that carries the hash of the one before, so that no entry can change unseen."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from probata.audit.canonical import canonical
from probata.audit.checker.tree import leaf
from probata.model.errors import InputError

NONE = "0" * 64  # what the first entry carries in place of an earlier hash
_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?Z")


class Step(StrEnum):
    """What was done."""

    INGEST = "ingest"  # bytes came in
    CAPTURE = "capture"  # a page was saved
    EXTRACT = "extract"  # text was taken out of bytes
    CODE = "code"  # a claim was written down, by software or a person
    DECIDE = "decide"  # a person judged: same, different, verified, refuted
    MERGE = "merge"  # things were put together
    SPLIT = "split"  # and taken apart again
    GRADE = "grade"  # a finding or a grade was set
    PROTECT = "protect"  # a field or person was marked as not to be shown
    PUBLISH = "publish"  # something was opened to readers
    WITHDRAW = "withdraw"  # and closed again, or corrected
    EXPORT = "export"  # a file left the casebook
    RELEASE = "release"  # a bundle that anyone can check
    ERASE = "erase"  # a protected value was destroyed
    ACCOUNT = "account"  # a user was added, changed or closed
    HEAD = "head"  # the state of this log was signed or stamped with a time


class Account(StrEnum):
    """Who did it: findings are never set by software."""

    PERSON = "person"
    SOFTWARE = "software"


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be logged: who (an account's alias) did what step to which item, when, with which tools.

    `at` is UTC as in 2031-05-20T10:00:00Z. `before` and `after` are SHA-256 of the item's bytes or of its canonical
    JSON, None where there was or is none. `detail` must hold no protected value in clear: see `sealing`. `salt` keeps
    anyone from guessing an entry that is withheld from the hash of it that is published.
    """

    at: str
    who: str
    account: Account
    step: Step
    kind: str  # of the item: report, claim, incident, file...
    item: str  # its id
    versions: Mapping[str, str] = field(default_factory=dict)  # tools and rules
    before: str | None = None
    after: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    salt: str = field(default_factory=lambda: secrets.token_hex(16))


@dataclass(frozen=True, slots=True)
class Entry:
    """An act in its place: the number (from 1), the hash of the entry before, the exact line, and the line's hash.

    `line` is canonical JSON; `hash` is SHA-256(0x00 + line), which is also the leaf of RFC 9162 for that line.
    """

    number: int
    previous: str
    line: bytes
    hash: str


def append(previous: Entry | None, act: Act) -> Entry:
    """The entry of an act after another one. The caller stores it and holds the lock: one writer at a time."""
    _check(act)
    number, before = (previous.number + 1, previous.hash) if previous else (1, NONE)
    line = canonical(
        {
            "account": act.account,
            "after": act.after,
            "at": act.at,
            "before": act.before,
            "detail": act.detail,
            "item": act.item,
            "kind": act.kind,
            "number": number,
            "previous": before,
            "salt": act.salt,
            "step": act.step,
            "versions": act.versions,
            "who": act.who,
        },
        f"entry {number}",
    )
    return Entry(number, before, line, leaf(line).hex())


def chain(acts: Iterable[Act], previous: Entry | None = None) -> Iterator[Entry]:
    """The entries of acts, one after another."""
    for act in acts:
        previous = append(previous, act)
        yield previous


def is_time(text: str) -> bool:
    """Whether this is UTC as in 2031-05-20T10:00:00Z."""
    return _TIME.fullmatch(text) is not None


def _check(act: Act) -> None:
    """Refuse an act that would be no use as evidence. The dataclass says what; this says whether it is."""
    item = f"{act.kind} {act.item}"
    if not is_time(act.at):
        raise _refused(item, f"the time {act.at!r} is not UTC as in 2031-05-20T10:00:00Z")
    for kind, value in ((Step, act.step), (Account, act.account)):
        if not isinstance(value, kind):
            raise _refused(item, f"{value!r} is none of {', '.join(kind)}")
    if len(act.salt) < 32:
        raise _refused(item, "its salt has fewer than 16 bytes")
    for name, text in (("who", act.who), ("kind", act.kind), ("item", act.item)):
        if not text.strip():
            raise _refused(item, f"{name} is empty")
    for name, hashed in (("before", act.before), ("after", act.after)):
        if hashed is not None and not _HASH.fullmatch(hashed):
            raise _refused(item, f"{name} is {hashed!r}, no SHA-256 in lower-case hexadecimal")


def _refused(item: str, problem: str) -> InputError:
    return InputError("entry", item, f"cannot be logged: {problem}.", "Nothing was logged.")
