"""How much a capture may take, and what it may reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bytes, counts and seconds. `private` lets a capture reach private, loopback and link-local addresses."""

    private: bool = False
    redirects: int = 10  # browsers follow 20; a news page needs 2 or 3
    largest: int = 64_000_000  # bytes of one answer
    total: int = 512_000_000  # bytes of all answers of a page
    requests: int = 3_000  # of a page
    seconds: float = 60.0  # of a page, its screenshot included
    silence: float = 15.0  # without a byte from a server
    tall: int = 16_000  # pixels of the screenshot; browsers draw no more at once
