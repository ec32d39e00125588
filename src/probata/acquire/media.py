"""Media: what kind of file some bytes are."""

from __future__ import annotations

import re

from probata.model.errors import InputError

_SIGNATURES = (
    (b"%PDF", "a PDF", "Save its text (for example with `pdftotext FILE.pdf`) and read that."),
    (b"PK\x03\x04", "a ZIP or office document", "Save it as text or as a web page and read that."),
    (b"\xd0\xcf\x11\xe0", "an old office document", "Save it as text or as a web page and read that."),
    (b"{\\rtf", "a rich text document", "Save it as plain text and read that."),
    (b"\x1f\x8b", "compressed", "Unpack it (`gunzip`) and read that."),
    (b"BZh", "compressed", "Unpack it (`bunzip2`) and read that."),
    (b"\xfd7zXZ", "compressed", "Unpack it (`unxz`) and read that."),
    (b"\x28\xb5\x2f\xfd", "compressed", "Unpack it (`unzstd`) and read that."),
    (b"\x89PNG", "an image", "Give the text of what it shows."),
    (b"\xff\xd8\xff", "an image", "Give the text of what it shows."),
    (b"GIF8", "an image", "Give the text of what it shows."),
    (b"\x7fELF", "a program", "Give a text or a web page."),
    (b"MZ\x90", "a program", "Give a text or a web page."),
    (b"SQLite format 3", "a database", "Give a text or a web page."),
    (b"WARC/", "a web archive", "Save it as a file whose name ends in .warc and give that."),
)
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*){0,5}<(?:!doctype\s+html|html|head|body|meta)\b",
    re.I | re.S,
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.I)


def refuse_foreign(raw: bytes, name: str) -> None:
    """Raise InputError, naming the next step, for files known not to hold readable text."""
    for sign, what, advice in _SIGNATURES:
        if raw.startswith(sign):
            raise InputError("media", name, f"is {what}, not a text.", advice)


def media_of(raw: bytes, suffix: str) -> str:
    """text, html, json or jsonl: by the file's ending where that is telling, else by how it begins."""
    if suffix in {".html", ".htm", ".xhtml"}:
        return "html"
    if suffix in {".jsonl", ".ndjson"}:
        return "jsonl"
    if suffix == ".json":
        return "json"
    head = raw[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if _PAGE.match(head):
        return "html"
    if suffix != ".txt" and re.match(rb'\{\s*"[\w-]{1,40}"\s*:|\[\s*\{\s*"', head):
        return "json"
    return "text"


def charset_of(raw: bytes) -> str | None:
    """The encoding a page declares in its first 4 KiB."""
    found = _CHARSET.search(raw, 0, 4096)
    return found.group(1).decode("ascii", "replace") if found else None
