"""What goes wrong is told in plain words: our own errors name the item, what is wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from probata.model.errors import CasebookError, ProbataError
from probata.review import refusals

Answer = Callable[[HttpRequest], HttpResponse]
_CONFLICT = frozenset({"changed-meanwhile", "changed"})


class Told:
    """Turns a ProbataError into a page, or JSON, that says it."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; to programs, also a method that there is none of is told as JSON."""
        answer = self._answer(request)
        if answer.status_code == 403:
            refusals.note(request)
        if answer.status_code != 405 or not request.path.startswith("/api/"):
            return answer
        problem, advice = _("does not take this method."), _("See /api/v1/docs.")
        told = {"error": "method", "item": request.path, "problem": problem, "advice": advice}
        return JsonResponse(told, status=405, headers={"Allow": answer.get("Allow", "")})

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to an error of ours; None for others."""
        if not isinstance(error, ProbataError):
            return None
        from probata.review.paging import asks_json
        from probata.review.serving import book
        from probata.store import shielding

        safe = shielding.of(book()).error(error)
        status = 409 if safe.code in _CONFLICT else 503 if isinstance(error, CasebookError) else 400
        told = {"error": safe.code, "item": safe.report, "problem": safe.problem, "advice": safe.advice}
        if asks_json(request) or request.path.startswith("/api/"):
            return JsonResponse(told, status=status)
        return render(request, "review/error.html", {"told": told, "status": status}, status=status)
