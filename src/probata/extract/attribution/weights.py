"""The learned judge: sparse logistic models over cue lemmas, tags and labels (tools/train_attribution.py)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Weights:
    """Two log-odds tables: whether a dependent of a cue is content, and whether a candidate is an attribution."""

    content: dict[str, float]
    keep: dict[str, float]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The weights beside this file."""
    data = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    return Weights(data["content"], data["keep"])


def log_odds(table: dict[str, float], features: Iterable[str]) -> float:
    """The sum of the weights of the features that are known."""
    return sum([table[f] for f in features if f in table])
