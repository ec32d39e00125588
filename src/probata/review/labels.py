"""The values of vocabularies that pages show, so that each can be translated."""

from __future__ import annotations

from collections.abc import Iterator

from probata.audit.chain import Step
from probata.export.sourcetree import KINDS, PASSES_ON
from probata.export.sourcetreetext import ASIDE
from probata.link.score import WEIGHTS
from probata.model.claim import ClaimType, Stance
from probata.model.finding import FindingKind, Standard
from probata.review.roles import Need, Role
from probata.vocab import load

# What records hold beside the enumerations and the tables: slots and fields, states, measures, kinds of source.
_FIELDS = """
evidence speaker relay agents targets method basis count groups place time stance type title outlet published language
url digest original report claims killed injured casualties bodies families originators accused accusations answers
grade grade_reason grade_scope verification where relations beside precision views ratings law reasons versions version
state from to independent_sources findings in_title inferred by incidents claims reports statement displaced detained
low best high missing inferred place_precision id number rule
"""
_STATES = """
draft approved released failed dropped waiting running done unverified verified refuted withheld named anonymous outlet
family party open stands agreed declined withdrawn new changed ended carried suggested alternative variant mixed
"""
_KINDS = """
option metadata address event revised denial neighbourhood settlement unresolved government opposition armed text
comment task me search jobs publications deciding role teams joined invited refused province coalition kurdish
eyewitness medical official own_staff relayed point city district region country day range month year unknown stock
cumulative part subset duplicate overlap machine person software corrected rejected restored added
"""
_TABLES = """
person value other reading proposal answer protected erased decision invitation notice suggestion publication event team
job look claim incident family scenes children
"""
_SAID = (
    "taken back",
    "saved search",
    "none reported",
    "date line",
    "outlet not stated",
    "the outlet itself",
    "in its own voice",
    "a denial",
    PASSES_ON,
    "said to be verified",
    "signed in",
    "signed out",
    "password changed",
    "second factor added",
    "second factor removed",
    "second factor reset",
    "second factor required",
    "second factor not required",
    "token made",
    "token revoked",
    "link made",
    "let in again",
    "shut out",
    "kept to teams",
    "not allowed",
    "comments and tasks",
    "report name",
    "incident version",
    "not stated",
    "denied",
    "accepted",
    "denied by an ally",
    "names and details",
    "protected",
    "sexual violence",
    "not on the list of what is published",
    "suggested by software",
    "decided by people",
    "none shared",
    "one event",
    "a sum",
    "killed, means",
    "and accused",
)


def values() -> Iterator[str]:
    """Each value once, as it is shown: words apart, not joined by "_"."""
    found: dict[str, None] = {}
    for enum in (ClaimType, Stance, FindingKind, Standard, Role, Need, Step):
        found |= dict.fromkeys(member.value for member in enum)
    found |= dict.fromkeys([*_FIELDS.split(), *_STATES.split(), *_KINDS.split(), *_TABLES.split(), *_SAID])
    found |= dict.fromkeys(said for said in (*KINDS.values(), *ASIDE.values()) if said)
    for feature, levels in WEIGHTS.items():  # what a comparison of two claims shows
        found |= dict.fromkeys([feature, *levels, "no", "none"])
    found |= dict.fromkeys(load("groups")["groups"])
    found |= dict.fromkeys(g["grade"] for g in load("grades")["grades"])
    yield from dict.fromkeys(value.replace("_", " ") for value in found)
