"""What masks are made of is kept while the log has no new entry, and not a request longer."""

from __future__ import annotations

from typing import Any

import pytest

from probata.review import kept, masking
from probata.review.masking import Masking
from probata.store import models
from probata.store.shielding import of as shield_of
from review.harness import Site

A, B = ("folder", "a", 1), ("folder", "a", 2)


def test_what_is_kept_is_of_one_state_and_bounded() -> None:
    found = kept.Kept(10)
    found.put(A, "x", "one", 4)
    assert found.get(A, "x") == "one"
    assert found.get(B, "x") is None
    found.put(B, "y", "two", 4)
    found.put(A, "z", "late", 4)  # read before the entry that came meanwhile
    assert (found.get(A, "x"), found.get(A, "z"), found.get(B, "y")) == (None, None, "two")
    found.put(B, "u", "three", 4)
    found.put(B, "v", "four", 4)
    assert (found.get(B, "y"), found.get(B, "u"), found.get(B, "v")) == (None, "three", "four")


def test_a_mask_is_made_once_until_the_log_goes_on(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    real = Masking._made

    def counted(self: Masking, text: str, records: Any) -> Any:
        made.append(text)
        return real(self, text, records)

    monkeypatch.setattr(masking.Masking, "_made", counted)
    row = models.Report.objects.using(site.book.alias).order_by("id")[0]
    for _ in range(3):
        Masking(site.book, shield_of(site.book), names=False).text(row)
    assert len(made) <= 1
    before = len(made)
    last = models.Entry.objects.using(site.book.alias).order_by("-number")[0]
    models.Entry.objects.using(site.book.alias).create(
        number=last.number + 1, previous=last.hash, line="{}", hash="0" * 64
    )
    Masking(site.book, shield_of(site.book), names=False).text(row)
    assert len(made) == before + 1
