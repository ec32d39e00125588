"""The check of a release: untouched ones hold, every change is found and named, no more is claimed than is so."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from audit.authority import Authority, served
from audit.fiction import CLAIMS, act, log, made, part, release, sha, tree
from audit.fiction import files as contents
from audit.forging import Files, flipped, packed, taken_apart, with_file
from probata.audit import timestamps
from probata.audit.bundle import File, Seal, rows, write
from probata.audit.canonical import canonical
from probata.audit.chain import append
from probata.audit.checker import origin
from probata.audit.checker.opened import Options
from probata.audit.checker.release import check
from probata.audit.checker.report import Report
from probata.audit.keys import Key, make
from probata.audit.loglines import LogPart

CHOSEN = {1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 20}


@pytest.fixture(scope="module")
def stamped(authority: Authority, key: Key) -> Seal:
    """Signed and stamped, always with the same token for the same bytes."""
    held: dict[bytes, bytes] = {}

    def stamp(data: bytes) -> bytes:
        if data not in held:
            with served(authority.answer) as address:
                held[data] = timestamps.stamp(data, address, authority.roots).answer
        return held[data]

    return Seal(key, "Tarqa Records", stamp, authority.roots)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, stamped: Seal) -> Path:
    """A release with its log as a whole."""
    return made(tmp_path_factory.mktemp("whole") / "whole.zip", stamped)


@pytest.fixture(scope="module")
def chosen(tmp_path_factory: pytest.TempPathFactory, stamped: Seal) -> Path:
    """A release with chosen entries of its log and their proofs."""
    return made(tmp_path_factory.mktemp("chosen") / "chosen.zip", stamped, CHOSEN)


@pytest.fixture
def no_openssl(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without openssl."""
    monkeypatch.setattr(shutil, "which", lambda name: None)


def of(tmp_path: Path, files: Files, options: Options | None = None) -> Report:
    """The check of a release forged with these files."""
    path = tmp_path / "forged.zip"
    path.write_bytes(packed(files))
    return check(str(path), options)


def test_check_untouched(whole: Path, chosen: Path, key: Key, authority: Authority) -> None:
    options = Options(key.fingerprint, str(authority.folder / "root.pem"))
    for path in (whole, chosen):
        report = check(str(path), options)
        assert (report.wrong, report.unchecked, report.status) == ([], [], 0)
        said = report.text("whole.zip", 9999)
        for words in (
            "unchanged since it was signed with the key you named",
            "files are those of the manifest, byte for byte",
            key.fingerprint,
            "release.sig existed by 20",
            "21 entries of the log are enclosed, each unchanged",
            "Its log begins with all 7 entries",
            "each of its 8 rows was logged as it stands",
            "Withheld: 3 of names of witnesses (protected)",
            "not what took place",
        ):
            assert words in said, words


def test_check_says_what_it_takes_on_trust(whole: Path, key: Key) -> None:
    """Without a key and a root from elsewhere, a forger's release looks as good; the report says so."""
    report = check(str(whole))
    assert report.status == 0
    assert "an unproven key" in report.text("x")
    assert any("compare it with one they gave you another way" in s for s in report.open)
    assert any("it came inside" in s for s in report.open)


def test_check_unsigned(tmp_path: Path) -> None:
    report = check(str(made(tmp_path / "one.zip")))
    assert report.status == 0
    assert "which nobody signed" in report.text("one.zip")
    assert any("NOT SIGNED" in s for s in report.open)
    assert any("no time authority" in s for s in report.open)
    assert not any(word in s for s in report.proven for word in ("signed", "existed"))


def test_check_without_openssl(whole: Path, no_openssl: None) -> None:
    report = check(str(whole))
    assert (report.status, report.wrong) == (3, [])
    assert any("openssl" in s for s in report.unchecked)
    assert not any("existed by" in s for s in report.proven)


def test_check_asks_whether_the_authority_was_valid_at_the_time_it_states(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A release outlives the authority's certificate: what counts is the time of the stamp, not of the check."""
    real, later = origin.run_openssl, [0]

    def at_time(program: str, *arguments: str) -> str | None:
        if arguments[0] == "-verify":
            assert arguments[-2] == "-attime"
            arguments = (*arguments[:-1], str(int(arguments[-1]) + later[0]))
        return real(program, *arguments)

    monkeypatch.setattr(origin, "run_openssl", at_time)
    assert check(str(whole)).status == 0
    later[0] = 20 * 365 * 86_400
    assert any("is not an answer" in s for s in check(str(whole)).wrong)


def test_check_never_alarms(tmp_path: Path, key: Key, no_openssl: None) -> None:
    """Untouched releases of every shape: no files, empty files, logs of any length, any entries hidden or chosen."""
    dice = random.Random(0)
    for n in range(60):
        number = dice.choice([1, 2, 3, 8, 9, dice.randrange(1, 70)])
        entries = log(number)
        heads = [
            tree(entries).head("2021-05-20T12:00:00Z", dice.randrange(number + 1)) for _ in range(dice.randrange(4))
        ]
        chosen = None if n % 2 else {e.number for e in entries if dice.random() < 0.4}
        hidden = {e.number for e in entries if dice.random() < 0.3}
        shown = LogPart(tree(entries), partial(iter, entries), "2021-05-21T00:00:00Z", chosen, hidden, heads)
        held = [File(f"f/{m}.bin", dice.randbytes(dice.choice([0, 1, 30, 4000]))) for m in range(dice.randrange(5))]
        made = replace(release(shown if n % 7 else None), methodology=None)
        write(tmp_path / "one.zip", made, held, Seal(key) if n % 3 else None)
        report = check(str(tmp_path / "one.zip"))
        assert report.status == 0, (n, report.wrong)


# every change


def test_check_finds_every_changed_byte_of_the_zip(whole: Path, chosen: Path, tmp_path: Path, no_openssl: None) -> None:
    """Any bit of the whole file: contents, names, headers, directory, end."""
    dice = random.Random(1)
    path = tmp_path / "changed.zip"
    for release_path in (whole, chosen):
        data = release_path.read_bytes()
        directory = data.rindex(b"release.tsr.sig") - 2000
        for n in range(300):
            at = dice.randrange(len(data)) if n % 2 else dice.randrange(directory, len(data))
            path.write_bytes(flipped(data, at, dice.randrange(8)))
            report = check(str(path))
            assert report.status == 1, at
            assert report.wrong[0]


def test_check_finds_every_cut_and_addition(whole: Path, tmp_path: Path, no_openssl: None) -> None:
    data = whole.read_bytes()
    dice = random.Random(2)
    path = tmp_path / "changed.zip"
    for at in [0, 1, 29, 30, len(data) - 1, *(dice.randrange(len(data)) for _ in range(60))]:
        path.write_bytes(data[:at])
        assert check(str(path)).status == 1
        path.write_bytes(data[:at] + dice.randbytes(dice.randrange(1, 50)) + data[at:])
        assert check(str(path)).status == 1
    path.write_bytes(data + b"\0")
    assert "something was added after it" in check(str(path)).wrong[0]
    path.write_bytes(b"#!/bin/sh\n" + data)
    assert "does not begin with a file" in check(str(path)).wrong[0]


@pytest.mark.parametrize("which", ["whole", "chosen"])
def test_check_finds_and_names_every_changed_file(
    which: str, request: pytest.FixtureRequest, tmp_path: Path, no_openssl: None
) -> None:
    """A forger changes a byte of a file and mends the zip around it: the file is named."""
    files = taken_apart(request.getfixturevalue(which))
    dice = random.Random(3)
    also = {"release.json": "release.sig", "release.sig": "release.json", "release.tsr": "release.tsr.sig"}
    for n in range(240):
        name, content = files[n % len(files)]
        at = dice.randrange(len(content))
        report = of(tmp_path, with_file(files, name, flipped(content, at, dice.randrange(8))))
        assert report.status == 1, (name, at)
        said = " ".join(report.wrong)
        assert name in said or also.get(name, name) in said, (name, at, report.wrong)


@pytest.mark.parametrize("which", ["whole", "chosen"])
def test_check_finds_every_file_taken_out_or_put_in(
    which: str, request: pytest.FixtureRequest, tmp_path: Path, no_openssl: None
) -> None:
    files = taken_apart(request.getfixturevalue(which))
    for name, _ in files:
        report = of(tmp_path, [(n, c) for n, c in files if n != name])
        assert any(name in said for said in report.wrong), (name, report.wrong)
    report = of(tmp_path, [*files, ("more.txt", b"x")])
    assert "more.txt: was added; the manifest does not list it" in report.wrong


@pytest.mark.parametrize("which", ["whole", "chosen"])
def test_check_finds_every_changed_entry_even_where_the_manifest_is_forged(
    which: str, request: pytest.FixtureRequest, tmp_path: Path, no_openssl: None, key: Key
) -> None:
    """The holder of the key changes the enclosed log and signs anew; the root that was published before tells."""
    files = taken_apart(request.getfixturevalue(which))
    lines = dict(files)["log/entries.jsonl"].splitlines(keepends=True)
    dice = random.Random(4)
    for n in range(200):
        at = dice.randrange(len(lines))
        other = (at + dice.randrange(1, len(lines))) % len(lines)
        changed = list(lines)
        if n % 4 == 0:
            del changed[at]
        elif n % 4 == 1:
            changed[at], changed[other] = changed[other], changed[at]
        elif n % 4 == 2:
            changed.insert(at, changed[other])
        else:
            changed[at] = flipped(changed[at], dice.randrange(len(changed[at]) - 1), dice.randrange(8))
        report = of(tmp_path, signed_anew(with_file(files, "log/entries.jsonl", b"".join(changed)), key))
        assert report.status == 1
        assert any(s.startswith(("log/entries.jsonl", "log/proofs.jsonl")) for s in report.wrong), report.wrong


def test_check_finds_every_changed_proof(chosen: Path, tmp_path: Path, no_openssl: None, key: Key) -> None:
    files = taken_apart(chosen)
    lines = dict(files)["log/proofs.jsonl"].splitlines(keepends=True)
    dice = random.Random(5)
    for _ in range(100):
        at = dice.randrange(len(lines))
        proof = json.loads(lines[at])
        step = dice.randrange(len(proof["path"]))
        match dice.randrange(4):
            case 0:
                proof["path"][step] = f"{dice.getrandbits(256):064x}"
            case 1:
                del proof["path"][step]
            case 2:
                proof["path"].insert(step, proof["path"][0])
            case _:
                proof["number"] += dice.choice([-1, 1])
        changed = [*lines[:at], canonical(proof) + b"\n", *lines[at + 1 :]]
        report = of(tmp_path, signed_anew(with_file(files, "log/proofs.jsonl", b"".join(changed)), key))
        assert any("proof" in s for s in report.wrong), report.wrong


def signed_anew(files: Files, key: Key, change: Callable[[dict[str, object]], object] = lambda m: None) -> Files:
    """The files with a manifest that fits them, signed; the time token, which nobody can make anew, left out."""
    held = {n: c for n, c in files if not n.startswith("release.tsr")}
    manifest = json.loads(held["release.json"])
    manifest["stamped"] = False
    for file in manifest["files"]:
        content = held.get(file["name"], b"")
        file.update(size=len(content), sha256=hashlib.sha256(content).hexdigest())
    change(manifest)
    held["release.json"] = canonical(manifest)
    if manifest["signer"]:
        held["release.sig"] = key.sign(held["release.json"])
    return list(held.items())


@pytest.mark.parametrize(
    "change, word",
    [
        (lambda m: m.update(title="Another"), None),
        (lambda m: m["files"].pop(), "was added; the manifest does not list it"),
        (lambda m: m["files"].append(dict(m["files"][0], name="x")), "x: is missing"),
        (lambda m: m["files"].append(m["files"][0]), "is there twice"),
        (lambda m: m["files"].append(dict(m["files"][0], name="../x")), "out of the folder"),
        (lambda m: m["files"].append(dict(m["files"][0], name="release.sig")), "cannot be in it"),
        (lambda m: m["files"][1].update(size=-1), "size is missing or not"),
        (lambda m: m["files"][1].update(size=True), "size is missing or not"),
        (lambda m: m["files"][1].update(sha256="A" * 64), "no SHA-256"),
        (lambda m: m["files"][1].update(logged="yes"), "none of no, file, rows"),
        (lambda m: m["files"][0].update(logged="file"), "the log holds no entry for these bytes"),
        (lambda m: m["files"][0].update(logged="rows"), ": row 1 is not in the log"),
        (lambda m: m.update(files={}), "files is missing or not"),
        (lambda m: m.update(files=[1]), "name is missing or not"),
        (lambda m: m.update(format="probata-release/2"), "is not of the form"),
        (lambda m: m.update(title=None), "title is missing or not"),
        (lambda m: m.update(log=None), "says nothing of a log"),
        (lambda m: m["log"].update(size=20), "log/entries.jsonl: has 21 entries; the manifest says 20"),
        (lambda m: m["log"].update(root="0" * 64), "the root is another"),
        (lambda m: m["log"].update(whole=False), "log/proofs.jsonl: is missing"),
        (lambda m: m["log"]["earlier"][0].update(size=8), "does not contain its own state"),
        (lambda m: m["log"]["earlier"][0].update(root="0" * 64), "does not contain its own state"),
        (lambda m: m["log"]["earlier"][0]["proof"].pop(), "does not contain its own state"),
        (lambda m: m["log"]["earlier"].append(7), "root is missing"),
        (lambda m: m.update(signer=None), "names no signer"),
        (lambda m: m["signer"].update(key="00" * 32), "does not fit"),
        (lambda m: m.update(stamped=True), "release.tsr: is missing"),
        (lambda m: m.update(withheld=None), "withheld is missing"),
        (lambda m: m.update(methodology="none.md"), "names a methodology that is not among the files"),
        (lambda m: m.update(methodology=7), "names a methodology that is not among the files"),
        (lambda m: m.update(methodology=None), None),
    ],
)
def test_check_forged_manifests(
    whole: Path, tmp_path: Path, key: Key, change: Callable[[dict[str, object]], object], word: str | None
) -> None:
    """Signed by the key's own holder, yet at odds with the rest. A mere new title is a new release: that holds."""
    report = of(tmp_path, signed_anew(taken_apart(whole), key, change))
    assert report.status == (1 if word else 0), report.wrong
    assert word is None or any(word in s for s in report.wrong), report.wrong


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"null",
        b"[]",
        b"\xff\xfe",
        b'{"format":"probata-release/1","format":"probata-release/1"}',
        b'{"format":"probata-release/1","x":1.5}',
        b'{"format":"probata-release/1","x":NaN}',
        b"[" * 200_000,
        b'{"x":' + b"9" * 10_000 + b"}",
    ],
)
def test_check_manifests_that_are_none(whole: Path, tmp_path: Path, raw: bytes) -> None:
    report = of(tmp_path, with_file(taken_apart(whole), "release.json", raw))
    assert report.wrong[0].startswith("release.json: is")


def test_check_another_key(whole: Path, tmp_path: Path, key: Key) -> None:
    """A forger with a key of their own: the release holds for the unwary, and not for who asks for the key."""
    other = make(tmp_path / "other.pem")

    def change(manifest: dict[str, object]) -> None:
        manifest["signer"] = {"key": other.public.hex(), "name": "Tarqa Records"}

    files = with_file(taken_apart(whole), "signer.pem", other.public_pem)
    forged = signed_anew(files, other, change)
    assert of(tmp_path, forged).status == 0
    report = of(tmp_path, forged, Options(key=key.fingerprint))
    assert report.status == 1
    assert f"is signed with the key {other.fingerprint}, not with the one asked for" in report.wrong[0]
    colons = ":".join(key.fingerprint[n : n + 2] for n in range(0, 64, 2)).upper()
    assert check(str(whole), Options(key=colons)).status == 0


def test_check_stripped_signature(whole: Path, tmp_path: Path, key: Key) -> None:
    files = [f for f in signed_anew(taken_apart(whole), key, lambda m: m.update(signer=None)) if f[0] != "release.sig"]
    assert of(tmp_path, files, Options(key=key.fingerprint)).status == 1
    assert "which nobody signed" in of(tmp_path, files).text("x")


def test_check_time_of_another_release(whole: Path, chosen: Path, tmp_path: Path) -> None:
    files = with_file(taken_apart(whole), "release.tsr", dict(taken_apart(chosen))["release.tsr"])
    assert any("was made for something else" in s for s in of(tmp_path, files).wrong)


def test_check_time_of_an_authority_that_is_not_trusted(whole: Path, tmp_path: Path) -> None:
    other = Authority(tmp_path)
    report = check(str(whole), Options(roots=str(other.folder / "root.pem")))
    assert any("is not an answer" in s for s in report.wrong)
    assert not any("existed by" in s for s in report.proven)


def test_check_time_without_a_key(tmp_path: Path, stamped: Seal) -> None:
    """An unsigned release is stamped over its manifest; a changed token is found by openssl alone."""
    path = made(tmp_path / "one.zip", Seal(None, "", stamped.stamp, stamped.roots))
    assert any("release.json existed by" in s for s in check(str(path)).proven)
    files = taken_apart(path)
    token = dict(files)["release.tsr"]
    for at in (0, 40, 120, len(token) - 3):
        assert of(tmp_path, with_file(files, "release.tsr", flipped(token, at))).status == 1


def test_check_roots_that_are_none_are_an_error_of_the_reader(whole: Path, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        check(str(whole), Options(roots=str(tmp_path / "none.pem")))


def test_check_rows_that_were_never_logged(tmp_path: Path, key: Key) -> None:
    more = [*CLAIMS, {"id": "invented", "count": 900}]
    files = [f if f.name != "claims.jsonl" else type(f)(f.name, b"".join(rows(more)), "", "rows") for f in contents()]
    write(tmp_path / "one.zip", release(part(log())), files, Seal(key))
    assert "claims.jsonl: row 9 is not in the log" in check(str(tmp_path / "one.zip")).wrong[0]


def test_check_earlier_release(tmp_path: Path, key: Key) -> None:
    """The reader's older release: the log of the newer one contains it, or it does not."""
    entries = log(21)
    older = tmp_path / "older.zip"
    write(older, release(part(entries)), contents(), Seal(key))
    head = tree(entries).head("2021-05-20T12:00:00Z")
    longer = log(33)
    write(tmp_path / "newer.zip", release(part(longer, [head])), contents(), Seal(key))
    report = check(str(tmp_path / "newer.zip"), Options(earlier=str(older)))
    assert report.status == 0
    assert any("All that was logged when" in s for s in report.proven)
    rewritten = log(12)
    for n in range(13, 34):
        rewritten.append(append(rewritten[-1], act(n, item="another")))
    write(tmp_path / "forged.zip", release(part(rewritten)), contents(), Seal(key))
    assert check(str(tmp_path / "forged.zip")).status == 0
    report = check(str(tmp_path / "forged.zip"), Options(earlier=str(older)))
    assert any("does not show that its log contains" in s for s in report.wrong)
    assert check(str(older), Options(earlier=str(older))).status == 0


def test_check_key_file(whole: Path, key: Key, tmp_path: Path) -> None:
    """A publisher may give the key itself instead of its fingerprint."""
    path = tmp_path / "publisher.pem"
    path.write_bytes(key.public_pem)
    assert check(str(whole), Options(key=str(path))).status == 0
    path.write_bytes(make(tmp_path / "other.pem").public_pem)
    assert "not with the one asked for" in check(str(whole), Options(key=str(path))).wrong[0]
    for junk in (b"", b"x" * 99, b"\xff\xfe", key.public_pem[:60], (tmp_path / "other.pem").read_bytes()):
        path.write_bytes(junk)
        assert "is no public key" in check(str(whole), Options(key=str(path))).wrong[0]


def test_check_says_that_a_row_was_replaced_later(tmp_path: Path, key: Key) -> None:
    """An old version that is released as if it were the last word is told by the log; one that came back is not."""
    entries = log(21)
    first, second = (sha(canonical(c)) for c in CLAIMS[:2])
    entries.append(append(entries[-1], replace(act(22, item="karsa-post#1", after="f" * 64), before=first)))
    entries.append(append(entries[-1], replace(act(23, item="karsa-post#2", after="e" * 64), before=second)))
    entries.append(append(entries[-1], replace(act(24, item="karsa-post#2", after=second), before="e" * 64)))
    report = check(str(made(tmp_path / "one.zip", Seal(key), entries=entries)))
    assert report.status == 0
    assert "That claims.jsonl is the last word: replaced were row 1 by entry 22." in report.open


def test_check_says_where_times_are_at_odds(tmp_path: Path, stamped: Seal) -> None:
    """The authority's time is before the log's last entry, and before the release says that it was made."""
    entries = log(21)
    entries.append(append(entries[-1], replace(act(22), at="2099-01-01T00:00:00Z")))
    late = replace(release(part(entries)), made="2099-01-01T00:00:00Z")
    write(tmp_path / "one.zip", late, contents(), stamped)
    said = check(str(tmp_path / "one.zip")).open
    assert any(s.startswith("That it was made at 2099-01-01T00:00:00Z") for s in said)
    assert any(s.startswith("That the log's times are right: its last is 2099") for s in said)


def test_check_another_checker_inside(whole: Path) -> None:
    report = check(str(whole), Options(program=b"another"))
    assert any("safe to run" in s for s in report.open)


def test_check_text_of_a_release_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    write(path, replace(release(None), title="x\x1b[2J\u202eyzz\nproven\n  - all"), contents())
    said = check(str(path)).text("one.zip")
    assert "\x1b" not in said
    assert "\u202e" not in said
    assert "x\\u001b[2J\\u202eyzz\\u000aproven" in said


def test_check_json_is_for_programs(whole: Path) -> None:
    said = json.loads(check(str(whole)).json())
    assert said["status"] == 0
    assert said["wrong"] == []
    assert set(said) == {"status", "release", "wrong", "proven", "unchecked", "not_proven"}
