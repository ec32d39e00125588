"""Publishing: a draft, exactly what would go out, an editor's approval of that alone, the release, the site."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from probata.model.errors import InputError
from probata.review.models import Job
from probata.review.models.publishing import Publication
from probata.review.sight import Sight
from probata.store.opening import Casebook
from probata.store.outside import ROOTS
from probata.store.releasing import Preview, Wanted, preview, release
from probata.store.turn import turn

KEY = "PROBATA_KEY"  # the file of the Ed25519 key that signs; its passphrase is in PROBATA_KEY_PASSPHRASE
AUTHORITY = "PROBATA_AUTHORITY"  # the address of the time authority (RFC 3161) that stamps each release
_BY_TABLE = 50  # records of a kind that a page of the preview shows
Record = dict[str, Any]


def wanted(p: Publication) -> Wanted:
    """What a publication would release."""
    return Wanted(p.title, p.publisher, tuple(p.incidents), p.originals)


def listed(sight: Sight) -> list[Record]:
    """All publications, the latest first."""
    return [told(sight, p) for p in visible(sight)]


def visible(sight: Sight) -> list[Publication]:
    """The publications all of whose incidents the person may see."""
    rows = list(Publication.objects.order_by("-id")[:500])
    asked = {name for p in rows for name in p.incidents}
    seen = set(sight.incidents().filter(name__in=asked).values_list("name", flat=True)) if asked else set()
    return [p for p in rows if seen.issuperset(p.incidents)]


def found(sight: Sight, number: int) -> Publication | None:
    """One of them; None where there is none that the person may see."""
    p = Publication.objects.filter(pk=number).first()
    if p is None or sight.incidents().filter(name__in=p.incidents).count() < len(set(p.incidents)):
        return None
    return p


def told(sight: Sight, p: Publication) -> Record:
    """A publication as a record, without protected words."""
    found: Record = {
        "id": p.pk,
        "title": p.title,
        "publisher": p.publisher,
        "incidents": list(p.incidents),
        "originals": p.originals,
        "state": p.state,
        "by": p.by,
        "at": p.at,
        "approved_by": p.approved_by,
        "approved_at": p.approved_at,
        "released_at": p.released_at,
        "manifest": p.manifest,
        "file": p.file,
        "note": p.note,
        "problem": p.problem,
        "on_site": bool(p.file) and (sight.book.folder / "site" / "releases" / p.file).is_file(),
    }
    return sight.shield.shown(found)


def draft(sight: Sight, title: str, publisher: str, incidents: list[str], originals: bool) -> Publication:
    """A draft of these incidents, or of all. Raises InputError for one that is not there."""
    names = list(dict.fromkeys(incidents))
    seen = set(sight.incidents().filter(name__in=names).values_list("name", flat=True))
    for name in names:
        if name not in seen:
            raise InputError("incident", name, "is no incident of this casebook.", "Choose it from the list.")
    return Publication.objects.create(
        title=title, publisher=publisher, incidents=names, originals=originals, by=sight.who
    )


def looked_at(sight: Sight, p: Publication) -> Record:
    """Exactly what would go out now: the first records of each kind, how many there are, and what is withheld."""
    made = preview(sight.book, wanted(p))
    return {
        "digest": made.digest,
        "changed": bool(p.digest) and p.digest != made.digest,
        "numbers": {table: len(rows) for table, rows in made.tables.items()},
        "records": {table: _first(made, table) for table in made.tables},
        "withheld": [{"what": w.what, "number": w.number, "why": w.why} for w in made.withheld],
    }


def _first(made: Preview, table: str) -> list[Record]:
    rows = made.tables[table]
    return [rows[item] for item in sorted(rows)[:_BY_TABLE]]


def approve(sight: Sight, p: Publication, digest: str, note: str) -> None:
    """An editor's approval of exactly what has this digest. Raises InputError when it is not what there is any more."""
    if preview(sight.book, wanted(p)).digest != digest:
        problem = "is not what you looked at any more: something was changed meanwhile."
        raise InputError("changed-meanwhile", p.title, problem, "Look at it again, then approve it.")
    with transaction.atomic():
        now = timezone.now()
        waiting = Publication.objects.filter(pk=p.pk, state__in=("draft", "failed"))
        if not waiting.update(
            state="approved", digest=digest, approved_by=sight.who, approved_at=now, note=note, problem=""
        ):
            raise InputError("changed-meanwhile", p.title, f"is {p.state} already.", "See its page.")
        Job.objects.create(kind="release", about={"publication": p.pk}, by=sight.who)


def drop(sight: Sight, p: Publication) -> None:
    """Take a draft off the list; what was released stays."""
    if not Publication.objects.filter(pk=p.pk, state__in=("draft", "failed")).update(state="dropped"):
        raise InputError("changed-meanwhile", p.title, f"is {p.state} already.", "See its page.")


def folder(book: Casebook) -> Path:
    """Where releases lie."""
    return book.folder / "releases"


def do(book: Casebook, job: Job) -> Record:
    """Release what was approved, if it is still exactly that; for the worker."""
    p = Publication.objects.get(pk=job.about["publication"])
    if p.state == "released":  # the worker was killed after it had been done
        site(book)
        return {"file": p.file}
    try:
        name = f"release-{p.pk:04}.zip"
        path = folder(book) / name
        path.parent.mkdir(exist_ok=True)
        with turn(book, patience=120):
            if preview(book, wanted(p)).digest != p.digest:
                problem = "was changed after it had been approved; nothing was released."
                raise InputError("changed-meanwhile", p.title, problem, "Look at it again, and approve it again.")
            digest = release(book, path, wanted(p), _seal(p.publisher))
    except Exception as error:
        Publication.objects.filter(pk=p.pk).update(state="failed", problem=str(error))
        raise
    p.state, p.file, p.manifest, p.released_at = "released", name, digest, timezone.now()
    p.save()
    site(book)
    return {"file": name}


def site(book: Casebook) -> None:
    """The public site of all releases, made anew beside them."""
    from probata.review.site.build import build

    rows = Publication.objects.filter(state="released").order_by("id")
    paths = [path for p in rows if (path := folder(book) / p.file).exists()]
    if paths:
        build(book.folder / "site", paths)


def packed(book: Casebook) -> Path | None:
    """The site as one zip to be put on a web server; None where nothing is released."""
    made = book.folder / "site"
    if not made.exists():
        return None
    part = shutil.make_archive(str(book.folder / "site.part"), "zip", made)
    path = book.folder / "site.zip"
    Path(part).replace(path)
    return path


def _seal(publisher: str) -> Any:
    """Who signs and who stamps, by the settings of the server. Raises InputError for what cannot be used."""
    from probata.audit import keys
    from probata.audit.bundle import Seal
    from probata.audit.timestamps import stamp

    path, authority = os.environ.get(KEY), os.environ.get(AUTHORITY, "")
    passphrase = os.environ.get("PROBATA_KEY_PASSPHRASE", "").encode() or None
    key = keys.load(path, passphrase) if path else None
    if not authority:
        return Seal(key, publisher) if key else None
    try:
        roots = Path(os.environ.get(ROOTS, "")).read_bytes()
    except OSError as error:
        problem = f"names no file with the certificates of {authority}: {error.strerror or error}."
        raise InputError("roots", ROOTS, problem, "Set it, or unset the authority.") from error
    return Seal(key, publisher, lambda data: stamp(data, authority, roots).answer, roots)
