"""The demo dossier: complete, marked as fiction, and readable with its own gazetteer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from probata.extract.mentions.places import find_places
from probata.model.span import Span
from probata.resolve.places import read_context, resolve
from probata.vocab.gazetteer import Gazetteer
from probata.vocab.gazetteerfile import load_gazetteer

DEMO = Path(__file__).resolve().parent.parent / "demo"
MARK = "Probata demo"
OUTLET_OF_TEXT = {  # text files do not name their outlet
    "banner-bulletin": "Northern Banner Bulletin",
    "harbour-post": "Harbour Post",
    "kessar-voice": "Kessar Voice",
    "relief-office": "Continental Relief Office",
    "sawt-oltrava": "Sawt Oltrava",
    "state-news": "Dravonian State News",
    "oltrava-herald": "Oltrava Herald",
    "oltrava-vision": "Oltrava Vision",
}


@dataclass(frozen=True)
class Told:
    """A report of the dossier, read without Probata."""

    name: str
    outlet: str
    text: str
    language: str = "en"


def told() -> Iterator[Told]:
    for path in sorted((DEMO / "reports").iterdir()):
        text = path.read_text(encoding="utf-8")
        if path.suffix in (".json", ".jsonl"):
            for line in [text] if path.suffix == ".json" else text.splitlines():
                row = json.loads(line)
                yield Told(row["id"], row["outlet"], row["text"], row["language"])
        else:
            language = "ar" if "مايو" in text else "en"
            yield Told(path.stem, OUTLET_OF_TEXT[path.stem.rsplit("-", 1)[0]], text, language)


@pytest.fixture(scope="module")
def dossier() -> list[Told]:
    return list(told())


@pytest.fixture(scope="module")
def places() -> Gazetteer:
    return load_gazetteer(DEMO / "gazetteer.yml")


def test_demo_has_the_reports_and_outlets_it_promises(dossier: list[Told]) -> None:
    assert len(dossier) == 19
    assert len({r.name for r in dossier}) == 19
    assert len({r.outlet for r in dossier}) == 11
    assert [r.language for r in dossier].count("ar") == 2
    assert {p.suffix for p in (DEMO / "reports").iterdir()} == {".txt", ".json", ".jsonl", ".html"}
    readme = (DEMO / "README.md").read_text(encoding="utf-8")
    assert "19 reports of 11\noutlets" in readme


def test_demo_says_in_every_file_that_it_is_fiction(dossier: list[Told]) -> None:
    for path in [*(DEMO / "reports").iterdir(), DEMO / "gazetteer.yml", DEMO / "README.md"]:
        assert MARK in path.read_text(encoding="utf-8"), path.name
    for report in dossier:
        assert MARK in report.text, report.name


def test_demo_holds_copies_contradictions_and_a_retraction(dossier: list[Told]) -> None:
    by_name = {r.name: r.text for r in dossier}
    sentence = "It said army artillery stationed near the village of Upper Varesh"
    assert [n for n, text in by_name.items() if sentence in text] == [
        "meridian-0514-b",
        "oltrava-herald-0515",
        "courier-0515",
    ]
    for words, name in [
        ("At least 11 people were killed", "meridian-0514-a"),
        ("Twenty-seven people were killed", "kessar-voice-0514"),
        ("did not fire a single shell", "state-news-0514"),
        ("has reached 31", "banner-bulletin-0515"),
        ("to 25, saying", "kessar-voice-0516"),
        ("at least 143 civilians", "harbour-post-0516"),
        ("withdraws its report", "meridian-0516"),
        ("That report was wrong", "harbour-post-0517"),
        ("could not independently verify", "harbour-post-0515"),
        ("We call on all parties", "relief-office-0518"),
        ("cattle market in Sarnik", "meridian-0618"),
    ]:
        assert words in by_name[name], name


@pytest.mark.parametrize(
    "report, words, name, precision",
    [
        ("meridian-0514-a", "the besieged town of Merisk, in Kessar province", "Merisk", "city"),
        ("meridian-0514-b", "the Tannery Quarter", "Tannery Quarter", "neighbourhood"),
        ("meridian-0514-b", "the village of Upper Varesh", "Upper Varesh", "city"),
        ("meridian-0618", "Dravonia’s Telm province", "Telm", "province"),
        ("kessar-voice-0514", "Aldmoor Hospital", "Aldmoor Hospital", "point"),
        ("harbour-post-0515", "a clinic in Sarnik", "Sarnik", "city"),
        ("harbour-post-0516", "Ostrel camp, on the shore of Lake Issune", "Ostrel", "neighbourhood"),
        ("harbour-post-0516", "a checkpoint north of the town", None, "unresolved"),
        ("relief-office-0518", "the Zhoran crossing", "Zhoran", "point"),
        ("oltrava-vision-0516", "the village of Haldun, north of Merisk", "Haldun", "city"),
        ("courier-0518", "northern Kessar", "Northern Kessar", "region"),
        ("courier-0518", "Dorvan", "Dorvan", "city"),
        ("state-news-0514", "the province of Kessar", "Kessar", "province"),
        ("harbour-post-0516", "Pelloria", "Pelloria", "country"),
    ],
)
def test_demo_places_resolve(
    dossier: list[Told], places: Gazetteer, report: str, words: str, name: str | None, precision: str
) -> None:
    (text,) = [r.text for r in dossier if r.name == report]
    start = text.index(words)
    context = read_context(text, find_places(text, 0, len(text), places), places)
    assert context.country == "Dravonia"
    got = resolve(Span(start, start + len(words), words), context)
    assert (got.name, got.precision) == (name, precision)


def test_demo_finds_only_places_of_its_own_gazetteer(dossier: list[Told], places: Gazetteer) -> None:
    for report in dossier:
        for p in find_places(report.text, 0, len(report.text), places):
            named = report.text[p.start : p.end]
            assert any(e.own for e in places.find(named)), (report.name, named)


def test_demo_knows_its_places_in_arabic(places: Gazetteer) -> None:
    for name, latin in [
        ("ميريسك", "Merisk"),
        ("هلدون", "Haldun"),
        ("مخيم أوستريل", "Ostrel"),
        ("درافونيا", "Dravonia"),
    ]:
        assert places.find(name)[0].name == latin
