"""Roles and what each may do: vocab/roles.yml, read once."""

from __future__ import annotations

from enum import StrEnum
from functools import cache

from probata.vocab import load


class Need(StrEnum):
    """What a page, an action or an operation of the API asks of whoever comes."""

    ANYONE = "anyone"  # signed in or not
    SIGNED_IN = "signed-in"
    READ = "read"
    NAMES = "names"  # see names of victims and of speakers who are not public
    COMMENT = "comment"
    ADD = "add"  # upload, paste, capture
    CODE = "code"  # correct, reject and add claims
    PROTECT = "protect"  # keep words out of all that is shown
    DECIDE = "decide"  # same or different; propose findings
    ASSIGN = "assign"
    SIGN = "sign"  # agree to somebody else's finding
    PUBLISH = "publish"
    REVEAL = "reveal"  # show words again that were protected
    ADMINISTER = "administer"
    ERASE = "erase"  # destroy words for good

    @property
    def decides(self) -> bool:
        """Whether only a person may do it, never a program."""
        return self.value in load("roles")["people"]


class Role(StrEnum):
    """Who somebody is to a casebook; each may what the one before may, and more."""

    READER = "reader"
    ANALYST = "analyst"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    ADMINISTRATOR = "administrator"

    def allows(self, need: Need) -> bool:
        """Whether this role may do it."""
        return need in (Need.ANYONE, Need.SIGNED_IN) or need.value in _granted(self.value)


@cache
def _granted(role: str) -> frozenset[str]:
    table = load("roles")["roles"]
    return frozenset(table[role])
