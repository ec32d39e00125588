"""Reports made up for the tests of pictures, comparisons and changes: in an invented country, all of it fiction."""

from __future__ import annotations

from typing import Any

from probata.assess.incidents import Assessed, assessed
from probata.export.incidentlines import record
from probata.link import coded
from probata.link.facts import About
from probata.link.incidents import link
from probata.model.claim import Claim

TARQA = {"text": "Tarqa", "lat": 12.31, "lon": 44.02, "precision": "city"}
POST = {
    "report": "post-1",
    "outlet": "Karsa Post",
    "published": "2031-03-04",
    "speaker": "a doctor",
    "type": "killing",
    "count": "at least 12",
    "agents": ["the army"],
    "place": TARQA,
    "date": "2031-03-03",
    "evidence": "at least 12 people were killed when shells hit the grain market of Tarqa at noon",
}
BOARD = {**POST, "report": "wire-0", "outlet": "Daily 0", "speaker": "Meren Relief Board", "relay": "Oltrava Wire"}
COPIES = [
    {**BOARD, "report": f"wire-{n}", "outlet": f"Daily {n}", "count": 15, "published": f"2031-03-{4 + n:02}",
     "evidence": "the board counted 15 bodies of people killed by shells at the market in the east of Tarqa on Monday"}
    for n in range(5)
]  # fmt: skip
DENIAL = {**POST, "report": "tv", "outlet": "State TV", "speaker": "an army spokesman", "stance": "denied", "count": ""}


def claims_of(*records: dict[str, Any]) -> tuple[list[Claim], dict[str, About]]:
    """Claims and what is known of their reports."""
    claims = [coded.claim(r, n) for n, r in enumerate(records, 1)]
    return claims, {r["report"]: coded.about(r) for r in records}


def incidents_of(*records: dict[str, Any]) -> tuple[list[Assessed], dict[str, About]]:
    """The incidents of these records, assessed."""
    claims, about = claims_of(*records)
    return list(assessed(claims, about, link(claims, about))), about


def printed(*records: dict[str, Any]) -> list[dict[str, Any]]:
    """The incidents of these records as `probata link --format json` prints them."""
    return [record(a.incident, a.found) for a in incidents_of(*records)[0]]
