"""The last gate: a protected value is found in whatever way a file writes it, and never repeated."""

from __future__ import annotations

import html
import json
import random
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from audit.fiction import files, log, part, release
from probata.audit import guard as guarding
from probata.audit.bundle import File, write
from probata.audit.guard import Guard, fold
from probata.model.errors import InputError

NAMES = [
    "Samira Al-Meren",
    'O\'Karsa "the elder" <x@tarqa.example>',
    "شهد المروني",
    "Zoë Łąkarsa",
    "+999 555 0101",
    "Hope",
]
WAYS: list[Callable[[str], bytes]] = [
    lambda n: n.encode(),
    lambda n: unicodedata.normalize("NFD", n).encode(),
    lambda n: json.dumps({"name": n}).encode(),
    lambda n: json.dumps({"name": n}, ensure_ascii=False).encode(),
    lambda n: html.escape(n).encode(),
    lambda n: html.escape(n, quote=False).encode(),
    lambda n: "".join(f"&#{ord(c)};" for c in n).encode(),
    lambda n: n.encode("ascii", "xmlcharrefreplace"),
    lambda n: quote(n).encode(),
    lambda n: quote_plus(n).encode(),
    lambda n: re.sub("%..", lambda m: m[0].lower(), quote(n)).encode(),
    lambda n: re.sub(r"\\u....", lambda m: "\\u" + m[0][2:].upper(), json.dumps(n)).encode(),
    lambda n: n.encode("utf-16"),
    lambda n: n.encode("utf-16-be"),
    lambda n: b"\x00\xff\x00" + n.encode() + b"\x00",
]


@pytest.mark.parametrize("way", range(len(WAYS)))
@pytest.mark.parametrize("number", range(len(NAMES)))
def test_guard_finds_every_way_of_writing(way: int, number: int) -> None:
    data = b"before " + WAYS[way](NAMES[number]) + b" after"
    assert number in [h.value for h in Guard(NAMES).hits("x", [data])]


@pytest.mark.parametrize(
    "text",
    [
        "SAMIRA AL-MEREN",
        "samira  al-meren",
        "Samíra Al\u00adMeren",
        "Samira\nAl-Meren",
        "شَهْد المَرونيّ",
        "شـهد المروني",
        "ZOE ŁAKARSA",
    ],
)
def test_guard_finds_long_values_however_spelt(text: str) -> None:
    found = Guard(["Samira Al-Meren", "Samira AlMeren", *NAMES]).hits("x", [text.encode()])
    assert list(found)


@pytest.mark.parametrize("text", ["I hope so", "HOPE", "Samira", "Al-Meren", "555 0101", ""])
def test_guard_does_not_cry_wolf(text: str) -> None:
    assert list(Guard(NAMES).hits("x", [text.encode()])) == []


def test_guard_finds_a_value_across_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "_WINDOW", 500)
    data = b"x" * 700 + "شهد المروني".encode() + b"y" * 900
    for size in (1, 3, 64, 499, 501, 5000):
        pieces = [data[n : n + size] for n in range(0, len(data), size)]
        hits = list(Guard(NAMES).hits("x", pieces))
        assert {h.value for h in hits} == {2}, size
        assert min(h.at for h in hits) == 700, size
        with pytest.raises(InputError, match="protected value 3"):
            list(Guard(NAMES).passed("x", pieces))


def test_guard_passes_what_is_clean_unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guarding, "_WINDOW", 300)
    dice = random.Random(7)
    for size in (0, 1, 299, 300, 301, 5000):
        data = dice.randbytes(size)
        pieces = [data[n : n + 77] for n in range(0, size, 77)]
        assert b"".join(Guard(NAMES).passed("x", pieces)) == data
        assert b"".join(Guard([]).passed("x", pieces)) == data


def test_guard_never_repeats_a_value() -> None:
    with pytest.raises(InputError) as raised:
        list(Guard(NAMES).passed("claims.jsonl", [b"the witness Samira Al-Meren said"]))
    assert "Samira" not in str(raised.value)
    assert "claims.jsonl: holds protected value 1, at about byte 12" in str(raised.value)


@pytest.mark.parametrize("value", ["", " ", "Al", " \n x "])
def test_guard_refuses_values_that_are_everywhere(value: str) -> None:
    with pytest.raises(InputError, match="protected value 2"):
        Guard(["Samira Al-Meren", value])


def test_guard_200_values_in_every_file_of_a_release(tmp_path: Path) -> None:
    """Wherever one of 200 names slips in, in a file, its name, or the manifest, nothing is written."""
    dice = random.Random(24)
    letters = "abdehiklmnorstu"
    names = [" ".join("".join(dice.choices(letters, k=6)).title() for _ in range(2)) for _ in range(200)]
    watch = Guard(names)
    write(tmp_path / "clean.zip", release(part(log())), files(), guard=watch)
    everything = (tmp_path / "clean.zip").read_bytes()
    assert not any(name.encode() in everything for name in names)
    for name in dice.sample(names, 20):
        for spoilt in (
            File("notes.txt", f"told by {name}.".encode()),
            File("notes.json", json.dumps({"by": name}).encode()),
            File(f"notes/{quote(name).replace('%20', '_')}.txt", name.upper().encode()),
            File("ok.txt", b"x", f"what {name} said"),
        ):
            with pytest.raises(InputError, match="protected value"):
                write(tmp_path / "spoilt.zip", release(part(log())), [*files(), spoilt], guard=watch)
    assert [p.name for p in tmp_path.iterdir()] == ["clean.zip"]


def test_fold_is_for_comparing_only() -> None:
    assert fold("  Zoë\tŁĄKARSA ") == "zoe łakarsa"
    assert fold("شَهْـد") == "شهد"
