"""Bodies and queries as they come: what no database or text may hold is refused before anything else is done."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from ninja.parser import Parser

from probata.model.errors import InputError


class Strict(Parser):
    """Strict JSON: no NaN, no NUL, no half of a surrogate pair."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The body of a request. Raises ValueError, InputError."""
        return _plain(json.loads(request.body, parse_constant=_refused))

    def parse_querydict(self, data: MultiValueDict, list_fields: list[str], request: HttpRequest) -> Any:  # type: ignore[type-arg]
        """The values of a query or a form. Raises InputError."""
        return _plain(super().parse_querydict(data, list_fields, request))


def _refused(word: str) -> Any:
    raise ValueError(f"{word} is no JSON.")


def _plain(given: Any) -> Any:
    """It, when it can be kept."""
    text = json.dumps(given, ensure_ascii=False, default=str)
    if "\\u0000" in text.replace("\\\\", "") or any("\ud800" <= c <= "\udfff" for c in text):
        problem = _("has characters that no text can hold.")
        raise InputError("input", _("the request"), problem, _("Send text in Unicode, without NUL."))
    return given
