"""What goes wrong, as JSON of one form: error (a code), item, problem, advice."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from probata.model.errors import CasebookError, InputError, ProbataError
from probata.review.api.guard import Refused
from probata.review.middleware import _CONFLICT
from probata.review.serving import book
from probata.store import shielding

_SAID = 20  # wrong values that are named


def install(api: NinjaAPI) -> None:
    """Let an API answer so."""

    def answer(request: HttpRequest, status: int, error: ProbataError) -> HttpResponse:
        told = {"error": error.code, "item": error.report, "problem": error.problem, "advice": error.advice}
        return api.create_response(request, told, status=status)

    @api.exception_handler(ProbataError)
    def ours(request: HttpRequest, error: ProbataError) -> HttpResponse:
        safe = shielding.of(book()).error(error)
        status = 409 if safe.code in _CONFLICT else 503 if isinstance(error, CasebookError) else 400
        return answer(request, status, safe)

    @api.exception_handler(AuthenticationError)
    def unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        problem, advice = (
            _("needs a token that is good."),
            _("Make one under Tokens; send it as Authorization: Bearer."),
        )
        made = answer(request, 401, InputError("sign-in", request.path, problem, advice))
        made["WWW-Authenticate"] = 'Bearer realm="Probata"'
        return made

    @api.exception_handler(Refused)
    def not_allowed(request: HttpRequest, error: Refused) -> HttpResponse:
        problem = _("is not allowed to you, or not with this token.")
        advice = _("Use a token with the scope, of somebody whose role allows it.")
        return answer(request, 403, InputError("forbidden", request.path, problem, advice))

    @api.exception_handler(Http404)
    def missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return answer(request, 404, InputError("missing", request.path, _("is not there."), _("Look at the lists.")))

    @api.exception_handler(ValidationError)
    def misread(request: HttpRequest, error: ValidationError) -> HttpResponse:
        where = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors[:_SAID])
        return answer(request, 422, InputError("input", request.path, where, _("See /api/v1/docs.")))

    @api.exception_handler(HttpError)
    def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
        return answer(request, error.status_code, InputError("input", request.path, str(error), _("See /api/v1/docs.")))
