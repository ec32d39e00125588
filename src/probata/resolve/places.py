"""Places: from the words of a claim to a place of the gazetteer, no finer than the words and never guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from probata.extract.kinds import table
from probata.extract.mentions.places import PlaceWords, find_places
from probata.extract.mentions.placetokens import runs
from probata.model.claim import Place
from probata.model.span import Span
from probata.resolve.placecontext import Context, read_context
from probata.vocab.placeindex import PRECISIONS, Entry
from probata.vocab.placenames import key
from probata.vocab.placewords import words as vocabulary

__all__ = ["Context", "read_context", "resolve"]

DOMINANT = 5  # times the inhabitants of the next place of the name: then the name alone means the larger
FAMOUS = 150_000  # inhabitants: a city that a report can name without naming its country
LARGE = 100_000  # inhabitants: a city whose second names count as much as first names
TOWN = 20_000  # inhabitants: the least for being dominant inside the context country
NEAR = 0.1  # degrees, about 10 km: two entries this near are one place
LONGEST = 400  # characters of place words that are read
DECIMALS = 5
_WORD = re.compile(r"[\w’'-]+")
_LIST = re.compile(r"^(?:[ ]?(?:,|/|-|&|,? ?and|,? ?or)[ ]?(?:the |in |of |(?:[a-z]+s|city|town|village) of )*(?:the )?"
                   r"|[ ]?,?[ ]?(?:and|or)[ ](?:the[ ])?(?:[A-Z]\w+[ ])?(?:[a-z]+[ ]){0,2})$")  # fmt: skip
_DISTANCE = re.compile(r"\b(?:\d[\d.,]*|several|few|some|two|five|ten|fifteen|twenty|thirty|forty)[ -]?"
                       r"(?:km|kms|kilomet(?:er|re)s?|miles?|mi)\b", re.IGNORECASE)  # fmt: skip
_NEARER = re.compile(r"\b(?:in|at|inside|within) ")  # "near a school in Hama": near the school, but in Hama
_BESIDE = frozenset({"outskirts", "suburbs"})
_STREETS = frozenset("street square avenue bridge road roundabout highway".split())  # often named after people
_EXACT = _STREETS | frozenset(
    "field oilfield gasfield airport airbase airfield dam river mountain port refinery base".split()
)
_IN_TOWN = frozenset(
    "market mosque church cathedral hospital clinic school university college prison bakery station "
    "street square avenue roundabout hotel park stadium theatre theater palace tower cemetery".split()
)
_FINE = frozenset(PRECISIONS[:4])  # down to a district
_CAPITAL = re.compile(r"\b([A-Z]\w+(?: [A-Z]\w+)?)(?:[’']s|(?<=s)[’'])? capital\b|\bcapital of (?:the )?([A-Z]\w+)")
_HALVES = frozenset({"east", "eastern", "west", "western", "central", "old", "downtown"})
_SETTLED = frozenset({"village", "town", "city", "hamlet", "township", "locality", "municipality", "capital"})


@dataclass(slots=True)
class _Read:
    """One name of the words: what it can be, what it is, and how precise the words are."""

    words: PlaceWords
    name: str
    kind: str | None = None  # the kind word beside it
    direction: str | None = None  # "northern"
    plural: bool = False
    floor: str | None = None  # the words place the event only so precisely
    entry: Entry | None = None
    precision: str = "unresolved"


def resolve(span: Span, context: Context) -> Place:
    """The place that the words name, given what else the report names.

    The most specific known name wins, with a precision no finer than the words: "north of Aleppo" is not Aleppo. A name
    with several candidates is settled by the report's country, by the province or city beside it, or by a clear lead in
    inhabitants; else, and for names that are not known, the place is unresolved. "Idlib and Aleppo" is what holds both.
    """
    text = span.text[:LONGEST]
    found = find_places(text, 0, len(text), context.places, trusting=True)
    if not found:  # "a Hamas command centre" is no town's
        found = [p for p in _bare(text) if not _is_party(text[p.start : p.end])]
    reads = [_read(text, found, i) for i in range(len(found))]
    reads = [r for r in reads if not _is_border(text, r)]
    for r, after in pairwise(reads):
        if not _LIST.match(text[r.words.wide_end : after.words.wide_start]):
            continue
        if after.plural and r.kind is None:
            r.kind = after.kind  # "Raqqa and Homs provinces"
        after.floor = after.floor or r.floor  # "between Aleppo and Hama"
    inside = _divisions(reads, context)
    for r in reads:
        whole = text[r.words.start : r.words.wide_end]
        r.entry = _named(whole, r, context) or _choose(r, context, inside)
        if r.entry is not None:
            r.precision = _coarser(r.entry.precision, _floor(r, r.entry))
    if (seat := _capital(text, context)) and not any(r.entry and r.precision in _FINE for r in reads):
        reads = [seat]
    several, chosen = _joint(text, reads, context)
    if several and chosen is None:
        return Place(span)
    if chosen is None:
        known = [r for r in reads if r.entry is not None]
        if not known:
            return Place(span)
        best = min(known, key=lambda r: PRECISIONS.index(r.precision))
        if best.entry is None:
            return Place(span)
        chosen = (best.entry, best.precision)
    return _place(span, *chosen)


def _is_party(name: str) -> bool:
    return bool(table().get(name.lower(), frozenset()) & {"armed", "demonym"})


def _place(span: Span, entry: Entry, precision: str) -> Place:
    lat = None if entry.lat is None else round(entry.lat, DECIMALS)
    lon = None if entry.lon is None else round(entry.lon, DECIMALS)
    return Place(span, entry.name, entry.geonameid, lat, lon, precision)


def _capital(text: str, context: Context) -> _Read | None:
    """ "near the Syrian capital", "the capital of Syria"; not "the capital", which may be any."""
    if not (m := _CAPITAL.search(text)):
        return None
    a, b = m.span(1) if m.group(1) else m.span(2)
    for entry in context.places.find(text[a:b]):
        seats = context.places.at("^" + entry.country) if entry.kind in ("demonym", "country") else ()
        if seats:
            seat = _read(text, [PlaceWords(a, b, "settlement", True, a, b)], 0)
            seat.entry, seat.precision = seats[0], _coarser(seats[0].precision, seat.floor)
            return seat
    return None


def _bare(text: str) -> list[PlaceWords]:
    """A lone capitalised run that no gazetteer has, so that a misspelling can still be found."""
    for run in runs(text, 0, len(text)):
        a, b = run[0].start, run[-1].end
        if len(run) <= 4:
            return [PlaceWords(a, b, "settlement", False, a, b)]
    return []


def _read(text: str, found: Sequence[PlaceWords], i: int) -> _Read:
    """A name with the words around it that say its kind and how near the event was."""
    v = vocabulary()
    p = found[i]
    r = _Read(p, text[p.start : p.end])
    tail = _tail(text, p.wide_end)
    beside = _WORD.findall(text[p.wide_start : p.start]) + _WORD.findall(text[p.end : p.wide_end]) + tail[:1]
    for word in beside:
        if not (kind := v.designator(word.lower())):
            continue
        if kind in _BESIDE:
            r.floor = _coarser("district", r.floor)
        else:
            r.kind = kind
            r.plural = kind != word.lower()
    if p.kind == "named-feature" and r.kind is None and (last := _WORD.findall(r.name)):
        r.kind = v.designator(last[-1].lower())
    start = found[i - 1].wide_end if i else 0
    left = _NEARER.split(text[max(start, p.start - 60) : p.start].lower())[-1]
    left_words = _WORD.findall(left)
    if left_words and left_words[-1] in v.directions:
        r.direction = left_words[-1]
        left_words.pop()
    for word in left_words:
        if word in v.relation_of:
            precise = "district" if _DISTANCE.search(left) else v.relation_of[word]
            r.floor = _coarser(precise, r.floor)
    if _DISTANCE.search(left):
        r.floor = _coarser("district", r.floor)
    return r


def _tail(text: str, at: int) -> list[str]:
    """The words after a name that belong to it: "Idlib's northern countryside"."""
    words = _WORD.findall(text[at : at + 40].lower())
    while words and (words[0] in ("s", "’s", "'s") or words[0] in vocabulary().directions):
        words.pop(0)
    return words


def _is_border(text: str, r: _Read) -> bool:
    """ "near the border with Iraq": Iraq is where the place is not."""
    return bool(re.search(r"\bborder(?:s|ing)?\b[\w ]{0,20}$", text[max(0, r.words.start - 40) : r.words.start]))


def _coarser(one: str, other: str | None) -> str:
    return one if other is None or PRECISIONS.index(one) >= PRECISIONS.index(other) else other


def _floor(r: _Read, entry: Entry) -> str | None:
    """The finest precision that the words beside a name justify for this entry."""
    v = vocabulary()
    floor = r.floor
    if r.kind and entry.kind == "settlement":
        told = "district" if r.kind in ("countryside", "rural") else v.precision_of.get(r.kind)
        if v.kind_of.get(r.kind) == "named-feature":
            told = None if r.kind in _IN_TOWN else "district"  # "Tabqa airport" is near Tabqa
        if told:
            floor = _coarser(told, floor)
    if floor and entry.kind == "neighbourhood" and entry.precision == "neighbourhood" and floor == "region":
        floor = "district"  # "north of Sukkari" is still in or by the city
    return floor


def _divisions(reads: Sequence[_Read], context: Context) -> set[tuple[str, str]]:
    """Divisions and cities that the words name, to choose among places of one name: (country, region code or key)."""
    out = set()
    for r in reads:
        for e in context.places.find(r.name):
            if e.kind == "region" and e.region:
                out.add((e.country, e.region))
            if e.kind in ("region", "settlement"):
                out.add((e.country, key(r.name)))
    return out


def _choose(r: _Read, context: Context, inside: set[tuple[str, str]]) -> Entry | None:
    """The entry a name means, or None when it is not known or not sure."""
    if r.direction and (named := _directed(r, context)):
        return named
    entries = [e for e in context.places.find(r.name) if e.kind != "demonym" and _fits(r, e)]
    entries = _by_own_name(r.name, entries)
    settled = r.kind in _SETTLED
    nations = [e for e in entries if e.kind == "country"]
    if nations and not (settled and any(e.country == context.country for e in entries if e.kind != "country")):
        return nations[0]
    home = context.country
    at_home = [e for e in entries if e.country == home] if home else []
    if at_home:
        return _among(r, at_home, context, inside)
    if wide := [e for e in entries if not e.country]:
        return wide[0]
    named = _leading([e for e in entries if context.names(e.country)], TOWN)
    if named is not None:
        return named
    famous = _leading(entries, FAMOUS)
    if famous and (famous.population >= FAMOUS or (famous.own and famous.precision in ("region", "province"))):
        return famous
    if entries or not home or not context.places.full(home) or len(key(r.name)) < 5:
        return None
    return _among(r, [e for e in context.places.similar(r.name, home) if _fits(r, e)], context, inside)


def _named(whole: str, r: _Read, context: Context) -> Entry | None:
    """ "Tabqa dam", "Atmeh camp", "Damascus suburbs": names that include the word of kind."""
    if whole == r.name:
        return None
    found = [e for e in context.places.find(whole) if e.own and e.country == context.country]
    return found[0] if len(found) == 1 else None


def _fits(r: _Read, e: Entry) -> bool:
    """Whether a place can be called by the word beside its name: a field is no city quarter, a town neither."""
    wanted = vocabulary().kind_of.get(r.kind or "")
    if r.kind in _EXACT:
        return e.kind == "named-feature" or (
            e.kind == "settlement"
            and (e.own or (e.population >= TOWN and (r.kind not in _STREETS or key(e.name) == key(r.name))))
        )
    if wanted == "neighbourhood" and r.kind != "suburb":
        return e.kind not in ("settlement", "country") or e.own
    return not (r.kind in _SETTLED and e.kind == "neighbourhood" and e.precision == "neighbourhood")


def _by_own_name(name: str, entries: list[Entry]) -> list[Entry]:
    """Without the small places that bear the name only as a second name, when another bears it as its first."""
    spelt = key(name)
    first = [e for e in entries if key(e.name) == spelt]
    return [e for e in entries if key(e.name) == spelt or e.population >= LARGE] if first else entries


def _directed(r: _Read, context: Context) -> Entry | None:
    """ "eastern Ghouta", "northern Syria", "rural Damascus": names that begin with a direction in lower case."""
    found = [e for e in context.places.find(f"{r.direction} {r.name}") if e.own]
    if vocabulary().kind_of.get(r.kind or "") == "region":  # "western Aleppo countryside" is not the west of the city
        found = [e for e in found if e.kind == "region"]
    home = [e for e in found if e.country == context.country] or (found if len(found) == 1 else [])
    return home[0] if home else None


def _among(r: _Read, entries: list[Entry], context: Context, inside: set[tuple[str, str]]) -> Entry | None:
    """The one of several places of a country that the words mean."""
    v = vocabulary()
    wanted = v.kind_of.get(r.kind or "") or ("region" if r.words.kind == "region" else None)
    if r.kind in ("area", "district", "pocket", "axis"):  # too general to mean the province of the name
        entries = [e for e in entries if e.precision != "province"] or entries
    kinds = {e.kind for e in entries}
    if wanted in kinds:
        entries = [e for e in entries if e.kind == wanted]
    elif r.direction and r.direction not in _HALVES and "region" in kinds and wanted is None:
        entries = [e for e in entries if e.kind == "region"]
    mine = key(r.name)
    if beside := [e for e in entries if {(e.country, e.region), (e.country, key(e.within))} & inside]:
        others = {d for d in inside if d[1] != mine}
        if closer := [e for e in beside if {(e.country, e.region), (e.country, key(e.within))} & others]:
            entries = closer
    if settlements := [e for e in entries if e.kind == "settlement"]:
        top = _leading(settlements, TOWN)
        if top is not None and (top.population >= TOWN or len(entries) == 1 or _one_spot(entries)):
            return top
        entries = [e for e in entries if e.kind != "region"] or entries
    if len(entries) == 1 or _one_spot(entries):
        return entries[0] if entries else None
    quarters = [e for e in entries if e.within]
    if quarters and len(quarters) == len(entries):
        used = sorted(quarters, key=lambda e: -context.settlements.get(key(e.within), 0))
        first, second = (context.settlements.get(key(e.within), 0) for e in used[:2])
        return used[0] if first > second else None
    return _leading(entries, TOWN)


def _one_spot(entries: Sequence[Entry]) -> bool:
    """Whether all lie within about 10 km: then it does not matter which is meant."""
    placed = [(e.lat, e.lon) for e in entries if e.lat is not None and e.lon is not None]
    if not entries or len(placed) < len(entries):
        return False
    lats, lons = [a for a, _ in placed], [b for _, b in placed]
    return max(lats) - min(lats) <= NEAR and max(lons) - min(lons) <= NEAR


def _leading(entries: Sequence[Entry], least: int) -> Entry | None:
    """The only entry, or the one with far more inhabitants than any other; hand-written entries lead."""
    if not entries:
        return None
    if len(entries) == 1 or _one_spot(entries):
        return entries[0]
    ranked = sorted(entries, key=lambda e: -e.population)
    if ranked[0].population >= max(least, DOMINANT * max(ranked[1].population, 1)):
        return ranked[0]
    own = [e for e in entries if e.own]
    return own[0] if len(own) == 1 else None


def _joint(text: str, reads: Sequence[_Read], context: Context) -> tuple[bool, tuple[Entry, str] | None]:
    """ "Idlib and Aleppo": whether the words begin with a list, and the smallest known place that holds all of it."""
    chain = [reads[0]] if reads else []
    for r in reads[1:]:
        gap = text[chain[-1].words.wide_end : r.words.wide_start]
        if not (_LIST.match(gap) or gap == " ") or _holds(r, chain[-1], gap, context):
            break
        chain.append(r)
    entries = [r.entry for r in chain if r.entry is not None]
    if len({id(e) for e in entries}) < 2 or len({r.precision for r in chain if r.entry}) > 1:
        return False, None
    countries = {e.country for e in entries}
    if len(countries) > 1 or "" in countries:
        return True, None
    country, first = entries[0].country, entries[0]
    holders: list[Entry] = []
    if first.within and all(e.within == first.within for e in entries):
        holders += [e for e in context.places.find(first.within) if e.country == country and e.kind != "region"]
        holders += [e for e in context.places.find(first.within) if e.country == country]
    if first.region and all(e.region == first.region for e in entries):
        holders += context.places.at(f"@{country}{first.region}")
    holders += [*context.places.at(f"@{country}"), *(e for e in context.places.find(country) if e.kind == "country")]
    return True, (holders[0], holders[0].precision) if holders else None


def _holds(outer: _Read, inner: _Read, gap: str, context: Context) -> bool:
    """Whether the later name is what the earlier lies in: "Saraqeb, Idlib"."""
    if outer.entry is None or inner.entry is None:
        return False
    if PRECISIONS.index(outer.precision) > PRECISIONS.index(inner.precision):
        return True
    if "and" in gap or "&" in gap:
        return False
    same = [e for e in context.places.find(outer.name) if e.kind == "region" and e.country == inner.entry.country]
    return any(e.region and e.region == inner.entry.region and key(inner.name) != key(outer.name) for e in same)
