"""A release of a casebook: chosen incidents with their claims, sources and rules, and the log that proves them.

Each row that goes out is logged as it stands before it is packed, and not again while it stays the same. So the same
casebook gives the same release, byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction

from probata import vocab
from probata.audit.bundle import File, Opened, Release, Seal, Withheld, write
from probata.audit.canonical import canonical
from probata.audit.canonical import digest as digest_of
from probata.audit.chain import Act, Step
from probata.audit.guard import Guard
from probata.audit.loglines import LogPart
from probata.audit.merkle import Tree, TreeHead
from probata.export.methodology import methodology
from probata.store import findings, grouping, known, log, models, originals, protecting, shielding, shown
from probata.store.bulk import chunks
from probata.store.opening import Casebook
from probata.store.publishing import CLOSED, PROTECTED, Rules, closed_kinds, closed_words, publish, total
from probata.store.searching import Search
from probata.store.standing import held, record_of

METHODOLOGY = "methodology.md"
UNSEARCHED = "not searched whole for protected words"
_OWN = (Step.RELEASE.value, Step.HEAD.value)  # steps that tell of releases themselves: not part of the next one's log


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is released: these incidents, or all; under what title and name; with the bytes of originals or without.

    `opened` are closed kinds that whoever publishes opens, for the reason `why`; `who` is an alias, "" for none told.
    """

    title: str
    publisher: str
    incidents: tuple[str, ...] = ()
    originals: bool = False
    earlier: tuple[TreeHead, ...] = ()
    opened: tuple[str, ...] = ()
    why: str = ""
    who: str = ""


def release(book: Casebook, path: Path, wanted: Wanted, seal: Seal | None = None) -> str:
    """Write a release; the SHA-256 of its manifest, which the log then holds. For whoever holds the casebook's turn.

    `seal` says who signs and who stamps the time.
    """
    if wanted.opened:
        protecting.written(wanted.why)
    grouping.update(book)  # what people have corrected or rejected since must not go out as it was
    with transaction.atomic(using=book.alias):
        tables, withheld, kept = _contents(book, wanted)
        log.write(book, _exported(book, tables))
    out = {digest_of(r) for rows in tables.values() for r in rows.values()} | {*kept}
    part, made = _log(book, wanted.earlier, out)
    files = [*_files(tables), File(METHODOLOGY, methodology().encode(), "the rules by which figures are made")]
    files += [_original(book, digest) for digest in kept]
    opened = [Opened(kind, wanted.why) for kind in dict.fromkeys(wanted.opened)]
    told = Release(wanted.title, wanted.publisher, made, vocab.versions(), METHODOLOGY, withheld, opened, part)
    spelt = [word for row in shielding.active(book) for word in shielding.spellings(row)]
    digest = write(path, told, files, seal, Guard(spelt) if spelt else None)
    with transaction.atomic(using=book.alias):
        detail = {"opened": [o.kind for o in opened]} if opened else {}
        log.write(book, [log.act(Step.RELEASE, "release", digest, wanted.who, after=digest, detail=detail)])
    return digest


Rows = dict[str, dict[str, Any]]  # public records by their ids


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what a release would hold now: public records by table and id, and what is left out.

    `digest` is the same as long as the records are.
    """

    tables: Mapping[str, Rows]
    withheld: Sequence[Withheld]
    digest: str


def preview(book: Casebook, wanted: Wanted) -> Preview:
    """What a release would hold, without releasing anything."""
    tables, withheld, _ = _contents(book, wanted)
    rows = {table: {item: digest_of(record) for item, record in rows.items()} for table, rows in tables.items()}
    return Preview(tables, withheld, digest_of(rows))


def _contents(book: Casebook, wanted: Wanted) -> tuple[dict[str, Rows], list[Withheld], list[str]]:
    """The public records of what is wanted, by table, what was left out, and the originals (by digest)."""
    names = [shown.named(book, name) for name in wanted.incidents]
    records = [shown.edition(book, name).record for name in dict.fromkeys(names)] or list(
        shown.incidents(book, shown.Wanted())
    )
    rules, protected = Rules.known(wanted.opened), shielding.of(book)
    told = list(_claims(book, sorted({claim for record in records for claim in record["claims"]})))
    elsewhere = known.names(book) if "victims" in rules.names else known.Names()  # what claims of other reports give
    closed = known.Hiding(closed_words((r for r, _ in told), rules), CLOSED, elsewhere, [r for r, _ in told])
    tables: dict[str, Rows] = {"incidents": {}, "claims": {}, "reports": {}}
    withheld: list[Withheld] = []

    def public(kind: str, record: Mapping[str, Any]) -> dict[str, Any]:
        out, left = publish(kind, record, rules, protected)
        withheld.extend(left)
        safe = closed.shown(out)
        withheld.extend(Withheld(f"{kind} {name}", 1, "names and details") for name in out if safe[name] != out[name])
        return safe

    numbers = {
        name: number
        for some in chunks(sorted(r["id"] for r in records))
        for name, number in models.Incident.objects.using(book.alias)
        .filter(name__in=some)
        .values_list("name", "number")
    }
    for record in records:
        found = [public("finding", f) for f in findings.public(book, record["id"])]
        state = {"version": numbers[record["id"]], "state": "found by people" if found else "suggested by software"}
        tables["incidents"][record["id"]] = {**public("incident", record), **state, "findings": found}
    shown_claims = shielding.Claims(book, protected)
    for record, _ in told:
        tables["claims"][record["id"]] = public("claim", shown_claims(record))
    for numbers_of in chunks(sorted({report for _, report in told})):
        for report in models.Report.objects.using(book.alias).filter(id__in=numbers_of).order_by("name"):
            withheld.append(Withheld("report text", 1, "not on the list of what is published"))
            tables["reports"][report.digest] = public("report", _report(report))
    kept: list[str] = []
    if wanted.originals:
        kept, left = _originals(book, tables["reports"].values(), rules)
        withheld.extend(left)
    return tables, total(withheld), kept


def _originals(book: Casebook, reports: Iterable[Mapping[str, Any]], rules: Rules) -> tuple[list[str], list[Withheld]]:
    """The originals of reports that may go out: those without protected words, and with claims of nothing closed."""
    search = Search(word for row in shielding.active(book) for word in shielding.spellings(row))
    kept: list[str] = []
    left: list[Withheld] = []
    for digest in sorted({str(r["original"]) for r in reports}):
        path = originals.path_of(book.originals, digest)
        if not path.exists():  # it was erased
            left.append(Withheld("original", 1, "erased"))
            continue
        claims = models.Claim.objects.using(book.alias).filter(report__original=digest).order_by("id")
        closed = closed_kinds(claims.values_list("record", flat=True), rules)
        if search and (searched := search(path)) and (searched.found or searched.unsearched):
            closed.append(PROTECTED if searched.found else UNSEARCHED)
        left += [Withheld("original", 1, why) for why in closed[:1]]
        kept += [] if closed else [digest]
    return kept, left


def _claims(book: Casebook, names: Sequence[str]) -> Iterator[tuple[dict[str, Any], int]]:
    for some in chunks(names):
        rows = held(models.Claim.objects.using(book.alias).filter(name__in=some)).order_by("name")
        yield from ((record_of(row), row.report_id) for row in rows)


def _report(row: models.Report) -> dict[str, Any]:
    return {
        "id": row.name,
        "outlet": row.outlet,
        "title": row.title,
        "published": row.published.isoformat() if row.published else None,
        "language": row.language,
        "url": row.url,
        "digest": row.digest,
        "original": row.original,
    }


def _exported(book: Casebook, tables: Mapping[str, Rows]) -> Iterator[Act]:
    """An entry for each row that goes out in a form that it did not have before."""
    last: dict[tuple[str, str], str] = {}
    for entry in log.entries(book):
        said = json.loads(entry.line)
        if said["step"] == Step.EXPORT:
            last[said["kind"], said["item"]] = said["after"]
    for table, rows in tables.items():
        for item, record in sorted(rows.items()):
            after = digest_of(record)
            if last.get((table, item)) != after:
                yield log.act(Step.EXPORT, table, item, after=after)


def _log(book: Casebook, earlier: Sequence[TreeHead], out: Collection[str]) -> tuple[LogPart, str]:
    """The log up to the last step that is no release: whole, but entries of what does not go out as their hash alone.

    `out` are the digests of rows and originals that do.
    """
    leaves: list[bytes] = []
    hidden: set[int] = set()
    size, at = 0, ""
    for entry in log.entries(book):
        said = json.loads(entry.line)
        leaves.append(bytes.fromhex(entry.hash))
        if said["step"] not in _OWN:
            size, at = entry.number, max(at, said["at"])
        if said["step"] not in (Step.EXPORT, Step.INGEST) or said["after"] not in out:
            hidden.add(entry.number)
    tree = Tree(leaves[:size])
    return LogPart(tree, lambda: log.entries(book), at, None, hidden, earlier), at


def _files(tables: Mapping[str, Rows]) -> Iterator[File]:
    about = {
        "incidents": "what sources agree and differ on, each incident with its version",
        "claims": "who says that who did what to whom, with the exact words",
        "reports": "outlet, day and digest of each report",
    }
    for table, rows in tables.items():
        content = b"".join(canonical(rows[item], item) + b"\n" for item in sorted(rows))
        yield File(f"{table}.jsonl", content, about[table], "rows")


def _original(book: Casebook, digest: str) -> File:
    path = originals.path_of(book.originals, digest)
    return File(f"originals/{digest}", originals.pieces(path), "a report as it came", "file")
