"""Pages of incidents: the list, one incident, its versions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.http import Http404, QueryDict
from django.shortcuts import redirect
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from probata.model.claim import HARM
from probata.review.paging import Asked, Data, Made, page
from probata.review.roles import Need
from probata.review.work import findings, incident, incidents, talk, tasks
from probata.review.work.incidents import STATES, Key, Wanted
from probata.vocab import load

_FILTERS = ("type", "place", "start", "end", "sources", "grade", "state", "assigned", "ended")
_SEEING = "review/seeing/incident.html"


@page("review/incidents/incidents.html", Need.READ, part="review/incidents/list.html")
def listed(request: Asked) -> Data:
    """The incidents there are, filtered as the address says."""
    wanted = wanted_of(request.GET)
    kept = QueryDict(mutable=True)
    kept.update({k: request.GET[k] for k in _FILTERS if request.GET.get(k)})
    ui = {
        "wanted": wanted,
        "kept": kept.urlencode(),
        "types": sorted(t.value for t in HARM),
        "grades": [g["grade"] for g in load("grades")["grades"]],
    }
    return {**incidents.listed(request.sight, wanted), "ui": ui}


def wanted_of(given: Mapping[str, str]) -> Wanted:
    """The filters of an address; what cannot be understood does not matter."""
    said = {k: given.get(k, "").strip()[:200] for k in _FILTERS}
    return Wanted(
        type=said["type"] if said["type"] in {t.value for t in HARM} else "",
        place=said["place"],
        start=_day(said["start"]),
        end=_day(said["end"]),
        sources=_number(said["sources"]) or 0,
        grade=said["grade"],
        state=said["state"] if said["state"] in STATES else "",
        assigned=said["assigned"],
        ended=bool(said["ended"]),
        before=Key.of(given.get("before")),
        after=Key.of(given.get("after")),
    )


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 10 else None


@page("review/incidents/incident.html", Need.READ)
def one(request: Asked, name: str, number: int | None = None) -> Made:
    """An incident: as it stands now, or one version of it."""
    sight = request.sight
    found = incident.opened(sight, name, number)
    if number is not None and found.latest and not request.GET.get("format"):
        return redirect("incident", name)
    return {
        **incident.told(sight, found),
        "history": incident.versions(sight, found),
        "findings": findings.told(sight, found),
        "talk": talk.about(sight, "incident", name),
        "tasks": tasks.about(sight, "incident", name),
        "ui": {
            "latest": found.latest,
            "seeing": _seeing(),
            "people": tasks.people(),
            **findings.choices(sight, found),
        },
    }


def _seeing() -> str:
    """The template with the pictures of an incident, where it is installed."""
    try:
        get_template(_SEEING)
    except TemplateDoesNotExist:
        return ""
    return _SEEING


@page("review/incidents/families.html", Need.READ)
def claims(request: Asked, name: str) -> Data:
    """Further claims of one source of an incident."""
    source, start = (_number(request.GET.get(k)) for k in ("source", "from"))
    if source is None:
        raise Http404
    found = incident.opened(request.sight, name, _number(request.GET.get("version")))
    return {**incident.more(request.sight, found, source, start or 0), "edition": found.edition.number}


@page("review/incidents/sources.html", Need.READ)
def sources(request: Asked, name: str) -> Data:
    """Further sources of an incident."""
    found = incident.opened(request.sight, name, _number(request.GET.get("version")))
    return incident.further(request.sight, found, _number(request.GET.get("from")) or 0)


@page("review/incidents/ends.html", Need.READ)
def ends(request: Asked, name: str) -> Data:
    """Where the ends of an incident's ranges come from."""
    found = incident.opened(request.sight, name)
    made: list[dict[str, Any]] = incident.ends(request.sight, found)
    return {"id": name, "ends": made}
