"""Ids over time: incidents made anew keep the ids of those they come from."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from probata.model.incident import Incident


@dataclass(frozen=True, slots=True)
class Carried:
    """Incidents with the ids they keep, and what became of the ids there were.

    `ended` are ids that no incident has any more, each with those that got its claims: one when it was merged, several
    when it was split as well, none when its claims are gone. `split` are ids that go on, with those that got claims of
    them.
    """

    incidents: tuple[Incident, ...]
    ended: Mapping[str, tuple[str, ...]]
    split: Mapping[str, tuple[str, ...]]


def carry(old: Mapping[str, Collection[str]], new: Sequence[Incident], used: Collection[str] = ()) -> Carried:
    """The incidents of `new` with ids carried over from `old`: ids with their claims, in order of age, oldest first.

    A part of an old incident that holds most of its claims goes on with its id (with as many, the one with the least
    claim id); where several would go on in one, the oldest does. Other incidents get ids that are neither in `old` nor
    in `used`, the ids that ever were. What the incidents say of each other follows.
    """
    parts = _parts(old, new)
    name: dict[int, str] = {}
    heir: dict[str, int] = {}
    for was in old:
        if parts[was]:
            heir[was] = min(parts[was], key=lambda n: (-len(parts[was][n]), min(parts[was][n])))
            name.setdefault(heir[was], was)  # the oldest comes first
    taken = {*old, *used}
    for n in sorted(set(range(len(new))) - set(name), key=lambda n: min(new[n].claims)):
        name[n] = next(i for i in _ids(min(new[n].claims)) if i not in taken)
        taken.add(name[n])
    into = {was: tuple(sorted({name[n] for n in parts[was]} - {was})) for was in old}
    goes_on = {was for was in heir if name[heir[was]] == was}
    renamed = {i.id: name[n] for n, i in enumerate(new)}
    return Carried(
        tuple(_renamed(i, renamed) for i in new),
        {was: to for was, to in into.items() if was not in goes_on},
        {was: to for was, to in into.items() if was in goes_on and to},
    )


def new_id(claim: str, again: int = 0) -> str:
    """The id of an incident whose least claim this is; another one for each time that it is taken."""
    said = f"{claim}\0{again}" if again else claim
    return "inc-" + hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _ids(claim: str) -> Iterator[str]:
    again = 0
    while True:
        yield new_id(claim, again)
        again += 1


def _parts(old: Mapping[str, Collection[str]], new: Sequence[Incident]) -> dict[str, dict[int, list[str]]]:
    """The claims that each old incident has in each new one."""
    at = {claim: n for n, i in enumerate(new) for claim in i.claims}
    out: dict[str, dict[int, list[str]]] = {}
    for was, claims in old.items():
        parts: defaultdict[int, list[str]] = defaultdict(list)
        for claim in claims:
            if claim in at:
                parts[at[claim]].append(claim)
        out[was] = dict(parts)
    return out


def _renamed(incident: Incident, names: Mapping[str, str]) -> Incident:
    stands = tuple(replace(b, incident=names.get(b.incident, b.incident)) for b in incident.beside)
    return replace(incident, id=names[incident.id], beside=stands)
