"""Who says what, whatever is said."""

from __future__ import annotations

from dataclasses import dataclass

from probata.model.span import Span


@dataclass(frozen=True, slots=True)
class Attribution:
    """A source, the cue that says it speaks, and the content it is responsible for.

    `source` is None where the report names none ("it was reported that"). `relay` are the links between the source and
    the outlet, nearest to the source first. `kind` is say, report, deny, accuse, believe, doubt, appeal, condemn,
    threaten, verify or ask. `rule` names the pattern that found it.
    """

    source: Span | None
    cue: Span
    content: tuple[Span, ...]
    kind: str = "say"
    relay: tuple[Span, ...] = ()
    basis: Span | None = None
    rule: str = ""
