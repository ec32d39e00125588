"""Voices: which attributions of a report bear on a stretch of text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from probata.extract.sentences import Sentence
from probata.model.attribution import Attribution


class Voices:
    """The attributions of a report by sentence."""

    def __init__(self, attributions: Sequence[Attribution], sentences: Sequence[Sentence]) -> None:
        self.by_sentence: dict[int, list[Attribution]] = {}
        starts = [s.start for s in sentences]
        for a in attributions:
            lo = min(a.cue.start, *(c.start for c in a.content)) if a.content else a.cue.start
            hi = max(a.cue.end, *(c.end for c in a.content)) if a.content else a.cue.end
            n = max(0, bisect_right(starts, lo) - 1)
            while n < len(sentences) and sentences[n].start < hi:
                self.by_sentence.setdefault(n, []).append(a)
                n += 1

    def features(self, kind: str, s: Sentence, start: int, end: int) -> list[str]:
        """Features of a trigger at offsets start-end: in whose content, cue or source it stands."""
        out = []
        inside = False
        for a in self.by_sentence.get(s.index, ()):
            if a.cue.start < end and start < a.cue.end:
                out.append(f"{kind}.cue.{a.kind}")
                out.append(f"{kind}.cue={a.cue.text.lower()}")
                out.append(f"{kind}.cue.{'named' if a.source else 'nobody'}")
            elif a.source and a.source.start <= start < a.source.end:
                out.append(f"{kind}.source")
            elif any(c.start <= start < c.end for c in a.content):
                inside = True
                out.append(f"{kind}.in.{a.kind}")
        out.append(f"{kind}.{'said' if inside else 'bare'}")
        return out

    def limits(self, s: Sentence, start: int, end: int) -> tuple[int, int] | None:
        """The innermost content that the trigger at offsets start-end stands in, if any."""
        best = None
        for a in self.by_sentence.get(s.index, ()):
            if a.cue.start < end and start < a.cue.end:
                return None
            for c in a.content:
                if c.start <= start and end <= c.end and (best is None or c.end - c.start < best[1] - best[0]):
                    best = (c.start, c.end)
        return best
