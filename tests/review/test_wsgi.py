"""Servers of one's own: several processes that start at once agree on tables and key, and know the proxy."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from probata.review.server import _doubt
from probata.review.serving import _secret
from probata.store.opening import casebook

# Loads the application as a server would, asks it once through the proxy, and tells its key and the answer.
_ASKED = """
import json, sys
from io import BytesIO
from django.conf import settings
from probata.review.wsgi import application
from django.template import engines

environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/account/login/", "SERVER_NAME": "x", "SERVER_PORT": "80"}
environ |= {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8321", "HTTP_X_FORWARDED_PROTO": "https"}
environ |= {"wsgi.input": BytesIO(), "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr}
told = {"key": settings.SECRET_KEY}

def start(status, headers):
    told.update(status=status, headers=dict(headers))

list(application(environ, start))
print(json.dumps(told))
"""


def test_wsgi_processes_that_start_at_once_agree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "casebook"
    monkeypatch.delenv("PROBATA_DATABASE", raising=False)
    with casebook(folder, create=True):
        pass
    more = {"PROBATA_HOME": str(folder), "PROBATA_URL": "https://probata.example.org", "PROBATA_BEHIND": "127.0.0.1"}
    command = [sys.executable, "-c", _ASKED]
    started = [
        subprocess.Popen(command, env=os.environ | more, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [process.communicate(timeout=120) for process in started]
    assert [p.returncode for p in started] == [0, 0, 0], said
    told = [json.loads(out) for out, _ in said]
    assert len({one["key"] for one in told}) == 1
    for one in told:
        assert one["status"] == "200 OK"
        assert one["headers"]["Strict-Transport-Security"] == "max-age=31536000"
    assert stat.S_IMODE((folder / "secret").stat().st_mode) == 0o600
    assert not list(folder.glob("secret.*"))


def test_secret_that_was_left_empty_is_made_anew_and_then_kept(tmp_path: Path) -> None:
    (tmp_path / "secret").touch()
    first = _secret(tmp_path)
    assert len(first) > 60
    assert _secret(tmp_path) == first


@pytest.mark.parametrize(
    ("url", "behind", "doubt"),
    [
        ("https://probata.example.org", "", "--behind"),
        ("https://probata.example.org", "127.0.0.1", ""),
        ("http://probata.example.org", "127.0.0.1", "in the clear"),
        ("http://localhost:8321", "", ""),
    ],
)
def test_serve_says_what_is_hardly_meant(url: str, behind: str, doubt: str) -> None:
    assert doubt in _doubt(url, behind)
    assert bool(doubt) == bool(_doubt(url, behind))


@pytest.mark.parametrize(
    ("name", "value"),
    [("PROBATA_URL", "probata.example.org"), ("PROBATA_MAIL", "mail.example"), ("PROBATA_BEHIND", "proxy")],
)
def test_serve_refuses_settings_that_are_none(tmp_path: Path, name: str, value: str) -> None:
    command = [sys.executable, "-m", "probata", "serve", "--casebook", str(tmp_path / "casebook"), "--port", "0"]
    done = subprocess.run(
        command, env=os.environ | {name: value}, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert ("Give the address" if name == "PROBATA_BEHIND" else name) in done.stderr
