"""A release as the site reads it: checked first, then its rows by their ids."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from probata.audit.checker.release import check
from probata.model.errors import InputError

Record = dict[str, Any]
_LARGEST = 1 << 30  # bytes of one table: more is not held at once


@dataclass(frozen=True, slots=True)
class Released:
    """What was published once: manifest, its digest, and the rows by id. `fingerprint` is of the key that signed."""

    path: Path
    digest: str
    manifest: Record
    incidents: dict[str, Record]
    claims: dict[str, Record]
    reports: dict[str, Record]
    methodology: str
    fingerprint: str | None

    @property
    def made(self) -> str:
        """When the last step of its log was made, in UTC."""
        return str(self.manifest["made"])


def released(path: Path) -> Released:
    """The release of a file. Raises InputError when it is none, or when `probata check` would not pass it."""
    import hashlib

    try:
        report = check(str(path))
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}."
        raise InputError("unreadable", str(path), problem, "Check the name.") from error
    if report.status:
        raise InputError("release", str(path), "does not pass its check.", f"See `probata check {path}`.")
    with zipfile.ZipFile(path) as packed:
        raw = packed.read("release.json")
        manifest = json.loads(raw)
        tables = {name: _rows(packed, f"{name}.jsonl") for name in ("incidents", "claims", "reports")}
        told = manifest.get("methodology")
        methodology = packed.read(told).decode("utf-8", "replace") if told else ""
    digest = hashlib.sha256(raw).hexdigest()
    reports = {r["id"]: r for r in tables["reports"]}
    signer = manifest.get("signer") or {}
    return Released(
        path,
        digest,
        manifest,
        {r["id"]: r for r in tables["incidents"]},
        {r["id"]: r for r in tables["claims"]},
        reports,
        methodology,
        signer.get("fingerprint"),
    )


def _rows(packed: zipfile.ZipFile, name: str) -> list[Record]:
    try:
        info = packed.getinfo(name)
    except KeyError:
        return []
    if info.file_size > _LARGEST:
        raise InputError("release", name, f"is larger than {_LARGEST >> 20} MB.", "Release fewer incidents at a time.")
    return [json.loads(line) for line in packed.read(name).splitlines() if line]
