"""A casebook full of invented names that must not be seen, and a plain search for them in bytes."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from probata.model.claim import Basis, Claim, ClaimType, Count, Named, Place, Stance, Time
from probata.model.incident import Decision
from probata.model.report import Anchor, AnchorBasis, Origin, Report
from probata.model.span import Span
from probata.store import grouping
from probata.store.adding import Adding
from probata.store.opening import Casebook

_LATIN = (
    "vel",
    "zor",
    "tam",
    "qui",
    "shik",
    "brox",
    "dun",
    "farg",
    "yul",
    "wexi",
    "gost",
    "prin",
    "lusk",
    "hev",
    "jat",
)
_ARABIC = ("زور", "شيك", "فرغ", "غوس", "طوم", "حيف", "جات", "كزم", "ضرن", "صبغ", "خوش", "ثير", "ذلق", "عيز", "رغد")


@dataclass(frozen=True, slots=True)
class Name:
    """A name, another spelling of it, and how reports write it."""

    words: str
    also: str
    written: tuple[str, ...]

    @property
    def parts(self) -> set[str]:
        """What must be found nowhere: both spellings, and each of their words."""
        return {self.words, self.also, *self.words.split(), *self.also.split()}


def names(number: int, seed: int = 20310520) -> list[Name]:
    """Invented names, every other one in Arabic script, each with an unlike second spelling."""
    chance = random.Random(seed)
    used: set[str] = set()

    def word(syllables: tuple[str, ...]) -> str:
        while (made := "".join(chance.choices(syllables, k=3))) in used:
            pass
        used.add(made)
        return made

    out: list[Name] = []
    forms: tuple[str, ...]
    for n in range(number):
        if n % 2:
            first, last = word(_ARABIC), word(_ARABIC)
            also = f"{word(_LATIN)} {word(_LATIN)}".title()
            forms = (
                f"{first} {last}",
                f"و{first}\n{last}",
                f"{first} ال{last}",
                f"{first[0]}\u064e{first[1:]} {last}",
                also,
            )
            out.append(Name(f"{first} {last}", also, forms))
        else:
            first, last = word(_LATIN).title(), word(_LATIN).title()
            also = f"{word(_ARABIC)} {word(_ARABIC)}"
            accented = unicodedata.normalize("NFD", f"{first} {last.replace('u', 'ü').replace('o', 'ö')}")
            forms = (f"{first} {last}", f"{first} {last}".upper(), f"{first}\n{last}", f"{last}, {first}",
                     f"{first} al-{last}", f"{first}-{last}", f"{first}{last}", accented, also)  # fmt: skip
            out.append(Name(f"{first} {last}", also, forms))
    return out


def fill(book: Casebook, hidden: list[Name]) -> list[Claim]:
    """Reports that have the names in text, title, outlet, address, file name and claims, five to a report."""
    claims = []
    for n in range(0, len(hidden), 5):
        claims.append(_report(book, n, [h.written[(n + i) % len(h.written)] for i, h in enumerate(hidden[n : n + 5])]))
    grouping.update(book)
    for n, (a, b) in enumerate(zip(claims[::2], claims[1::2], strict=False)):
        why = f"{hidden[n].words} and {hidden[n + 1].also} were there"
        grouping.decide(book, Decision(a.id, b.id, n % 2 == 0, "aliyah", why))
    return claims


def _report(book: Casebook, n: int, said: list[str]) -> Claim:
    name = f"{said[4].replace(chr(10), ' ')} {n}.txt"
    text = (
        f"Shells hit the market in Tarqa, {said[0]} said on Monday. At least {n + 2} people were killed when shells "
        f"hit the market in Tarqa, {said[0]} told {said[1]}. Among them was {said[2]}. More is at http://x.example/%D8%B4.\n"
    )
    raw = f"{text}{said[3]}".encode()
    digest = sha256(raw).hexdigest()

    def span(words: str) -> Span:
        return Span.of(text, text.index(words), text.index(words) + len(words))

    whole = text[text.index("At least") : text.index("Among")].strip()
    claim = Claim(
        id=f"sha256:{sha256(digest.encode()).hexdigest()}",
        report=name,
        evidence=span(whole),
        type=ClaimType.KILLING,
        stance=Stance.AFFIRMED,
        speaker=Named(span(said[0]), " ".join(said[0].split())),
        relay=(Named(span(said[1]), said[1]),),
        basis=Basis(span(said[0]), "eyewitness"),
        targets=(Named(span(said[2]), said[2]),),
        method=Named(span("shells"), "shelling"),
        count=Count(span(f"At least {n + 2}"), n + 2, None, "at-least-n"),
        place=Place(span("Tarqa"), "Tarqa", None, 12.31, 44.02, "city"),
        time=Time(span("on Monday"), date(2031, 5, 19), date(2031, 5, 19), "day", date(2031, 5, 20)),
        rules=(("evidence", "killing:kill"),),
        why=(("speaker", f"subject {said[0]}"),),
    )
    origin = Origin(name, digest, len(raw), "text", "utf-8", digest)
    anchors = (Anchor(date(2031, 5, 20), AnchorBasis.METADATA),)
    report = Report(name, text, f"{said[3]} speaks", f"{said[4]} Post", "en", f"http://x.example/{n}",
                    said[2], anchors, origin, (f"{said[1]} is not clear",))  # fmt: skip
    adding = Adding(book, "aliyah")
    adding.received(digest, raw)
    for new in adding.new([report]):
        adding.keep(new, [claim])
    adding.finish()
    return claim


def seen(data: bytes, hidden: list[Name]) -> Iterator[str]:
    """The parts of names that stand in some bytes, in capitals or not, composed or not, in UTF-8 or UTF-16."""
    readings = {
        data.decode("utf-8", "replace"),
        data.decode("utf-16-le", "replace"),
        data[1:].decode("utf-16-le", "replace"),
    }
    readings.add(re.sub(r"\\u([0-9a-f]{4})", lambda m: chr(int(m[1], 16)), data.decode("utf-8", "replace")))
    plain = [
        "".join(c for c in unicodedata.normalize("NFD", r).casefold() if not unicodedata.combining(c)) for r in readings
    ]
    for name in hidden:
        for part in name.parts:
            wanted = "".join(c for c in unicodedata.normalize("NFD", part).casefold() if not unicodedata.combining(c))
            if any(wanted in text for text in plain):
                yield part
