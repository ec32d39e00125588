"""What people said of an incident, in words: findings and proposals, those of before, readings that changed claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from probata.export.plain import isolated, one_line

Record = Mapping[str, Any]
_SHOWN = ("kind", "low", "high", "from", "to", "precision")


def lines(judged: Record) -> Iterator[tuple[str, str]]:
    """A head and a sentence for each thing: what was found, what waits, what was found before, who read what."""
    for sentence in judged["findings"]["sentences"]:
        yield "findings", sentence
    for p in judged["findings"]["moved"]:
        yield "", moved(p)
    for p in judged["findings"]["open"]:
        yield "", waiting(p, judged["findings"]["ended"])
    for p in judged["findings"]["earlier"]:
        yield "earlier", before(p)
    for r in judged["readings"]:
        yield "readings", reading(r)


def about(p: Record) -> str:
    """What is found: that it happened, or that a party did it."""
    return f"that {p['party']} did it" if p["party"] else "that it happened"


def moved(p: Record) -> str:
    """A finding that an incident no longer holds the claims of."""
    said = f"{about(p)}: {p['standard']} ({p['by']}, with {p['second']}): {p['reason']}"
    return f"{p['number']} stands no more: most claims of version {p['version']} are in other incidents now; {said}"


def waiting(p: Record, ended: bool = False) -> str:
    """A proposal that waits; of an incident that ended, nobody can agree to it any more."""
    said = f"{about(p)}, {p['standard']}: {p['reason']}"
    people = f"({p['by']}, on version {p['version']})"
    if ended:
        return f"{p['number']} waited for a second person when the incident ended {people}: {said}"
    needs = ", and its reason for a signature" if p["lacks_signature"] else ""
    return f"{p['number']} waits for a second person{needs} {people}: {said}"


def before(p: Record, here: bool = True) -> str:
    """A finding on an incident whose claims are in another one now; `here` where that one is at hand."""
    where = ("this one" if here else p["now"]) if p["now"] else "no other"
    whole = p["ended"] and p["claims"] == p["of"]
    how = f"is now part of {where}" if whole else f"had {p['claims']} of its {p['of']} claims that are now in {where}"
    people = p["by"] + (f", with {p['second']}" if p["second"] else ", nobody agreed yet")
    again = f"looked at again by number {p['again']}" if p["again"] else "to be looked at again"
    said = f"{about(p)}: {p['standard']} ({people}): {p['reason']}"
    return f"{p['number']} was made of an incident that {how} ({p['incident']} version {p['version']}), {again}: {said}"


def reading(r: Record) -> str:
    """Who read a claim otherwise, why, and what it changed."""
    changed = "; ".join(f"{c['slot']}: {value(c['before'])} -> {value(c['after'])}" for c in r["changes"])
    what = changed or ("counts nowhere" if r["rejected"] else "")
    return f"{r['claim']} {r['kind']} by {r['by']}: {r['why']}{f' ({what})' if what else ''}"


def value(said: Any) -> str:
    """A slot in a few words."""
    if isinstance(said, list):
        return "; ".join(value(v) for v in said) or "nothing"
    if isinstance(said, dict):
        read = [f"{k} {said[k]}" for k in _SHOWN if said.get(k) is not None]
        name = said.get("name")
        shown = [f"= {isolated(one_line(str(name)))}"] if name and name != said.get("text") else []
        at = f" at {said['start']}" if said.get("start") is not None else ""
        return " ".join([f"{isolated(one_line(said['text']))}{at}", *shown, *read])
    return isolated(one_line(str(said))) if said else "nothing"
