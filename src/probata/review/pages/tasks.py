"""Pages of tasks: one's own list, giving one, changing it, closing it with what came of it."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from probata.model.errors import InputError
from probata.review.paging import Asked, Data, Made, asks_json, page
from probata.review.roles import Need
from probata.review.work import about, tasks
from probata.review.work.tasks import Draft


@page("review/tasks/tasks.html", Need.READ)
def listed(request: Asked) -> Data:
    """The tasks of this person, of nobody, or all."""
    whose, state = request.GET.get("whose", "me"), request.GET.get("state", "open")
    whose = whose if whose in ("me", "nobody", "asked", "all") else "me"
    state = state if state in ("open", "done") else "open"
    return tasks.mine(request.sight, whose, state, request.GET.get("after", ""))


@page("review/tasks/new.html", Need.COMMENT, methods=("GET", "POST"))
def give(request: Asked) -> Made:
    """Write a task down; or the form for it, filled with the words of the claim that it is about."""
    given = request.POST if request.method == "POST" else request.GET
    kind, name = given.get("kind", ""), given.get("name", "")
    if kind not in about.KINDS:
        raise Http404
    about.asked(request.sight, kind, name)
    data = {"kind": kind, "name": name, "path": about.path(kind, name), "ui": {"people": tasks.people()}}
    if request.method != "POST":
        return {**data, "draft": {"what": tasks.words_of(request.sight, kind, name)}}
    try:
        made = tasks.give(request.sight, kind, name, _draft(request))
    except InputError as error:
        if asks_json(request):
            raise
        told = {"draft": _typed(request), "problem": f"{error.report}: {error.problem} {error.advice}"}
        return render(request, "review/tasks/new.html", {**data, **told, "sight": request.sight}, status=400)
    messages.success(request, _("Noted."))
    return {"task": made.pk} if asks_json(request) else redirect(f"{about.path(kind, name)}#task-{made.pk}")


@page("review/tasks/task.html", Need.READ, methods=("GET", "POST"))
def one(request: Asked, number: int) -> Made:
    """A task, and changing it: what, who, until when; closing it with what came of it, opening it again."""
    told = tasks.told(request.sight, number)
    ui = {"people": tasks.people()}
    if request.method != "POST":
        return {"task": told, "draft": _as_draft(told), "seen": told["revision"], "ui": ui}
    if not request.sight.person.may(Need.COMMENT):
        raise Http404
    try:
        _changed(request, number)
    except InputError as error:
        if asks_json(request):
            raise
        now = tasks.told(request.sight, number)
        data = {
            "task": now,
            "draft": _typed(request),
            "seen": now["revision"],
            "theirs": now if error.code == "changed-meanwhile" else None,
            "problem": f"{error.report}: {error.problem} {error.advice}",
            "ui": ui,
            "sight": request.sight,
        }
        return render(request, "review/tasks/task.html", data, status=409 if data["theirs"] else 400)
    messages.success(request, _("Saved."))
    if asks_json(request):
        return {"task": tasks.told(request.sight, number)}
    back = request.POST.get("back", "")
    return redirect("tasks") if back == "tasks" else redirect(f"{told['path']}#task-{number}")


def _changed(request: Asked, number: int) -> None:
    said = request.POST.get("seen", "")
    seen = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0
    do = request.POST.get("do", "change")
    if do in ("done", "again"):
        tasks.done(request.sight, number, request.POST.get("outcome", ""), seen, again=do == "again")
    else:
        tasks.change(request.sight, number, _draft(request), seen)


def _draft(request: Asked) -> Draft:
    given = request.POST
    due = given.get("due", "").strip()
    try:
        day = date.fromisoformat(due) if due else None
    except ValueError:
        raise InputError("due", due[:40], "is no day.", "Write it as 2024-05-31.") from None
    return Draft(given.get("what", ""), given.get("person", "").strip()[:60], day)


def _typed(request: Asked) -> dict[str, str]:
    return {k: request.POST.get(k, "") for k in ("what", "person", "due", "outcome")}


def _as_draft(told: dict[str, object]) -> dict[str, object]:
    due = told["due"]
    return {
        "what": told["what"],
        "person": told["person"] or "",
        "due": due.isoformat() if isinstance(due, date) else "",
        "outcome": told["outcome"],
    }
