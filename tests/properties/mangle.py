"""Reports as they come broken: cut, shuffled, run together, with stray Unicode. All seeded: the same every run."""

from __future__ import annotations

import random
from collections.abc import Callable

BIDI = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
ODD = BIDI + "\u0000\u0007\u00a0\u00ad\u200b\u200c\u200d\u2028\u2029\ufeff\ufffd\u0301\u0338\U0001f4a5\U000e0041"
PLANES = ((0x20, 0x2FF), (0x370, 0x6FF), (0x900, 0xDFF), (0x1E00, 0x2FFF), (0x4E00, 0x9FFF), (0x1F000, 0x1FFFF))


def truncated(text: str, dice: random.Random) -> str:
    """A piece that begins and ends anywhere, also within a word or a quotation."""
    a, b = sorted(dice.sample(range(len(text) + 1), 2))
    return text[a:b]


def shuffled(text: str, dice: random.Random) -> str:
    """The same words in no order."""
    words = text.split()
    dice.shuffle(words)
    return " ".join(words)


def sprinkled(text: str, dice: random.Random) -> str:
    """Bidirectional controls, joiners, combining marks and control characters put in between and within words."""
    out = list(text)
    for _ in range(max(1, len(out) // 40)):
        out.insert(dice.randrange(len(out) + 1), dice.choice(ODD))
    return "".join(out)


def foreign(text: str, dice: random.Random) -> str:
    """Every tenth word replaced by letters of any script."""
    words = text.split(" ")
    for i in range(0, len(words), 10):
        words[i] = "".join(chr(dice.randint(*dice.choice(PLANES))) for _ in range(dice.randint(1, 12)))
    return " ".join(words)


def run_together(text: str, dice: random.Random) -> str:
    """One line without full stops, with odd quotation marks opened and never closed."""
    words = text.replace(".", "").replace("\n", " ").split(" ")
    for _ in range(len(words) // 30):
        words.insert(dice.randrange(len(words)), dice.choice(["“", '"', "«", "(", "”", "—", "'"]))
    return " ".join(words)


def shouted(text: str, dice: random.Random) -> str:
    """All in capitals."""
    return text.upper()


MANGLERS: tuple[Callable[[str, random.Random], str], ...] = (
    truncated,
    shuffled,
    sprinkled,
    foreign,
    run_together,
    shouted,
)
