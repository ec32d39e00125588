"""Who may call an operation: by a token, or by a session where nothing is changed. Without a rule, nobody may."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from ninja.security import HttpBearer

from probata.review.models import Person
from probata.review.roles import Need
from probata.review.serving import book
from probata.review.sight import Sight
from probata.review.work import people, tokens

_READING = frozenset({"GET", "HEAD"})


class Refused(Exception):  # noqa: N818  (it is no error, but an answer)
    """The token or its person may not do this."""


class Token(HttpBearer):
    """A token by which a program acts for its person, within the scopes of the token."""

    def __init__(self, *needs: Need) -> None:
        super().__init__()
        self.needs = needs

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The person, limited to the token's scopes; None for a token that is not good. Raises Refused, Http404."""
        found = tokens.of(token)
        if found is None or people.lacks(found.person):
            return None
        found.person.limits = frozenset(found.scopes)
        return _let_in(request, found.person, self.needs)


class Session:
    """Somebody who is signed in with a browser, for what only reads: no other page can make it change anything."""

    def __init__(self, *needs: Need) -> None:
        self.needs = needs

    def __call__(self, request: HttpRequest) -> Any:
        """The person; None where a token is given or something would be changed. Raises Refused, Http404."""
        person = request.user
        if request.method not in _READING or request.headers.get("Authorization"):
            return None
        if not (isinstance(person, Person) and person.is_active):
            return None
        return _let_in(request, person, self.needs)


def by(*needs: Need) -> list[Any]:
    """The rule of an operation: all that whoever calls it must be allowed to do."""
    return [Token(*needs), Session(*needs)]


def _let_in(request: HttpRequest, person: Person, needs: tuple[Need, ...]) -> Person:
    if not needs or not all(person.may(need) for need in needs):
        request.refused = person  # type: ignore[attr-defined]
        raise Refused
    if "\0" in request.path_info:
        raise Http404
    request.user = person
    request.sight = Sight(book(), person)  # type: ignore[attr-defined]
    return person
