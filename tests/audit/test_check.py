"""The check of a release: untouched ones hold, every change is found and named, no more is claimed than is so."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from audit.authority import Authority
from audit.fiction import CLAIMS, act, log, made, part, release, sha, tree
from audit.fiction import files as contents
from audit.forging import flipped, forged, signed_anew, taken_apart, with_file
from probata.audit.bundle import File, Seal, rows, write
from probata.audit.canonical import canonical
from probata.audit.chain import append
from probata.audit.checker import origin
from probata.audit.checker.opened import Options
from probata.audit.checker.release import check
from probata.audit.keys import Key, make
from probata.audit.loglines import LogPart


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


def test_check_another_key(whole: Path, tmp_path: Path, key: Key) -> None:
    """A forger with a key of their own: the release holds for the unwary, and not for who asks for the key."""
    other = make(tmp_path / "other.pem")

    def change(manifest: dict[str, object]) -> None:
        manifest["signer"] = {"key": other.public.hex(), "name": "Tarqa Records"}

    files = with_file(taken_apart(whole), "signer.pem", other.public_pem)
    theirs = signed_anew(files, other, change)
    assert forged(tmp_path, theirs).status == 0
    report = forged(tmp_path, theirs, Options(key=key.fingerprint))
    assert report.status == 1
    assert f"is signed with the key {other.fingerprint}, not with the one asked for" in report.wrong[0]
    colons = ":".join(key.fingerprint[n : n + 2] for n in range(0, 64, 2)).upper()
    assert check(str(whole), Options(key=colons)).status == 0


def test_check_stripped_signature(whole: Path, tmp_path: Path, key: Key) -> None:
    files = [f for f in signed_anew(taken_apart(whole), key, lambda m: m.update(signer=None)) if f[0] != "release.sig"]
    assert forged(tmp_path, files, Options(key=key.fingerprint)).status == 1
    assert "which nobody signed" in forged(tmp_path, files).text("x")


def test_check_time_of_another_release(whole: Path, chosen: Path, tmp_path: Path) -> None:
    files = with_file(taken_apart(whole), "release.tsr", dict(taken_apart(chosen))["release.tsr"])
    assert any("was made for something else" in s for s in forged(tmp_path, files).wrong)


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
        assert forged(tmp_path, with_file(files, "release.tsr", flipped(token, at))).status == 1


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


@pytest.mark.parametrize("content", [b"", b"x" * 99, b"\xff\xfe", b"-----BEGIN PUBLIC KEY-----\nMCow\n", bytes(9999)])
@pytest.mark.parametrize(
    "brought", [lambda p: Options(key=p), lambda p: Options(roots=p), lambda p: Options(earlier=p)]
)
def test_check_mistakes_of_the_reader_are_no_fault_of_the_release(
    whole: Path, tmp_path: Path, brought: Callable[[str], Options], content: bytes
) -> None:
    path = tmp_path / "brought"
    with pytest.raises(OSError, match="No such file"):
        check(str(whole), brought(str(path)))
    path.write_bytes(content)
    with pytest.raises(OSError, match=r"it (holds|is) no"):
        check(str(whole), brought(str(path)))
    with pytest.raises(OSError, match="No such file"):
        check(str(whole), Options(key="3f2a"))


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


def test_check_tells_how_far_it_is(whole: Path, chosen: Path) -> None:
    for path in (whole, chosen):
        told: list[tuple[int, int]] = []
        check(str(path), tick=lambda done, total, told=told: told.append((done, total)))  # type: ignore[misc]
        done = [d for d, _ in told]
        assert done == sorted(done)
        assert len({total for _, total in told}) == 1
        assert 0.9 < done[-1] / told[-1][1] <= 1


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
