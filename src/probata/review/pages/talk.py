"""Comments: writing one, taking one's own back, the earlier ones."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from probata.model.errors import InputError
from probata.review.paging import Asked, Data, Made, action, asks_json, page
from probata.review.roles import Need
from probata.review.work import about, talk


@page("review/talk/page.html", Need.READ, part="review/talk/panel.html")
def comments(request: Asked) -> Data:
    """The comments on something."""
    kind, name = request.GET.get("kind", ""), request.GET.get("name", "")
    about.asked(request.sight, kind, name)
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
    return {"talk": talk.about(request.sight, kind, name, number), "path": about.path(kind, name)}


@action(Need.COMMENT)
def say(request: Asked) -> Made:
    """Write a comment."""
    kind, name = request.POST.get("kind", ""), request.POST.get("name", "")
    if kind not in about.KINDS:
        raise Http404
    text = request.POST.get("text", "")
    try:
        made = talk.say(request.sight, kind, name, text)
    except InputError as error:
        if asks_json(request):
            raise
        data = {
            "talk": talk.about(request.sight, kind, name),
            "path": about.path(kind, name),
            "problem": f"{error.problem} {error.advice}",
            "draft": text,
            "sight": request.sight,
        }
        template = "review/talk/panel.html" if request.htmx else "review/talk/page.html"
        return render(request, template, data, status=400)
    return _shown(request, kind, name, made.pk)


@action(Need.COMMENT)
def withdraw(request: Asked, number: int) -> Made:
    """Take one's own comment back."""
    comment = talk.withdraw(request.sight, number)
    if not request.htmx:
        messages.success(request, _("Taken back."))
    return _shown(request, comment.kind, comment.name, number)


def _shown(request: Asked, kind: str, name: str, number: int) -> Made:
    if asks_json(request):
        return {"comment": number}
    if request.htmx:
        data = {"talk": talk.about(request.sight, kind, name), "sight": request.sight}
        return render(request, "review/talk/panel.html", data)
    return redirect(f"{about.path(kind, name)}#comment-{number}")
