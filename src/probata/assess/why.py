"""Why two claims are, or are not, one incident: features, what forbids it, people's rows, the chain between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from probata.assess.chain import chain_of
from probata.link import block
from probata.link.copies import families_of_claims
from probata.link.counts import Counts, count, weights
from probata.link.features import Weights
from probata.link.incidents import latest, scenes_of
from probata.link.scenes import Scene
from probata.link.score import BASE, JOIN, MISSING, WEIGHTS, Pair, pair
from probata.model.claim import Claim
from probata.model.comparison import Compared, Comparison, Step
from probata.model.incident import Decision, Incident

_INDIRECT = 2  # steps; one is the pair itself
Rows = Mapping[frozenset[str], Decision]


def why(
    a: str,
    b: str,
    claims: Iterable[Claim],
    incidents: Sequence[Incident],
    decisions: Iterable[Decision] = (),
    families: Sequence[Sequence[str]] | None = None,
    counted: Counts | None = None,
) -> Comparison:
    """Claims `a` and `b` compared, and whether the incidents that were made of `claims` hold them together.

    `decisions` are people's rows (a later row of two claims wins), `families` the reports that copy one another, and
    `counted` the counts of the casebook that the claims are a part of; without the last two they are found from the
    claims. The claims of both incidents must be among them. Raises KeyError for a claim that is not.
    """
    known = {c.id: c for c in claims}
    report_a, report_b = known[a].report, known[b].report
    rows = latest(decisions)
    found = scenes_of(list(known.values()), rows)
    at = {f.claim: s for s in found for f in s.facts}
    of = {c: i for i in incidents for c in i.claims}
    bearing = _bearing(a, b, of.get(a), of.get(b), rows)
    in_a, in_b = (of[x].id if x in of else None for x in (a, b))

    def result(together: bool | None, reason: str, compared: Pair | None = None, *chain: Step) -> Comparison:
        made = Comparison(a, b, report_a, report_b, together, in_a, in_b, reason, decisions=bearing, chain=chain)
        return _scored(made, compared) if compared else made

    if a not in at or b not in at:
        none = [x for x in (a, b) if x not in at]
        return result(None, "; ".join(_no_incident(known[x]) for x in none))
    if at[a] is at[b]:
        return result(in_a == in_b, "one report tells of both as one event")
    w = weights(counted or count(found), families_of_claims(known.values()) if families is None else families)
    two = pair(at[a], at[b], w)
    row = rows.get(frozenset((a, b)))
    if in_a is None or in_a != in_b:
        return result(False, _apart(a, b, two, row, bearing, _mean(of.get(a), of.get(b), at, w)), two)
    if row is not None and row.same:
        return result(True, f"{row.who or 'somebody'} decided that they are the same", two)
    if two.score >= JOIN and not two.never:
        return result(True, "what they share outweighs what differs", two)
    chain = tuple(chain_of(at[a], at[b], [at[c] for c in of[a].claims if c in at], rows, w))
    if len(chain) < _INDIRECT:
        return result(True, "not by themselves, but by the mean of all pairs of their incident", two)
    n = len(chain) - 1
    others = "another report" if n == 1 else f"{n} other reports"
    return result(True, f"not by themselves: they are joined through {others}", two, *chain)


def _scored(made: Comparison, two: Pair) -> Comparison:
    features = tuple(Compared(f.name, f.level, f.a, f.b, WEIGHTS[f.name].get(f.level, 0.0)) for f in two.features)
    return Comparison(
        made.a, made.b, made.report_a, made.report_b, made.together, made.incident_a, made.incident_b, made.reason,
        features, BASE, two.score, JOIN, two.never, made.decisions, made.chain,
    )  # fmt: skip


def _no_incident(claim: Claim) -> str:
    kind = claim.type.value.replace("_", " ")
    return f"{claim.id} is in no incident: {kind}, {claim.stance.value}, tells of no harm that is said to have happened"


def _bearing(a: str, b: str, of_a: Incident | None, of_b: Incident | None, rows: Rows) -> tuple[Decision, ...]:
    """The rows on the two claims themselves, then those that join or part claims of their incidents."""
    mine = set(of_a.claims if of_a else ()) | {a}
    other = set(of_b.claims if of_b else ()) | {b}
    found = [r for r in rows.values() if (r.a in mine and r.b in other) or (r.b in mine and r.a in other)]
    return tuple(sorted(found, key=lambda r: ({r.a, r.b} != {a, b}, r.a, r.b)))


def _apart(a: str, b: str, two: Pair, row: Decision | None, bearing: Sequence[Decision], mean: float | None) -> str:
    """What keeps two claims of two incidents apart."""
    if row is not None and not row.same:
        return f"{row.who or 'somebody'} decided that they are different"
    if row is not None:
        return f"{row.who or 'somebody'} decided that they are the same, but a row on others of their claims forbids it"
    parted = [d for d in bearing if not d.same]
    if two.never:
        return f"never one, whatever else they share: {two.never}"
    if two.score < JOIN:
        return "what differs, or is not known, outweighs what they share"
    if parted:
        d = parted[0]
        return f"{d.who or 'somebody'} decided that {d.a} and {d.b} of the same two incidents are different"
    if mean is not None and mean < JOIN:
        return f"these two alone would be joined, but all pairs between their incidents come to {mean:+.2f} on average"
    return "these two alone would be joined, but others of their incidents must not be"


def _mean(of_a: Incident | None, of_b: Incident | None, at: Mapping[str, Scene], w: Weights) -> float | None:
    """The mean score between two incidents, as clustering has it: a pair that shares no block counts as MISSING."""
    if of_a is None or of_b is None:
        return None
    mine, other = (list({at[c].key: at[c] for c in i.claims if c in at}.values()) for i in (of_a, of_b))
    both = mine + other
    total, scored = 0.0, 0
    for i, j in block.pairs(both, w).tolist():
        if (i < len(mine)) != (j < len(mine)):
            total, scored = total + pair(both[i], both[j], w).score, scored + 1
    number = len(mine) * len(other)
    return (total + MISSING * (number - scored)) / number if number else None
