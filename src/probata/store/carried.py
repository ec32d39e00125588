"""Findings made of incidents whose claims others hold now: never carried over as standing, shown to be looked at again.

Grouping joins and splits incidents. What people found was of the claims of one version; where these are elsewhere now,
the finding stays readable where it was made, and is told at each incident that has claims of it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Q

from probata.model.finding import Standard
from probata.store import findings, footing, models, shielding
from probata.store.bulk import chunks
from probata.store.findings import AGREED, OPEN, Proposal
from probata.store.opening import Casebook

_MOVED = ("joined", "split off")  # changes of a version that say which incident claims came from
_AS_KEPT = [f'"kind": "{kind}"' for kind in _MOVED]  # how rows spell it; quotes within words are escaped there


@dataclass(frozen=True, slots=True)
class Earlier:
    """A finding, or an open proposal, of which `claims` of the `of` claims it was made on are in incident `now`.

    `now` is "" where they are in none any more. `ended` says whether the incident it was made on has ended, `moved`
    whether that goes on without most of these claims; `again` is the number of the first proposal on the same, at
    `now`, made since; None while nobody has looked at it again.
    """

    proposal: Proposal
    now: str
    claims: int
    of: int
    ended: bool
    moved: bool
    again: int | None = None


def earlier(book: Casebook, incident: str) -> list[Earlier]:
    """What people found, or proposed, of incidents whose claims are in this one now; the first made first.

    What was declined or taken back is left out.
    """
    names = before(book, [incident]) - {incident}
    out = [e for e in _each(book, names) if e.now == incident] if names else []
    return _shown(book, out)


def gone(book: Casebook, again: bool = False) -> list[Earlier]:
    """What people found, or proposed, of incidents that ended or have lost its claims, for each that holds them now.

    What has been looked at again is left out unless asked for.
    """
    proposed = models.Incident.objects.using(book.alias).filter(proposals__isnull=False)
    lost = proposed.filter(Q(ended__isnull=False) | Q(versions__changes__contains=footing.SPLIT))
    found = _each(book, set(lost.values_list("name", flat=True)))
    return _shown(book, [e for e in found if (e.ended or e.moved) and (again or e.again is None)])


def _shown(book: Casebook, found: list[Earlier]) -> list[Earlier]:
    shield = shielding.of(book)
    out = [replace(e, proposal=findings.shown(shield, e.proposal)) for e in found] if shield else found
    return sorted(out, key=lambda e: (e.proposal.number, e.now))


def _each(book: Casebook, names: Collection[str]) -> Iterator[Earlier]:
    """All that stands or waits on these incidents, for each other incident that holds its claims now."""
    proposed = models.Incident.objects.using(book.alias).filter(proposals__isnull=False)
    rows = [r for some in chunks(sorted(names)) for r in proposed.filter(name__in=some).distinct()]
    for row in rows:
        judged = findings.standing(book, row.name)
        for p in (*judged.held, *judged.moved, *judged.open):
            claims = footing.made_on(book, row.name, p.finding.version)
            held = footing.where(book, claims)
            ended = row.ended is not None
            for now, number in sorted(held.items()):
                if now != row.name:
                    own = findings.standing(book, now).history
                    moved = not ended and held.total() > 2 * held[row.name]
                    yield Earlier(p, now, number, len(claims), ended, moved, _again(p, own))
            if ended and not held:
                yield Earlier(p, "", 0, len(claims), ended, moved=False)


def before(book: Casebook, incidents: Iterable[str]) -> set[str]:
    """These incidents, and all that claims of theirs were in at any time, however many steps back."""
    kept = models.Version.objects.using(book.alias)
    said = Q(because__contains='"joined": ["')
    for words in _AS_KEPT:
        said |= Q(changes__contains=words)
    known = new = set(incidents)
    while new:
        told: set[str] = set()
        for some in chunks(sorted(new)):
            rows = kept.filter(incident__name__in=some).filter(said).values_list("changes", "because")
            for changes, because in rows:
                told |= _named(changes, because)
        new = told - known
        known = known | new
    return known


def _named(changes: Any, because: Any) -> set[str]:
    """The incidents from which claims came to a version."""
    moved = {c["before"] for c in changes if c["kind"] in _MOVED and c["before"]}
    return moved | set(because.get("joined", ()))


def _again(p: Proposal, own: Collection[Proposal]) -> int | None:
    """The first proposal on the incident that holds the claims now of the same kind and party, made later."""
    f = p.finding
    for other in own:
        o = other.finding
        same = (o.kind, o.party) == (f.kind, f.party) and o.standard is not Standard.OPEN
        if same and other.at > (p.answered or p.at) and other.state in (AGREED, OPEN):
            return other.number
    return None
