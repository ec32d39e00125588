"""What the rankers weighed for a claim, in words for people."""

from __future__ import annotations

from collections.abc import Sequence

from probata.extract import carry, whens
from probata.extract.acts import roles
from probata.extract.claims import Draft, Models
from probata.extract.ranker import Model, probability


def weighed(d: Draft, before: Sequence[Draft], setting: carry.Setting, m: Models) -> dict[str, str]:
    """For each filled slot how likely its ranker held it and what weighed most; `before` are the earlier acts."""
    c = d.candidate
    out = {"evidence": f"{probability(c.score):.2f}: {m.act.reasons(c.features, 'act')}"}
    for name in roles.ROLES:
        fills = [d.method] if name == "method" else getattr(d, name)
        spans = [(f.start, f.end) for f in fills if f is not None]
        said = [
            _said(m.role, o.features, name)
            for o in d.options
            if any(a <= d.sentence.starts[o.phrase.head] < b for a, b in spans)
        ]
        if said:
            out[name] = " | ".join(said)
    for i, n in d.sentence.numbers.items():
        if n in d.numbers:
            features = roles.number_features(d.sentence, c.trigger, i, [o.phrase for o in d.options])
            out["count"] = _said(m.number, features, "count")
    for slot, model, choices in (
        ("place", m.place, carry.place_choices(d, before, setting) if d.place else []),
        ("time", m.time, whens.time_choices(d, before, setting) if d.time else []),
    ):
        if choices:
            best = max(choices, key=lambda choice: model.scores(choice.features)[0])
            out[slot] = f"of {len(choices)} choices: {model.reasons(best.features, slot)}"
    return out


def _said(model: Model, features: list[str], output: str) -> str:
    score = model.scores(features)[model.outputs.index(output)]
    return f"{probability(score):.2f}: {model.reasons(features, output)}"
