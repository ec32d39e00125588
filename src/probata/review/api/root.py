"""The API: its areas together, what each operation needs, its description."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI

from probata import __version__
from probata.review.api import claims, deciding, incidents, more, one_report, reports, together, told
from probata.review.api.guard import by
from probata.review.api.parsing import Strict
from probata.review.roles import Need

AT = "/api/v1"
_ERROR = {
    "type": "object",
    "properties": {k: {"type": "string"} for k in ("error", "item", "problem", "advice")},
    "required": ["error", "item", "problem", "advice"],
}
_STATES = {400: "what is wrong", 401: "no good token", 403: "not allowed", 404: "not there", 409: "others were faster"}


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation: its method, its path with what stands for values, all that it needs."""

    method: str
    path: str
    needs: tuple[Need, ...]


class Api(NinjaAPI):
    """An API whose answers no cache keeps."""

    def create_response(self, request: HttpRequest, data: Any, **more: Any) -> HttpResponse:
        """An answer."""
        made = super().create_response(request, data, **more)
        made["Cache-Control"] = "no-store, private"
        return made


api = Api(title="Probata", version=__version__, auth=by(), parser=Strict(), docs_url=None, urls_namespace="api")
_AREAS = (more, reports, claims, one_report, incidents, deciding, together)


def operations() -> Iterator[Operation]:
    """All operations."""
    for path, one in _routes():
        for method in one.methods:
            yield Operation(method, AT + path, _needs(one))


def _routes() -> Iterator[tuple[str, Any]]:
    for area in _AREAS:
        for path, view in area.router.path_operations.items():
            for one in view.operations:
                yield path, one


def _needs(one: Any) -> tuple[Need, ...]:
    return one.auth_callbacks[0].needs if one.auth_callbacks else ()


def _describe() -> None:
    """Say in the description of each operation what it needs and how it fails."""
    answer = {"content": {"application/json": {"schema": _ERROR}}}
    for _, one in _routes():
        failures = {status: {"description": said, **answer} for status, said in _STATES.items()}
        one.openapi_extra = {"x-needs": [n.value for n in _needs(one)], "responses": failures}


told.install(api)
for _area in _AREAS:
    api.add_router("", _area.router)
_describe()
