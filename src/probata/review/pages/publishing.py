"""Pages of publishing: drafts, the preview of exactly what goes out, approval, downloads."""

from __future__ import annotations

from pathlib import Path

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from probata.review.models.publishing import Publication
from probata.review.paging import Asked, Data, Made, action, page
from probata.review.roles import Need
from probata.review.work import publishing, states


class Draft(forms.Form):
    """What is to be released."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    publisher = forms.CharField(
        label=gettext_lazy("Publisher"), max_length=200, help_text=gettext_lazy("Who stands behind it, in public.")
    )
    incidents = forms.CharField(
        label=gettext_lazy("Incidents"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Their ids, one a line. Empty: all of them."),
    )
    originals = forms.BooleanField(
        label=gettext_lazy("With the bytes of the reports as they were received"), required=False
    )


@page("review/publishing/list.html", Need.DECIDE, methods=("GET", "POST"))
def publish(request: Asked) -> Made:
    """All publications, and a new draft."""
    sight = request.sight
    form = Draft(request.POST or None, initial={"incidents": "\n".join(request.GET.getlist("incident"))})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = publishing.draft(sight, said["title"], said["publisher"], said["incidents"].split(), said["originals"])
        return redirect("publication", number=made.pk)
    return {
        "publications": publishing.listed(sight),
        "site": (sight.book.folder / "site").exists(),
        "ui": {"form": form, "invalid": form.is_bound},
    }


@page("review/publishing/one.html", Need.DECIDE)
def publication(request: Asked, number: int) -> Data:
    """One publication, and exactly what would go out."""
    p = _found(request, number)
    shown = publishing.looked_at(request.sight, p) if p.state in ("draft", "failed") else None
    told = publishing.told(request.sight, p)
    return {"publication": told, "preview": shown, "integrity": states.of_release(request.sight, p)}


@action(Need.PUBLISH)
def approve(request: Asked, number: int) -> HttpResponse:
    """Approve what was looked at; the worker releases it."""
    p = _found(request, number)
    publishing.approve(request.sight, p, request.POST.get("digest", ""), request.POST.get("note", ""))
    messages.success(request, _("Approved. The release is being made."))
    return redirect("publication", number=number)


@action(Need.DECIDE)
def drop(request: Asked, number: int) -> HttpResponse:
    """Take a draft off the list."""
    publishing.drop(request.sight, _found(request, number))
    messages.success(request, _("The draft was dropped."))
    return redirect("publish")


@page("", Need.DECIDE)
def download(request: Asked, number: int) -> FileResponse:
    """The release itself."""
    p = _found(request, number)
    return _file(publishing.folder(request.sight.book) / p.file if p.file else None)


@page("", Need.DECIDE)
def site(request: Asked) -> FileResponse:
    """The public site of all releases as one zip."""
    return _file(publishing.packed(request.sight.book))


def _found(request: Asked, number: int) -> Publication:
    p = publishing.found(request.sight, number)
    if p is None:
        raise Http404
    return p


def _file(path: Path | None) -> FileResponse:
    if path is None or not path.is_file():
        raise Http404
    file = path.open("rb")  # closed by the answer
    return FileResponse(file, as_attachment=True, filename=path.name, content_type="application/zip")
