"""By whom and since when: the signature of the manifest and the time authority's answer."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import tempfile
from calendar import timegm

from probata.audit.checker.brought import certificates
from probata.audit.checker.ed25519 import fingerprint, pem, signed
from probata.audit.checker.fields import Wrong, get, sha256_of
from probata.audit.checker.opened import KEY, MANIFEST, ROOTS, SIGNATURE, STAMP, STAMP_SIGNATURE, Opened

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TIME = re.compile(r"^Time stamp: (\w{3}) +(\d+) (\d\d):(\d\d):(\d\d)(?:\.\d+)? (\d{4}) GMT", re.MULTILINE)


def check_signature(release: Opened) -> None:
    """The signature fits the manifest, and the key is the one asked for."""
    manifest, report, asked = release.manifest, release.report, release.options.key
    signer = manifest.get("signer")
    if signer is None:
        for name in (SIGNATURE, STAMP_SIGNATURE):
            if name in release.found:
                raise Wrong(f"{name}: was added: {MANIFEST} names no signer")
        if asked:
            raise Wrong(f"{MANIFEST}: is not signed, so not with the key asked for")
        report.open.append("By whom: it is NOT SIGNED. Anyone could have made it, or changed it and its manifest.")
        return
    key, name = sha256_of(get(signer, "key", str, MANIFEST), MANIFEST), get(signer, "name", str, MANIFEST)
    if not signed(key, release.raw, release.small(SIGNATURE)):
        raise Wrong(f"{SIGNATURE}: does not fit {MANIFEST}: one of the two was changed")
    if release.small(KEY) != pem(key):
        raise Wrong(f"{KEY}: is not the key that signed")
    mark = fingerprint(key)
    if asked and mark != asked:
        raise Wrong(f"{MANIFEST}: is signed with the key {mark}, not with the one asked for")
    report.whole = "unchanged since it was signed with the key you named"
    report.proven.append(f"By whom: it was signed with the key {mark}, which calls itself {name}.")
    if not asked:
        report.whole = "unchanged since the holder of an unproven key signed it"
        report.open.append(f"That this key is that of {name}: compare it with one they gave you another way (--key).")


def check_time(release: Opened) -> None:
    """The time token is of this release, as its publisher got it, and of the authority it names."""
    manifest, report = release.manifest, release.report
    stated = get(manifest, "stamped", bool, MANIFEST)
    if not stated:
        for name in (STAMP, STAMP_SIGNATURE):
            if name in release.found:
                raise Wrong(f"{name}: was added: {MANIFEST} says that there is no time token")
        report.open.append("Since when: no time authority stamped it. The times in it are its makers' word.")
        return
    token = release.small(STAMP)
    subject = SIGNATURE if manifest.get("signer") is not None else MANIFEST
    data = release.small(subject)
    if hashlib.sha256(data).digest() not in token:
        raise Wrong(f"{STAMP}: was made for something else than this {subject}")
    if subject == SIGNATURE:
        key = sha256_of(get(manifest["signer"], "key", str, MANIFEST), MANIFEST)
        if not signed(key, token, release.small(STAMP_SIGNATURE)):
            raise Wrong(f"{STAMP_SIGNATURE}: does not fit {STAMP}: one of the two was changed")
    roots, under = _roots(release)
    if not roots:
        report.unchecked.append("Since when: the authority's certificate is not enclosed; give it with --roots.")
        return
    program = shutil.which("openssl")
    if program is None:
        report.unchecked.append("Since when: the time token can only be checked where the program openssl is.")
        return
    try:
        moment = _stamped(program, token, data, roots, under)
    except (OSError, subprocess.SubprocessError) as error:
        report.unchecked.append(f"Since when: openssl did not run: {error}")
        return
    release.moment = report.moment = moment
    report.proven.append(f"Since when: {subject} existed by {moment}, says the time authority under {under}.")
    made = get(manifest, "made", str, MANIFEST)
    if made > moment:
        report.open.append(f"That it was made at {made}, as it says: the authority's time is earlier.")
    if under == ROOTS:
        report.open.append(f"That {ROOTS} is such an authority's: it came inside. Get it from the authority (--roots).")


def _roots(release: Opened) -> tuple[bytes, str]:
    """The certificates trusted, and where they are from."""
    if release.options.roots:
        return certificates(release.options.roots), release.options.roots
    return (release.small(ROOTS), ROOTS) if ROOTS in release.found else (b"", "")


def _stamped(program: str, token: bytes, data: bytes, roots: bytes, under: str) -> str:
    """When the authority says that it stamped `data`. Raises Wrong when it did not."""
    with tempfile.TemporaryDirectory() as folder:
        at = {name: os.path.join(folder, name) for name in ("data", "answer", "token", "roots")}
        for name, content in (("data", data), ("answer", token), ("roots", roots)):
            with open(at[name], "wb") as out:
                out.write(content)
        run_openssl(program, "-reply", "-in", at["answer"], "-token_out", "-out", at["token"])
        said = TIME.search(run_openssl(program, "-reply", "-in", at["token"], "-token_in", "-text") or "")
        if not said or said[1] not in MONTHS:
            raise Wrong(f"{STAMP}: states no time that can be read")
        day, hour, minute, second, year = (int(said[n]) for n in (2, 3, 4, 5, 6))
        month = MONTHS.index(said[1]) + 1
        # the authority's certificate need only have been valid then: a release outlives certificates
        then = str(timegm((year, month, day, hour, minute, second)))
        files = ("-data", at["data"], "-in", at["answer"], "-CAfile", at["roots"])
        answer = run_openssl(program, "-verify", *files, "-attime", then)
    if not answer:
        raise Wrong(f"{STAMP}: is not an answer to {SIGNATURE} or {MANIFEST} by an authority under {under}")
    return f"{year}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"


def run_openssl(program: str, *arguments: str) -> str | None:
    """What `openssl ts` prints, on both streams; None when it refuses."""
    environment = {**os.environ, "LC_ALL": "C"}
    done = subprocess.run(
        [program, "ts", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        env=environment,
        check=False,
    )
    return None if done.returncode else done.stdout.decode("utf-8", "replace")
