"""What is wrong with a record that was altered, in words: what was found, and how that is known."""

from __future__ import annotations

from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from probata.store.recordstate import RecordState, State

_SHORT = 24  # characters of an id that is shown whole


def told(one: RecordState) -> str:
    """What is wrong with a record that is not sound."""
    if one.kind == "original":
        return _of_original(one.state)
    if one.kind == "release file":
        return _of_file(one.state)
    said = {
        State.CHANGED: _("%(what)s is not what entry %(entry)s of the log holds of it: it was altered since."),
        State.UNLOGGED: _(
            "%(what)s: no sound entry of the log tells of it; it was put in past it, or the log was cut."
        ),
        State.MISSING: _("%(what)s is gone, though entry %(entry)s of the log tells of it."),
        State.BROKEN: _("%(what)s: entry %(entry)s of the log, which tells of it, was altered or its neighbours were."),
    }
    return said[one.state] % {"what": _what(one), "entry": one.entry}


def _of_original(state: State) -> str:
    said = {
        State.CHANGED: _("The original was altered: its bytes no longer have the SHA-256 by which it was taken in."),
        State.MISSING: _("The original is gone, and no erasure tells of it."),
        State.LEFT: _("The original is there, though the log says that it was erased."),
        State.UNLOGGED: _("The log does not tell that this original was received."),
        State.BROKEN: _("The entry of the log that tells of the original was altered, or its neighbours were."),
    }
    return said[state]


def _of_file(state: State) -> str:
    said = {
        State.CHANGED: _("The file of this release is not the one that was made: its own proof does not hold."),
        State.MISSING: _("The file of this release is gone."),
    }
    return said[state]


def _what(one: RecordState) -> str:
    """A record in a sentence: its kind, and the beginning of its id where there are several."""
    kind = {
        "report": _("The report"),
        "claim": _("The claim"),
        "reading": _("The reading"),
        "incident version": _("The version of the incident"),
        "decision": _("The decision"),
        "proposal": _("The finding"),
        "answer": _("The second person's answer"),
        "release": _("The release"),
    }[one.kind]
    item = one.item.removeprefix("sha256:")
    if one.kind in ("report", "release"):
        return kind
    if one.kind == "reading":
        item, _slash, number = item.rpartition("/")
        return f"{kind} {number} ({_apart(item[:12])}…)"
    return f"{kind} {_apart(item if len(item) <= _SHORT else item[:12] + '…')}"


def _apart(item: str) -> str:
    """An id that keeps its order among words that are written from right to left."""
    return f"\u2066{item}\u2069" if get_language_bidi() else item
