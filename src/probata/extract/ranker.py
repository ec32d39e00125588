"""A small linear ranker: sums of weights of named features, trained on hand-coded reports by tools/train.py.

It chooses between readings that rules have made from words of the report; it can make none itself.
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from itertools import repeat

_NOTHING = repeat(0.0)


class Model:
    """Named outputs, each a logistic regression over the same named features."""

    def __init__(self, outputs: list[str], bias: list[float], weights: dict[str, list[float]]) -> None:
        self.outputs = outputs
        self.bias = bias
        self.weights = weights
        self._single = {f: row[0] for f, row in weights.items()} if len(outputs) == 1 else None

    def scores(self, features: list[str]) -> list[float]:
        """For each output the log-odds that it holds, given the features met. Unknown features weigh nothing."""
        single = self._single
        if single is not None:
            return [sum(map(single.get, features, _NOTHING), self.bias[0])]
        return list(map(sum, zip(self.bias, *filter(None, map(self.weights.get, features)), strict=True)))

    def reasons(self, features: list[str], output: str, most: int = 4) -> str:
        """The features that weighed most for one output, for people: "verb=kill +2.1; ..."."""
        k = self.outputs.index(output)
        found = sorted(((self.weights[f][k], f) for f in set(features) if f in self.weights), key=lambda x: -abs(x[0]))
        return "; ".join(f"{f} {w:+.1f}" for w, f in found[:most])


def probability(log_odds: float) -> float:
    """Log-odds to probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))


@cache
def model(name: str) -> Model:
    """The trained model of that name."""
    text = files("probata.extract.weights").joinpath(f"{name}.json").read_text(encoding="utf-8")
    data = json.loads(text)
    return Model(data["outputs"], data["bias"], data["weights"])
