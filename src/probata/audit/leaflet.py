"""The readme of a release: how whoever receives it can check it."""

from __future__ import annotations

NAME = "readme.txt"
TEXT = """\
HOW TO CHECK THIS RELEASE

With Python 3.8 or newer, and nothing else:

    unzip -p release.zip check.py > check.py
    python3 check.py release.zip

It says what is proven, by whom, since when, and what is not proven. A check.py
that came inside is only as honest as whoever sent it: if you do not trust the
sender, take it from a place that you trust, or check by hand.

By hand, in a folder with the files of this zip:

    sha256sum claims.jsonl
        is what release.json gives for that file; so for every file

    openssl pkeyutl -verify -pubin -inkey signer.pem -rawin -in release.json -sigfile release.sig
        release.json was signed with the key in signer.pem

    openssl pkey -pubin -in signer.pem -outform DER | sha256sum
        the fingerprint of that key: compare it with one that the publisher
        gave you another way

    openssl ts -verify -data release.sig -in release.tsr -CAfile authority.pem
    openssl ts -reply -in release.tsr -text
        when a time authority stamped the signature; get authority.pem from
        the authority itself

    (printf '\\000'; sed -n 3p log/entries.jsonl | tr -d '\\n') | sha256sum
        the hash of the third entry of the log; the fourth carries it as
        "previous"

Some of these files are missing where a release is not signed, not stamped, or
comes without a log. Do not pack the zip anew: the check asks for every byte.

What is proven is what was recorded, and since when. That anything told in the
reports happened is for people to judge.
"""
