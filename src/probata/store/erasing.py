"""Erasing: protected words are destroyed in every row and original; the log tells of it, and stays valid."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Model

from probata.audit.chain import Act, Step
from probata.audit.sealing import fresh_salt
from probata.audit.shield import Edited, Shield
from probata.model.errors import InputError
from probata.store import bulk, digests, grouping, log, models, originals, protecting, shielding, triggers
from probata.store.bulk import chunks
from probata.store.opening import Casebook
from probata.store.searching import Search


@dataclass(slots=True)
class Erased:
    """What an erasure did: rows changed, originals removed (by digest), in words what of others was not searched."""

    rows: int = 0
    originals: list[str] = field(default_factory=list)
    unsearched: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an erasure would touch now: rows by kind, reports by name, originals by digest, what is not searched."""

    rows: Mapping[str, int]
    reports: Sequence[str]
    originals: Sequence[str]
    unsearched: Mapping[str, str]


def foreseen(book: Casebook, number: int) -> Foreseen:
    """What erasing row `number` would touch, found in the way in which it is erased; nothing is written."""
    row = protecting.chosen(book, number)
    shield = Shield(shielding.spellings(row), f"[erased {number}]")
    done = Erased()
    removed = _originals(book, shield, Search(shielding.spellings(row)), [], done)
    told = [(act.kind, act.item) for act in _Rows(book, shield, dry=True).erased()]
    rows = models.Report.objects.using(book.alias)
    digests_of = sorted({item for kind, item in told if kind == "report"})
    names = [n for some in chunks(digests_of) for n in rows.filter(digest__in=some).values_list("name", flat=True)]
    return Foreseen(Counter(kind for kind, _ in told), sorted(map(shield.text, names)), removed, done.unsearched)


def left(book: Casebook) -> list[str]:
    """The originals that an erasure was to remove and has not, as it was interrupted."""
    rows = models.Entry.objects.using(book.alias).filter(line__contains=f'"step":"{Step.ERASE.value}"')
    said = [json.loads(line) for line in rows.order_by("number").values_list("line", flat=True)]
    gone = dict.fromkeys(act["item"] for act in said if act["step"] == Step.ERASE and act["kind"] == "original")
    return [digest for digest in gone if originals.path_of(book.originals, digest).exists()]


def erase(
    book: Casebook,
    number: int,
    who: str,
    why: str,
    also: Collection[str] = (),
    more: Callable[[Shield], object] | None = None,
) -> Erased:
    """Destroy what row `number` protects, everywhere in the casebook. For whoever holds its turn.

    `more` does what else belongs to it, in the same transaction: all of it, or nothing. `also` are originals (by
    digest) to be removed whether words are found in them or not, even after the erasure. In place of the words stands a
    mark with the number, so that two people stay two. Raises InputError without a reason, when nothing is protected by
    that number, and when an original is not there. Interrupted, the same call again completes it.
    """
    protecting.written(why)
    gone = models.Protected.objects.using(book.alias).filter(pk=number).exclude(erased_at=None).first()
    if gone:
        return _more(book, also, who) if also else _completed(book, gone)
    row = protecting.chosen(book, number)
    shield = Shield(shielding.spellings(row), f"[erased {number}]")
    if shield.holds(who):
        raise InputError("protected", "--by", "has the protected words.", "Give another alias: the log keeps it.")
    chosen = [_chosen(book, digest) for digest in also]
    protecting.thorough(book)
    done = Erased()
    with transaction.atomic(using=book.alias), triggers.lifted(book.alias):
        if more:
            more(shield)
        done.originals = _originals(book, shield, Search(shielding.spellings(row)), chosen, done)
        acts = list(_Rows(book, shield).erased())
        before = digests.of_row(row)
        row.words = row.variants = row.salt = None
        row.why, row.erased_why, row.erased_at = shield.text(row.why), shield.text(why), digests.now()
        row.save(using=book.alias)
        done.rows = len(acts) + 1
        told = {"rows": done.rows, "originals": len(done.originals), "unsearched": len(done.unsearched)}
        acts += [log.act(Step.ERASE, "original", digest, who, before=digest) for digest in done.originals]
        after = digests.of_row(row)
        acts.append(log.act(Step.ERASE, "protected", str(number), who, before=before, after=after, detail=told))
        log.write(book, acts)
        protecting.remade(book, lambda _: True)
        grouping.anew(book)
    _remove(book, done.originals)
    protecting.clean(book, whole=True)
    return done


def _more(book: Casebook, also: Collection[str], who: str) -> Erased:
    """Remove originals that somebody saw to have words that were erased before."""
    chosen = sorted({_chosen(book, digest) for digest in also})
    with transaction.atomic(using=book.alias):
        log.write(book, [log.act(Step.ERASE, "original", digest, who, before=digest) for digest in chosen])
    _remove(book, chosen)
    return Erased(0, chosen)


def _completed(book: Casebook, row: models.Protected) -> Erased:
    """Remove what an erasure that was interrupted has left."""
    remaining = left(book)
    if not remaining:
        problem = f"was erased at {row.erased_at:%Y-%m-%d %H:%M} UTC."
        raise InputError("protected", f"number {row.pk}", problem, "There is nothing left to erase.")
    _remove(book, remaining)
    protecting.clean(book, whole=True)
    return Erased(0, remaining)


class _Rows:
    """The rows of evidence, each replaced where it holds the words; `dry`: found in the same way, and left alone."""

    def __init__(self, book: Casebook, shield: Shield, dry: bool = False) -> None:
        self._book, self._shield, self._dry = book, shield, dry
        self._names: dict[str, str] = {}  # of reports, old and new

    def erased(self) -> Iterator[Act]:
        """Change what holds the words; what the log is to say of each row."""
        reports = models.Report.objects.using(self._book.alias).order_by("id")
        for name in reports.values_list("name", flat=True):
            if self._shield.holds(name):
                self._names[name] = self._free(self._shield.text(name))
        for number in list(reports.values_list("id", flat=True)):
            yield from self._report(reports.get(id=number))
        for decision in models.Decision.objects.using(self._book.alias).order_by("id"):
            yield from self._changed(decision, "decision", str(decision.pk), ("who", "why"))
        for proposal in models.Proposal.objects.using(self._book.alias).select_related("incident", "answer"):
            yield from self._proposal(proposal)
        for version in models.Version.objects.using(self._book.alias).select_related("incident").order_by("id"):
            item = f"{version.incident.name}/{version.number}"
            yield from self._changed(version, "incident version", item, ("record", "changes", "because"))
        for incident in models.Incident.objects.using(self._book.alias).order_by("id"):
            self._written(incident, ("place", "type"))
        for family in models.Family.objects.using(self._book.alias).order_by("id"):
            self._written(family, ("name",))

    def _report(self, row: models.Report) -> Iterator[Act]:
        claims = list(models.Claim.objects.using(self._book.alias).filter(report=row).order_by("number"))
        told = {claim.pk: digests.of_row(claim) for claim in claims}
        edited = Edited(row.text, self._shield.edits(row.text), self._shield.mark)
        before = digests.of_row(row)
        row.text = edited.text
        names = ("name", "title", "outlet", "url", "author", "data", "added_by")
        self._written(row, names, ("text",))
        if after := self._salted(row, before):
            yield log.act(Step.ERASE, "report", row.digest, before=before, after=after)
        for claim in claims:
            claim.report = row
            claim.record = shielding.placed(self._new(edited.record(claim.record)))
            self._written(claim, ("speaker", "place"), ("record",))
            if after := self._salted(claim, told[claim.pk]):
                yield log.act(Step.ERASE, "claim", claim.name, before=told[claim.pk], after=after)
        for reading in models.Reading.objects.using(self._book.alias).filter(claim__report=row).select_related("claim"):
            before = digests.of_row(reading)
            reading.record = shielding.placed(self._new(edited.record(reading.record)))
            self._written(reading, ("who", "why"), ("record",))
            if after := self._salted(reading, before):
                item = f"{reading.claim.name}/{reading.number}"
                yield log.act(Step.ERASE, "reading", item, before=before, after=after)

    def _proposal(self, row: models.Proposal) -> Iterator[Act]:
        """A proposal and its answer; a signature over words that are gone goes too, as it is good no more."""
        answer: models.Answer | None = getattr(row, "answer", None)
        told = [digests.of_row(r) for r in (row, answer) if r]
        held = any(self._shield.holds(words) for words in (row.party, row.reason, row.who))
        for kept in (row, answer) if held else ():
            if kept and kept.signature:
                kept.signature = {**kept.signature, "value": None}
        self._written(row, ("party", "who", "reason"), ("signature",))
        if after := self._salted(row, told[0]):
            yield log.act(Step.ERASE, "proposal", row.name, before=told[0], after=after)
        if answer:
            self._written(answer, ("who", "why"), ("signature",))
            if after := self._salted(answer, told[1]):
                yield log.act(Step.ERASE, "answer", row.name, before=told[1], after=after)

    def _changed(self, row: Model, kind: str, item: str, names: tuple[str, ...]) -> Iterator[Act]:
        before = digests.of_row(row)
        self._written(row, names)
        if after := self._salted(row, before):
            yield log.act(Step.ERASE, kind, item, before=before, after=after)

    def _salted(self, row: Model, before: str) -> str | None:
        """The digest of a row that was changed, with a new salt: with the old one, words could be tried on `before`."""
        if digests.of_row(row) == before:
            return None
        if not self._dry:
            row.salt = fresh_salt()  # type: ignore[attr-defined]
            bulk.change(self._book.alias, [row], ("salt",))
        return digests.of_row(row)

    def _written(self, row: Model, names: tuple[str, ...], more: tuple[str, ...] = ()) -> None:
        """Replace the words in these columns, and write the row with them and `more`."""
        for name in names:
            setattr(row, name, self._new(getattr(row, name)))
        if not self._dry:
            bulk.change(self._book.alias, [row], (*names, *more))

    def _new(self, value: Any) -> Any:
        if isinstance(value, str) and value in self._names:
            return self._names[value]
        if isinstance(value, dict):
            made = self._shield.shown(dict.fromkeys(value))
            return {new: self._new(v) for new, v in zip(made, value.values(), strict=True)}
        if isinstance(value, list):
            return [self._new(v) for v in value]
        return self._shield.text(value) if isinstance(value, str) else value

    def _free(self, name: str) -> str:
        """The name, or one like it, that no report has."""
        taken = {*self._names.values()}
        known = models.Report.objects.using(self._book.alias)
        new, number = name, 1
        while new in taken or known.filter(name=new).exists():
            number += 1
            new = f"{name}-{number}"
        return new


def _chosen(book: Casebook, digest: str) -> str:
    if not originals.DIGEST.fullmatch(digest) or not originals.path_of(book.originals, digest).exists():
        raise InputError("original", digest, "is no original of this casebook.", "`probata log` names each.")
    return digest


def _originals(book: Casebook, shield: Shield, search: Search, chosen: list[str], done: Erased) -> list[str]:
    """The originals that hold the words: those of reports that do, and others that do themselves; and those chosen."""
    found: set[str] = {*chosen}
    for row in models.Report.objects.using(book.alias).order_by("id").iterator(chunk_size=100):
        if any(shield.holds(text) for text in (row.text, row.title, row.outlet, row.url, row.author)):
            found.add(row.original)
    for path in sorted(book.originals.glob("??/*")):
        if path.name not in found:
            searched = search(path)
            if searched.found:
                found.add(path.name)
            elif searched.unsearched:
                done.unsearched[path.name] = search.told(searched)
    return sorted(digest for digest in found if originals.path_of(book.originals, digest).exists())


def _remove(book: Casebook, digests_of: list[str]) -> None:
    """Overwrite originals and remove them."""
    for digest in digests_of:
        path = originals.path_of(book.originals, digest)
        if not path.exists():
            continue
        path.chmod(0o600)
        with open(path, "r+b") as file:
            left = path.stat().st_size
            while left > 0:
                left -= file.write(bytes(min(left, 1 << 20)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
