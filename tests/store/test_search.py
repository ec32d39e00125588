"""Searching: one table of cases for both databases, and what a plain reading of the reports finds."""

from __future__ import annotations

import random
from datetime import date

import pytest
from django.db import connections

from probata.model.errors import InputError
from probata.store import models, shadow
from probata.store.opening import Casebook
from probata.store.search import search
from probata.vocab import folding, load, query
from store.shelf import ARABIC, Told, fill

CASES = {
    "mayor": ["talks", "market", "undated"],
    "MAYOR'S office": ["market", "undated"],
    '"mayor office"': ["market"],
    '"office of the mayor"': ["undated"],
    '"killed at Tarqa"': [],
    '"kill six at"': ["market"],
    '"market six"': [],  # no phrase runs from the title into the text
    "ceasefire": ["talks", "undated"],
    "cease-fire": ["talks", "undated"],
    "cease fire": ["talks"],
    '"cease fire talks"': ["talks"],
    "Tarqa": ["talks", "market"],
    "al-Tarqa": ["talks", "market"],
    "karsa post market": ["market"],
    "ilan*": ["market"],
    "dray killed": ["market"],
    "meren": ["talks", "undated"],
    '"qasr al-meren" su24': ["undated"],
    "Su-2*": ["undated"],
    "su24 mayor ramah": ["undated"],
    "1200": ["talks", "division"],
    "١٬٢٠٠": ["talks", "division"],
    "120": [],
    "120*": ["talks", "division"],
    "قصف": ["arabic"],
    "بالقصف": ["arabic"],
    '"قصف"': [],
    '"عن مقتل عشره"': ["arabic"],
    "قتل": ["arabic"],
    "تقاتل": ["division"],
    "قاتل": [],
    "الرقة": ["arabic"],
    "فرقه": ["division"],
    "كتيبة": ["division"],
    "درعا": ["arabic"],
    "كارسا": ["arabic"],
    "العمد*": ["arabic"],
    "mayor العمدة": [],
    "e\u202es": [],
    "kılled": ["market"],
    "zero": [],
}


def test_search_finds_the_same_on_both_databases(book: Casebook) -> None:
    fill(book)
    found = {asked: search(book, asked) for asked in CASES}
    assert {asked: [hit.report for hit in f.hits] for asked, f in found.items()} == CASES
    assert {asked: f.total for asked, f in found.items()} == {asked: len(names) for asked, names in CASES.items()}


def test_search_shows_where(book: Casebook) -> None:
    fill(book)
    hits = {hit.report: hit for hit in search(book, "mayor tarqa").hits}
    assert hits["talks"].fields == ("text",)
    assert hits["market"].fields == ("text", "title")
    (named,) = search(book, "ilan tarqa").hits
    assert named.fields == ("title", "speaker", "place")
    assert (hits["talks"].title, hits["talks"].outlet, hits["talks"].published) == (
        "Cease-fire talks",
        "Radio Meren",
        date(2031, 5, 22),
    )
    (hit,) = search(book, "قصف").hits
    assert hit.snippet
    assert [ARABIC[m.start : m.end] for m in hit.snippet.marks] == ["القصف", "بقصفٍ"]
    assert hit.fields == ("text", "title")
    (named,) = search(book, "qasr").hits
    assert (named.fields, named.snippet) == (("place",), None)


def test_search_is_paged(book: Casebook) -> None:
    many: list[Told] = [
        (f"r{n:02}", f"2031-05-{n % 7 + 1:02}", None, None, "The mayor spoke.", None, None) for n in range(30)
    ]
    fill(book, many)
    whole = [hit.report for hit in search(book, "mayor", limit=100).hits]
    assert whole == [f"r{n:02}" for n in sorted(range(30), key=lambda n: (-(n % 7), -n))]
    pages = [search(book, "mayor", limit=8, skip=skip) for skip in range(0, 40, 8)]
    assert [page.total for page in pages] == [30] * 5
    assert [hit.report for page in pages for hit in page.hits] == whole


def test_search_refuses_what_asks_for_nothing(book: Casebook) -> None:
    with pytest.raises(InputError, match="no word"):
        search(book, "…")
    asked = " ".join('"' + f"w{n} " * query.LONGEST + '"' for n in range(query.MOST))
    assert search(book, asked).total == 0


WORDS = (
    "mayor mayors Mayor’s killed Tarqa al-Tarqa cease-fire ceasefire 1,200 1200 Łódź lodz"
    " قصف القصف بقصف وقُتل قتل فرقة الرقة"
).split()


def test_search_finds_what_a_plain_reading_finds(book: Casebook) -> None:
    chance = random.Random(7)

    def some(most: int) -> str:
        return " ".join(chance.choices(WORDS, k=chance.randint(1, most)))

    reports: list[Told] = [(f"r{n}", "2031-05-20", some(2), some(3), some(12), some(1), some(1)) for n in range(60)]
    fill(book, reports)
    asked = [some(3) for _ in range(60)] + [f'"{some(2)}" {some(1)}' for _ in range(60)] + [w[:3] + "*" for w in WORDS]
    for words in asked:
        wanted = query.terms(words)
        plain = {
            str(name)
            for name, _, *fields in reports
            if {m.term for field in fields for m in query.marks(str(field), wanted)} == set(range(len(wanted)))
        }
        assert {hit.report for hit in search(book, words, limit=100).hits} == plain, words


def test_search_finds_words_in_any_part_of_a_long_report(book: Casebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shadow, "_LARGEST", 600)
    text = "first " + " ".join(f"word{n}" for n in range(400)) + " last"
    fill(book, [("long", "2031-05-20", None, None, text, None, None), ("other", None, None, None, "first", None, None)])
    assert models.Shadow.objects.using(book.alias).filter(report__name="long").count() > 5
    for asked in ("first last", '"first word0" last', "word17 word390", "first word1*", '"word397 word398"'):
        assert [hit.report for hit in search(book, asked).hits] == ["long"], asked
    for n in range(0, 400 - query.LONGEST, 5):
        phrase = " ".join(f"word{i}" for i in range(n, n + query.LONGEST))
        assert search(book, f'"{phrase}"').total == 1
    assert search(book, '"first last"').total == 0
    assert search(book, "first missing").total == 0


def test_search_takes_more_words_than_one_index_entry_holds(book: Casebook) -> None:
    text = " ".join(f"{n:08}" for n in range(150_000))
    fill(book, [("long", None, None, None, text, None, None)])
    assert models.Shadow.objects.using(book.alias).count() == 3
    assert search(book, "00000007 00149999").total == 1


def test_search_forgets_what_is_removed(book: Casebook) -> None:
    fill(book)
    models.Shadow.objects.using(book.alias).filter(report__name="market").delete()
    models.Shadow.objects.using(book.alias).filter(report__name="talks").update(text="changed", also="")
    assert [hit.report for hit in search(book, "mayor").hits] == ["undated"]
    assert [hit.report for hit in search(book, "changed").hits] == ["talks"]
    if book.is_sqlite:
        with connections[book.alias].cursor() as cursor:
            cursor.execute("INSERT INTO store_words (store_words) VALUES ('integrity-check')")


def test_search_index_belongs_to_the_folding() -> None:
    assert load("folding")["version"] == shadow.FOLDING, "raise FOLDING, and add a migration that makes shadows anew"
    assert shadow.BOUNDARY not in [t for w in folding.words(shadow.BOUNDARY) for t in w.tokens]
