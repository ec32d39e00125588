"""Indicative legal labels: gated by the kind of conflict, with the elements that claims state and those none states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Literal

from probata.assess.figures import death_is_implied
from probata.model.assessment import LegalLabel
from probata.model.claim import Claim, ClaimType, Stance
from probata.vocab import load
from probata.vocab.gazetteer import gazetteer

Conflict = Literal["niac", "iac"]
_NAMES = {"niac": "a non-international armed conflict", "iac": "an international armed conflict"}


def law(claims: Sequence[Claim], conflict: Conflict | None = None) -> tuple[LegalLabel, ...]:
    """The labels that the claims of an incident can be looked at under; none is a finding, and none finds guilt.

    `conflict` is the kind of conflict, if a person has set it; else it is that of the country of its places
    (vocab/law.yml), and without any of both every label is refused until somebody sets it.
    """
    kind = conflict or kind_of(claims)
    of_type: defaultdict[str, list[tuple[int, Claim]]] = defaultdict(list)
    for n, claim in enumerate(claims):
        of_type[claim.type.value].append((n, claim))
    words = {c.id: _words(c) for c in claims}
    out = []
    for entry in load("law")["labels"]:
        named = sorted((told for name in set(entry["types"]) for told in of_type[name]), key=itemgetter(0))
        if found := [c for _, c in named if _applies(entry, c, words[c.id])]:
            out.append(_label(entry, found, kind, "\n".join(words[c.id] for c in found)))
    return tuple(out)


def kind_of(claims: Iterable[Claim]) -> str | None:
    """The kind of conflict in the country that the claims' places lie in, on their days; None if not known."""
    table: Mapping[str, Any] = load("law")["conflicts"]
    kinds = set()
    for claim in claims:
        place = claim.place
        if place is None or not place.name:
            continue
        found = [e for e in gazetteer().find(place.name) if place.geonameid is None or e.geonameid == place.geonameid]
        for entry in found[:1]:
            known = table.get(entry.country)
            day = claim.time.end or claim.time.start if claim.time else None
            if known and (day is None or day.isoformat() >= known["from"]):
                kinds.add(str(known["kind"]))
    return kinds.pop() if len(kinds) == 1 else None


def _applies(entry: Mapping[str, Any], claim: Claim, words: str) -> bool:
    """Whether a claim of a label's types speaks of it. Only what is affirmed can; a stated duty need not be."""
    if claim.stance is not Stance.AFFIRMED and claim.type is not ClaimType.LEGAL:
        return False
    cues, groups = entry.get("cues"), entry.get("any_groups")
    if cues is None and groups is None:
        return True
    return bool(set(groups or ()) & set(claim.groups)) or _says(words, cues or ())


def _words(claim: Claim) -> str:
    slots = [claim.method, *claim.targets, *claim.agents]
    return " " + " ".join([claim.evidence.text, *(s.span.text for s in slots if s)]).lower()


def _says(words: str, beginnings: Iterable[str]) -> bool:
    return any(f" {b}" in words for b in beginnings)


def _label(entry: Mapping[str, Any], claims: list[Claim], kind: str | None, words: str) -> LegalLabel:
    stated = tuple(e["name"] for e in entry["elements"] if _stated(e, claims, words))
    missing = tuple(e["name"] for e in entry["elements"] if e["name"] not in stated)
    needed = [e["name"] for e in entry["elements"] if e.get("needed") and e["name"] in missing]
    ids = tuple(c.id for c in claims)
    applies = entry["conflict"]
    if entry.get("duty"):
        fit, why = "duty only", "a duty is stated or follows from the facts; nobody is said to have broken it"
    elif applies != "any" and kind is None:
        fit, why = "refused", "the kind of conflict is not set; somebody has to say it"
    elif applies not in ("any", kind):
        fit, why = "refused", f"exists for {_NAMES[applies]} only, and this is {_NAMES[str(kind)]}"
    elif needed:
        fit, why = "refused", f"no claim states {' or '.join(needed)}"
    elif not stated or all(c.type.value in entry.get("weak", ()) for c in claims):
        fit, why = "weak candidate", "some elements could be looked for; not stated: " + ", ".join(missing)
    else:
        fit, why = "candidate", "not stated: " + (", ".join(missing) or "none")
    return LegalLabel(entry["ref"], entry["label"], fit, stated, missing, ids, why)


def _stated(element: Mapping[str, Any], claims: Iterable[Claim], words: str) -> bool:
    """Whether any of these claims states an element; `words` are those of all, a line each."""
    if element.get("death"):
        return any(c.type is ClaimType.KILLING and not death_is_implied(c) for c in claims)
    groups = set(element.get("groups", ()))
    return (bool(groups) and any(groups & set(c.groups) for c in claims)) or _says(words, element.get("stated_by", ()))
