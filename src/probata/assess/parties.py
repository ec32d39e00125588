"""Parties: whom a report accuses; names and sides are those of vocab/partynames.py."""

from __future__ import annotations

from probata.vocab.partynames import Party, parties, party_of, pattern, plain, same_party

__all__ = ["Party", "accused_of", "party_of", "pattern", "plain", "same_party"]


def accused_of(label: str) -> Party | None:
    """The party that the words for an agent accuse; None when they name a weapon or a deed, which accuses nobody."""
    low, table = plain(label)[:300], parties()
    known = party_of(label)
    if known and known.side and table.groups.get(low.removeprefix("the ")):
        return known
    if known is None and table.means.search(low) and not table.actors.search(low):
        return None
    if known is None:
        return Party(low.removeprefix("the "), None) if low else None
    return known
