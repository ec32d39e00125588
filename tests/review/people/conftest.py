"""What tests of serving need: a certificate of their own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from review.people.asking import NAME


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A folder with a certificate of its own, probata.pem, and its key."""
    asked = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    asked += ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME},DNS:localhost"]
    files = ["-keyout", str(tmp_path / "probata.key"), "-out", str(tmp_path / "probata.pem")]
    subprocess.run([*asked, *files], check=True, capture_output=True)
    return tmp_path
