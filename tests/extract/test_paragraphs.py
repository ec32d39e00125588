"""Blocks: what each line, and each end of running text, is taken for."""

from __future__ import annotations

import json
import random
import time
from pathlib import Path

import pytest

from probata.extract.paragraphs import blocks
from probata.model.report import Report

TITLE = "Shells kill six at Tarqa market"
FIRST = "At least six people were killed on Monday when shells hit the market in Tarqa, the mayor said."
SECOND = "The army denied that it had shelled the town, and blamed rebels for the deaths at the market."


def kinds(text: str, title: str | None = None) -> list[tuple[str, str]]:
    found = blocks(Report("r", text, title=title))
    covered = 0
    for block in found:
        assert not text[covered : block.start].strip()
        assert text[block.start : block.end].strip()
        covered = block.end
    assert not text[covered:].strip()
    return [(b.kind.value, text[b.start : b.end]) for b in found]


def words(text: str, kind: str, title: str | None = None) -> list[str]:
    return [t for k, t in kinds(text, title) if k == kind]


def test_paragraphs_of_a_laid_out_report() -> None:
    text = "\n\n".join(
        [
            TITLE,
            "Army denies shelling the town as hospitals fill up",
            "Published: Updated:",
            FIRST,
            "Hospitals fill up",
            SECOND,
        ]
    )
    assert [k for k, _ in kinds(text)] == ["title", "deck", "date_line", "paragraph", "subheading", "paragraph"]


@pytest.mark.parametrize(
    "text, title, want",
    [
        (f"Wed 05 Apr 2017 {TITLE}. {FIRST}", TITLE, ["Wed 05 Apr 2017", f"{TITLE}.", FIRST]),
        (f"{TITLE} {FIRST}", TITLE, [TITLE, FIRST]),
        (f"{TITLE} AFP Friday 8 May 2015 {FIRST}", TITLE, [TITLE, "AFP", "Friday 8 May 2015", FIRST]),
        (f"27 Jul 2016 {FIRST}", TITLE, ["27 Jul 2016", FIRST]),
        (
            f"Posted on May 4 2017 by Mira Dallo {TITLE} {FIRST}",
            TITLE,
            ["Posted on May 4 2017", "by Mira Dallo", TITLE, FIRST],
        ),
        (f"24.08.2013Get short URL 0 13 {FIRST}", None, ["24.08.2013Get short URL 0 13", FIRST]),
        (f"{TITLE} {FIRST}", f"{TITLE} - World - The Karsa Post", [TITLE, FIRST]),
        (f"May 18 2017 title: {TITLE}. {FIRST}", TITLE, ["May 18 2017", f"title: {TITLE}.", FIRST]),
        (f"TARQA, Karsa (Agency) — {FIRST}", None, ["TARQA, Karsa (Agency) —", FIRST]),
        (f"TARQA — {FIRST}", None, ["TARQA —", FIRST]),
        (f"Tarqa, KNA- {FIRST}", None, ["Tarqa, KNA-", FIRST]),
    ],
)
def test_paragraphs_set_the_head_of_running_text_apart(text: str, title: str | None, want: list[str]) -> None:
    assert [t for _, t in kinds(text, title)] == want


@pytest.mark.parametrize(
    "text, title",
    [
        ("Shells kill six at Tarqa market, the mayor said on Monday.", TITLE),  # the sentence goes on
        ("5 April 2017 was the day when shells hit the market in Tarqa.", None),
        ("Reuters reported that six people were killed in Tarqa on Monday.", None),
        ("On May 4 shells hit the market in Tarqa, killing six people.", None),
        ("Army shelling — the third this week — killed six people in Tarqa.", None),
    ],
)
def test_paragraphs_take_no_words_from_a_sentence(text: str, title: str | None) -> None:
    assert kinds(text, title) == [("paragraph", text)]


@pytest.mark.parametrize(
    "tail, kind",
    [
        ("--Reuters", "by_line"),
        ("- AFP", "by_line"),
        ("(Source: Karsa Coalition)", "by_line"),
        ("Source KarsaWorld and agencies", "by_line"),
        ("Reporting by Mira Dallo in Tarqa; Editing by T. Senn", "by_line"),
        ("H. Dallo/T. Senn", "by_line"),
        ("MKR 11", "by_line"),
        ("Read Also", "residue"),
        ("Tags shells market Karsa Community standardsDiscussion Comment via Facebook", "residue"),
        ("Corporate About Us Careers Press Releases Contact Us Terms of Use Privacy Policy", "residue"),
        ("Last Update: Tuesday 22 May 2031 KSA 23:28 - GMT 20:28 5938", "date_line"),
    ],
)
def test_paragraphs_set_the_credits_at_the_end_apart(tail: str, kind: str) -> None:
    assert kinds(f"{FIRST} {SECOND} {tail}")[-1] == (kind, tail)


@pytest.mark.parametrize(
    "last", [SECOND, "He named the army.", "“We buried six,” said Mira Dallo.", "Six died in Upper Tarqa."]
)
def test_paragraphs_keep_a_last_sentence(last: str) -> None:
    assert kinds(f"{FIRST} {last}") == [("paragraph", f"{FIRST} {last}")]


MENU = "\n".join(["Home", "World", "Politics", "Facebook", "Print"])
OTHERS = "\n\n".join(
    ["Two children hurt by a mine near Brenta", "Army retakes three villages in the north", "Raids kill nine in…"]
)


@pytest.mark.parametrize(
    "text, residue",
    [
        (f"{MENU}\n\n{TITLE}\n\n{FIRST}", MENU.split("\n")),
        (f"{TITLE}\n\nRelated News\n\n{OTHERS}\n\n{FIRST}", ["Related News", *OTHERS.split("\n\n")]),
        (f"{TITLE}\n\n{FIRST}\n\nPrev Post\n\n{OTHERS}", ["Prev Post", *OTHERS.split("\n\n")]),
        (f"{OTHERS}\n\n{TITLE}\n\n{FIRST}", OTHERS.split("\n\n")),
        (f"{TITLE}\n\n{FIRST}\n\n{SECOND}\n\n{TITLE}\n\n{FIRST}", [FIRST]),  # printed twice
        (
            f"{TITLE}\n\n{FIRST}\n\nRead More: Raids kill nine in Brenta\n\n{SECOND}",
            ["Read More: Raids kill nine in Brenta"],
        ),
        (f"{TITLE}\n\n{FIRST}\n\nhttps://karsa.example/a\n\n{SECOND}", ["https://karsa.example/a"]),
        (
            f"{TITLE}\n\n{FIRST}\n\nSubscribe to our newsletter for more.\n\n{SECOND}",
            ["Subscribe to our newsletter for more."],
        ),
        (f"قصف السوق في طرقة\n\n{TITLE}\n\n{FIRST}", ["قصف السوق في طرقة"]),
    ],
)
def test_paragraphs_leave_page_matter_out(text: str, residue: list[str]) -> None:
    found = words(text, "residue", TITLE)
    assert [r for r in residue if r not in found] == []
    assert FIRST in words(text, "paragraph", TITLE)


@pytest.mark.parametrize(
    "caption", ["The market in Tarqa (Photo: Mira Dallo)", "A drone. (AFP)", "Ruins in Tarqa – Karsa Press/archive"]
)
def test_paragraphs_know_captions(caption: str) -> None:
    assert ("caption", caption) in kinds(f"{TITLE}\n\n{caption}\n\n{FIRST}\n\n{SECOND}", TITLE)


@pytest.mark.parametrize(
    "line", ["By Mira Dallo", "Reporting by Mira Dallo and T. Senn", "AFP", "Mira Dallo contributed to this report."]
)
def test_paragraphs_know_by_lines(line: str) -> None:
    assert ("by_line", line) in kinds(f"{TITLE}\n{line}\n{FIRST}\n{SECOND}", TITLE)


def test_paragraphs_keep_lists_of_the_report() -> None:
    rows = [
        "• Six civilians, among them two children",
        "• Three members of the army",
        "• A medic of the town's hospital",
    ]
    text = "\n".join([TITLE, "The monitor counted these deaths in Tarqa since Monday:", *rows, "", "Prev Post", OTHERS])
    assert [r for r in rows if r not in words(text, "paragraph")] == []


def test_paragraphs_join_lines_that_an_editor_broke() -> None:
    text = "At least six people were killed on Monday when artillery shells hit the\n"
    text += "market in Tarqa, a doctor at the town's hospital told Radio Meren. The\narmy denied it."
    assert kinds(f"{TITLE}\n\n{text}") == [("title", TITLE), ("paragraph", text)]


def test_paragraphs_cover_any_text_and_are_linear() -> None:
    rng = random.Random(7)
    alphabet = "aA1.,:\n\r\u2028 \t“”()\u202e\u200fعé\U0001f600|-–"
    for _ in range(300):
        kinds("".join(rng.choices(alphabet, k=rng.randrange(120))), rng.choice([None, "", TITLE, "aA1"]))
    for text in (
        "BEIRUT " * 100_000,
        "A B " * 150_000,
        " " * 500_000,
        "12 May " * 80_000,
        '"' * 500_000,
        "x\n" * 30_000,
    ):
        begun = time.perf_counter()
        blocks(Report("r", text, title=TITLE))
        assert time.perf_counter() - begun < 5, text[:10]


def test_paragraphs_hold_no_coded_claim_in_what_is_left_out(shared: Path) -> None:
    records = {}
    for corpus in ("fakes", "airwars"):
        for line in (shared / "corpora" / corpus / "reports.jsonl").read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            records[record["id"]] = record
    lost = claims = 0
    for file in sorted((shared / "gold" / "dev").glob("*.json")):
        gold = json.loads(file.read_text(encoding="utf-8"))
        record = records[gold["doc_id"]]
        left_out = [
            b
            for b in blocks(Report(gold["doc_id"], record["text"], title=record["title"]))
            if b.kind.value in ("residue", "by_line", "date_line")
        ]
        for claim in gold["claims"]:
            claims += 1
            middle = (claim["evidence"]["start"] + claim["evidence"]["end"]) // 2
            lost += any(b.start <= middle < b.end for b in left_out)
    assert lost <= claims // 200, f"{lost} of {claims}"
