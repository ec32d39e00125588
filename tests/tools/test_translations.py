"""Every string of the application is translated, with its placeholders, and what is compiled is what was written."""

from __future__ import annotations

import io
import re

import pytest
from babel.messages.pofile import read_po

import translations

HOLDS = re.compile(r"%\(\w+\)[sd]|</?bdi>")


@pytest.fixture(params=translations.LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_translations_are_complete_and_up_to_date(language: str) -> None:
    catalogue = translations.updated(language, translations.strings())
    assert translations.missing(catalogue) == []
    folder = translations.LOCALE / language / "LC_MESSAGES"
    text, compiled = translations.bytes_of(catalogue)
    assert (folder / "django.po").read_bytes() == text, "run tools/translations.py"
    assert (folder / "django.mo").read_bytes() == compiled, "run tools/translations.py"


def test_translations_hold_what_is_put_into_them(language: str) -> None:
    path = translations.LOCALE / language / "LC_MESSAGES" / "django.po"
    for entry in read_po(io.BytesIO(path.read_bytes()), locale=language):
        if not entry.id:
            continue
        ids = entry.id if isinstance(entry.id, tuple | list) else (entry.id,)
        allowed = {found for said in ids for found in HOLDS.findall(said)}
        strings = entry.string if isinstance(entry.string, tuple | list) else (entry.string,)
        assert allowed.issuperset(found for said in strings for found in HOLDS.findall(str(said))), entry.id
        if len(ids) == 1:
            assert set(HOLDS.findall(str(strings[0]))) == allowed, entry.id


def test_translations_find_strings_of_templates_and_python() -> None:
    found = {message for message, _ in translations.strings()}
    assert {"Skip to the content", "Publisher", "killing"} <= found
