"""Pages of reports: the inbox, one report with its claims, its original."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from probata.model.claim import ClaimType
from probata.review.paging import Asked, Data, Made, action, page
from probata.review.roles import Need
from probata.review.work import claims, marking, reports, states, talk, tasks
from probata.review.work.marking import LABELS
from probata.review.work.reports import Wanted
from probata.store import originals

_FILTERS = ("outlet", "language", "start", "end", "type", "state", "assigned")
# endings that no program runs: a page that is opened from a folder would tell its server who reads it
_ENDINGS = {"text": ".txt", "html": ".html.txt", "json": ".json", "jsonl": ".jsonl"}
_RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ckb"})


@page("review/reports/inbox.html", Need.READ, part="review/reports/list.html")
def inbox(request: Asked) -> Data:
    """The reports there are, filtered as the address says."""
    wanted = wanted_of(request.GET)
    found = reports.listed(request.sight, wanted)
    kept = QueryDict(mutable=True)
    kept.update({k: request.GET[k] for k in _FILTERS if request.GET.get(k)})
    ui = {"wanted": wanted, "given": request.GET, "kept": kept.urlencode(), "types": [t.value for t in ClaimType]}
    ui["people"] = tasks.people()
    return {**found, "ui": ui}


def wanted_of(given: Mapping[str, str]) -> Wanted:
    """The filters of an address; what cannot be understood does not matter."""
    said = {k: given.get(k, "").strip()[:200] for k in _FILTERS}
    return Wanted(
        outlet=said["outlet"],
        language=said["language"],
        start=_day(said["start"]),
        end=_day(said["end"]),
        type=said["type"] if said["type"] in set(ClaimType) else "",
        state=said["state"] if said["state"] in ("read", "unread", "new") else "",
        assigned=said["assigned"],
        before=_number(given.get("before")),
        after=_number(given.get("after")),
    )


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None


def _number(said: str | None) -> int | None:
    return int(said) if said and said.isascii() and said.isdigit() and len(said) < 19 else None


@page("review/reports/report.html", Need.READ)
def report(request: Asked, name: str) -> Data:
    """A report: its text with the claims marked, the claims beside it."""
    sight = request.sight
    made = shown(request, claims.opened(sight, name), request.GET.get("claim", ""))
    made["ui"]["people"] = tasks.people()
    return {**made, "talk": talk.about(sight, "report", name), "tasks": tasks.about(sight, "report", name)}


def shown(request: Asked, found: claims.Opened, chosen: str = "") -> dict[str, Any]:
    """What the page of a report holds, with one claim open if it is chosen."""
    report, row = found.report, found.row
    held = next((h for h in found.held if h.name == chosen), None)
    text = marking.paragraphs(report, found.marked, held.name if held else "")
    anchor, origin = report.anchor, report.origin
    return {
        "name": row.name,
        "title": request.sight.shown(reports.titled(row), [row.name]),
        "report": {
            "outlet": report.outlet,
            "author": report.author,
            "url": report.url,
            "language": report.language,
            "published": anchor.day if anchor else None,
            "dated_by": anchor.basis.value if anchor else None,
            "gaps": report.gaps,
            "read": bool(row.reader),
            "reader": row.reader,
            "sha256": row.digest,
            "original": row.original,
            "size": origin.size if origin else None,
            "media": origin.media if origin else None,
            "captured_at": origin.capture.at if origin and origin.capture else None,
            "added_at": row.added_at,
            "added_by": row.added_by,
        },
        "integrity": states.of_report(request.sight, row, found.rows),
        "looked": found.looked,
        "claims": claims.summaries(found.held),
        "claim": claims.told(request.sight, found, held) if held else None,
        "text": report.text,
        "ui": {
            "paragraphs": text,
            "direction": "rtl" if report.language in _RIGHT_TO_LEFT else "auto",
            "web": bool(report.url and report.url.lower().startswith(("http://", "https://"))),
            "labels": json.dumps({k: str(v) for k, v in LABELS.items()}, ensure_ascii=False),
            "may_look": request.sight.who not in found.looked,
        },
    }


@action(Need.CODE)
def looked(request: Asked, name: str) -> HttpResponse:
    """Write down that the person has read a report to its end, or take that back."""
    found = claims.opened(request.sight, name)
    yes = request.POST.get("looked") != "no"
    reports.looked(request.sight, found.row.name, yes)
    if yes:
        messages.success(request, _("Noted: you have read this report."))
    following = request.POST.get("next") == "older" and reports.beside(request.sight, found.row.pk, Wanted())[1]
    return redirect(reverse("report", args=[following or name]))


@page("review/done.html", Need.NAMES)
def original(request: Asked, name: str) -> Made:
    """The original as it was received: to be saved, never to be shown or run by a browser.

    Where it holds protected words it is not handed out, nor where that cannot be told.
    """
    row = request.sight.reports().filter(name=name).defer("text").first()
    path = originals.path_of(request.sight.book.originals, row.original) if row else None
    if row is None or path is None or not path.is_file() or not claims.is_free(request.sight, path):
        raise Http404
    ending = _ENDINGS.get((row.data.get("origin") or {}).get("media", ""), ".bin")
    if row.original != row.digest and ending == _ENDINGS["html"]:
        ending = ".bin"  # a web archive
    answer = FileResponse(path.open("rb"), as_attachment=True, filename=f"{row.original[:16]}{ending}")
    answer["Content-Type"] = "application/octet-stream"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "no-store"
    return answer
