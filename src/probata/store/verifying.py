"""Is the casebook as it was written? Log, rows, what grouping keeps, and originals; the first wrong item is named."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, TextField
from django.db.models.functions import Cast

from probata.audit.chain import Entry, Step
from probata.audit.merkle import TreeHead
from probata.audit.verify import verify as verify_log
from probata.export.words import counted
from probata.link import rows
from probata.store import (
    digests,
    families,
    findings,
    log,
    models,
    originals,
    protecting,
    shadow,
    shielding,
    standing,
    stored,
)
from probata.store.bulk import chunks
from probata.store.fields import Json
from probata.store.opening import Casebook
from probata.store.tallies import LONGEST, kinds
from probata.store.versions import columns

Told = Callable[[str, int], None]  # told what has been checked, and how many of it


class WrongError(Exception):
    """The first wrong item, in words."""


@dataclass(slots=True)
class Checked:
    """What was checked, in numbers, and the first wrong item in words. Remarks are odd, but no proof of a change."""

    entries: int = 0
    root: str = ""
    rows: int = 0
    originals: int = 0
    bytes: int = 0
    wrong: str | None = None
    remarks: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.wrong is None


@dataclass(slots=True)
class _Logged:
    """What the log says of rows, by item: the digest of each, the latest if there are several."""

    originals: dict[str, int] = field(default_factory=dict)
    reports: dict[str, str] = field(default_factory=dict)
    claims: dict[str, list[list[str]]] = field(default_factory=dict)
    scenes: dict[str, str] = field(default_factory=dict)
    families: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, str] = field(default_factory=dict)
    readings: dict[str, str] = field(default_factory=dict)
    proposals: dict[str, str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    protected: dict[str, str] = field(default_factory=dict)
    erased_claims: dict[str, str] = field(default_factory=dict)
    erased_originals: set[str] = field(default_factory=set)
    erased: list[str] = field(default_factory=list)


def verify(book: Casebook, heads: Iterable[TreeHead] = (), quick: bool = False, told: Told | None = None) -> Checked:
    """Check everything against the log; `heads` are states of the log that were kept elsewhere.

    `quick` leaves out the bytes of originals and what grouping keeps. Without a head that was kept out of reach,
    whoever can write anew the whole log and all rows is not found out.
    """
    done = Checked()
    logged = _Logged()
    try:
        found = verify_log(_told(book, logged), heads)
        done.entries, done.root, done.wrong = found.size, found.root, found.wrong
        done.remarks += found.remarks
        if not found.sound:
            return done
        done.remarks += logged.erased
        for step in (_reports, _claims, _decisions, _readings, _findings, _versions, _protected, _incidents):
            done.rows += step(book, logged)
            if told:
                told(step.__name__.strip("_"), done.rows)
        if not quick:
            _scenes(book, logged)
            _families(book, logged)
            _tallies(book)
            _shadows(book)
            _originals(book, logged, done, told)
    except WrongError as error:
        done.wrong = str(error)
    return done


def _told(book: Casebook, out: _Logged) -> Iterator[Entry]:
    """The entries of the log; what each says is taken in once the one after it is asked for, so that it is sound."""
    for entry in log.entries(book):
        yield entry
        try:
            _take(out, json.loads(entry.line))
        except (KeyError, TypeError, AttributeError, ValueError):
            raise WrongError(f"entry {entry.number}: does not say what entries of its kind say") from None


def _take(out: _Logged, said: Mapping[str, Any]) -> None:
    item, after = said["item"], said["after"]
    if said["step"] == Step.EXPORT:  # tells of what went out, not of rows
        return
    if said["step"] == Step.ERASE:
        _erased(out, said)
    elif said["kind"] == "original":
        out.originals[item] = said["detail"]["size"]
    elif said["kind"] == "report":
        out.reports[item] = after
    elif said["kind"] == "claims":
        out.claims[item] = said["detail"]["claims"]
    elif said["kind"] == "claim":  # that a person added
        out.claims[f"claim {item}"] = [[item, after]]
    elif said["kind"] in ("reading", "proposal", "answer"):
        getattr(out, f"{said['kind']}s")[item] = after
    elif said["kind"] == "scenes":
        out.scenes[item] = after
    elif said["kind"] == "family" and said["step"] == Step.SPLIT:
        out.families = {}
    elif said["kind"] == "family":
        out.families[item] = after
    elif said["kind"] == "decision":
        out.decisions[item] = after
    elif said["kind"] == "incident version":
        out.versions[item] = after
    elif said["kind"] == "protected":
        out.protected[item] = after


def _erased(out: _Logged, said: Mapping[str, Any]) -> None:
    """What the log says of a row or an original after an erasure, which begins from what it said before."""
    kind, item, before, after = said["kind"], said["item"], said["before"], said["after"]
    if kind == "original":
        size = out.originals.pop(item, None)
        if size is None or before != item:
            raise WrongError(f"original {item}: was erased, but the log does not tell that it was received")
        out.erased_originals.add(item)
        return
    if kind == "claim":
        table = out.erased_claims
        if item not in table:
            table |= {name: digest for of in out.claims.values() for name, digest in of} | table
    else:
        table = {
            "report": out.reports,
            "decision": out.decisions,
            "incident version": out.versions,
            "reading": out.readings,
            "proposal": out.proposals,
            "answer": out.answers,
            "protected": out.protected,
        }.get(kind, {})
    if table.get(item) != before:
        raise WrongError(f"{kind} {item}: was erased from a state that the log does not have")
    table[item] = after
    if kind == "protected":
        number = said["detail"]
        told_of = f"{counted(number['rows'], 'row')} changed, {counted(number['originals'], 'original')} removed"
        if number.get("unsearched"):
            told_of += f", {counted(number['unsearched'], 'original')} not searched whole"
        out.erased.append(f"protected words {item} were erased at {said['at'][:19]}Z by {said['who']}: {told_of}")


def _reports(book: Casebook, logged: _Logged) -> int:
    return _all(_rows(book, models.Report), logged.reports, "report", lambda row: row.digest, lambda row: row.name)


def _decisions(book: Casebook, logged: _Logged) -> int:
    return _all(_rows(book, models.Decision), logged.decisions, "decision", lambda row: str(row.pk))


def _readings(book: Casebook, logged: _Logged) -> int:
    number = _all(
        _rows(book, models.Reading, "claim"), logged.readings, "reading", lambda row: f"{row.claim.name}/{row.number}"
    )
    state = models.Identity.objects.using(book.alias).get()
    last: dict[str, models.Reading] = {}
    found = models.Reading.objects.using(book.alias).filter(id__lte=state.reread)
    for row in found.order_by("id").select_related("claim__report").iterator(chunk_size=200):
        last[row.claim.name] = row
    kept = models.Standing.objects.using(book.alias).select_related("claim")
    for made in kept.iterator(chunk_size=200):
        of = last.pop(made.claim.name, None)
        if of is None or any(getattr(made, n) != getattr(standing.of_reading(of), n) for n in standing.FIELDS):
            raise WrongError(f"claim {made.claim.name}: how it stands is not what its readings say")
    if last:
        raise WrongError(f"claim {min(last)}: how it stands by its readings is missing")
    return number


def _findings(book: Casebook, logged: _Logged) -> int:
    """Proposals and answers as they were logged, and each signature good."""
    number = _all(_rows(book, models.Proposal, "incident"), logged.proposals, "proposal", lambda row: row.name)
    answers = _rows(book, models.Answer, "proposal")
    number += _all(answers, logged.answers, "answer", lambda row: row.proposal.name)
    for wrong in findings.unsound(book):
        raise WrongError(f"proposal {wrong}: the signature under it is not good")
    return number


def _versions(book: Casebook, logged: _Logged) -> int:
    rows_of = _rows(book, models.Version, "incident")
    return _all(rows_of, logged.versions, "incident version", lambda row: f"{row.incident.name}/{row.number}")


def _protected(book: Casebook, logged: _Logged) -> int:
    number = _all(_rows(book, models.Protected), logged.protected, "protected", lambda row: str(row.pk))
    for row in models.Protected.objects.using(book.alias).exclude(words=None):
        if row.commitment != protecting.sealed(row):
            raise WrongError(f"protected {row.pk}: its words are not those that were sealed")
    return number


def _claims(book: Casebook, logged: _Logged) -> int:
    wanted = {name: after for told in logged.claims.values() for name, after in told} | logged.erased_claims
    number = _all(_rows(book, models.Claim, "report"), wanted, "claim", lambda row: row.name)
    if missing := logged.reports.keys() - logged.claims.keys():
        raise WrongError(f"report {min(missing)}: the log has no claims of it")
    return number


def _all(
    found: Iterable[Any],
    wanted: Mapping[str, str],
    kind: str,
    item_of: Callable[[Any], str],
    name_of: Callable[[Any], str] | None = None,
) -> int:
    """Every row as the log has it, none missing and none too many; how many there are."""
    seen = set()
    for row in found:
        item = item_of(row)
        name = name_of(row) if name_of else item
        if item not in wanted:
            raise WrongError(f"{kind} {name}: its row was put in without the log")
        if digests.of_row(row) != wanted[item]:
            raise WrongError(f"{kind} {name}: its row was changed after it was logged")
        seen.add(item)
    if missing := wanted.keys() - seen:
        raise WrongError(f"{kind} {min(missing)}: its row is missing")
    return len(seen)


def _rows(book: Casebook, model: type[Model], *related: str) -> Iterator[Any]:
    """The rows of a table in order, each JSON column checked to be as we write it."""
    texts = [f.name for f in model._meta.concrete_fields if isinstance(f, Json)]
    raw = {f"raw_{name}": Cast(name, TextField()) for name in texts}
    found = model._default_manager.using(book.alias).order_by("pk").annotate(**raw)
    for row in (found.select_related(*related) if related else found).iterator(chunk_size=200):
        for name in texts:
            kept = getattr(row, f"raw_{name}")
            if kept is not None and kept != Json().get_prep_value(getattr(row, name)):
                raise WrongError(f"{model._meta.model_name} {row.pk}: its {name} is not as it was written")
        yield row


def _incidents(book: Casebook, _: _Logged) -> int:
    """What lists show of incidents is what their latest versions say, and their scenes hold their claims."""
    number = 0
    for version in stored.latest(book).order_by("pk").iterator(chunk_size=200):
        row = version.incident
        number += 1
        if any(getattr(row, name) != value for name, value in columns(version.record).items()):
            raise WrongError(f"incident {row.name}: its row does not say what its version {row.number} says")
        held = models.Member.objects.using(book.alias).filter(scene__incident=row)
        claims = set(held.values_list("claim__name", flat=True))
        ended = version.changes[0]["kind"] == "ended"
        if ended != (row.ended is not None) or (ended and row.ended != {"into": version.changes[0]["items"]}):
            raise WrongError(f"incident {row.name}: its row does not say whether it ended as its last version does")
        if claims != (set() if ended else set(version.record["claims"])):
            raise WrongError(f"incident {row.name}: the claims it holds are not those of its version {row.number}")
    if (there := models.Incident.objects.using(book.alias).count()) != number:
        raise WrongError(f"incidents: {there} rows, but {number} with a version to show")
    return number


def _scenes(book: Casebook, logged: _Logged) -> None:
    """The scenes of each report with their members and blocks are as grouping wrote them."""
    known = models.Report.objects.using(book.alias).order_by("id").values_list("id", "digest", "name")
    for some in chunks(known.iterator(chunk_size=500)):
        ids = [n for n, _, _ in some]
        for (_, digest, name), made in zip(some, _digests(book, ids), strict=True):
            if made != logged.scenes.get(digest):
                raise WrongError(f"report {name}: what grouping keeps of it was changed")
    state = models.Identity.objects.using(book.alias).get()
    waiting = models.Report.objects.using(book.alias).filter(id__gt=state.grouped, scenes__isnull=False).exists()
    last = models.Report.objects.using(book.alias).order_by("-id").values_list("id", flat=True).first() or 0
    if waiting or state.grouped > last or state.grouping not in (0, rows.VERSION):
        raise WrongError("identity: how far reports are grouped is not what the rows say")


def _families(book: Casebook, logged: _Logged) -> None:
    """Which reports copy one another is as it was found."""
    kept = models.Family.objects.using(book.alias).values_list("report__digest", "name")
    found = {digest: families.digest_of(name) for digest, name in kept}
    if found != logged.families:
        wrong = {*found.items()} ^ {*logged.families.items()}
        raise WrongError(f"report {min(digest for digest, _ in wrong)}: the family of its copies was changed")


def _shadows(book: Casebook) -> None:
    """What reports are found by is made of their own words."""
    shield = shielding.of(book)
    holders = set(models.Holder.objects.using(book.alias).values_list("report", flat=True))
    kept = models.Report.objects.using(book.alias).order_by("id").prefetch_related("claims__readings", "shadows")
    for report in kept.iterator(chunk_size=100):
        called = shadow.standing(sorted(report.claims.all(), key=lambda c: c.number))
        wanted = [(s.part, s.text, s.also) for s in shadow.of_report(report, called, shield)]
        if wanted != sorted((s.part, s.text, s.also) for s in report.shadows.all()):
            raise WrongError(f"report {report.name}: what it is found by was changed")
        if shield.holds(report.text) != (report.pk in holders):
            raise WrongError(f"report {report.name}: that it has protected words, or has none, was changed")


def _digests(book: Casebook, reports: list[int]) -> Iterator[str | None]:
    """For each report the digest of its scenes; None when it has none."""
    found = models.Scene.objects.using(book.alias).filter(report__in=reports)
    members: dict[int, list[str]] = {}
    blocks: dict[int, list[tuple[int, int]]] = {}
    for scene, claim in (
        models.Member.objects.using(book.alias).filter(scene__report__in=reports).values_list("scene", "claim__name")
    ):
        members.setdefault(scene, []).append(claim)
    for scene, key, position in (
        models.Block.objects.using(book.alias).filter(scene__report__in=reports).values_list("scene", "key", "position")
    ):
        blocks.setdefault(scene, []).append((key, position))
    of: dict[int, list[str]] = {}
    for n, report, name, fine in found.values_list("id", "report", "name", "fine"):
        of.setdefault(report, []).append(digests.of_scene(name, fine, members.get(n, ()), blocks.get(n, ())))
    for report in reports:
        yield digests.of_list(sorted(of[report])) if report in of else None


def _tallies(book: Casebook) -> None:
    """The counts are those of the claims."""
    state = models.Identity.objects.using(book.alias).get()
    grouped = models.Report.objects.using(book.alias).filter(id__lte=state.grouped).order_by("id")
    counted = rows.counts(())
    given = stored.decisions(book)
    for some in chunks(grouped.values_list("id", flat=True).iterator(chunk_size=500)):
        counted = counted + rows.counts(stored.claims_of_reports(book, some), given)
    wanted = {(kind, what): n for kind, of in kinds(counted) for what, n in of.items() if n and len(what) <= LONGEST}
    kept = models.Tally.objects.using(book.alias).exclude(number=0)
    for kind, what, number in kept.values_list("kind", "what", "number").iterator(chunk_size=500):
        if wanted.pop((kind, what), 0) != number:
            raise WrongError(f"tally of {kind} {what[:40]!r}: is not what the claims give")
    if wanted:
        kind, what = min(wanted)
        raise WrongError(f"tally of {kind} {what[:40]!r}: is missing")


def _originals(book: Casebook, logged: _Logged, done: Checked, told: Told | None) -> None:
    """The bytes of each original give its name; none is missing."""
    for digest, size in sorted(logged.originals.items()):
        path = originals.path_of(book.originals, digest)
        digest_now, length = originals.hashed(path)
        if digest_now is None:
            raise WrongError(f"original {digest}: is missing")
        if digest_now != digest or length != size:
            raise WrongError(f"original {digest}: its bytes were changed")
        done.originals += 1
        done.bytes += length
        if told:
            told("originals", done.originals)
    for digest in sorted(logged.erased_originals):
        if originals.path_of(book.originals, digest).exists():
            raise WrongError(f"original {digest}: was erased, but is there")
    kept = {p.name: p for p in book.originals.rglob("*") if p.is_file()}
    for name in sorted(kept.keys() - logged.originals.keys()):
        if originals.hashed(kept[name])[0] != name:
            raise WrongError(f"original {name}: is no original of this casebook")
        done.remarks.append(f"original {name}: was received by a run that did not end; adding it again completes it")
    wanted = set(models.Report.objects.using(book.alias).values_list("original", flat=True)) - logged.originals.keys()
    wanted -= logged.erased_originals
    if wanted:
        raise WrongError(f"original {min(wanted)}: the log does not tell of it, but a report comes from it")
