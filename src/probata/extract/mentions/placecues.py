"""The words beside a place name: prepositions, kinds of place, directions."""

from __future__ import annotations

import re

from probata.vocab.placewords import PlaceVocabulary

_NEXT = re.compile(r"[ \u00a0]([A-Za-z]+(?:-[a-z]+)?)(?:[ \u00a0]([a-z]+))?")
_BEFORE = re.compile(
    r"\b([A-Za-z]+(?:-[a-z]+)?)[ ](?:(?:of|called|named)[ ])?(?:the[ ])?(?:the[ ])?"
    r"(?:(?:old|new|eastern|western|northern|southern|central|besieged|nearby)[ ])?$"
)
_OF = re.compile(r"\b(?:of|called|named) (?:the )?(?:[a-z]+ )?$")
_LIST = re.compile(r"^(?:, (?:and )?|,? and |,? or | & | - |/)(?:the )?(?:in |of )?(?:nearby |neighbouring )?$")
_PLACE_CUE = re.compile(
    r"(?:\b(?:in|near|at|outside|inside|around|into|across|throughout|neighbouring|nearby|toward|towards)"
    r"(?: the)?(?: (?:nearby|besieged|central|[a-z]+(?:ern)?|[a-zA-Z]+-(?:held|controlled)|Syrian))?) $"
)
_LOOSE_CUE = re.compile(
    r"\b(?:from|to|of|on|over|off|between|leaving|left|entered|entering|reached|captured|seized|recaptured|retook|bombed|"
    r"struck|hit|hitting|shelled|targeted|targeting|besieged|liberated|attacked|north|south|east|west|countryside|s)"
    r"(?: the)? $"
)
_ACCORD = re.compile(r" (?:agreement|accord|convention|protocol|declaration|communiqué|treaty)s?\b")
_STATE_CUE = re.compile(r"\b(?:in|to|from|across|outside|of|and|for|with|against)(?: the)? $")  # before US, UK, DRC
_STATE_END = re.compile(r"\W*$|[^\w ]| (?:and|on|in|to|or|for|with|has|have|is|was|said|says|as|at|by)\b")
_DATELINE = re.compile(r"\s*(?:[,(–—-]|/)")
_SIDES = "north south east west northeast northwest southeast southwest north-east north-west south-east south-west"
_PARTS = frozenset([*_SIDES.split(), *(f"{side}ern" for side in _SIDES.split()), "central", "rural"])


def cue(text: str, at: int) -> str | None:
    """What the words before an offset lead to: "place" ("in", "near the"), "loose" ("to", "from", "seized") or None."""
    left = text[max(0, at - 40) : at]
    if _PLACE_CUE.search(left):
        return "place"
    return "loose" if _LOOSE_CUE.search(left) else None


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether "US", "UK", "DRC" is the country ("in the US, he said"), not an adjective ("US warplanes")."""
    return bool(_STATE_CUE.search(text[max(0, start - 40) : start]) and _STATE_END.match(text, end))


def is_dateline(text: str, after: int) -> bool:
    """Whether what follows a name in capitals is what follows the city of a date line."""
    return _DATELINE.match(text, after) is not None


def is_accord(text: str, after: int) -> bool:
    """Whether a name is that of a paper signed there: "the Minsk agreements"."""
    return _ACCORD.match(text, after) is not None


def linked(gap: str) -> bool:
    """Whether the words between two names make them a list."""
    return _LIST.match(gap) is not None


def direction_before(text: str, at: int) -> int:
    """Where the words that name a place start when "southern" or "rural" stands before them, else the same offset."""
    word = text[max(0, at - 14) : at].rstrip(" ").rpartition(" ")[2]
    return at - 1 - len(word) if word.lower() in _PARTS and text[at - 1] == " " else at


def kind_after(text: str, at: int, limit: int, words: PlaceVocabulary) -> tuple[str | None, int]:
    """The kind word after a name that ends at an offset ("village", "border crossing"), and where it ends."""
    m = _NEXT.match(text, at, limit)
    if not m:
        return None, at
    one, two = m.group(1).lower(), m.group(2)
    if two and words.two_words.get(one) == two:
        return words.designator(two), m.end(2)
    if (kind := words.designator(one)) and one not in ("state", "field", "department"):
        return kind, m.end(1)
    return None, at


def kind_before(text: str, at: int, floor: int, words: PlaceVocabulary) -> tuple[str | None, int, bool]:
    """The kind word before a name ("town of", "cities of"), where it starts, and whether it is a plural.

    A word that starts before `floor` belongs to the name before: "the Sukkari quarter of Aleppo".
    """
    left = text[max(0, at - 60) : at]
    m = _BEFORE.search(left)
    if m is None or at - len(left) + m.start(1) < floor or not (kind := words.designator(m.group(1).lower())):
        return None, at, False
    of = _OF.search(left) is not None
    if kind != "capital" if of else words.kind_of[kind] in ("settlement", "neighbourhood"):
        return kind, at - len(left) + m.start(1), m.group(1).lower() != kind
    return None, at, False
