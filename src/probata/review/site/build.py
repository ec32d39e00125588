"""Writes the site: the same releases give the same files, and a folder that holds anything else is refused."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from probata.model.errors import InputError
from probata.review.site import pages
from probata.review.site.differences import Correction, corrections
from probata.review.site.released import Released, released

MARK = "probata-site.json"
_STATIC = Path(__file__).parent.parent / "static"
_FILES = ("probata/app.css", "site/site.css", "site/site.js", "probata/icon.svg")


def build(out: Path, paths: Sequence[Path]) -> int:
    """Write the site of these releases to a folder; the number of its pages. Releases of one state of the log come in
    the order in which they are given.

    Raises InputError for a release that does not pass its check, and for a folder with something else in it.
    """
    releases = sorted((released(path) for path in paths), key=lambda r: r.made)
    if len({r.path.name for r in releases}) < len(releases):
        raise InputError("release", str(paths[0]), "has the file name of another one.", "Give each a name of its own.")
    _prepare(out)
    part = out.with_name(f".{out.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    for name in _FILES:
        shutil.copyfile(_STATIC / name, part / Path(name).name)
    (part / "releases").mkdir()
    for r in releases:
        shutil.copyfile(r.path, part / "releases" / r.path.name)
    latest, changed = releases[-1], corrections(releases)
    _write(part / "entries.js", f"window.entries={json.dumps(pages.entries(latest), ensure_ascii=True)};\n")
    number = 0
    for code, _ in settings.LANGUAGES:
        with translation.override(code):
            for name, template, data in _pages(releases, latest, changed):
                path = (part if code == settings.LANGUAGES[0][0] else part / code) / name
                _write(path, _rendered(template, data, name, code, latest))
                number += 1
    _write(part / MARK, json.dumps({"releases": [r.digest for r in releases]}, indent=1) + "\n")
    if out.exists():
        shutil.rmtree(out)
    part.replace(out)
    return number


def _pages(
    releases: Sequence[Released], latest: Released, changed: Sequence[Correction]
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    records = sorted(latest.incidents.values(), key=pages.order)
    yield "index.html", "site/index.html", {"incidents": records}
    by_incident: defaultdict[str, list[Correction]] = defaultdict(list)
    for correction in changed:
        by_incident[correction.incident].append(correction)
    for record in records:
        data = pages.incident(record, latest, by_incident[record["id"]])
        yield f"incidents/{record['id']}.html", "site/incident.html", data
    for name, history in by_incident.items():
        if name not in latest.incidents:
            yield f"incidents/{name}.html", "site/gone.html", {"name": name, "changed": history}
    yield "corrections.html", "site/corrections.html", {"changed": changed, "since": releases[0].made}
    told = {"article": pages.article(latest.methodology), "withheld": pages.withheld(latest)}
    yield "methodology.html", "site/methodology.html", told
    yield "download.html", "site/download.html", {"files": pages.files(releases)}


def _rendered(template: str, data: Mapping[str, Any], name: str, code: str, latest: Released) -> str:
    """A page, with the way from it to the site's root and to the same page in the other languages."""
    own = settings.LANGUAGES[0][0]
    up = "../" * (name.count("/") + (code != own))
    others = [
        {"code": other, "name": label, "path": f"{up}{'' if other == own else other + '/'}{name}"}
        for other, label in settings.LANGUAGES
        if other != code
    ]
    frame = {"root": up, "home": "../" * name.count("/"), "others": others, "release": latest.manifest}
    return render_to_string(template, {**data, **frame})


def _prepare(out: Path) -> None:
    """Refuse a folder that holds something else than a site made before."""
    if out.exists() and not (out / MARK).exists() and (not out.is_dir() or any(out.iterdir())):
        problem = "holds something else than a site made by Probata; nothing was changed."
        raise InputError("output", str(out), problem, "Name a new folder.")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
