"""A release holds what was wanted, proves it, and is the same from the same casebook."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from audit.authority import Authority, openssl, served
from audit.test_opentimestamps import PROMISE
from probata.audit import keys
from probata.audit.bundle import Seal
from probata.cli import release as release_verb
from probata.cli.main import main
from probata.model.errors import InputError
from probata.model.incident import Decision
from probata.store import grouping, log, models, originals, protecting, shown, triggers
from probata.store.opening import Casebook
from probata.store.publishing import kinds
from probata.store.releasing import Wanted, release
from probata.store.verifying import verify
from store.handmade import BRENTA, killing, report

WANTED = Wanted("Tarqa market", "Tarqa Records")


@pytest.fixture
def kept(book: Casebook) -> Casebook:
    report(book, "post", killing("post", 190, "a doctor"), by="aliyah")
    report(book, "herald", killing("herald", 82, "the Relief Office"))
    report(book, "radio", killing("radio", 4, "a baker", **BRENTA), by="omar")
    return book


def rows(path: Path, name: str) -> list[dict[str, Any]]:
    with zipfile.ZipFile(path) as packed:
        return [json.loads(line) for line in packed.read(name).splitlines()]


def checked(path: Path, *options: str) -> tuple[int, str]:
    """What the file check.py inside says, run by Python alone."""
    with zipfile.ZipFile(path) as packed:
        alone = path.with_name("check.py")
        alone.write_bytes(packed.read("check.py"))
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(alone), str(path), *options], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_a_release_proves_each_row_and_verify_passes_after_it(kept: Casebook, tmp_path: Path) -> None:
    key = keys.make(tmp_path / "key.pem")
    out = tmp_path / "out.zip"
    release(kept, out, WANTED, Seal(key, "Tarqa Records"))
    status, said = checked(out, "--key", key.fingerprint)
    assert status == 0, said
    for table, number in (("incidents", 2), ("claims", 3), ("reports", 3)):
        assert len(rows(out, f"{table}.jsonl")) == number
        assert f"{table}.jsonl: each of its {number} rows was logged" in said
    assert "NOT proven" in said
    assert verify(kept).wrong is None


def test_the_same_casebook_gives_the_same_release_byte_for_byte(kept: Casebook, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        release(kept, tmp_path / name, WANTED)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    report(kept, "later", killing("later", 7, "a guard"))
    release(kept, tmp_path / "three.zip", WANTED)
    assert (tmp_path / "three.zip").read_bytes() != (tmp_path / "one.zip").read_bytes()


def test_a_release_of_one_incident_holds_no_other(kept: Casebook, tmp_path: Path) -> None:
    tarqa, brenta = shown.incidents(kept, shown.Wanted())
    out = tmp_path / "out.zip"
    release(kept, out, Wanted("Brenta", "Tarqa Records", (brenta["id"][:12],)))
    assert [r["id"] for r in rows(out, "incidents.jsonl")] == [brenta["id"]]
    assert [r["id"] for r in rows(out, "reports.jsonl")] == ["radio"]
    with zipfile.ZipFile(out) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist() if name != "check.py")
    assert tarqa["id"].encode() not in everything
    assert b"doctor" not in everything
    assert checked(out)[0] == 0


def test_a_release_proves_that_its_log_goes_on_from_an_earlier_one(kept: Casebook, tmp_path: Path) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    assert main(["release", str(first)]) == 0
    report(kept, "later", killing("later", 7, "a guard"))
    assert main(["release", str(second), "--earlier", str(first)]) == 0
    status, said = checked(second, "--earlier", str(first))
    assert status == 0, said
    forged = tmp_path / "forged.zip"
    other = rows(first, "incidents.jsonl")
    assert other
    forged.write_bytes(first.read_bytes().replace(b"Tarqa", b"Tarka", 1))
    assert checked(forged)[0] == 1


def test_each_incident_says_which_version_it_is_and_that_nobody_found_anything(kept: Casebook, tmp_path: Path) -> None:
    release(kept, tmp_path / "out.zip", WANTED)
    for row in rows(tmp_path / "out.zip", "incidents.jsonl"):
        assert row["version"] == shown.edition(kept, row["id"]).number
        assert row["state"] == "suggested by software"


def test_a_release_holds_originals_only_when_asked(kept: Casebook, tmp_path: Path) -> None:
    release(kept, tmp_path / "without.zip", WANTED)
    release(kept, tmp_path / "with.zip", Wanted("Tarqa market", "Tarqa Records", originals=True))
    with zipfile.ZipFile(tmp_path / "without.zip") as packed:
        assert not [n for n in packed.namelist() if n.startswith("originals/")]
    with zipfile.ZipFile(tmp_path / "with.zip") as packed:
        held = [n for n in packed.namelist() if n.startswith("originals/")]
        assert len(held) == 3
        assert packed.read(held[0]).startswith(b"The words of")
    assert checked(tmp_path / "with.zip")[0] == 0


def named(book: Casebook) -> None:
    """A report of a victim by name, and one of a victim whose name may be a place."""
    report(book, "post", killing("post", 19, "a doctor", targets=["Velora Tamshik"]))
    report(book, "herald", killing("herald", 19, "a baker", targets=["Tarqa"]))


def test_a_closed_kind_is_opened_by_name_with_a_reason_that_the_release_shows(book: Casebook, tmp_path: Path) -> None:
    named(book)
    closed, opened = tmp_path / "closed.zip", tmp_path / "opened.zip"
    assert main(["release", str(closed), "--originals"]) == 0
    why = "families agreed in writing"
    assert main(["release", str(opened), "--originals", "--open", "victims", "--why", why, "--by", "omar"]) == 0
    with zipfile.ZipFile(closed) as packed:
        everything = b"".join(packed.read(n) for n in packed.namelist())
        manifest = json.loads(packed.read("release.json"))
    assert b"Velora" not in everything
    assert manifest["opened"] == []
    assert {"what": "original", "number": 1, "why": "victims"} in manifest["withheld"]
    with zipfile.ZipFile(opened) as packed:
        assert b"Velora Tamshik" in packed.read("claims.jsonl")
        assert sum(n.startswith("originals/") for n in packed.namelist()) == 2
        assert json.loads(packed.read("release.json"))["opened"] == [{"kind": "victims", "why": why}]
    status, said = checked(opened)
    assert status == 0, said
    assert f"That victims, closed by rule, may be published: its publisher opened them ({why})." in said
    last = [json.loads(entry.line) for entry in log.entries(book)][-1]
    assert (last["step"], last["who"], last["detail"]) == ("release", "omar", {"opened": ["victims"]})
    assert verify(book).wrong is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--open", "victims"], "gives no reason"),
        (["--open", "everything", "--why", "because we can"], "is no closed kind"),
    ],
)
def test_nothing_is_opened_without_a_reason_or_by_another_name(
    book: Casebook, options: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    named(book)
    assert main(["release", str(tmp_path / "out.zip"), *options]) == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out.zip").exists()


def test_the_command_line_names_the_kinds_that_are_closed() -> None:
    assert kinds() == release_verb._KINDS


def test_words_that_may_name_a_victim_are_listed_for_people_to_judge(
    book: Casebook, capsys: pytest.CaptureFixture[str]
) -> None:
    named(book)
    (incident, *_) = shown.incidents(book, shown.Wanted())
    for asked in ("herald", incident["id"]):
        assert main(["protect", "--victims", asked]) == 0
        assert capsys.readouterr().out == "Tarqa\n"
    protecting.protect(book, "Tarqa", [], "person", "omar", "the family was not asked")
    assert main(["protect", "--victims", "herald"]) == 0
    assert capsys.readouterr().out == ""
    assert main(["protect", "--victims", "nothing"]) == 2


def test_no_text_of_a_report_goes_out(kept: Casebook, tmp_path: Path) -> None:
    release(kept, tmp_path / "out.zip", WANTED)
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        everything = b"".join(packed.read(n) for n in packed.namelist())
    assert b"The words of post" not in everything


def test_openssl_accepts_the_signature(kept: Casebook, tmp_path: Path) -> None:
    assert main(["release", str(tmp_path / "out.zip"), "--new-key", str(tmp_path / "key.pem")]) == 0
    with zipfile.ZipFile(tmp_path / "out.zip") as packed:
        packed.extractall(tmp_path / "opened")
    verifying = "pkeyutl -verify -pubin -inkey signer.pem -rawin -in release.json -sigfile release.sig".split()
    done = subprocess.run(["openssl", *verifying], cwd=tmp_path / "opened", capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    manifest = tmp_path / "opened" / "release.json"
    manifest.write_bytes(manifest.read_bytes().replace(b"reports", b"rep0rts", 1))
    done = subprocess.run(["openssl", *verifying], cwd=tmp_path / "opened", capture_output=True, text=True, check=False)
    assert done.returncode != 0


def test_openssl_accepts_the_time_of_a_release_and_refuses_it_after_one_changed_byte(
    kept: Casebook, tmp_path: Path
) -> None:
    (tmp_path / "authority").mkdir()
    authority = Authority(tmp_path / "authority")
    roots, out, opened = tmp_path / "roots.pem", tmp_path / "out.zip", tmp_path / "opened"
    roots.write_bytes(authority.roots)
    options = ["--new-key", str(tmp_path / "key.pem"), "--roots", str(roots)]
    with served(authority.answer) as address:
        assert main(["release", str(out), "--authority", address, *options]) == 0
    with zipfile.ZipFile(out) as packed:
        packed.extractall(opened)
    asked = ("ts", "-verify", "-data", opened / "release.sig", "-in", opened / "release.tsr", "-CAfile", roots)
    assert "Verification: OK" in openssl(*asked)
    status, said = checked(out, "--roots", str(roots))
    assert status == 0, said
    assert "Since when: release.sig existed by" in " ".join(said.split())
    signature = bytearray((opened / "release.sig").read_bytes())
    signature[7] ^= 1
    (opened / "release.sig").write_bytes(signature)
    with pytest.raises(AssertionError, match="openssl ts"):
        openssl(*asked)


def test_a_calendars_promise_is_kept_beside_and_called_pending(
    kept: Casebook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out.zip"
    with served(lambda request: b"\xf0\x04tail\x08" + PROMISE, "application/octet-stream") as address:
        assert main(["release", str(out), "--calendar", address]) == 0
    assert "pending" in capsys.readouterr().err
    status, said = checked(out)
    assert status == 0, said
    assert "is PENDING at https://calendar.meren.example: it proves no time" in " ".join(said.split())


def test_an_incident_that_is_not_there_is_named_and_nothing_is_written(kept: Casebook, tmp_path: Path) -> None:
    before = models.Entry.objects.using(kept.alias).count()
    with pytest.raises(InputError, match="no incident"):
        release(kept, tmp_path / "out.zip", Wanted("T", "P", ("inc-nothing",)))
    assert not (tmp_path / "out.zip").exists()
    assert models.Entry.objects.using(kept.alias).count() == before


def test_a_decision_makes_another_release(kept: Casebook, tmp_path: Path) -> None:
    one, two = (r["claims"][0] for r in shown.incidents(kept, shown.Wanted()))
    grouping.decide(kept, Decision(one, two, True, "aliyah", "the mayor corrected the day"))
    release(kept, tmp_path / "out.zip", WANTED)
    assert len(rows(tmp_path / "out.zip", "incidents.jsonl")) == 1
    assert checked(tmp_path / "out.zip")[0] == 0


def test_originals_are_mirrored_and_checked(kept: Casebook, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "usb"
    for _ in range(2):
        assert main(["originals", "--mirror", str(target)]) == 0
        assert "3 of 3" in capsys.readouterr().out
    copies = sorted(p for p in target.glob("??/*"))
    assert [p.read_bytes() for p in copies] == [p.read_bytes() for p in sorted(kept.originals.glob("??/*"))]
    copies[0].chmod(0o600)
    copies[0].write_bytes(b"changed")
    assert main(["originals", "--mirror", str(target)]) == 1
    assert copies[0].name in capsys.readouterr().err
    assert copies[0].read_bytes() == b"changed"  # named, never written over
    copies[0].unlink()
    copies[0].symlink_to(kept.originals / copies[0].parent.name / copies[0].name)
    assert main(["originals", "--mirror", str(target)]) == 1
    assert "is a link or a folder" in capsys.readouterr().err


def test_a_second_copy_in_the_same_place_or_where_nothing_can_be_written_is_refused(
    kept: Casebook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    for target, said in (
        (kept.originals, "keeps nothing safe"),
        (kept.originals / "copy", "keeps nothing safe"),
        (tmp_path / "file", "cannot take the copies"),
    ):
        assert main(["originals", "--mirror", str(target)]) == 2
        assert said in capsys.readouterr().err


@pytest.mark.parametrize("form", ["table", "jsonl", "prov-json", "prov-n"])
def test_the_log_is_printed(kept: Casebook, capsys: pytest.CaptureFixture[str], form: str) -> None:
    assert main(["log", "--format", form]) == 0
    said = capsys.readouterr().out
    assert "aliyah" in said
    assert "ingest" in said
    if form == "prov-json":
        assert {"entity", "activity", "agent"} <= json.loads(said).keys()


def test_an_older_release_that_is_none_is_told(
    kept: Casebook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.zip").write_bytes(b"PK\x05\x06" + bytes(18))
    for name, said in (("other.zip", "is no release of Probata"), ("missing.zip", "cannot be read"), (".", "read")):
        assert main(["release", str(tmp_path / "out.zip"), "--earlier", str(tmp_path / name)]) == 2
        assert said in capsys.readouterr().err
    assert not (tmp_path / "out.zip").exists()


def test_originals_that_cannot_be_searched_stay_as_soon_as_something_is_protected(
    kept: Casebook, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    raw = gzip.compress(b"\x89PNG\r\n\x1a\n" + bytes(99))
    originals.keep(kept.originals, sha256(raw).hexdigest(), raw)
    row = models.Report.objects.using(kept.alias).get(name="radio")
    with transaction.atomic(using=kept.alias), triggers.lifted(kept.alias):
        models.Report.objects.using(kept.alias).filter(pk=row.pk).update(original=sha256(raw).hexdigest())
    assert main(["release", str(tmp_path / "one.zip"), "--originals"]) == 0
    assert " original (" not in capsys.readouterr().err
    protecting.protect(kept, "Velora Tamshik", [], "person", "omar", "asked not to be named")
    assert main(["release", str(tmp_path / "two.zip"), "--originals"]) == 0
    assert "withheld: 1 original (not searched whole for protected words)" in capsys.readouterr().err
