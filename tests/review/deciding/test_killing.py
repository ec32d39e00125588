"""A decision that waited for the worker is written once, at whatever point the worker is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from probata.review.models import Job
from probata.review.worker import do
from probata.store import models
from probata.store.opening import Casebook
from review.harness import Site

# A worker that is killed while it logs the decision, or when it is written and the job not yet told to be done.
_KILLED = """
import os, signal, sys
from probata.review import worker
from probata.review.work import decisions
from probata.store import grouping, log
from probata.store.opening import casebook

def then_killed(function):
    def killed(*given, **more):
        function(*given, **more)
        os.kill(os.getpid(), signal.SIGKILL)
    return killed

if sys.argv[2] == "within":
    log.write = then_killed(log.write)
else:
    decisions.later = then_killed(decisions.later)
with casebook(sys.argv[1]) as book:
    worker.work(book, once=True, with_parent=False)
"""


@pytest.fixture
def waiting(site: Site, largest: models.Incident) -> Job:
    """A decision on two claims that waits."""
    near = site.client("amal").get(f"/incidents/{largest.name}/near/?format=json").json()["near"][0]
    about = {"a": near["a"]["name"], "b": near["b"]["name"], "same": True, "why": "one strike", "seen": 0}
    return Job.objects.create(kind="decide", about=about, by="amal")


@pytest.mark.parametrize(("where", "state"), [("within", "running"), ("after", "done")])
def test_decision_is_written_once_when_the_worker_is_killed(
    book: Casebook, folder: Path, waiting: Job, where: str, state: str
) -> None:
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(folder), where], env=os.environ, check=False)
    assert killed.returncode == -signal.SIGKILL
    waiting.refresh_from_db()
    assert waiting.state == state
    assert models.Decision.objects.count() == (0 if where == "within" else 1)
    command = [sys.executable, "-m", "probata", "work", "--once", "--casebook", str(folder)]
    subprocess.run(command, check=True, timeout=120, env=os.environ)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.error) == ("done", "")
    assert list(models.Decision.objects.values_list("who", "why")) == [("amal", "one strike")]


def test_decision_that_waited_does_not_overrule_one_that_its_author_never_saw(site: Site, waiting: Job) -> None:
    two = {"a": waiting.about["b"], "b": waiting.about["a"]}
    site.client("basim").post("/decisions/new/", {**two, "decision": "different", "why": "two strikes", "seen": 0})
    do(site.book, waiting)
    assert (waiting.state, "somebody else" in waiting.error) == ("failed", True)
    assert list(models.Decision.objects.values_list("who", flat=True)) == ["basim"]
