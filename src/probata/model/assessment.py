"""The assessment: what the claims of one incident agree and differ on. Suggestions with reasons, never findings."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Range:
    """How many people, as low, best and high; None is open or not known, never 0.

    `low_from`, `best_from` and `high_from` are the ids of the claims whose figures the ends are; `rules` the ids of the
    rules in vocab/counting.yml that read their words. A range says what sources say, not what happened.
    """

    low: int | None = None
    best: int | None = None
    high: int | None = None
    low_from: str | None = None
    best_from: str | None = None
    high_from: str | None = None
    rules: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        known = [n for n in (self.low, self.best, self.high) if n is not None]
        if known != sorted(known):
            raise ValueError(f"range {self.low}/{self.best}/{self.high} is not in order")


class Measure(StrEnum):
    """What is counted. `casualties` are figures that do not part the dead from the wounded; `bodies` are a stock."""

    KILLED = "killed"
    INJURED = "injured"
    CASUALTIES = "casualties"
    BODIES = "bodies"


@dataclass(frozen=True, slots=True)
class GroupRange:
    """How many of one group (child, woman, civilian, combatant ...) are said to be among the killed or injured.

    `status` is civilian, combatant, mixed or not stated; it is never more than the words of a source say.
    """

    measure: Measure
    group: str
    status: str
    range: Range


@dataclass(frozen=True, slots=True)
class Originator:
    """Somebody in whom chains of relays begin, counted once; `why` says what was taken together and on what ground.

    `kind` is named, anonymous, party, outlet (its own staff vouches) or unstated.
    """

    name: str
    kind: str
    claims: tuple[str, ...]
    reports: tuple[str, ...]
    why: str
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Uncounted:
    """A claim that adds no independent source, and why."""

    claim: str
    why: str


@dataclass(frozen=True, slots=True)
class Figure:
    """The bounds that a counting rule reads from one claim; `stated` is the figure as said, `words` the phrase.

    `imputed` marks a bound that is a convention, not said by anyone; `implied` that death is implied, not said.
    """

    claim: str
    measure: Measure
    words: str
    low: int | None
    best: int | None
    high: int | None
    rule: str
    stated: int | None = None
    imputed: bool = False
    implied: bool = False
    relation: str = "event"
    why: str = ""


@dataclass(frozen=True, slots=True)
class View:
    """The killed as one codebook writes them: acled (one figure), ucdp (low, best, high), ibc (low and high).

    `imputed` marks a figure that the codebook's convention gives where sources give none.
    """

    name: str
    low: int | None
    best: int | None
    high: int | None
    rules: tuple[str, ...]
    imputed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Accusation:
    """Who accuses (None: an outlet in its own voice), in which claim of which report, and the words for the accused."""

    speaker: str | None
    claim: str
    report: str
    words: str


@dataclass(frozen=True, slots=True)
class Accused:
    """A party that claims name as the one who did it. It is an allegation, whoever makes it.

    `stands` is named (by the most originators), variant (same side, otherwise named) or alternative (another side).
    """

    name: str
    side: str | None
    labels: tuple[str, ...]
    by: tuple[Accusation, ...]
    stands: str = "named"


@dataclass(frozen=True, slots=True)
class Answer:
    """What an accused says: denied, accepted, blames another, or none reported."""

    accused: str
    answer: str
    claim: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """A suggested incident grade, the rule of vocab/grades.yml that gives it, and the reason in words."""

    name: str
    rule: str
    reason: str
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Rating:
    """A source letter (A-F) and an information number (1-6) for one claim, each found without the other.

    `of` is content, or act of saying, for speech acts: that it was said says nothing on whether it is so.
    """

    claim: str
    source: str
    information: int
    source_why: str
    information_why: str
    of: str = "content"


@dataclass(frozen=True, slots=True)
class LegalLabel:
    """An indicative legal category with the elements that claims state and those that none states.

    `fit` is candidate, weak candidate, not shown, duty only, or refused (it does not apply to this kind of conflict).
    It is a search term for a lawyer: it finds no guilt and no jurisdiction.
    """

    ref: str
    label: str
    fit: str
    stated: tuple[str, ...]
    missing: tuple[str, ...]
    claims: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the claims of one incident agree and differ on, each part with its reasons; a person decides."""

    killed: Range
    injured: Range
    casualties: Range
    bodies: Range
    groups: tuple[GroupRange, ...]
    figures: tuple[Figure, ...]
    independent_sources: int
    originators: tuple[Originator, ...]
    uncounted: tuple[Uncounted, ...]
    views: tuple[View, ...]
    accused: tuple[Accused, ...]
    answers: tuple[Answer, ...]
    grade: Grade
    ratings: tuple[Rating, ...]
    law: tuple[LegalLabel, ...]
    verification: str
    versions: tuple[tuple[str, int], ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons a reader sees first: for the count of sources, each set-aside figure, and the grade."""
        aside = tuple(f"{f.words or f.rule}: {f.why}" for f in self.figures if f.why)
        return (
            *(o.why for o in self.originators),
            *dict.fromkeys(u.why for u in self.uncounted),
            *aside,
            self.grade.reason,
        )
