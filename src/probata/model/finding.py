"""The finding: what people hold to be so of an incident, at a standard of proof. Software suggests and never finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FindingKind(StrEnum):
    """The two findings, which are apart: that it happened can be found while who did it stays open."""

    OCCURRED = "occurred"
    PERPETRATOR = "perpetrator"


class Standard(StrEnum):
    """The ladder of standards of proof, lowest first; `open` is no finding, or one taken back."""

    OPEN = "open"
    SUSPICION = "reasonable suspicion"
    REASONABLE_GROUNDS = "reasonable grounds to believe"
    BALANCE = "balance of probabilities"
    CLEAR = "clear and convincing evidence"

    @property
    def step(self) -> int:
        """How high it stands on the ladder; `open` is 0."""
        return list(Standard).index(self)


class Account(StrEnum):
    """Who holds an account: a person, or a program."""

    PERSON = "person"
    SOFTWARE = "software"


@dataclass(frozen=True, slots=True)
class Finding:
    """`who` and `second` find, for this reason, that the incident happened, or that `party` did it, at this standard.

    A row: never changed, replaced by a later one of the same incident, kind and party. `sources` is the independent
    count and `version` the version of the incident on which it was found. `signature` is over its statement
    (assess.findings) and needed where only one source says so. People find it, by these rules; no court has heard it.
    """

    incident: str
    kind: FindingKind
    standard: Standard
    who: str
    account: Account
    reason: str
    second: str = ""
    second_account: Account = Account.PERSON
    party: str | None = None
    sources: int = 0
    version: int | None = None
    at: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a finding cannot be set: a stable code, what is wrong, and what to do next."""

    code: str
    problem: str
    advice: str


@dataclass(frozen=True, slots=True)
class Findings:
    """The findings on one incident that stand now; None and empty are open."""

    occurred: Finding | None = None
    perpetrators: tuple[Finding, ...] = ()
