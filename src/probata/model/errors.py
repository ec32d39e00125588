"""Few kinds of error, each with a stable code, the report it is about and the next step."""

from __future__ import annotations


class ProbataError(Exception):
    """What went wrong, with which report, and what to do next. `code` is stable for programs."""

    def __init__(self, code: str, report: str, problem: str, advice: str) -> None:
        self.code = code
        self.report = report
        self.problem = problem
        self.advice = advice
        super().__init__(f"{report}: {problem} {advice}")


class InputError(ProbataError):
    """A report that cannot be read: binary, empty, unknown encoding, too large, not a text."""


class SetupError(ProbataError):
    """The installation is not as it must be: a changed model, a missing data file."""


class CasebookError(ProbataError):
    """A casebook that cannot be opened or written: none there, newer, locked, full, damaged, out of reach."""
