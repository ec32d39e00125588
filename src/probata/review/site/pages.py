"""The data of each page of the site, all of it from releases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markdown_it import MarkdownIt

from probata.review.site.differences import Correction
from probata.review.site.released import Record, Released
from probata.vocab import folding

_SLOTS = ("agents", "method", "targets", "count", "place", "time")


def order(record: Record) -> tuple[bool, str, str]:
    """By first day, those of unknown day last."""
    return (record["from"] is None, record["from"] or "", record["id"])


def incident(record: Record, of: Released, changed: Sequence[Correction]) -> Mapping[str, Any]:
    """One incident: the record, its claims by whom they come from, what changed."""
    return {
        "i": record,
        "origins": list(_origins(record, of)),
        "copies": [family for family in record["families"] if len(family) > 1],
        "reports": [of.reports[name] for family in record["families"] for name in family if name in of.reports],
        "changed": changed,
    }


def _origins(record: Record, of: Released) -> Iterator[Record]:
    """Each originator with its claims, as words where they may be shown; then claims of nobody in particular."""
    told: set[str] = set()
    for origin in record["originators"]:
        claims = [of.claims[c] for c in origin["claims"] if c in of.claims and c not in told]
        told |= {c["id"] for c in claims}
        if claims:
            yield {"name": origin["name"], "kind": origin["kind"], "claims": [_claim(c, of) for c in claims]}
    rest = [of.claims[c] for c in record["claims"] if c in of.claims and c not in told]
    if rest:
        yield {"name": None, "kind": None, "claims": [_claim(c, of) for c in rest]}


def _claim(claim: Record, of: Released) -> Record:
    slots = []
    for slot in _SLOTS:
        found = claim.get(slot)
        words = [s["text"] for s in (found if isinstance(found, list) else [found]) if s]
        if words:
            slots.append({"slot": slot, "words": words})
    return {**claim, "slots": slots, "source": of.reports.get(claim["report"], {"id": claim["report"]})}


def entries(of: Released) -> list[Record]:
    """What the search of the site looks through: each incident with the folded words that find it."""
    out = []
    for record in sorted(of.incidents.values(), key=order):
        said = [record["type"].replace("_", " "), record["place"] or "", *record["accused"], record["grade"]]
        for family in record["families"]:
            for name in family:
                report = of.reports.get(name, {})
                said += [report.get("title") or "", report.get("outlet") or ""]
        said += [c["evidence"]["text"] for c in map(of.claims.get, record["claims"]) if c and c.get("evidence")]
        words = sorted({token for word in folding.words(" ".join(said)) for token in word.tokens})
        out.append({"id": record["id"], "words": " ".join(words)})
    return out


def files(releases: Sequence[Released]) -> list[Record]:
    """The releases to be downloaded, the latest first."""
    return [
        {
            "name": f"releases/{r.path.name}",
            "title": r.manifest["title"],
            "made": r.made,
            "manifest": r.digest,
            "size": r.path.stat().st_size,
            "fingerprint": r.fingerprint,
        }
        for r in reversed(releases)
    ]


def withheld(of: Released) -> list[Record]:
    """What was left out of the latest release: how many of what, added up by reason."""
    counted: defaultdict[str, int] = defaultdict(int)
    for w in of.manifest.get("withheld", ()):
        counted[w["why"]] += w["number"]
    return [{"why": why, "number": number} for why, number in sorted(counted.items())]


def article(markdown: str) -> str:
    """HTML of a text in Markdown, in which HTML counts as text."""
    return str(MarkdownIt("commonmark", {"html": False}).disable(["image", "link", "autolink"]).render(markdown))
