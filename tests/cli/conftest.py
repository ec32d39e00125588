"""What the tests of commands share: a command line with what it printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from probata.cli.main import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def commanded(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in a terminal of a hundred columns; its status, output and errors."""
    monkeypatch.setenv("COLUMNS", "100")

    def call(*arguments: str) -> tuple[int, str, str]:
        try:
            status = main(arguments)
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return call
