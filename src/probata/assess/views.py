"""Views: the killed of one incident as ACLED, UCDP and IBC or Airwars would write them, from the same figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from probata.assess.figures import rules_of
from probata.assess.ranges import stated_lows
from probata.model.assessment import Figure, Measure, Range, View
from probata.vocab import load

_PEOPLE = (Measure.KILLED, Measure.BODIES)


def views(figures: Sequence[Figure], killed: Range, bodies: Range) -> tuple[View, ...]:
    """The three views with the ids of their rules; where only bodies were found, of these.

    ACLED takes the single lowest figure stated, and a convention where deaths have no figure. UCDP takes low, best and
    high, and nothing for a stock of bodies. IBC and Airwars take minimum and maximum.
    """
    rules: dict[str, Any] = load("counting")["views"]
    event = [f for f in figures if f.relation in ("event", "vague") and f.measure is Measure.KILLED]
    stock = not event
    if stock:
        event = [f for f in figures if f.measure is Measure.BODIES]
    shown = bodies if stock else killed
    return _acled(event, rules["acled"]), _ucdp(event, shown, stock, rules["ucdp"]), _ibc(shown, rules["ibc"])


def _acled(event: Sequence[Figure], rule: dict[str, Any]) -> View:
    said = {claim for _, claim in stated_lows(event)}
    stated = sorted((n, f.claim, f) for f in event if f.claim in said and (n := _least_stated(f)) is not None)
    if stated:
        n, _, f = stated[0]
        return View("acled", n, n, n, (rule["rule"], *rules_of(f)), f.imputed and f.rule.startswith("vague"))
    if any(f.rule == "no-number" and f.measure is Measure.KILLED for f in event):
        n = rule["no_figure"]
        return View(
            "acled", n, n, n, (rule["no_figure_rule"],), True, "deaths without a figure: a convention, said by nobody"
        )
    return View("acled", None, None, None, (rule["rule"],), False, "no figure of deaths")


def _least_stated(f: Figure) -> int | None:
    """The lowest figure that the words of one claim allow, deaths implied or not."""
    if f.rule == "no-number":
        return None
    return f.stated if f.implied else f.low


def _ucdp(event: Sequence[Figure], shown: Range, stock: bool, rule: dict[str, Any]) -> View:
    if stock:
        why = "a stock of bodies without date, cause or actor is no event" if event else "no figure of deaths"
        return View("ucdp", None, None, None, (rule["stock_rule"],), False, why)
    best = shown.best if shown.best is not None else shown.low
    note = "" if shown.best is not None else "best is the least: deaths without a figure"
    return View("ucdp", shown.low, best, shown.high, (rule["rule"], *shown.rules), shown.best is None, note)


def _ibc(shown: Range, rule: dict[str, Any]) -> View:
    return View("ibc", shown.low, None, shown.high, (rule["rule"], *shown.rules))
