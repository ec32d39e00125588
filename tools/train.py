"""Train the rankers of the claim extractor on the hand-coded reports of ../shared/gold/dev, and nothing else.

    tools/train.py                 train on all of it and write the weights
    tools/train.py --folds 7       cross-validate on all but the held-back part: the scorer's figures on unseen reports

Figures of what the weights can do come from cross-validation and from the held-back part (tools/eval.py), never from
the reports they were trained on.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

import gold
from probata import pipeline
from probata.export import jsonl
from probata.extract import carry, claims, whens
from probata.extract.acts import roles
from probata.extract.acts.candidates import CARRIES, SPANS, Candidate, meet, span_features
from probata.extract.claims import Draft, Fill, Models
from probata.extract.mentions.times import TimeWords
from probata.extract.ranker import Model
from probata.extract.voices import Voices
from probata.resolve import claims as resolved

MIN_IOU = 0.25  # the scorer's
SOUND_IOU = 0.3  # evidence that matches with some room to spare
WEIGHTS = Path(__file__).parents[1] / "src/probata/extract/weights"
PENALTY = {"act": 0.15, "span": 0.2, "role": 0.4, "extent": 0.5, "number": 0.5, "place": 0.06, "time": 0.1}
Rows = list[tuple[list[str], list[bool | None]]]


def iou(a: tuple[int, int], b: tuple[int, int]) -> float:
    inter = min(a[1], b[1]) - max(a[0], b[0])
    return inter / (max(a[1], b[1]) - min(a[0], b[0])) if inter > 0 else 0.0


def span(g: dict[str, Any]) -> tuple[int, int]:
    return g["evidence"]["start"], g["evidence"]["end"]


def fit(rows: Rows, outputs: Sequence[str], penalty: float, least: int = 2) -> Model:
    """One logistic regression an output over the features met at least `least` times; None labels are left out."""
    seen = collections.Counter(f for features, _ in rows for f in set(features))
    index = {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n >= least))}
    cells = [(r, index[f]) for r, (features, _) in enumerate(rows) for f in set(features) if f in index]
    matrix = csr_matrix((np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(rows), len(index)))
    weights = np.zeros((len(index), len(outputs)))
    bias = []
    for k in range(len(outputs)):
        known = np.array([labels[k] is not None for _, labels in rows])
        y = np.array([bool(labels[k]) for _, labels in rows])[known]
        if y.all() or not y.any():
            bias.append(10.0 if y.all() else -10.0)
            continue
        m = LogisticRegression(C=penalty, max_iter=1000).fit(matrix[known], y)
        weights[:, k] = m.coef_[0]
        bias.append(float(m.intercept_[0]))
    table = {f: [round(float(x), 3) for x in weights[i]] for f, i in index.items()}
    return Model(list(outputs), bias, {f: w for f, w in table.items() if any(abs(x) >= 0.02 for x in w)})


Group = list[tuple[list[str], bool]]  # the options of one choice, each with its features and whether it is right


def fit_choice(groups: list[Group], output: str, penalty: float, least: int = 2) -> Model:
    """A conditional logit over the options of each choice. Several may be right; choices without one are left out."""
    groups = [g for g in groups if any(r for _, r in g) and not all(r for _, r in g)]
    seen = collections.Counter(f for g in groups for f in {f for features, _ in g for f in features})
    index = {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n >= least))}
    cells: list[tuple[int, int]] = []
    owner: list[int] = []
    right: list[bool] = []
    for n, g in enumerate(groups):
        for features, r in g:
            cells += [(len(owner), index[f]) for f in set(features) if f in index]
            owner.append(n)
            right.append(r)
    matrix = csr_matrix((np.ones(len(cells)), tuple(zip(*cells, strict=True))), shape=(len(owner), len(index)))
    of, good = np.array(owner), np.array(right)

    def loss(w: Any) -> tuple[float, Any]:
        z = matrix @ w
        top = np.full(len(groups), -np.inf)
        np.maximum.at(top, of, z)
        e = np.exp(z - top[of])
        total, hit = np.bincount(of, e, len(groups)), np.bincount(of, e * good, len(groups))
        gap = e / total[of] - e * good / hit[of]
        return float(np.log(total / hit).sum() + w @ w / (2 * penalty)), matrix.T @ gap + w / penalty

    w = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B").x
    table = {f: [round(float(w[i]), 3)] for f, i in index.items() if abs(w[i]) >= 0.02}
    return Model([output], [0.0], table)


class Coded:
    """A hand-coded report with its words and candidates."""

    def __init__(self, words: pipeline.Words, coded: list[dict[str, Any]]) -> None:
        self.words, self.gold = words, coded
        self.text = words.report.text
        self.voices = Voices(words.attributions, words.sentences)
        self.candidates = claims.candidates(self.text, words.sentences, self.voices)
        self.anchor = words.report.anchor.day if words.report.anchor else None

    def act_rows(self) -> tuple[Rows, Rows]:
        """For each candidate whether it states a coded act of its type; for each of its spans whether it fits best."""
        rows: Rows = []
        spans: Rows = []
        right: list[bool] = []
        for c in self.candidates:
            best: list[float] = []
            for g in self.gold:
                if g["type"] == c.trigger.type and span(g)[0] <= c.start < span(g)[1]:
                    fits = [iou(c.spans[k], span(g)) for k in SPANS]
                    best = max(best, fits, key=lambda f: max(f, default=0))
            found = max(best, default=0) >= MIN_IOU
            right.append(found)
            rows.append((c.features, [found]))
            if found:
                for k, fit_ in zip(SPANS, best, strict=True):
                    spans.append((span_features(c, k), [fit_ >= SOUND_IOU]))
        for n in self.carried(right):
            rows[n] = (rows[n][0], [None])
        return rows, spans

    def carried(self, right: list[bool]) -> list[int]:
        """Attacks that only a coded killing or injury around them keeps from being claims; choose() settles these."""
        found: dict[int, list[Candidate]] = {}
        for c, r in zip(self.candidates, right, strict=True):
            if r and c.trigger.type in CARRIES:
                found.setdefault(c.sentence.index, []).append(c)
        return [
            i
            for i, (c, r) in enumerate(zip(self.candidates, right, strict=True))
            if not r
            and c.trigger.type == "attack"
            and any(meet(c, k, c.narrow, k.narrow) for k in found.get(c.sentence.index, ()))
        ]

    def matched(self, act: Model, span_: Model) -> list[tuple[Draft, dict[str, Any] | None]]:
        """The drafts that the act model makes, each with the coded claim it matches, if any."""
        chosen = claims.judged(claims.passed(self.candidates, act), span_)
        w = self.words
        made = claims.drafts(chosen, w.sentences, w.attributions, self.voices, w.roster, w.places)
        pairs = sorted(
            (
                (iou(d.candidate.span, span(g)), i, j)
                for i, d in enumerate(made)
                for j, g in enumerate(self.gold)
                if g["type"] == d.type and iou(d.candidate.span, span(g)) >= MIN_IOU
            ),
            reverse=True,
        )
        mine: dict[int, dict[str, Any]] = {}
        taken = set()
        for _, i, j in pairs:
            if i not in mine and j not in taken:
                mine[i] = self.gold[j]
                taken.add(j)
        return [(d, mine.get(i)) for i, d in enumerate(made)]

    def words_at(self, d: Draft, o: roles.Option) -> list[str]:
        return [self.text[slice(*roles.extent(d.sentence, o.phrase, e))] for e in roles.EXTENTS]

    def role_rows(self, pairs: list[tuple[Draft, dict[str, Any] | None]]) -> tuple[Rows, Rows]:
        rows: Rows = []
        extents: Rows = []
        for d, g in pairs:
            if g is None:
                continue
            words = [self.words_at(d, o) for o in d.options]
            wanted = {r: g[r] if r != "method" else [g[r]] if g[r] else [] for r in roles.ROLES}
            every = [t for texts in words for t in texts]
            best = {w: max((overlap(t, w) for t in every), default=0.0) for ws in wanted.values() for w in ws}
            for o, texts in zip(d.options, words, strict=True):
                labels: list[bool | None] = []
                for role in roles.ROLES:
                    fits = [max((overlap(t, w) for w in wanted[role]), default=0.0) for t in texts]
                    right = max(fits) >= 0.5
                    first = any(overlap(t, w) >= best[w] for t in texts for w in wanted[role])
                    labels.append(None if right and not first else right)
                    if right:
                        e = roles.extent_features(d.sentence, d.candidate.trigger, o.phrase, role)
                        extents.append((e, [k == fits.index(max(fits)) for k in range(len(fits))]))
                rows.append((o.features, labels))
        return rows, extents

    def number_rows(self, pairs: list[tuple[Draft, dict[str, Any] | None]]) -> Rows:
        rows: Rows = []
        for d, g in pairs:
            if g is None:
                continue
            found = [o.phrase for o in d.options]
            for i, n in d.sentence.numbers.items():
                c = g["count"]
                said = self.text[n.start : n.end]
                same = bool(c) and (c["low"], c["high"]) == (n.low, n.high) and overlap(said, c["text"]) > 0
                right = same or bool(c) and said in c["text"]
                rows.append((roles.number_features(d.sentence, d.candidate.trigger, i, found), [right]))
        return rows

    def carry_rows(
        self, pairs: list[tuple[Draft, dict[str, Any] | None]], m: Models
    ) -> tuple[list[Group], list[Group]]:
        """The choices of place and of time for each act, those before it being as coded."""
        places: list[Group] = []
        times: list[Group] = []
        before: list[Draft] = []
        w = carry.setting(self.text, self.words.sentences, self.words.places, self.voices)
        for d, g in pairs:
            claims.fill_roles(d, m.role, m.extent)
            claims.fill_count(d, m.number)
            chosen = carry.place_choices(d, before, w)
            right = [bool(g and self.same_place(c, g)) for c in chosen]
            if g is not None:
                places.append([(c.features, r) for c, r in zip(chosen, right, strict=True)])
            best = next((c for c, r in zip(chosen, right, strict=True) if r), None)
            if best is not None and isinstance(best.value, Fill):
                d.place = best.value
                d.carried |= {"place"} if best.inferred else set()
            when = whens.time_choices(d, before, w)
            right = [bool(g and self.same_days(c, d, g)) for c in when]
            if g is not None:
                times.append([(c.features, r) for c, r in zip(when, right, strict=True)])
            best = next((c for c, r in zip(when, right, strict=True) if r), None)
            if best is not None and isinstance(best.value, TimeWords):
                d.time = best.value
                d.carried |= {"time"} if best.inferred else set()
            before.append(d)
        return places, times

    def same_place(self, c: carry.Choice, g: dict[str, Any]) -> bool:
        """Whether a choice is the coded place; to choose none is right where none is coded."""
        if c.value is None:
            return not g["place"]
        return bool(g["place"]) and overlap(self.text[c.value.start : c.value.end], g["place"]) >= 0.5

    def same_days(self, c: carry.Choice, d: Draft, g: dict[str, Any]) -> bool:
        """Whether a choice means the coded days; none is right, and so are words without days, where none are coded."""
        coded = [g["date_from"], g["date_to"]]
        if not isinstance(c.value, TimeWords):
            return coded == [None, None]
        found = resolved.days(c.value, d, self.anchor)
        iso = [x.isoformat() if isinstance(x, date) else None for x in (found.start, found.end)]
        if coded == [None, None]:
            return iso == coded and bool(g["time"]) and g["time"] == self.text[c.value.start : c.value.end]
        return iso == coded


STOP = {"the", "a", "an", "of", "in", "on", "at", "by", "to", "from", "and", "near", "around"}


def overlap(a: str, b: str) -> float:
    """Share of the words of the longer phrase that both have, as the scorer counts them."""
    x, y = ((set(re.findall(r"\w+", s.lower())) - STOP) or set(re.findall(r"\w+", s.lower())) for s in (a, b))
    return len(x & y) / max(len(x), len(y)) if x and y else 0.0


def train(coded: Sequence[Coded]) -> Models:
    """All rankers, each trained on what those before it find in the coded reports."""
    first = [c.act_rows() for c in coded]
    act = fit([r for a, _ in first for r in a], ("act",), PENALTY["act"])
    span_ = fit([r for _, b in first for r in b], ("span",), PENALTY["span"])
    pairs = [c.matched(act, span_) for c in coded]
    both = [c.role_rows(p) for c, p in zip(coded, pairs, strict=True)]
    role = fit([r for a, _ in both for r in a], roles.ROLES, PENALTY["role"])
    extent = fit([r for _, b in both for r in b], roles.EXTENTS, PENALTY["extent"])
    number = fit(
        [r for c, p in zip(coded, pairs, strict=True) for r in c.number_rows(p)], ("count",), PENALTY["number"]
    )
    half = Models(act, span_, role, extent, number, role, role)
    carried = [c.carry_rows(p, half) for c, p in zip(coded, pairs, strict=True)]
    place = fit_choice([g for a, _ in carried for g in a], "place", PENALTY["place"])
    time = fit_choice([g for _, b in carried for g in b], "time", PENALTY["time"])
    return Models(act, span_, role, extent, number, place, time)


def predictions(coded: Sequence[Coded], m: Models) -> dict[str, list[dict[str, Any]]]:
    out = {}
    for c in coded:
        found = resolved.claims(c.words.report, pipeline.drafts([c.words], m)[0], c.words.roster, c.words.context)
        out[c.words.report.id] = [json.loads(json.dumps(jsonl.record(x))) for x in found]
    return out


def write(m: Models) -> None:
    for name in ("act", "span", "role", "extent", "number", "place", "time"):
        one: Model = getattr(m, name)
        data = {"outputs": one.outputs, "bias": [round(b, 3) for b in one.bias], "weights": one.weights}
        path = WEIGHTS / f"{name}.json"
        path.write_text(
            json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n", encoding="utf-8"
        )
        print(f"{path.name}: {len(one.weights)} features, {path.stat().st_size // 1024} KB")


def main() -> None:
    ap = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    ap.add_argument("--folds", type=int, default=0)
    args = ap.parse_args()
    coded_claims, found_reports = gold.dev()
    reports = {r.id: r for r in found_reports}
    held = gold.held_back(reports)
    names = sorted(n for n in reports if not args.folds or n not in held)
    score = gold.scorer()
    coded = [Coded(w, coded_claims[w.report.id]) for w in pipeline.words(reports[n] for n in names)]
    if not args.folds:
        write(train(coded))
        return
    found: dict[str, list[dict[str, Any]]] = {}
    for f in range(args.folds):
        m = train([c for i, c in enumerate(coded) if i % args.folds != f])
        found |= predictions([c for i, c in enumerate(coded) if i % args.folds == f], m)
    r = score.score({n: coded_claims[n] for n in names}, found)
    for k in ("fact", "claim", "harm_claim"):
        print(f"{k:12} P {r[k]['p']:.3f} R {r[k]['r']:.3f} F1 {r[k]['f1']:.3f}")
    print("fully right", r["fully_right"])
    for s, d in r["slots"].items():
        print(f"  {s:10} P {d['p']:.3f} R {d['r']:.3f} F1 {d['f1']:.3f}  ({d['gold']} gold)")
    for s, d in r["types"].items():
        print(f"  {s:16} P {d['p']:.3f} R {d['r']:.3f} F1 {d['f1']:.3f}  ({d['gold']} gold)")


if __name__ == "__main__":
    main()
