"""What reports are found by follows what people read: on both databases, and in casebooks that people have read."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connections

from probata.store import models, protecting, readings, shadow
from probata.store.opening import Casebook
from probata.store.search import search
from probata.store.verifying import verify
from store.handmade import killing, report


@pytest.fixture
def claim(book: Casebook) -> str:
    """A claim of a killing at Tarqa, said by a doctor; the words of its report name neither."""
    one = killing("post", 12, "a doctor")
    report(book, "post", one, by="aliyah")
    return one.id


def fields(book: Casebook, words: str) -> tuple[str, ...] | None:
    """Where the report has the words; None when it is not found."""
    found = search(book, words)
    assert found.total == len(found.hits)
    return found.hits[0].fields if found.hits else None


def slot(**more: Any) -> dict[str, Any]:
    return {"start": 4, "end": 9, **more}


def test_a_report_is_found_by_what_a_correction_brought_and_no_longer_by_what_it_took(
    book: Casebook, claim: str
) -> None:
    assert (fields(book, "tarqa"), fields(book, "doctor words")) == (("place",), ("text", "speaker"))
    readings.correct(book, claim, {"place": slot(name="Kessar"), "speaker": slot(name="Ilan Dray")}, "omar", "read", 0)
    assert (fields(book, "kessar"), fields(book, "dray words")) == (("place",), ("text", "speaker"))
    assert (fields(book, "tarqa"), fields(book, "doctor")) == (None, None)
    readings.undo(book, claim, "omar", "no", 1)
    assert (fields(book, "kessar"), fields(book, "tarqa")) == (None, ("place",))
    readings.reject(book, claim, "omar", "of another war", 2)
    assert (fields(book, "tarqa"), fields(book, "words")) == (None, ("text",))
    assert verify(book).wrong is None


def test_a_claim_that_a_person_added_is_found_by_its_names(book: Casebook) -> None:
    report(book, "post", by="aliyah")
    words = {"start": 0, "end": 9, "text": "The words"}
    added = readings.add(book, "post", {"evidence": words, "type": "killing", "place": slot(name="Oltrava")}, "o", "w")
    assert fields(book, "oltrava") == ("place",)
    readings.undo(book, added.claim, "omar", "no", 0)
    assert fields(book, "oltrava") is None
    assert verify(book).wrong is None


def test_the_words_stay_where_another_claim_gives_them(book: Casebook) -> None:
    one, other = killing("post", 12, "a doctor"), killing("post", 3, "a medic")
    report(book, "post", one, other, by="aliyah")
    readings.reject(book, one.id, "omar", "of another war", 0)
    assert (fields(book, "tarqa"), fields(book, "doctor"), fields(book, "medic")) == (("place",), None, ("speaker",))
    assert verify(book).wrong is None


def test_a_reading_that_changes_no_name_leaves_the_shadow(book: Casebook, claim: str) -> None:
    before = models.Shadow.objects.using(book.alias).get().pk
    readings.correct(book, claim, {"stance": "denied"}, "omar", "read again", 0)
    assert models.Shadow.objects.using(book.alias).get().pk == before


def test_protected_words_of_a_reading_are_found_by_nobody(book: Casebook, claim: str) -> None:
    readings.correct(book, claim, {"speaker": slot(name="Ilan Dray")}, "omar", "read", 0)
    assert fields(book, "dray") == ("speaker",)
    protecting.protect(book, "Ilan Dray", (), "name", "omar", "his family asked")
    assert fields(book, "dray") is None
    readings.correct(book, claim, {"place": slot(name="Kessar")}, "omar", "read", 1)
    assert (fields(book, "dray"), fields(book, "kessar")) == (None, ("place",))
    assert verify(book).wrong is None


def test_a_casebook_of_before_is_brought_up_to_what_people_read(book: Casebook, claim: str) -> None:
    readings.correct(book, claim, {"place": slot(name="Kessar"), "speaker": slot(name="Ilan Dray")}, "omar", "read", 0)
    protecting.protect(book, "Ilan Dray", (), "name", "omar", "his family asked")
    row = models.Report.objects.using(book.alias).get()
    old = shadow.of_report(row, shadow.called(row.claims.all()))
    models.Shadow.objects.using(book.alias).all().delete()
    models.Shadow.objects.using(book.alias).bulk_create(old)
    assert verify(book).wrong
    migration = import_module("probata.store.migrations.0009_read_names")
    with connections[book.alias].schema_editor() as schema:
        migration.forwards(apps, schema)
    assert (fields(book, "tarqa"), fields(book, "kessar"), fields(book, "dray")) == (None, ("place",), None)
    assert verify(book).wrong is None
