"""A worker is killed at each step of an erasure: before it, all is there; after it, nothing; the next one goes on."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connections

from probata.review.models import Comment, Job
from probata.review.serving import prepare
from probata.store import models, protecting
from probata.store.opening import casebook
from probata.store.turn import turn

WORDS = "Samira Vash"
WHY = "she asked for it on 4 June"
KILLED = """
import importlib, os, signal, sys
from probata.review import worker
from probata.store.opening import open_casebook
module, name = sys.argv[2].split(":")
def kill(*_, **__): os.kill(os.getpid(), signal.SIGKILL)
setattr(importlib.import_module(module), name, kill)
worker.work(open_casebook(sys.argv[1]), True, False)
"""


def asked(folder: Path) -> None:
    """Words protected, held by a comment and reports; a job to erase them."""
    with casebook(folder) as opened:
        book = prepare(opened)
        with turn(book):
            number = protecting.protect(book, WORDS, [], "person", "Amal", WHY).number
        Comment.objects.create(kind="report", name="x", who="Amal", text=f"Ask {WORDS} again.")
        about = {"name": f"number {number}", "number": number, "why": WHY, "also": []}
        Job.objects.create(kind="erase", about=about, by="Amal")
        connections["default"].close()


def holding(folder: Path) -> list[bool]:
    """Whether the words are in: the row that protects them, a report, a comment, an original."""
    with casebook(folder) as opened:
        book = prepare(opened)
        originals = [p for p in book.originals.glob("??/*") if WORDS.encode() in p.read_bytes()]
        found = [
            models.Protected.objects.exclude(words=None).exists(),
            any(WORDS in text for text in models.Report.objects.values_list("text", flat=True)),
            any(WORDS in text for text in Comment.objects.values_list("text", flat=True)),
            bool(originals),
        ]
        connections["default"].close()
        return found


@pytest.mark.parametrize(
    ("at", "left"),
    [
        ("probata.review.scrub:scrub", [True, True, True, True]),
        ("probata.store.grouping:anew", [True, True, True, True]),
        ("probata.store.erasing:_remove", [False, False, False, True]),
        ("probata.store.protecting:clean", [False, False, False, False]),
    ],
)
def test_kill_while_erasing_leaves_nothing_half_done(folder: Path, at: str, left: list[bool]) -> None:
    asked(folder)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(folder), at], check=False, timeout=60)
    assert killed.returncode == -signal.SIGKILL
    assert holding(folder) == left
    command = [sys.executable, "-m", "probata", "work", "--once", "--casebook", str(folder)]
    subprocess.run(command, check=True, timeout=60)
    assert holding(folder) == [False] * 4
    with casebook(folder) as opened:
        prepare(opened)
        assert [*Job.objects.filter(kind="erase").values_list("state", "error")] == [("done", "")]
        connections["default"].close()
    for path in folder.rglob("*"):
        assert not path.is_file() or path.suffix == ".lock" or WORDS.encode() not in path.read_bytes(), path
    verified = subprocess.run([*command[:3], "verify", "--casebook", str(folder)], capture_output=True, check=False)
    assert verified.returncode == 0
