"""One incident as a page shows it: its record, the claims behind it by source, where each end of a range is from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from probata.assess import assess
from probata.export.incidentlines import incident_of
from probata.model.assessment import Assessment
from probata.model.errors import InputError
from probata.review.sight import Sight
from probata.review.work import states
from probata.store import models, shown, stored
from probata.store.bulk import chunks
from probata.store.shown import Edition
from probata.store.standing import held, record_of

FEW = 4  # claims of a source that are shown at once
SOURCES = 30  # sources that are shown at once
AT_ONCE = 600  # claims, above which the ends of ranges are worked out only when asked for
MORE = 100  # claims that are added when more are asked for
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """An incident that is open before a person: its row, the version looked at, and its record as they may see it."""

    row: models.Incident
    edition: Edition
    record: Record

    @property
    def name(self) -> str:
        """The id of the incident."""
        return self.row.name

    @property
    def latest(self) -> bool:
        """Whether it is the version that stands now."""
        return self.edition.number == self.edition.of


def row_of(sight: Sight, name: str) -> models.Incident:
    """The incident of this id, if the person may see it. Raises Http404."""
    row = sight.incidents().filter(name=name, number__gt=0).first()
    if row is None:
        raise Http404
    return row


def opened(sight: Sight, name: str, number: int | None = None) -> Opened:
    """A version of an incident that the person may see, the latest unless a number is given. Raises Http404."""
    row = row_of(sight, name)
    try:
        edition = shown.edition(sight.book, name, number)
    except InputError:
        raise Http404 from None
    if not sight.open(edition.record):
        raise Http404
    return Opened(row, edition, sight.shown(edition.record))


def told(sight: Sight, found: Opened) -> Record:
    """All that a page of an incident shows but people's work on it."""
    record, known = found.record, Claims(sight)
    sources = _sources(found)
    apart = {x["claim"]: x for x in record["relations"]}
    denials = [c for c, x in apart.items() if x["relation"] == "denial"]
    said = _verification(sight, found) if found.latest else []
    few = [c for s in sources[:SOURCES] for c in s["claims"][:FEW]]
    blamed = [b["claim"] for a in record["accusations"] for b in a["by"][:FEW]]
    answers = [a["claim"] for a in record["answers"] if a["claim"]]
    known.ready([*few, *blamed, *answers, *denials[:MORE], *said[:MORE], *list(apart)[:MORE]])
    heavy = len(record["claims"]) > AT_ONCE
    return {
        "id": found.name,
        "edition": found.edition.number,
        "editions": found.edition.of,
        "at": found.edition.at,
        "ended": found.edition.ended,
        "integrity": states.of_version(sight, found.row, found.edition.number),
        "incident": record,
        "sources": [_source(s, known, apart) for s in sources[:SOURCES]],
        "sources_more": max(0, len(sources) - SOURCES),
        "accused": _accused(record, known),
        "denials": known.of(denials[:MORE]),
        "verifications": known.of(said[:MORE]),
        "relations": [{**x, "words": known.line(x["claim"])} for x in list(apart.values())[:MORE]],
        "ends": None if heavy or not found.latest else ends(sight, found),
        "changes": sight.shown(found.edition.changes, list(_reports(record))),
        "because": sight.shown(found.edition.because, list(_reports(record))),
    }


def more(sight: Sight, found: Opened, source: int, start: int) -> Record:
    """Further claims of one source (its number in the list), from `start` on. Raises Http404."""
    sources = _sources(found)
    if source >= len(sources):
        raise Http404
    apart = {x["claim"]: x for x in found.record["relations"]}
    claims = sources[source]["claims"]
    known = Claims(sight)
    known.ready(claims[start : start + MORE])
    left = max(0, len(claims) - start - MORE)
    return {
        "id": found.name,
        "source": source,
        "families": _families(claims[start : start + MORE], sources[source]["of"], known, apart),
        "next": start + MORE if left else None,
        "left": left,
    }


def further(sight: Sight, found: Opened, start: int) -> Record:
    """Further sources, from number `start` on."""
    known, apart = Claims(sight), {x["claim"]: x for x in found.record["relations"]}
    sources = _sources(found)
    some = sources[start : start + SOURCES]
    known.ready([c for s in some for c in s["claims"][:FEW]])
    left = max(0, len(sources) - start - SOURCES)
    return {
        "id": found.name,
        "edition": found.edition.number,
        "sources": [_source(s, known, apart) for s in some],
        "sources_more": left,
        "next": start + SOURCES,
    }


def _sources(found: Opened) -> list[Record]:
    """The originators with their claims, then the claims that add no source; those with most reports first."""
    family = {report: n for n, of in enumerate(found.record["families"]) for report in of}
    out: list[Record] = []
    counted: set[str] = set()
    ranked = sorted(found.record["originators"], key=lambda o: (-len(o["reports"]), o["name"]))
    for o in ranked:
        counted |= set(o["claims"])
        out.append({"name": o["name"], "kind": o["kind"], "claims": o["claims"], "reports": o["reports"], "of": family})
    rest = [c for c in found.record["claims"] if c not in counted]
    if rest:
        out.append({"name": "", "kind": "uncounted", "claims": rest, "reports": [], "of": family})
    for number, source in enumerate(out):
        source["number"] = number
    return out


def _source(source: Record, known: Claims, apart: Mapping[str, Record]) -> Record:
    claims = source["claims"]
    family = source["of"]
    return {
        "number": source["number"],
        "name": source["name"],
        "kind": source["kind"],
        "reports": len(source["reports"]),
        "printed": len({family[r] for r in source["reports"] if r in family}),
        "claims": len(claims),
        "families": _families(claims[:FEW], family, known, apart),
        "left": max(0, len(claims) - FEW),
        "next": FEW,
    }


def _families(
    claims: Sequence[str], family: Mapping[str, int], known: Claims, apart: Mapping[str, Record]
) -> list[Record]:
    """Claims by report, reports that copy one another together."""
    by: defaultdict[int, list[Record]] = defaultdict(list)
    for told in known.of(claims):
        by[family.get(told["report"], -1)].append({**told, **_relation(apart.get(told["name"]))})
    out = []
    for some in by.values():
        reports = list(dict.fromkeys(c["report"] for c in some))
        out.append({"claims": _folded(some), "reports": reports, "copies": len(reports) - 1})
    return out


def _folded(claims: Iterable[Record]) -> list[Record]:
    """Claims in the same words as one, with the others of it."""
    by: dict[tuple[str, ...], Record] = {}
    for c in claims:
        key = (c["type"], c["stance"], c["count"] or "", c["relation"], " ".join(c["words"].casefold().split()))
        if key in by:
            by[key]["again"].append({k: c[k] for k in ("name", "report", "title", "outlet")})
        else:
            by[key] = {**c, "again": []}
    return list(by.values())


def _relation(said: Record | None) -> Record:
    return {"relation": said["relation"], "reason": said["reason"]} if said else {"relation": "", "reason": ""}


def _accused(record: Record, known: Claims) -> list[Record]:
    """Each accused with who accuses it and what it answers: an answer to be seen even where none is reported."""
    answers = {a["accused"]: a for a in record["answers"]}
    out = []
    for a in record["accusations"]:
        answer = answers.get(a["accused"], {"answer": "none reported", "claim": None})
        by = [{**b, "told": known.line(b["claim"])} for b in a["by"][:FEW]]
        out.append(
            {
                **{k: a[k] for k in ("accused", "side", "stands", "labels")},
                "by": by,
                "speakers": list(dict.fromkeys(b["speaker"] or "" for b in a["by"])),
                "number": len(a["by"]),
                "answer": answer["answer"],
                "answered": known.line(answer["claim"]) if answer["claim"] else None,
            }
        )
    return out


def ends(sight: Sight, found: Opened) -> list[Record]:
    """Where low, best and high of each measure come from: the claim, its words and the rules that read them."""
    made = assessment(sight, found)
    known = Claims(sight)
    ranges = [(m, getattr(made, m)) for m in ("killed", "injured", "casualties", "bodies")]
    known.ready(c for _, r in ranges for c in (r.low_from, r.best_from, r.high_from) if c)
    figures = {(f.measure.value, f.claim): f for f in made.figures}
    out = []
    for measure, r in ranges:
        for end in ("low", "best", "high"):
            claim = getattr(r, f"{end}_from")
            if claim:
                f = figures.get((measure, claim))
                out.append(
                    {
                        "measure": measure,
                        "end": end,
                        "number": getattr(r, end),
                        "words": sight.shield.text(f.words) if f else "",
                        "rule": f.rule if f else "",
                        "imputed": bool(f and f.imputed),
                        "claim": known.line(claim),
                    }
                )
    return out


def assessment(sight: Sight, found: Opened) -> Assessment:
    """The assessment of an incident, made anew from the claims as they stand."""
    incident = incident_of(found.edition.record)
    reports = set(_reports(found.edition.record))
    claims = [*stored.claims(sight.book, incident.claims)]
    claims += stored.verifications(sight.book, reports).get(found.name, [])
    relations = {m.claim: m.relation for m in incident.members}
    families = [frozenset(f) for f in incident.families]
    return assess(claims, families, about=stored.about(sight.book, reports), relations=relations)


def _verification(sight: Sight, found: Opened) -> list[str]:
    reports = set(_reports(found.edition.record))
    return [c.id for c in stored.verifications(sight.book, reports).get(found.name, [])]


def _reports(record: Record) -> Iterable[str]:
    return dict.fromkeys(report for family in record["families"] for report in family)


def versions(sight: Sight, found: Opened) -> list[Record]:
    """All versions in a line each, the latest first: when, what changed, because of which reports and whom.

    Those that name a report kept from the person are left out.
    """
    rows = models.Version.objects.using(sight.book.alias).filter(incident=found.row).order_by("-number")
    names = list(_reports(found.edition.record))
    told = [
        {"number": n, "at": at, "changes": changes, "because": because}
        for n, at, changes, because in rows.values_list("number", "at", "changes", "because")
        if sight.told(changes) and sight.told(because)
    ]
    return sight.all_shown(told, names) if told else []


class Claims:
    """Claims as lines of a page, read together and as the person may see them."""

    def __init__(self, sight: Sight) -> None:
        self._sight = sight
        self._told: dict[str, Record] = {}

    def ready(self, names: Iterable[str]) -> None:
        """Read these claims, with their reports."""
        asked = [n for n in dict.fromkeys(names) if n not in self._told]
        rows: list[models.Claim] = []
        for some in chunks(asked):
            rows += (
                held(self._sight.claims().filter(name__in=some))
                .select_related("standing", "report")
                .defer("report__text", "report__data")
            )
        records = self._sight.all_shown([record_of(row) for row in rows])
        for row, record in zip(rows, records, strict=True):
            self._told[row.name] = _line(row, record, self._sight)

    def of(self, names: Iterable[str]) -> list[Record]:
        """The lines of these claims; one that people have rejected meanwhile has none."""
        return [self._told[n] for n in names if n in self._told]

    def line(self, name: str) -> Record | None:
        """The line of one claim."""
        return self._told.get(name)


def _line(row: models.Claim, record: Record, sight: Sight) -> Record:
    text = sight.shield.text
    return {
        "name": row.name,
        "report": row.report.name,
        "title": text(row.report.title or row.report.name),
        "outlet": text(row.report.outlet or ""),
        "published": row.report.published,
        "language": row.report.language,
        "type": record["type"],
        "stance": record["stance"],
        "speaker": record["speaker"]["name"] if record["speaker"] else None,
        "count": record["count"]["text"] if record["count"] else None,
        "words": record["evidence"]["text"] if record["evidence"] else "",
    }
