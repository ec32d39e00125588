"""A small linear ranker: sums of weights of named features, trained on hand-coded reports by tools/train.py.

It chooses between readings that rules have made from words of the report; it can make none itself.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import repeat

_UNIT = 1000  # weights are trained to three decimals; as whole numbers their sum is exact in whatever order
_BITS = 21  # one output's share of a packed number: sums up to 1048 log-odds, far above what fifty features can reach
_HALF, _MASK = 1 << (_BITS - 1), (1 << _BITS) - 1
_NOTHING = repeat(0)


class Model:
    """Named outputs, each a logistic regression over the same named features."""

    def __init__(self, outputs: list[str], bias: list[float], weights: dict[str, list[float]]) -> None:
        self.outputs = outputs
        self.bias = bias
        self.weights = weights
        self._bias = [round(b * _UNIT) for b in bias]
        # the weights of a feature for all outputs in one number, so that one look and one addition serve them all
        self._packed = {
            f: sum(round(w * _UNIT) << (_BITS * k) for k, w in enumerate(row)) for f, row in weights.items()
        }

    def scores(self, features: Iterable[str]) -> list[float]:
        """For each output the log-odds that it holds, given the features met. Unknown features weigh nothing."""
        total = sum(map(self._packed.get, features, _NOTHING))
        if len(self._bias) == 1:
            return [(self._bias[0] + total) / _UNIT]
        out = []
        for bias in self._bias:
            part = ((total + _HALF) & _MASK) - _HALF
            total = (total - part) >> _BITS
            out.append((bias + part) / _UNIT)
        return out

    def reasons(self, features: list[str], output: str, most: int = 4) -> str:
        """The features that weighed most for one output, for people: "verb=kill +2.1; ..."."""
        k = self.outputs.index(output)
        met = [(self.weights[f][k], f) for f in set(features) if f in self.weights]
        found = sorted(met, key=lambda x: (-abs(x[0]), x[1]))
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
