"""Brings the translations of the web application up to date: new strings in, old ones out, and compiled.

    python tools/translations.py            # src/probata/review/locale/*/LC_MESSAGES/django.po and .mo
    python tools/translations.py --missing  # lists what is not translated yet

Strings come from the templates, from the Python of probata.review and from the values of vocabularies that its pages
show (context "vocabulary"). No line numbers are kept, so that a moved line changes nothing.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
REVIEW = ROOT / "src" / "probata" / "review"
LOCALE = REVIEW / "locale"
LANGUAGES = ("ar",)
CONTEXT = "vocabulary"
_CONTEXT_FIRST = ("pgettext", "pgettext_lazy", "npgettext")
_PLURAL = ("ngettext", "ngettext_lazy", "npgettext")
_FUNCTIONS = ("_", "gettext", "gettext_lazy", "gettext_noop", *_PLURAL, *_CONTEXT_FIRST)
# header lines that would change with every run
_DATED = re.compile(
    rb'"(?:POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team|Report-Msgid-Bugs-To)'
    rb': [^"]*"\n'
)
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)
Found = tuple[str | tuple[str, str], str | None]  # message (and plural), context


def strings() -> Iterator[Found]:
    """Every string that is to be translated."""
    for path in sorted(REVIEW.rglob("*.py")):
        if "migrations" not in path.parts:
            yield from _of_python(path.read_text(encoding="utf-8"))
    from django.utils.translation.template import templatize

    for path in sorted((REVIEW / "templates").rglob("*.html")):
        yield from _of_python(templatize(path.read_text(encoding="utf-8"), origin=str(path)))
    from probata.review.labels import values

    for value in values():
        yield value, CONTEXT


def _of_python(text: str) -> Iterator[Found]:
    found = extract_python(io.BytesIO(text.encode()), dict.fromkeys(_FUNCTIONS), (), {"encoding": "utf-8"})
    for _, function, messages, _ in found:
        given: list[Any] = list(messages) if isinstance(messages, tuple | list) else [messages]
        context = given.pop(0) if function in _CONTEXT_FIRST and given else None
        if given and given[0]:
            plural = function in _PLURAL and len(given) > 1
            yield ((given[0], given[1]) if plural else given[0]), context


def updated(language: str, found: Iterable[Found]) -> Catalog:
    """The catalogue of a language with these strings: known translations kept, those of no string left out."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    old = read_po(io.BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)
    new = Catalog(locale=language, project="Probata", fuzzy=False, header_comment="# Probata: translations.")
    for message, context in found:
        new.add(message, context=context)
    for entry in new:
        if entry.id and (known := old.get(entry.id, entry.context)) is not None and known.string:
            entry.string = known.string
    return new


def bytes_of(catalogue: Catalog) -> tuple[bytes, bytes]:
    """The .po and .mo of a catalogue: the same for the same strings."""
    text, compiled = io.BytesIO(), io.BytesIO()
    write_po(text, catalogue, no_location=True, sort_output=True, width=0, omit_header=False)
    said = _DATED.sub(b"", text.getvalue())
    undated = read_po(io.BytesIO(said), locale=catalogue.locale)
    undated.creation_date = undated.revision_date = _NO_DAY  # otherwise now, and each run would make other bytes
    write_mo(compiled, undated)
    return said, compiled.getvalue()


def missing(catalogue: Catalog) -> list[str]:
    """What has no translation."""
    out = []
    for entry in catalogue:
        strings_ = entry.string if isinstance(entry.string, tuple | list) else [entry.string]
        if entry.id and not all(strings_):
            out.append(str(entry.id))
    return out


def main() -> int:
    """Bring all languages up to date; returns 1 when something is not translated."""
    parser = argparse.ArgumentParser(description="Brings the translations of the web application up to date.")
    parser.add_argument("--missing", action="store_true", help="list what is not translated, and change nothing")
    chosen = parser.parse_args()
    found = list(strings())
    left = 0
    for language in LANGUAGES:
        catalogue = updated(language, found)
        lacking = missing(catalogue)
        left += len(lacking)
        if chosen.missing:
            print("\n".join(lacking))
            continue
        folder = LOCALE / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        text, compiled = bytes_of(catalogue)
        (folder / "django.po").write_bytes(text)
        (folder / "django.mo").write_bytes(compiled)
        print(f"{language}: {len(catalogue)} strings, {len(lacking)} not translated")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
