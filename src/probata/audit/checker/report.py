"""What a check found, in sentences: wrong, proven, not checked here, not proven."""

from __future__ import annotations

import json
import textwrap


class Report:
    """Sentences of one check, sorted by what they are worth."""

    def __init__(self) -> None:
        self.title = ""
        self.whole = "agrees with its own manifest, which nobody signed"
        self.moment = ""  # by when a time authority says that it existed
        self.wrong: list[str] = []
        self.proven: list[str] = []
        self.unchecked: list[str] = []
        self.open: list[str] = []

    @property
    def status(self) -> int:
        """0 all holds; 1 something is wrong; 3 nothing is wrong, but a part could not be checked here."""
        return 1 if self.wrong else 3 if self.unchecked else 0

    def text(self, path: str, width: int = 110) -> str:
        """The report for people, in lines of at most `width` characters where words allow."""
        whole = "NOT as it was made, or not what it says it is" if self.wrong else self.whole
        wrap = textwrap.TextWrapper(width, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False)
        out = [f"{plain(path)}: {whole}."]
        if self.title:
            out.append(f"  {plain(self.title)}")
        for head, said in (
            ("WRONG", self.wrong),
            ("holds all the same" if self.wrong else "proven", self.proven),
            ("could not be checked here", self.unchecked),
            ("NOT proven", self.open),
        ):
            out += ["", head] if said else []
            out += [wrap.fill(f"  - {plain(sentence)}") for sentence in said]
        return "\n".join(out) + "\n"

    def json(self) -> str:
        """The report for programs."""
        said = {"status": self.status, "release": self.title, "wrong": self.wrong, "proven": self.proven}
        return json.dumps({**said, "unchecked": self.unchecked, "not_proven": self.open}, indent=1) + "\n"


def plain(text: str) -> str:
    """Text from a release as one line that can neither steer a terminal nor turn the reading direction."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
