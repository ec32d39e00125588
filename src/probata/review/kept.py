"""What masks are made of, kept in this process for as long as the casebook's log has no new entry.

Whatever changes the texts, claims, readings, names or protected words of a casebook writes an entry in the same
transaction, so that nothing is shown by what stood before, least of all what was erased.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

from django.db.models import Max

from probata.store import models
from probata.store.opening import Casebook

MOST = 24_000_000  # characters of texts and claims that are kept; a report with its claims has some 15,000
State = tuple[str, str, int]


def state_of(book: Casebook) -> State:
    """The casebook and the last entry of its log. To be asked for before what is kept by it is read."""
    last = models.Entry.objects.using(book.alias).aggregate(last=Max("number"))["last"]
    return str(book.folder), book.id, last or 0


class Kept:
    """Things by key, made in one state of one casebook; the oldest go when there is too much. For many threads."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._state: State | None = None
        self._found: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._size = 0

    def get(self, state: State, key: Hashable) -> Any:
        """What is kept under a key in this state, or None."""
        with self._lock:
            if self._state != state or key not in self._found:
                return None
            self._found.move_to_end(key)
            return self._found[key][0]

    def put(self, state: State, key: Hashable, value: Any, size: int) -> None:
        """Keep something that was read in this state or after it; a newer state empties all."""
        with self._lock:
            if self._state != state:
                if self._state is not None and self._state[:2] == state[:2] and self._state[2] > state[2]:
                    return
                self._found.clear()
                self._size, self._state = 0, state
            if key in self._found:
                self._size -= self._found.pop(key)[1]
            self._found[key] = value, size
            self._size += size
            while self._size > self._most and self._found:
                self._size -= self._found.popitem(last=False)[1][1]

    def clear(self) -> None:
        """Let go of all."""
        with self._lock:
            self._found.clear()
            self._size, self._state = 0, None


masks = Kept(MOST)
words = Kept(MOST)


def forget() -> None:
    """Let go of all that is kept in this process."""
    masks.clear()
    words.clear()
