"""What every answer carries to the browser, and what goes wrong told in plain words."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from probata.model.errors import CasebookError, ProbataError
from probata.review import refusals

Answer = Callable[[HttpRequest], HttpResponse]
_FILE = frozenset({200, 206, 304})
_CONFLICT = frozenset({"changed-meanwhile", "changed"})


_POWERS = "camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), serial=(), usb=()"


class Sealed:
    """Keeps every answer but files of our own out of caches and other sites, and every cookie from scripts.

    It stands before all else, so that also what is refused on the way carries it.
    """

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on, and seal what comes back."""
        answer = self._answer(request)
        if not (request.path_info.startswith(settings.STATIC_URL) and answer.status_code in _FILE):
            answer.setdefault("Cache-Control", "no-store, private")
        answer.setdefault("Permissions-Policy", _POWERS)
        answer.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        for cookie in answer.cookies.values():
            cookie["httponly"], cookie["secure"] = True, settings.SESSION_COOKIE_SECURE or ""
            cookie["samesite"] = cookie["samesite"] or "Lax"
        return answer


class Told:
    """Turns a ProbataError into a page, or JSON, that says it."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; to programs, also a method that there is none of is told as JSON.

        Raises Http404 for an address with a NUL: nothing has such a name, and PostgreSQL would refuse to look for it.
        """
        if "\0" in request.path_info:
            raise Http404
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
