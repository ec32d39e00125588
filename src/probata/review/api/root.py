"""Operations of the API. Each says what it needs; a token may what its scopes and its person may, both."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Annotated, Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from ninja import File, NinjaAPI, Schema, UploadedFile
from ninja.errors import ValidationError
from ninja.security import HttpBearer
from pydantic import Field

from probata import __version__
from probata.model.errors import InputError, ProbataError
from probata.review.roles import Need
from probata.review.serving import book
from probata.review.sight import Sight
from probata.review.work import adding, claims, decisions, incident, incidents, jobs, people, reports, tasks, tokens
from probata.store import models, readings, shielding

Record = dict[str, Any]
F = TypeVar("F", bound=Callable[..., Any])
Cursor = Annotated[int, Field(ge=0, le=2**62)]
Skip = Annotated[int, Field(ge=0, le=100_000)]
_PAGE = 50
_CONFLICT = frozenset({"changed-meanwhile", "changed"})


class Refused(Exception):  # noqa: N818  (it is no error, but an answer)
    """The token or its person may not do this."""


class Key(HttpBearer):
    """Whose token it is."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The token; None for one that is not good."""
        found = tokens.of(token)
        if found is None or people.lacks(found.person):
            return None
        request.user = found.person
        request.sight = Sight(book(), found.person)  # type: ignore[attr-defined]
        return found


api = NinjaAPI(title="Probata", version=__version__, auth=Key(), docs_url=None, urls_namespace="api")


class Written(Schema):
    """A correction: the whole record as it is to stand, why, and the number of the reading that was looked at."""

    record: dict[str, Any]
    why: str
    seen: int = 0


class Why(Schema):
    """A reason, and the number of the reading that was looked at."""

    why: str
    seen: int = 0


def needs(need: Need) -> Callable[[F], F]:
    """Refuses whoever may not; goes between the route and the function."""

    def decorate(function: F) -> F:
        @wraps(function)
        def asked(request: Any, *args: Any, **given: Any) -> Any:
            if need.value not in request.auth.scopes or not request.auth.person.may(need):
                raise Refused
            return function(request, *args, **given)

        asked.needs = need  # type: ignore[attr-defined]
        return asked  # type: ignore[return-value]

    return decorate


@api.get("/me")
@needs(Need.READ)
def me(request: Any) -> Record:
    """Whose token this is and what it may."""
    person = request.auth.person
    return {"alias": person.alias, "role": person.role, "software": person.software, "scopes": request.auth.scopes}


@api.get("/reports")
@needs(Need.READ)
def list_reports(request: Any, before: Cursor | None = None, outlet: str = "") -> Record:
    """Reports, the latest added first; `older` is the cursor of the next page."""
    return reports.listed(request.sight, reports.Wanted(before=before, outlet=outlet[:200]))


@api.post("/reports")
@needs(Need.ADD)
def add_report(request: Any, file: File[UploadedFile]) -> Record:
    """Hand over a file of reports; the answer is the job that reads it."""
    made = adding.upload(request.sight, [(file.name or "upload", file.chunks())], adding.Said())
    return {"job": made[0].pk}


@api.get("/reports/{path:name}/text")
@needs(Need.READ)
def text(request: Any, name: str) -> Record:
    """The text of a report, in which offsets of its claims count code points."""
    found = claims.opened(request.sight, name)
    return {"name": found.row.name, "text": found.report.text}


@api.post("/reports/{path:name}/claims")
@needs(Need.CODE)
def add_claim(request: Any, name: str, given: Written) -> Record:
    """Add a claim that the software missed."""
    sight: Sight = request.sight
    if not sight.reports().filter(name=name).exists():
        raise Http404
    made = readings.add(sight.book, name, given.record, sight.who, given.why)
    jobs.ask_regroup(sight.who)
    return {"claim": made.claim, "record": sight.shown(made.record)}


@api.get("/reports/{path:name}")
@needs(Need.READ)
def one_report(request: Any, name: str) -> Record:
    """A report with its claims as they stand."""
    found = claims.opened(request.sight, name)
    row, report = found.row, found.report
    return {
        "name": row.name,
        "title": report.title,
        "outlet": report.outlet,
        "language": report.language,
        "url": report.url,
        "published": row.published,
        "sha256": row.digest,
        "added_at": row.added_at,
        "added_by": row.added_by,
        "claims": claims.summaries(found.held),
    }


@api.get("/claims")
@needs(Need.READ)
def list_claims(request: Any, after: Cursor = 0, type: str = "") -> Record:  # noqa: A002
    """Claim records as the software read them, by their cursor."""
    sight: Sight = request.sight
    rows = sight.claims().filter(id__gt=after).order_by("id")
    if type:
        rows = rows.filter(type=type)
    found = list(rows.values_list("id", "record")[: _PAGE + 1])
    shown = sight.all_shown([record for _, record in found[:_PAGE]])
    return {"claims": shown, "next": found[_PAGE - 1][0] if len(found) > _PAGE else None}


@api.get("/claims/{name}")
@needs(Need.READ)
def one_claim(request: Any, name: str) -> Record:
    """A claim with its slots, its chain of sources and its state."""
    found, held = claims.of_claim(request.sight, name)
    return claims.told(request.sight, found, held)


@api.get("/claims/{name}/history")
@needs(Need.READ)
def history(request: Any, name: str) -> list[Record]:
    """All readings of a claim, the machine's first."""
    sight: Sight = request.sight
    _visible(sight, name)
    rows = readings.history(sight.book, name)
    kept = ("number", "kind", "rejected", "who", "why", "at")
    reports_of = [rows[0].record["report"]]
    raw = {r.number: r.record for r in models.Reading.objects.using(sight.book.alias).filter(claim__name=name)}
    raw[0] = models.Claim.objects.using(sight.book.alias).get(name=name).record
    return [
        {
            **{k: getattr(r, k) for k in kept},
            "why": sight.shown(r.why, reports_of),
            "record": sight.shown(raw[r.number]),
        }
        for r in rows
    ]


@api.post("/claims/{name}/correct")
@needs(Need.CODE)
def correct(request: Any, name: str, given: Written) -> Record:
    """Let a claim stand as the record that is given."""
    sight: Sight = request.sight
    _visible(sight, name)
    made = readings.correct(sight.book, name, given.record, sight.who, given.why, given.seen)
    jobs.ask_regroup(sight.who)
    return {"claim": made.claim, "number": made.number}


@api.post("/claims/{name}/reject")
@needs(Need.CODE)
def reject(request: Any, name: str, given: Why) -> Record:
    """Let a claim count nowhere."""
    sight: Sight = request.sight
    _visible(sight, name)
    made = readings.reject(sight.book, name, sight.who, given.why, given.seen)
    jobs.ask_regroup(sight.who)
    return {"claim": made.claim, "number": made.number}


@api.get("/incidents")
@needs(Need.READ)
def list_incidents(request: Any, before: str = "", type: str = "") -> Record:  # noqa: A002
    """Incidents, the latest day first; `earlier` is the cursor of the next page."""
    return incidents.listed(request.sight, incidents.Wanted(before=incidents.Key.of(before), type=type))


@api.get("/incidents/{name}")
@needs(Need.READ)
def one_incident(request: Any, name: str) -> Record:
    """An incident as it stands."""
    return incident.told(request.sight, incident.opened(request.sight, name))


@api.get("/incidents/{name}/versions")
@needs(Need.READ)
def versions(request: Any, name: str) -> list[Record]:
    """All versions of an incident."""
    return incident.versions(request.sight, incident.opened(request.sight, name))


@api.get("/search")
@needs(Need.READ)
def search(request: Any, q: str, skip: Skip = 0) -> Record:
    """Reports that have all words of a query."""
    found = request.sight.search(q, 20, skip)
    hits = [{"report": h.report, "title": h.title, "text": h.snippet.text if h.snippet else None} for h in found.hits]
    return {"total": found.total, "hits": hits}


@api.get("/decisions")
@needs(Need.READ)
def list_decisions(request: Any, before: Cursor | None = None) -> Record:
    """What people decided: same or different."""
    return decisions.listed(request.sight, before)


@api.get("/tasks")
@needs(Need.READ)
def list_tasks(request: Any) -> Record:
    """What the token's person is to do."""
    return tasks.mine(request.sight)


@api.get("/jobs")
@needs(Need.READ)
def list_jobs(request: Any) -> Record:
    """What goes on in the background."""
    return jobs.listed(request.sight)


@api.get("/jobs/{int:number}")
@needs(Need.READ)
def one_job(request: Any, number: int) -> Record:
    """How far a job is."""
    if number >= 2**62:
        raise Http404
    return jobs.told(jobs.one(request.sight, number))


def _visible(sight: Sight, claim: str) -> None:
    if not sight.claims().filter(name=claim).exists():
        raise Http404


def _answer(request: HttpRequest, status: int, error: ProbataError) -> HttpResponse:
    told = {"error": error.code, "item": error.report, "problem": error.problem, "advice": error.advice}
    return api.create_response(request, told, status=status)


@api.exception_handler(ProbataError)
def _ours(request: HttpRequest, error: ProbataError) -> HttpResponse:
    safe = shielding.of(book()).error(error)
    return _answer(request, 409 if safe.code in _CONFLICT else 400, safe)


@api.exception_handler(Refused)
def _not_allowed(request: HttpRequest, error: Refused) -> HttpResponse:
    advice = "Use a token with the scope, of somebody whose role allows it."
    return _answer(request, 403, InputError("forbidden", request.path, "is not allowed with this token.", advice))


@api.exception_handler(Http404)
def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return _answer(request, 404, InputError("missing", request.path, "is not there.", "Look at the lists."))


@api.exception_handler(ValidationError)
def _misread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    where = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors)
    return _answer(request, 422, InputError("input", request.path, where, "See /api/v1/openapi.json."))
