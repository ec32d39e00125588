"""The methodology that goes with a release: the rules by which claims were read, grouped, counted and graded."""

from __future__ import annotations

from probata import __version__
from probata.vocab import load, names

_OPENING = """\
# How these figures were made

Software (Probata {version}) read reports and wrote down claims: who says that who did what to whom, where, when,
how many and how surely, each with the exact words it rests on. It gathered the claims into incidents and says what
their sources agree and differ on. It does not say that anything happened; where people have decided something, the
record says so.

- **Figures** are what sources say, as reported minimums and ranges. They are compared, and never added up.
- **Independent sources** are originators, in whom a chain of telling begins. Copies, relays and outlets that do not
  vouch add none.
- **Dates** that a report counts from its own day ("on Monday") are counted from the recorded day of publication, else
  they stay open.
- **Places** are as precise as the words: a city's coordinates are those of the city, not of the event.
- **Accused** is whoever any source accuses, with who does so. Nobody is found responsible by this.
- **Grades** are suggested by the rules below. **Legal labels** are indications with what is missing for each.
- **Unverified** means that a source says so. It refutes nothing.

## The rules and their versions
"""


def methodology() -> str:
    """The text, in Markdown: the same for the same rules."""
    told = [_OPENING.format(version=__version__)]
    for name in names():
        table = load(name)
        label, version = table.get("label", name), table.get("version", 1)
        description = " ".join(str(table.get("description", "")).split())
        told.append(f"**{label}** (`{name}`, version {version}). {description}\n")
    told.append("## Grades\n")
    told += [f"- {g['grade']}: {g['reason']} (`{g['rule']}`)" for g in load("grades")["grades"]]
    return "\n".join(told) + "\n"
