"""Place names in a text, found before parsing by their capitals, the gazetteer and the words beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from probata.extract.mentions import placecues as cues
from probata.extract.mentions.placetokens import Token, runs, title_case
from probata.vocab.gazetteer import Gazetteer, gazetteer
from probata.vocab.placeindex import Entry
from probata.vocab.placewords import words as vocabulary

LONGEST_NAME = 5  # tokens
LARGE = 100_000  # inhabitants: a town that needs no cue, anywhere
KNOWN = 20_000  # the same, in a country whose small places are all indexed
_OPENERS = frozenset("the a an in at on of near from to for by with but and or as if when while after before".split())
_BESIDE = frozenset({"outskirts", "suburbs"})  # these say where the event was, not what the name is
_SURNAMES = frozenset({"lake", "hill", "park", "field", "bridge", "church", "tower", "base", "port", "forest"})
_REALMS = frozenset({"republic", "gulf", "sea", "strait", "horn", "kingdom", "bay"})
_REALM = re.compile(r" of (?:the )?[A-Z]\w+(?: [A-Z]\w+)?")  # "Republic of the Congo", "Gulf of Aden"
_TAIL = re.compile(r"-[a-z]{3,}$")  # "Saudi-led", "Kurdish-majority", "Damascus-based"
_GENERIC = frozenset({"area", "district", "axis", "pocket"})  # any place can be called so


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """A place name: offsets of the bare name, and of the name with the word that says its kind ("Shenan village").

    kind is settlement, region, country, neighbourhood or named-feature. `in_gazetteer` says whether the name is known;
    a name that is not known has such a word beside it.
    """

    start: int
    end: int
    kind: str
    in_gazetteer: bool
    wide_start: int
    wide_end: int


@dataclass(slots=True)
class _Found:
    place: PlaceWords
    name: str
    sure: bool
    designated: bool = False


def find_places(
    text: str, start: int, end: int, places: Gazetteer | None = None, trusting: bool = False
) -> list[PlaceWords]:
    """The place names of `text[start:end]`, in order, not overlapping; `places` is the gazetteer to look in.

    A known name of a small place counts only with a cue: a preposition, a kind word, a list with a sure place, or the
    same name surely used elsewhere in the stretch. `trusting` takes every known name (for words known to name a place).
    People ("Mohammed al-Omari"), bodies ("Aleppo Media Centre") and demonyms are not places.
    """
    finder = _Finder(text, end, places or gazetteer(), trusting)
    for run in runs(text, start, end):
        finder.read(run)
    return finder.settle()


class _Finder:
    """The state of one pass over a text."""

    def __init__(self, text: str, end: int, places: Gazetteer, trusting: bool) -> None:
        self.text = text
        self.limit = end
        self.places = places
        self.trusting = trusting
        self.words = vocabulary()
        self.found: list[_Found] = []
        self.read_to = 0  # what lies before is part of a name that goes over "of"

    def settle(self) -> list[PlaceWords]:
        """Drop the unsure names that nothing supports."""
        out: list[PlaceWords] = []
        sure = {f.name for f in self.found if f.sure}
        last: _Found | None = None
        for i, f in enumerate(self.found):
            if not f.sure:
                after = self.found[i + 1] if i + 1 < len(self.found) else None
                joined = last is not None and last.sure and self._linked(last, f)
                leads = after is not None and after.sure and self._linked(f, after)
                f.sure = joined or leads or f.name in sure
            if f.sure:
                out.append(f.place)
            last = f
        return out

    def _linked(self, a: _Found, b: _Found) -> bool:
        if b.place.start - a.place.end > 20:
            return False
        gap = self.text[a.place.end : b.place.start]
        return gap == " " or cues.linked(gap)

    def read(self, run: list[Token]) -> None:
        """Find the names in one run."""
        if run[0].start < self.read_to or (len(run) == 1 and run[0].low in self.words.breakers):
            return
        if (m := _REALM.match(self.text, run[-1].end, self.limit)) and run[-1].low in _REALMS:
            for k in range(max(0, len(run) - 2), len(run)):
                entries = [e for e in self.places.find(self.text[run[k].start : m.end()]) if e.kind != "demonym"]
                if entries:
                    self.read_to = m.end()
                    place = PlaceWords(run[k].start, m.end(), entries[0].kind, True, run[k].start, m.end())
                    self.found.append(_Found(place, self.text[run[k].start : m.end()], True))
                    return
        i, person, pending = 0, False, -1  # pending: first token of a stretch that nothing explains yet
        while i < len(run):
            token = run[i]
            size, entries = self._longest(run, i)
            if size == 1 and token.low in self.words.people:
                size, entries = 0, []
            if size == 1 and entries and token.low in self.words.prefixes and self._goes_on(run, i):
                size, entries = 0, []
            if size and not entries:  # two names in one word
                pending, i = -1, i + 1
                continue
            if entries and not (person and not self._follows_break(run, i)):
                blocked = pending >= 0 and not title_case(self.text, token.start)
                blocked = blocked or (pending >= 0 and run[pending].low in self.words.prefixes)
                if not blocked and self._accept(run, i, size, entries):
                    pending, person = -1, False
                    i += size
                    if i < len(run) and self._kind_word(run[i]):
                        i += 1
                    continue
            if size and entries:
                pending = i if pending < 0 else pending
                i += size
                continue
            kind = self.words.designator(token.low)
            if kind and pending >= 0:
                self._unknown(run, pending, i, kind, run[i].after)
                pending = -1
            elif self._breaks(token):
                pending, person = -1, False
            elif token.low in self.words.people:
                person, pending = True, pending if pending >= 0 else i
            elif pending < 0:
                pending = i
            i += 1
        if pending >= 0:
            self._tail(run, pending)

    def _goes_on(self, run: list[Token], i: int) -> bool:
        return i + 1 < len(run) and not self._breaks(run[i + 1]) and not self._kind_word(run[i + 1])

    def _follows_break(self, run: list[Token], i: int) -> bool:
        return i > 0 and run[i - 1].low in self.words.breakers

    def _breaks(self, token: Token) -> bool:
        w, low = self.words, token.low
        if low in w.breakers or low in w.directions or token.possessive:
            return True
        if "-" in low and _TAIL.search(token.text):
            return True
        return low in w.groups or self._demonym(token.text)

    def _demonym(self, word: str) -> bool:
        if word.endswith("s") and self._demonym(word[:-1]):
            return True
        return any(e.kind == "demonym" for e in self.places.find(word)) if word else False

    def _kind_word(self, token: Token) -> bool:
        return self.words.designator(token.low) is not None

    def _longest(self, run: list[Token], i: int) -> tuple[int, list[Entry]]:
        """The longest known name that starts at token i: how many tokens, and what it can be."""
        most = 1
        while most < LONGEST_NAME and i + most < len(run) and not (most > 1 and run[i + most - 1].possessive):
            most += 1  # a possessive may stand inside a name only after its first word: "Cox's Bazar"
        for size in range(most, 0, -1):
            token = run[i + size - 1]
            if size == 1 and self._excluded(token):
                return 0, []
            name = self.text[run[i].start : token.end]
            found = self.places.find(name)
            entries = [e for e in found if e.kind != "demonym"]
            if len(entries) < len(found) and not any(e.kind == "country" for e in entries):
                return 0, []  # "Kazakh": a people before it is a village
            if entries and size > 1 and (run[i].low in _OPENERS or name.lower() in self.words.never):
                continue  # "In Salah al-Din": the first word is a sentence start
            if entries:
                return size, entries
            if size == 1 and "-" in name and self._halves(token):
                return 1, []
            if size == 1 and (entries := self._degraded(token)):
                return 1, entries
        return 0, []

    def _degraded(self, token: Token) -> list[Entry]:
        """ "Syrias Idlib": a possessive that has lost its apostrophe. The token is cut to the bare name."""
        if token.low[-1] != "s" or len(token.low) < 5 or token.possessive:
            return []
        found = self.places.find(token.text[:-1])
        if any(e.kind == "demonym" for e in found):
            return []
        entries = [
            e for e in found if e.kind in ("country", "region") or (self._strong(e) and self.places.full(e.country))
        ]
        if entries:
            token.end -= 1
        return entries

    def _excluded(self, token: Token) -> bool:
        """Whether one word cannot be a place name by itself."""
        w, low = self.words, token.low
        if low in w.never and token.text.rstrip(".") not in w.capitals:
            return True
        if low in w.breakers or low in w.directions or ("-" in low and _TAIL.search(token.text)):
            return True
        if len(low) < 3 and token.text not in w.capitals:
            return True
        return token.text.isupper() and 2 < len(low) <= 5 and token.text not in w.capitals and "." not in token.text

    def _halves(self, token: Token) -> bool:
        """ "Hasaka-Qamishli highway": two names in one word, when both are known and large."""
        head, _, tail = token.text.partition("-")
        if not tail[:1].isupper() or len(head) < 4:
            return False
        halves = []
        for name, at in ((head, token.start), (tail, token.start + len(head) + 1)):
            entries = [e for e in self.places.find(name) if e.kind != "demonym"]
            if not any(self._strong(e) for e in entries):
                return False
            place = PlaceWords(at, at + len(name), _kind(entries, None), True, at, at + len(name))
            halves.append(_Found(place, name, True))
        self.found.extend(halves)
        return True

    def _strong(self, e: Entry) -> bool:
        if e.own or e.kind != "settlement" or e.population >= LARGE:
            return True
        return e.population >= KNOWN and self.places.full(e.country)

    def _accept(self, run: list[Token], i: int, size: int, entries: list[Entry]) -> bool:
        """Add the name of tokens i to i+size if the words around allow it; False when it is part of another name."""
        first, last = run[i], run[i + size - 1]
        kind, wide_end = self._kind_after(last)
        before, wide_start, plural = self._kind_before(first.start)
        beside = bool(kind or before)
        if not beside and not last.possessive and not self.trusting and self._of_a_body(run, i, size):
            return False
        if cues.is_accord(self.text, last.after):
            return True  # "the Minsk agreements": the name of a paper
        name = self.text[first.start : last.end]
        sure = self._surely(first, last, size, entries) if not beside else True
        if sure is None:
            return size == 1 and name.rstrip(".") in self.words.capitals  # "US warplanes" is read, and no place
        told = kind if kind and (before is None or before in _BESIDE) else before
        if told in _BESIDE or (told in _GENERIC and all(e.kind != "region" for e in entries)):
            told = None
        label = _kind(entries, self.words.kind_of.get(told or ""))
        wide_start = cues.direction_before(self.text, wide_start)
        self.found.append(
            _Found(PlaceWords(first.start, last.end, label, True, wide_start, wide_end), name, sure, plural)
        )
        return True

    def _of_a_body(self, run: list[Token], i: int, size: int) -> bool:
        """Whether the words after a name in its run make it the name of something else: "Aleppo Media Centre"."""
        rest = run[i + size : i + size + 3]
        if not rest:
            return False
        headline = title_case(self.text, run[i].start)
        if any(t.low in self.words.bodies for t in (rest[:1] if headline else rest)):
            return True
        return not headline and not self._longest(run, i + size)[1] and not self._breaks(rest[0])

    def _surely(self, first: Token, last: Token, size: int, entries: list[Entry]) -> bool | None:
        """Whether a name without a kind word is a place by itself; None when it is none here."""
        w, text = self.words, self.text
        name = text[first.start : last.end]
        strong = any(self._strong(e) for e in entries)
        person = size == 1 and first.low in w.given_names
        if self.trusting:
            return strong or not person
        cue = cues.cue(text, first.start)
        if name.rstrip(".") in w.capitals:
            return True if cues.stands_alone(text, first.start, last.end) else None
        if name.isupper():
            return strong and (cues.is_dateline(text, last.after) or title_case(text, first.start))
        if person:
            return True if strong and cue == "place" and not last.possessive else None
        if cue == "place" or (strong and not (size == 1 and self._only_opens(first, entries))):
            return True
        return cue == "loose" and any(self.places.full(e.country) for e in entries)

    def _kind_after(self, last: Token) -> tuple[str | None, int]:
        """The kind word after a name, and where it ends."""
        return (None, last.end) if last.possessive else cues.kind_after(self.text, last.end, self.limit, self.words)

    def _only_opens(self, token: Token, entries: list[Entry]) -> bool:
        """Whether a capital may be due to the sentence start, and no entry is known well enough to say otherwise."""
        if any(e.own or e.kind != "settlement" or e.population >= LARGE for e in entries):
            return False
        before = self.text[max(0, token.start - 3) : token.start].rstrip(" \u00a0")
        return not before or before[-1] in '.!?\n"“‘:'

    def _kind_before(self, at: int) -> tuple[str | None, int, bool]:
        """The kind word before a name, where it starts, whether it is a plural; in a list, that of the name before."""
        last = self.found[-1] if self.found else None
        kind, start, plural = cues.kind_before(self.text, at, last.place.wide_end if last else 0, self.words)
        listed = kind is None and last is not None and last.designated and last.place.wide_end <= at
        if last and listed and at - last.place.end <= 20 and cues.linked(self.text[last.place.end : at]):
            like = {"settlement": "town", "neighbourhood": "neighbourhood", "region": "area"}
            return like.get(last.place.kind, "camp"), at, True
        return kind, start, plural

    def _tail(self, run: list[Token], pending: int) -> None:
        """A stretch at the end of a run that nothing explains: a place if a kind word stands beside it."""
        last = run[-1]
        kind, wide_end = self._kind_after(last)
        before, _, plural = self._kind_before(run[pending].start)
        first = run[pending]
        if not kind and not before and first.low in self.words.prefixes and pending + 1 < len(run):
            before = "town" if cues.cue(self.text, first.start) else None
        if kind or before:
            self._unknown(run, pending, len(run), kind or before or "", wide_end, plural)

    def _unknown(self, run: list[Token], first: int, stop: int, kind: str, wide_end: int, plural: bool = False) -> None:
        """Add a name that the gazetteer lacks, if it can be one."""
        w = self.words
        tokens = run[first:stop]
        if len(tokens) > LONGEST_NAME or any(t.possessive for t in tokens):
            return
        label = w.kind_of[kind]
        last = tokens[-1].low
        if last in w.bodies or last in w.groups or last in w.people or (last in w.never and len(tokens) == 1):
            return
        if any(t.low in w.bodies for t in tokens) and label != "named-feature":
            return
        if len(tokens) == 1 and (tokens[0].text.rstrip("s").isupper() or len(tokens[0].text) < 3):
            return
        start, end = tokens[0].start, tokens[-1].end
        if kind in _SURNAMES and stop < len(run) and run[stop].low == kind and not cues.cue(self.text, start):
            return  # "Anthony Lake"
        if label == "named-feature" and stop < len(run) and run[stop].after == wide_end:
            end = wide_end  # "Castello Road": the kind word is part of the name
        wide_start = cues.direction_before(self.text, self._kind_before(start)[1])
        place = PlaceWords(start, end, label, False, wide_start, max(end, wide_end))
        self.found.append(_Found(place, self.text[start:end], True, plural))


def _kind(entries: list[Entry], designated: str | None) -> str:
    """What a known name is: as the word beside it says, else as its likeliest entry."""
    if designated:
        return designated
    for e in entries:
        if e.kind == "settlement" and (e.population >= KNOWN or len(entries) == 1):
            return "settlement"
    return entries[0].kind
