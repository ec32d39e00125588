"""Rows: a casebook that grows report by report ends with the incidents that linking all at once gives."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import defaultdict
from collections.abc import Collection
from itertools import combinations
from typing import Any

import pytest

from link.casebook import Casebook
from link.dossier import BRENTA, claim
from probata.link.counts import Counts
from probata.link.incidents import link, scenes_of
from probata.link.rows import counts, scene_rows
from probata.model.claim import Claim
from probata.model.incident import Decision

TOWNS = [{"text": f"Town{n}", "lat": 12.0 + n % 7, "lon": 44.0 + n // 7, "precision": "city"} for n in range(30)]
PLACES = "market school bridge bakery clinic square mosque station river depot".split()
MEANS = ("shelling", "an air strike", "a car bomb", "gunfire")


def world(seed: int, events: int = 60) -> list[Claim]:
    """Invented events of Oltrava, each told by one to seven reports that differ on figures, days and words."""
    chance = random.Random(seed)
    out: list[Claim] = []
    reports = 0
    for _ in range(events):
        town, month, day = chance.choice(TOWNS), chance.randint(3, 8), chance.randint(1, 28)
        dead, means, said = chance.randint(1, 60), chance.choice(MEANS), chance.sample(PLACES, 3)
        for _ in range(min(7, int(chance.paretovariate(0.9)))):
            reports += 1
            slots: dict[str, Any] = {
                "place": town if chance.random() < 0.9 else None,
                "date": f"2031-{month:02}-{min(28, day + (chance.random() < 0.15)):02}",
                "method": means,
            }
            words = f"{means} near the {chance.choice(said)} and the {chance.choice(said)} in {town['text']}"
            told = chance.choice((dead, dead, dead, dead + 1, dead + 3))
            out.append(claim(f"r{reports}", count=told, evidence=f"{words} killed {told} people", **slots))
            if chance.random() < 0.5:
                out.append(claim(f"r{reports}", "injury", count=told * 2, evidence="twice as many were hurt", **slots))
            if chance.random() < 0.2:
                out.append(claim(f"r{reports}", count=3, place=chance.choice(TOWNS), date="2031-02-01"))
    return out


def batches(claims: list[Claim], seed: int, size: int) -> list[list[Claim]]:
    """The claims by whole reports, in some order, so many reports at a time."""
    by_report: defaultdict[str, list[Claim]] = defaultdict(list)
    for c in claims:
        by_report[c.report].append(c)
    names = list(by_report)
    random.Random(seed).shuffle(names)
    return [[c for n in names[i : i + size] for c in by_report[n]] for i in range(0, len(names), size)]


def pairwise(a: Collection[frozenset[str]], b: Collection[frozenset[str]]) -> float:
    """F1 of the pairs of claims that two groupings join."""
    one, other = ({p for g in groups for p in combinations(sorted(g), 2)} for groups in (a, b))
    return 2 * len(one & other) / (len(one) + len(other))


def grown(claims: list[Claim], seed: int, size: int) -> Casebook:
    book = Casebook()
    for batch in batches(claims, seed, size):
        book.add(batch)
    return book


@pytest.mark.parametrize("seed, size", [(0, 1), (1, 1), (0, 9), (1, 9), (2, 9), (3, 9), (0, 60), (1, 60)])
def test_rows_any_order_of_batches_agrees_with_all_at_once(seed: int, size: int) -> None:
    claims = world(seed)
    book = grown(claims, seed, size)
    whole = {frozenset(i.claims) for i in link(claims)}
    assert pairwise(book.groups(), whole) >= 0.97
    assert sorted(c for g in book.groups() for c in g) == sorted(c for g in whole for c in g)


@pytest.mark.parametrize("seed", range(4))
def test_rows_one_batch_is_all_at_once(seed: int) -> None:
    claims = world(seed)
    assert grown(claims, seed, 10**6).groups() == {frozenset(i.claims) for i in link(claims)}


@pytest.mark.parametrize("size", [1, 20])
def test_rows_decisions_outlive_later_reports(size: int) -> None:
    claims = world(7)
    rest = batches(claims, 7, size)
    book = Casebook()
    first = [claim("post", count=12), claim("radio", count=13), claim("daily", count=50, place=BRENTA)]
    a, b, c = (x.id for x in first)
    book.add(first)
    assert book.incident_of[a] == book.incident_of[b] != book.incident_of[c]
    book.decide(Decision(a, b, same=False))
    book.decide(Decision(a, c, same=True))
    for batch in rest:
        book.add(batch)
        assert book.incident_of[a] == book.incident_of[c] != book.incident_of[b]
    together = link([*first, *claims], decisions=book.decisions)
    assert pairwise(book.groups(), {frozenset(i.claims) for i in together}) >= 0.97


def test_rows_ids_once_ended_never_come_back_and_lead_to_what_took_their_claims() -> None:
    book = grown(world(3), 3, 4)
    alive: set[str] = set()
    ended: set[str] = set()
    for carried in book.history:
        gone = carried.ended.keys()
        alive -= gone
        ended |= gone
        alive |= {i.id for i in carried.incidents}
        assert not alive & ended
        assert all(set(into) <= alive for into in carried.ended.values())
    assert ended
    assert alive == set(book.incidents)


def test_rows_stock_beside_the_event_is_found_again() -> None:
    claims = [claim("post", count=12), claim("post", "bodies_found", count=90), claim("radio", count=13)]
    book = grown(claims, 0, 1)
    event, stock = book.incident_of[claims[0].id], book.incident_of[claims[1].id]
    assert book.besides() == {stock: {event}}


def test_rows_some_scenes_of_a_report_are_made_again_without_the_others() -> None:
    for seed in range(5):
        claims = [c for c in world(seed) if c.report] + [claim("r1", "injury", place=None, date=None)]
        whole = {frozenset(f.claim for f in s.facts) for s in scenes_of(claims)}
        kept = [s for s in whole if random.Random(seed).random() < 0.5]
        again = scenes_of([c for c in claims if any(c.id in s for s in kept)])
        assert {frozenset(f.claim for f in s.facts) for s in again} == set(kept)


def test_rows_counts_add_up_and_come_off() -> None:
    one, other = batches(world(5), 5, 30)[:2]
    both = counts([*one, *other])
    assert counts(one) + counts(other) == both
    assert both - counts(other) == counts(one)
    assert both - both == Counts()


_PRINT = """
from link.test_rows import claim
from probata.link.rows import counts, scene_rows
found = [claim("post", count=n, method="shelling", evidence="the old market of Tarqa burned") for n in (12, 40)]
print([(row.blocks, row.order) for row in scene_rows(found, counts(found))])
"""


def test_rows_blocks_are_the_same_in_every_process() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", _PRINT],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1


def test_rows_numbers_fit_a_column_of_a_database() -> None:
    far = [claim("post", count=10**9, date="9999-12-31"), claim("radio", date=None, place=None)]
    for row in scene_rows(far, counts(far)):
        assert all(-(2**63) <= key < 2**63 for key in row.blocks)
        assert 0 <= row.order < 2**63
