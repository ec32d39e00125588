"""Grouping at scale: synthetic claims of many small events and a few famous ones; time, memory, pairs a claim.

`make bench` does it too. By itself: bench_link.py 10000 100000
"""

from __future__ import annotations

import json
import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta

from probata.link.counts import count, weights
from probata.link.facts import fact
from probata.link.grouping import group
from probata.link.scenes import scenes
from probata.model.claim import Claim, ClaimType, Count, Named, Place, Stance, Time
from probata.model.span import Span

FAMOUS = 0.02  # of events have two thousand claims at most, as many as news of a great attack
WORDS = "market school bridge convoy bakery clinic square camp mosque church station river farm road depot hill".split()
MEANS = ("air strike", "shelling", "a car bomb", "gunfire")
AGENTS = ("the army", "rebels", "the coalition", "ISIS")


def claims(number: int, seed: int = 1) -> Iterator[Claim]:
    """So many claims, each in a report of its own, of events whose size falls as a power law."""
    chance = random.Random(seed)
    made = 0
    while made < number:
        size = min(number - made, 2_000 if chance.random() < FAMOUS / 100 else int(chance.paretovariate(1.1)), 2_000)
        where = (round(chance.uniform(10, 20), 3), round(chance.uniform(40, 50), 3))
        place = Place(_span(f"Place {where[0]} {where[1]}"), f"Place {where[0]} {where[1]}", None, *where, "city")
        day = date(2031, 1, 1) + timedelta(days=chance.randrange(730))
        dead, means, agent = int(chance.paretovariate(0.9)), chance.choice(MEANS), chance.choice(AGENTS)
        said = chance.sample(WORDS, 4)
        for _ in range(size):
            made += 1
            yield _claim(made, chance, (place, day, dead, means, agent), said)


def _claim(n: int, chance: random.Random, event: tuple[Place, date, int, str, str], said: list[str]) -> Claim:
    place, day, dead, means, agent = event
    told = max(1, round(dead * chance.choice((1, 1, 1, 1, 0.9, 1.2)))) + chance.choice((0, 0, 0, 1, 2))
    when = day + timedelta(days=chance.choice((0, 0, 0, 0, 0, 1)))
    return Claim(
        id=f"c{n}",
        report=f"r{n}",
        evidence=_span(f"{means} near the {said[0]}, the {said[1]} and {said[chance.randrange(2, 4)]} killed {told}"),
        type=ClaimType.KILLING,
        stance=Stance.AFFIRMED,
        agents=(Named(_span(agent), agent),) if chance.random() < 0.6 else (),
        method=Named(_span(means), means),
        count=Count(_span(str(told)), told, told, "n"),
        place=place,
        time=Time(_span(when.isoformat()), when, when, "day"),
    )


def _span(text: str) -> Span:
    return Span(0, len(text), text)


def measure(number: int) -> dict[str, float]:
    """Group so many claims, read one by one as facts: seconds of processor to make and read them and to group; MB."""
    start = time.process_time()
    facts = [f for n, c in enumerate(claims(number)) if (f := fact(c, n))]
    made = time.process_time()
    found = scenes(facts)
    grouped = group(found, weights(count(found)), {})
    done = time.process_time()
    return {
        "claims": number,
        "made": made - start,
        "grouped": done - made,
        "signatures": grouped.signatures,
        "pairs": grouped.pairs / number,
        "groups": len(grouped.groups),
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


if __name__ == "__main__":
    for argument in sys.argv[1:] or ("10000", "100000"):
        print(json.dumps(measure(int(argument))), flush=True)
