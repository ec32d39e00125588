"""Killed at any point: every upload that was acknowledged is there afterwards, once, and the casebook verifies."""

from __future__ import annotations

import hashlib
import http.client
import os
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer
from urllib.parse import urlsplit

import pytest
from django.db import connections

from probata.review.models import Job
from probata.review.serving import prepare
from probata.store import models
from probata.store.opening import casebook
from review.harness import Live

TEXT = "MERISK, 3 June 2024. Shells killed {n} people in Merisk on Sunday, a doctor said.\n\nFiction, number {n}.\n"


def send(live: Live, key: str, name: str, raw: bytes) -> bool:
    """Upload a file; whether the server acknowledged it."""
    at = urlsplit(live.url)
    connection = http.client.HTTPConnection(at.hostname or "", at.port, timeout=20)
    try:
        connection.request("GET", "/add/", headers={"Cookie": f"sessionid={key}"})
        answer = connection.getresponse()
        page = answer.read().decode()
        cookie = re.search(r"csrftoken=(\w+)", answer.headers["Set-Cookie"] or "")
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert cookie
        assert token
        edge = "x" * 20
        fields = f'--{edge}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token[1]}\r\n'
        fields += f'--{edge}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n\r\n'
        body = fields.encode() + raw + f"\r\n--{edge}--\r\n".encode()
        headers = {"Cookie": f"sessionid={key}; csrftoken={cookie[1]}"}
        headers |= {"Content-Type": f"multipart/form-data; boundary={edge}"}
        connection.request("POST", "/add/files/", body, headers)
        return connection.getresponse().status == 302
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@pytest.fixture
def worker(folder: Path) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    """Starts a worker; what is left of them ends with the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-m", "probata", "work", "--casebook", str(folder)]))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_kill_of_server_and_worker_loses_and_doubles_nothing(
    start: Callable[..., Live],
    worker: Callable[[], subprocess.Popen[bytes]],
    folder: Path,
    session: Callable[[Path], str],
) -> None:
    chance = random.Random(20240603)
    key = session(folder)
    live, busy = start("--no-worker"), worker()
    promised: list[str] = []
    for n in range(2, 20):
        raw = TEXT.format(n=n).encode()
        if n % 6 == 0:
            busy.kill()  # in the middle of whatever it does
            busy.wait()
            busy = worker()
        killing = Timer(chance.uniform(0, 0.06), live.process.kill) if n in (5, 8, 11, 14) else None
        if killing:
            killing.start()
        if send(live, key, f"post-{n}.txt", raw):
            promised.append(hashlib.sha256(raw).hexdigest())
        if killing:
            killing.join()
            live.process.wait()
            live = start("--no-worker")
        time.sleep(chance.uniform(0, 0.5))
    busy.kill()
    busy.wait()
    command = [sys.executable, "-m", "probata", "work", "--once", "--casebook", str(folder)]
    subprocess.run(command, check=True, timeout=120, env=os.environ)
    with casebook(folder) as opened:
        prepare(opened)
        assert set(Job.objects.values_list("state", flat=True)) == {"done"}
        digests = list(models.Report.objects.using("default").values_list("digest", flat=True))
        assert len(promised) >= 14
        assert set(promised) <= set(digests)
        assert len(digests) == len(set(digests))
        connections["default"].close()
    checked = subprocess.run(
        [*command[:3], "verify", "--casebook", str(folder)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_two_workers_never_do_the_same_work(worker: Callable[[], subprocess.Popen[bytes]], folder: Path) -> None:
    worker(), worker()
    with casebook(folder) as opened:
        prepare(opened)
        for _ in range(20):
            Job.objects.create(kind="regroup", about={}, by="Amal")
        until = time.monotonic() + 60
        while Job.objects.exclude(state="done").exists() and time.monotonic() < until:
            time.sleep(0.1)
        assert set(Job.objects.values_list("state", "attempts")) == {("done", 1)}
        connections["default"].close()
