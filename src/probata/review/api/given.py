"""What operations are given: bodies, and kinds of values in addresses."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from probata.model.finding import FindingKind, Standard

Number = Annotated[int, Field(ge=0, le=2**62)]
Seen = Annotated[int, Field(ge=0, le=2**31, description="the number of what you looked at; 0 when there was none")]
Few = Annotated[int, Field(ge=0, le=100_000)]
Words = Annotated[str, Field(max_length=2000)]
Long = Annotated[str, Field(max_length=5000)]
Id = Annotated[str, Field(max_length=2000)]
Kind = Literal["report", "claim", "incident"]
Same = Literal["same", "different"]


class Why(Schema):
    """A reason, and the number of the reading that was looked at."""

    why: Words
    seen: Seen = 0


class Correction(Why):
    """The slots that are to stand otherwise, as in the claim record; those not given stay as they are."""

    record: dict[str, Any]


class Addition(Schema):
    """The record of a claim that the software missed, and why it is one."""

    record: dict[str, Any]
    why: Words


class About(Schema):
    """What is known of reports that are handed over, where they do not say it."""

    outlet: Annotated[str, Field(max_length=300)] = ""
    published: date | None = None
    title: Annotated[str, Field(max_length=500)] = ""


class Pasted(About):
    """The text of a report, and what is known of it."""

    text: str


class Pages(Schema):
    """Addresses of pages that are to be captured."""

    urls: Annotated[list[Annotated[str, Field(max_length=4000)]], Field(max_length=100)]


class Proposed(Schema):
    """A finding for a second person to agree to; `version` and `seen` are the incident's and its last proposal's."""

    kind: FindingKind
    standard: Standard
    party: Annotated[str, Field(max_length=300)] = ""
    reason: Long
    version: Number
    seen: Number = 0
    confirmed: Long = ""


class Answer(Schema):
    """What a second person says to a proposal."""

    answer: Literal["agree", "decline"]
    why: Long = ""


class Reason(Schema):
    """A reason."""

    why: Long


class Decided(Schema):
    """Two claims, whether they are of one incident, and why; `seen` is the last decision on them."""

    a: Id
    b: Id
    decision: Same
    why: Words
    seen: Number = 0


class Said(Schema):
    """A comment on something."""

    kind: Kind
    name: Id
    text: Annotated[str, Field(max_length=10_000)]


class TaskSaid(Schema):
    """What a task says; `person` "" for nobody yet."""

    what: Words
    person: Annotated[str, Field(max_length=60)] = ""
    due: date | None = None


class NewTask(TaskSaid):
    """A task on something."""

    kind: Kind
    name: Id


class TaskChange(TaskSaid):
    """A task as it is to stand; `seen` is the revision that was looked at."""

    seen: Seen


class Done(Schema):
    """What came of a task, or that it is open again; `seen` is the revision that was looked at."""

    outcome: Words = ""
    again: bool = False
    seen: Seen
