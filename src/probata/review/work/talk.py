"""Comments: said once, never changed; whoever wrote one may take it back. @alias tells a person of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Any

from django.http import Http404
from django.utils import timezone

from probata.model.errors import InputError
from probata.review.models import Comment, Person
from probata.review.sight import Sight
from probata.review.work import about as things
from probata.review.work import notices

LONGEST = 10_000  # characters of a comment
SHOWN = 50  # comments that are shown at once
_AT = re.compile(r"@([\w.+-]{1,60})")
Record = dict[str, Any]


def about(sight: Sight, kind: str, name: str, before: int | None = None) -> Record:
    """The latest comments on something, the oldest of them first; `before` is where older ones go on."""
    rows = Comment.objects.filter(kind=kind, name=name)
    if before:
        rows = rows.filter(id__lt=before)
    found = list(rows.order_by("-id")[: SHOWN + 1])
    page = found[:SHOWN][::-1]
    hiding = Hiding(sight, [(kind, name)] if page else [])
    return {
        "kind": kind,
        "name": name,
        "comments": [_told(sight, c, hiding) for c in page],
        "older": page[0].pk if len(found) > SHOWN else None,
    }


def _told(sight: Sight, comment: Comment, hiding: Hiding) -> Record:
    return {
        "id": comment.pk,
        "who": sight.shield.text(comment.who),
        "at": comment.at,
        "text": hiding.shown(comment.kind, comment.name, comment.text),
        "withdrawn": comment.withdrawn_at is not None,
        "mine": comment.who == sight.who,
    }


class Hiding:
    """Shows what people wrote about some things: without protected words, and without names to those who need none.

    What each thing (its kind and name) hides is read for all of them together.
    """

    def __init__(self, sight: Sight, things_of: Iterable[tuple[str, str]]) -> None:
        self._sight = sight
        self._reports: dict[tuple[str, str], set[str]] = {}
        if not sight.names:
            self._read(set(things_of))

    def shown(self, kind: str, name: str, text: str) -> str:
        """A text about one of the things."""
        if self._sight.names or not text:
            return self._sight.shield.text(text)
        return str(self._sight.shown(text, sorted(self._reports[kind, name])))

    def _read(self, asked: Collection[tuple[str, str]]) -> None:
        """The reports whose names are to be hidden, with one query a kind."""
        found = self._reports = {(kind, name): {name} if kind == "report" else set() for kind, name in asked}
        for kind, field in (("claim", "name"), ("incident", "member__scene__incident__name")):
            names = [name for k, name in asked if k == kind]
            rows = self._sight.claims().filter(**{f"{field}__in": names}).values_list(field, "report__name")
            for name, report in rows if names else ():
                found[kind, name].add(report)
        self._sight.masking.ready_words(report for reports in found.values() for report in reports)


def say(sight: Sight, kind: str, name: str, text: str) -> Comment:
    """Write a comment, and tell those whom it names and those who work on it. Raises InputError, Http404."""
    things.asked(sight, kind, name)
    text = text.strip()
    if not text:
        raise InputError("empty", "a comment", "has no words.", "Write what the others should know.")
    if len(text) > LONGEST:
        problem = f"is longer than {LONGEST:,} characters."
        raise InputError("long", "a comment", problem, "Say it in several comments, or in a report of its own.")
    made = Comment.objects.create(kind=kind, name=name, who=sight.who, text=text)
    named = _named(text)
    others = set(Comment.objects.filter(kind=kind, name=name).values_list("who", flat=True)) - {sight.who}
    where = f"{things.path(kind, name)}#comment-{made.pk}"
    told = notices.tell(named, "mention", sight.who, kind, name, where)
    known = Person.objects.filter(alias__in=others).exclude(pk__in=told)
    notices.tell(known, "comment", sight.who, kind, name, where)
    return made


def _named(text: str) -> list[Person]:
    """The people whom a comment names, in whatever case; a full stop behind a name is none of it."""
    said = {m.rstrip(".-+").casefold() for m in _AT.findall(text)}
    people = Person.objects.filter(is_active=True).order_by("id") if said else ()
    return [p for p in people if p.alias.casefold() in said]


def withdraw(sight: Sight, number: int) -> Comment:
    """Take back one's own comment: that there was one stays, its words go. Raises Http404."""
    comment = Comment.objects.filter(pk=number, who=sight.who).first()
    if comment is None or not things.exists(sight, comment.kind, comment.name):
        raise Http404
    if comment.withdrawn_at is None:
        comment.text, comment.withdrawn_at = "", timezone.now()
        comment.save(update_fields=["text", "withdrawn_at"])
    return comment
