"""A user's own parties: a YAML file with the names, the sides and the words of those who fight where he works."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from probata.model.errors import SetupError

OWN = "PROBATA_PARTIES"  # the setting that names the file
LARGEST = 1_000_000  # bytes
ADVICE = "Write `groups:` and under each neutral name `{side: government, words: [karsa army, karsa guard]}`."


def own_parties(path: str) -> dict[str, dict[str, Any]]:
    """The parties of a file by neutral name: side (or null), words in lower case, short (abbreviations as written).

    A name of the packaged table is replaced. Raises SetupError, code "parties", with the file and what is wrong.
    """
    file = Path(path)
    try:
        if file.stat().st_size > LARGEST:
            raise _wrong(path, f"is larger than {LARGEST // 1_000_000} MB.")
        table = yaml.load(file.read_text(encoding="utf-8-sig"), Loader=yaml.CSafeLoader)
    except OSError as error:
        raise _wrong(path, f"cannot be read ({error.strerror or error}).") from error
    except UnicodeDecodeError as error:
        raise _wrong(path, "is not UTF-8 text.") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise _wrong(path, "is not valid YAML.") from error
    groups = table.get("groups") if isinstance(table, dict) else None
    if not isinstance(groups, dict) or not groups:
        raise _wrong(path, "has no groups.")
    return {str(name): _row(path, str(name), row) for name, row in groups.items()}


def _row(path: str, name: str, row: Any) -> dict[str, Any]:
    if not isinstance(row, dict) or row.keys() - {"side", "words", "short"}:
        raise _wrong(path, f"{name}: give side, words and, for abbreviations, short, and nothing else.")
    words, short, side = row.get("words", []), row.get("short", []), row.get("side")
    for listed in (words, short):
        if not isinstance(listed, list) or not all(isinstance(w, str) and w.strip() for w in listed):
            raise _wrong(path, f"{name}: words and short are lists of words.")
    if not words and not short:
        raise _wrong(path, f"{name}: has no words.")
    if not isinstance(side, str | None):
        raise _wrong(path, f"{name}: side is a word, or null where it is not known.")
    return {"side": side, "words": words, "short": short}


def _wrong(path: str, problem: str) -> SetupError:
    return SetupError("parties", path, problem, ADVICE)
