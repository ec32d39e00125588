"""Words are found in originals whatever they are packed in; what cannot be searched is said."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from probata.store.searching import Search
from webarchives import Warc, article, pages, wacz_parts

NAME, ALSO = "Velora Tamshik", "فيلورا تامشك"
PAGE = article("Two killed", f"Two women, one of them {NAME}, were killed in Karsa.")
PLAIN = article("Two killed", "Two women were killed in Karsa.")
URI = "https://post.example/karsa"
HTML = ("Content-Type", "text/html; charset=utf-8")


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return out.getvalue()


def warc(body: bytes, *more: tuple[str, str], gz: bool = True) -> bytes:
    made = Warc(gz=gz)
    made.response(URI, body, http=(HTML, *more))
    return made.raw


def chunked(body: bytes) -> bytes:
    half = body.index(NAME.encode()) + 3  # a chunk ends within the name
    parts = (body[:half], body[half:])
    return b"".join(f"{len(p):x}\r\n".encode() + p + b"\r\n" for p in parts) + b"0\r\n\r\n"


PACKED = ("Content-Encoding", "gzip")
FORMS = {
    "gzip": gzip.compress(PAGE),
    "members": gzip.compress(b"first ") + gzip.compress(PAGE),
    "warc": warc(PAGE, gz=False),
    "warc.gz": warc(PAGE),
    "answer packed": warc(gzip.compress(PAGE), PACKED),
    "answer in chunks": warc(chunked(PAGE), ("Transfer-Encoding", "chunked")),
    "wacz": zipped(**wacz_parts({"data.warc.gz": warc(gzip.compress(PAGE), PACKED)}, pages(URI))),
    "title in the list of pages": zipped(**wacz_parts({"data.warc.gz": warc(PLAIN)}, pages(URI, title=NAME))),
    "document": zipped(**{"word/document.xml": b"<w:t>Velora</w:t></w:r><w:r><w:t>Tamshik</w:t>"}),
    "name of an entry": zipped(**{f"{ALSO}.txt": b"x"}),
    "zip within zip within gzip": gzip.compress(zipped(inner=gzip.compress(PAGE))),
    "document as an answer": warc(zipped(text=PAGE), ("X-Made-By", "nobody")),
    "utf-16": f"{'x' * 50} {ALSO}".encode("utf-16"),
    "cp1256": f"{'x' * 50} {ALSO}".encode("cp1256"),
    "latin-1 beside": b"\xe9t\xe9 " + NAME.encode(),
    "across windows": b"xxxxxxx " * ((1 << 17) - 1) + NAME.encode() + b" x" * 5000,
    "within a film": b"\0\1\2" * 1000 + NAME.encode(),
    "json": b'{"text": "\\u0641\\u064a\\u0644\\u0648\\u0631\\u0627 \\u062a\\u0627\\u0645\\u0634\\u0643"}',
}


@pytest.mark.parametrize("form", FORMS)
def test_words_are_found_in_whatever_they_are_packed(form: str, tmp_path: Path) -> None:
    path = tmp_path / "original"
    path.write_bytes(FORMS[form])
    assert Search([NAME, ALSO])(path).found
    assert not Search(["Brox Lusk"])(path).found


PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(100)
BROKEN = warc(PAGE)[:-40]
LEFT = {
    "picture": (PICTURE, "an image"),
    "pictures in an archive": (zipped(a=PICTURE, b=PICTURE, c=b"%PDF-1.7"), "a PDF; 2 times an image"),
    "packed otherwise": (warc(b"\x0b\x02\x80", ("Content-Encoding", "br")), "encoding 'br'"),
    "bomb": (gzip.compress(bytes(80_000_000)), "zip bomb"),
    "damaged": (zipped(a=b"x" * 999)[:-30], "damaged or truncated"),
    "encrypted": (
        bytes(zipped(a=b"x")).replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"),
        "encr",
    ),
    "film": (b"\0\1\2\3" * 900, "no text"),
    "deep": (
        gzip.compress(gzip.compress(gzip.compress(gzip.compress(gzip.compress(b"x"))))),
        "archives within archives",
    ),
}


@pytest.mark.parametrize("form", LEFT)
def test_what_cannot_be_searched_is_said(form: str, tmp_path: Path) -> None:
    path = tmp_path / "original"
    path.write_bytes(LEFT[form][0])
    search = Search([NAME, ALSO])
    done = search(path)
    assert not done.found
    assert LEFT[form][1] in search.told(done)


def test_what_a_damaged_archive_still_shows_is_searched(tmp_path: Path) -> None:
    path = tmp_path / "original"
    path.write_bytes(warc(PAGE, gz=False)[:-30])
    assert Search([NAME, ALSO])(path).found


@pytest.mark.parametrize(
    "raw", [PLAIN, warc(PLAIN), zipped(a=PLAIN), gzip.compress(PLAIN), b"", b"\xff\xfe", b"PK", b"WARC/"]
)
def test_nothing_is_found_where_nothing_is(raw: bytes, tmp_path: Path) -> None:
    path = tmp_path / "original"
    path.write_bytes(raw)
    assert not Search([NAME, ALSO])(path).found


def test_a_damaged_part_of_an_archive_hides_nothing_else(tmp_path: Path) -> None:
    whole = zipped(**wacz_parts({"data.warc.gz": warc(PLAIN) + warc(gzip.compress(PAGE), PACKED)}, pages(URI)))
    stored = bytearray(whole)
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        at = archive.getinfo("archive/data.warc.gz").header_offset
    stored[at + 14] ^= 1  # its check sum, which is read to its end before that shows
    stored[whole.index(b"PK\x01\x02") + 16] ^= 1
    path = tmp_path / "original"
    path.write_bytes(stored)
    assert Search([NAME, ALSO])(path).found
