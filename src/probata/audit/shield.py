"""The shield: protected words in anything that leaves a casebook become a mark that says nothing of them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Any, TypeVar

from probata.audit.spellings import Spellings
from probata.model.errors import ProbataError
from probata.model.span import Span

MARK = "[protected]"
T = TypeVar("T")
_OURS = re.compile("[a-z_0-9]{1,40}")  # keys of records, which are ours and never words of a report
_SPAN = {"start", "end", "text"}
Edits = Sequence[tuple[int, int]]  # stretches of a text that give way to the mark


class Shield:
    """Replaces protected words, however they are spelt, by one mark, in texts and records of any shape."""

    def __init__(self, words: Iterable[str], mark: str = MARK) -> None:
        self.mark = mark
        self._find = Spellings(words)

    def __bool__(self) -> bool:
        return bool(self._find)

    def edits(self, text: str) -> Edits:
        """The stretches of a text that hold protected words."""
        return self._find(text)

    def holds(self, text: str | None) -> bool:
        """Whether a text has any of the words."""
        return bool(text) and bool(self._find(text or ""))

    def text(self, text: str) -> str:
        """The text with each protected stretch replaced."""
        return Edited(text, self.edits(text), self.mark).text

    def shown(self, value: T) -> T:
        """A record, dataclass, list or text without protected words; the same value when it has none.

        Offsets of a span whose words changed are let go: null in a record, counted from 0 in a `Span`.
        """
        return self._shown(value, {}) if self._find else value

    def error(self, error: ProbataError) -> ProbataError:
        """The error with words that may be printed."""
        parts = [self.text(part) for part in (error.report, error.problem, error.advice)]
        if parts == [error.report, error.problem, error.advice]:
            return error
        return type(error)(error.code, *parts)

    def _shown(self, value: Any, done: dict[str, str]) -> Any:
        if isinstance(value, str):
            return value if isinstance(value, Enum) else self._once(value, done)
        if isinstance(value, Span):
            text = self._once(value.text, done)
            return value if text == value.text else Span(0, len(text), text)
        if isinstance(value, ProbataError):
            return self.error(value)
        if isinstance(value, Mapping):
            made = {self._key(k): self._shown(v, done) for k, v in value.items()}
            if value.keys() >= _SPAN and made["text"] != value["text"]:
                made |= {"start": None, "end": None}
            return made
        if isinstance(value, (list, tuple, set, frozenset)) and not hasattr(value, "_fields"):
            return type(value)(self._shown(v, done) for v in value)
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            names = [f.name for f in dataclasses.fields(value) if f.init]
            new = {name: self._shown(getattr(value, name), done) for name in names}
            changed = any(new[name] is not getattr(value, name) for name in names)
            return dataclasses.replace(value, **new) if changed else value
        return value

    def _once(self, text: str, done: dict[str, str]) -> str:
        """The text as shown, looked at once in a record that repeats it, as incidents do with names of claims."""
        if text not in done:
            done[text] = self.text(text)
        return text if done[text] == text else done[text]  # the same object and kind of text when nothing is hidden

    def _key(self, key: Any) -> Any:
        return key if not isinstance(key, str) or _OURS.fullmatch(key) else self.text(key)


class Edited:
    """A text with stretches replaced by a mark, and where its old offsets are now."""

    def __init__(self, text: str, edits: Edits, mark: str) -> None:
        self.old, self._edits, self._mark = text, edits, mark
        parts, at = [], 0
        for start, end in edits:
            parts += [text[at:start], mark]
            at = end
        self.text = "".join([*parts, text[at:]]) if edits else text

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span stands now; one that ends within a stretch takes in the whole mark."""
        return self._now(start, last=False), self._now(end, last=True)

    def record(self, record: Any) -> Any:
        """A record whose spans are of this text, with the spans as they are now."""
        if isinstance(record, Mapping):
            made = {k: self.record(v) for k, v in record.items()}
            if record.keys() >= _SPAN and self._is_of(record["start"], record["end"], record["text"]):
                start, end = self.span(record["start"], record["end"])
                made |= {"start": start, "end": end, "text": self.text[start:end]}
            return made
        return [self.record(v) for v in record] if isinstance(record, list) else record

    def _is_of(self, start: Any, end: Any, text: Any) -> bool:
        return isinstance(start, int) and isinstance(end, int) and self.old[start:end] == text

    def _now(self, at: int, last: bool) -> int:
        shift = 0
        for start, end in self._edits:
            inside = start < at < end or (at == start and not last) or (at == end and last)
            if inside:
                return start + shift + (len(self._mark) if last else 0)
            if at <= start:
                break
            shift += len(self._mark) - (end - start)
        return at + shift
