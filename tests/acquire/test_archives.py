"""Web archives: their pages become reports with how they were saved; what is false, hostile or damaged is named."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from probata.acquire import Options, reports
from probata.acquire import warc as warcs
from probata.acquire.gunzip import Unpacked
from probata.model.errors import InputError
from probata.model.report import AnchorBasis, Report
from webarchives import AT, KARSA, TARQA, Warc, article, pack, pages, sealed, wacz_parts

ONE, TWO = "https://post.example/tarqa", "https://post.example/karsa"
HTML = [("Content-Type", "text/html; charset=utf-8")]


def read(path: Path, options: Options | None = None) -> tuple[list[Report], list[InputError]]:
    found = list(reports([path], options))
    return [r for r in found if isinstance(r, Report)], [e for e in found if isinstance(e, InputError)]


def written(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def two_pages(*, gz: bool = True) -> Warc:
    warc = Warc(gz=gz)
    warc.response(ONE, TARQA)
    warc.response("https://post.example/bridge.png", b"\x89PNG" * 99, http=[("Content-Type", "image/png")])
    warc.response(TWO, KARSA)
    return warc


@pytest.mark.parametrize("name, gz", [("a.warc", False), ("a.warc.gz", True)])
def test_archives_warc_pages_become_reports(tmp_path: Path, name: str, gz: bool) -> None:
    path = written(tmp_path / name, two_pages(gz=gz).raw)
    (first, second), wrong = read(path)
    assert not wrong
    assert (first.id, first.title, first.url) == ("a-1", "Six die in Tarqa", ONE)
    assert "near the old bridge" in first.text
    assert first.outlet == "post.example"
    assert first.anchor
    assert first.anchor.basis is AnchorBasis.METADATA  # of the page; the day it was saved dates nothing
    assert second.url == TWO
    origin = first.origin
    assert origin
    assert origin.file == hashlib.sha256(path.read_bytes()).hexdigest()
    assert origin.sha256 == hashlib.sha256(TARQA).hexdigest()
    capture = origin.capture
    assert capture
    assert (capture.url, capture.tool) == (ONE, "Browsertrix-Crawler 1.2.3 (with warcio.js 2.2.1)")
    assert capture.at
    assert capture.at.isoformat() == "2031-05-21T08:30:00+00:00"
    assert capture.digest.startswith("sha1:")
    assert capture.checked


def test_archives_wacz_reads_the_listed_pages_only(tmp_path: Path) -> None:
    warc = two_pages()
    warc.response("https://ads.example/frame", article("Buy a carpet", "Carpets of Oltrava at half the price. " * 5))
    path = pack(tmp_path / "a.wacz", wacz_parts({"rec-1.warc.gz": warc.raw}, pages(ONE, TWO)))
    found, wrong = read(path)
    assert [r.url for r in found] == [ONE, TWO]
    assert not wrong
    assert found[0].origin
    assert found[0].origin.file == hashlib.sha256(path.read_bytes()).hexdigest()


def test_archives_wacz_without_listed_pages_reads_all(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.wacz", wacz_parts({"data.warc.gz": two_pages().raw}))
    assert [r.url for r in read(path)[0]] == [ONE, TWO]


def test_archives_of_auto_archiver_with_screenshot_text_and_several_warcs(tmp_path: Path) -> None:
    first, second = Warc(), Warc(software="")
    first.response(ONE, TARQA, WARC_Page_ID="p0", WARC_Resource_Type="document")
    first.record("resource", f"urn:fullPage:{ONE}", b"\x89PNG...", "image/png")
    first.record("resource", f"urn:text:{ONE}", b"Six die in Tarqa", "text/plain")
    first.record("resource", f"urn:pageinfo:{ONE}", b'{"pageid": "p0"}', "application/json")
    first.record(
        "request", ONE, b"GET /tarqa HTTP/1.1\r\nHost: post.example\r\n\r\n", "application/http; msgtype=request"
    )
    second.response(TWO, KARSA)
    parts = wacz_parts({"rec-a.warc.gz": first.raw, "rec-b.warc.gz": second.raw}, pages(ONE, text="Six die in Tarqa"))
    extra = dict(parts)
    extra["pages/extraPages.jsonl"] = pages(TWO)
    extra["logs/crawl.log"] = b"{}\n"
    table = json.loads(parts["datapackage.json"])
    for name in ("pages/extraPages.jsonl", "logs/crawl.log"):
        digest = "sha256:" + hashlib.sha256(extra[name]).hexdigest()
        table["resources"].append({"name": name, "path": name, "hash": digest, "bytes": len(extra[name])})
    extra["datapackage.json"] = json.dumps(table).encode()
    found, wrong = read(pack(tmp_path / "a.wacz", sealed(extra), zipfile.ZIP_DEFLATED))
    assert [(r.url, r.origin.capture.tool) for r in found if r.origin and r.origin.capture] == [
        (ONE, "Browsertrix-Crawler 1.2.3 (with warcio.js 2.2.1)"),
        (TWO, "Browsertrix-Crawler 1.2.3"),  # the WARC itself does not say
    ]
    assert not wrong


def test_archives_follow_redirects_and_say_so(tmp_path: Path) -> None:
    warc = Warc()
    warc.response("http://post.example/t", b"", status="301 Moved", http=[("Location", "https://post.example/t2")])
    warc.response("https://post.example/t2", b"", status="302 Found", http=[("Location", "/tarqa#top")])
    warc.response(ONE, TARQA)
    path = pack(tmp_path / "a.wacz", wacz_parts({"d.warc.gz": warc.raw}, pages("http://post.example/t")))
    [report], wrong = read(path)
    assert not wrong
    assert report.url == ONE
    assert f"asked for as http://post.example/t, which led to {ONE}" in report.gaps


def test_archives_redirects_in_a_circle_are_named(tmp_path: Path) -> None:
    warc = Warc()
    for here, there in ((ONE, TWO), (TWO, ONE)):
        warc.response(here, b"", status="302 Found", http=[("Location", there)])
    found, [error] = read(pack(tmp_path / "a.wacz", wacz_parts({"d.warc.gz": warc.raw}, pages(ONE))))
    assert not found
    assert error.code == "redirects"
    assert ONE in str(error)


def test_archives_the_same_content_is_read_once_and_revisits_are_followed(tmp_path: Path) -> None:
    warc = Warc()
    warc.revisit("https://post.example/copy", TARQA, ONE)  # before what it refers to
    warc.response(ONE, TARQA)
    warc.response(ONE, TARQA, WARC_Date="2031-05-23T10:00:00Z")
    warc.response(ONE, KARSA, WARC_Date="2031-05-24T10:00:00Z")  # the page was changed
    warc.revisit(ONE, TARQA, ONE)
    found, wrong = read(written(tmp_path / "a.warc.gz", warc.raw))
    assert not wrong
    assert [(r.url, r.title) for r in found] == [
        ("https://post.example/copy", "Six die in Tarqa"),
        (ONE, "Six die in Tarqa"),
        (ONE, "Two killed in Karsa market"),
    ]
    assert "saved 3 times with the same content, last 2031-05-23 10:00 UTC" in found[1].gaps


def test_archives_a_revisit_of_what_is_elsewhere_is_named(tmp_path: Path) -> None:
    warc = Warc()
    warc.response(TWO, KARSA)
    warc.revisit(ONE, TARQA, ONE)
    found, [error] = read(written(tmp_path / "a.warc.gz", warc.raw))
    assert [r.url for r in found] == [TWO]
    assert "refers to content that is not in this archive" in str(error)


@pytest.mark.parametrize(
    "status, media, words",
    [
        ("404 Not Found", "text/html", "answered with status 404"),
        ("503 Busy", "text/html", "answered with status 503"),
        ("200 OK", "application/pdf", "is application/pdf"),
        ("200 OK", "image/png", "is image/png"),
    ],
)
def test_archives_what_is_no_page_is_kept_and_not_read(tmp_path: Path, status: str, media: str, words: str) -> None:
    warc = Warc()
    warc.response(ONE, TARQA, status=status, http=[("Content-Type", media)])
    found, [error] = read(pack(tmp_path / "a.wacz", wacz_parts({"d.warc.gz": warc.raw}, pages(ONE))))
    assert not found
    assert error.code == "not-read"
    assert words in str(error)
    found, [error] = read(written(tmp_path / "a.warc.gz", warc.raw))
    assert not found
    assert error.code == "no-page"


def chunked(body: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(body[i : i + 300]), body[i : i + 300]) for i in range(0, len(body), 300)) + (
        b"0\r\n\r\n"
    )


@pytest.mark.parametrize(
    "stored, headers",
    [
        (gzip.compress(TARQA), [("Content-Encoding", "gzip")]),
        (TARQA, [("Content-Encoding", "gzip")]),  # unpacked by the tool, header kept
        (TARQA, [("Content-Encoding", "br")]),
        (TARQA, [("X-Orig-Content-Encoding", "br")]),
        (chunked(TARQA), [("Transfer-Encoding", "chunked")]),
        (TARQA, [("Transfer-Encoding", "chunked")]),
        (chunked(gzip.compress(TARQA)), [("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")]),
    ],
    ids=["gzip", "gzip-unpacked", "br-unpacked", "orig", "chunked", "chunked-joined", "chunked-gzip"],
)
def test_archives_bodies_are_freed_of_their_encodings(tmp_path: Path, stored: bytes, headers: list) -> None:
    warc = Warc()
    warc.response(ONE, stored, http=[*HTML, *headers])
    [report], wrong = read(written(tmp_path / "a.warc.gz", warc.raw))
    assert not wrong
    assert report.origin
    assert report.origin.sha256 == hashlib.sha256(TARQA).hexdigest()


def test_archives_charset_of_the_server_goes_before_that_of_the_page(tmp_path: Path) -> None:
    words = "قال المجلس المحلي في ترقا إن ستة مدنيين قتلوا في غارة على السوق يوم الاثنين، وإن من بينهم ثلاثة أطفال"
    raw = article("مقتل ستة في ترقا", words, words, language="ar").replace(b'<meta charset="utf-8">', b"")
    warc = Warc()
    page = raw.decode().encode("cp1256")
    warc.response(ONE, page, http=[("Content-Type", "text/html; charset=windows-1256")])
    [report], wrong = read(written(tmp_path / "a.warc.gz", warc.raw))
    assert not wrong
    assert report.language == "ar"
    assert words in report.text


def test_archives_a_payload_digest_over_the_joined_chunks_is_right_too(tmp_path: Path) -> None:
    warc = Warc(gz=False)
    warc.response(ONE, chunked(TARQA), http=[*HTML, ("Transfer-Encoding", "chunked")])
    digest = b"WARC-Payload-Digest: sha256:" + hashlib.sha256(TARQA).hexdigest().encode()
    raw, changed = re.subn(rb"WARC-Payload-Digest: sha1:\w+", digest, warc.raw)
    assert changed == 1
    raw = re.sub(rb"WARC-Block-Digest: \S+\r\n", b"", raw)
    path = written(tmp_path / "a.warc", raw)
    [report], wrong = read(path)
    assert not wrong
    assert report.origin
    assert report.origin.capture
    assert report.origin.capture.checked


@pytest.mark.parametrize(
    "old, new", [(b"Six people", b"Two people"), (b"sha1:", b"sha256:"), (b"HTTP/1.1 200", b"HTTP/1.1 404")]
)
def test_archives_what_contradicts_its_digest_is_named_and_not_read(tmp_path: Path, old: bytes, new: bytes) -> None:
    raw = two_pages(gz=False).raw
    at = raw.index(b"WARC-Target-URI: " + ONE.encode())
    changed = raw[:at] + raw[at:].replace(old, new, 1)
    if len(new) != len(old):  # an unknown kind of digest is not wrong, and said not to be checked
        changed = raw.replace(b"sha1:", b"nohash:")
        found, wrong = read(written(tmp_path / "a.warc", changed))
        assert not wrong
        assert any("no digest of this page that could be checked" in gap for gap in found[0].gaps)
        return
    found, [error] = read(written(tmp_path / "a.warc", changed))
    assert [r.url for r in found] == [TWO]
    assert error.code == "digest"
    assert f"record 2 ({ONE})" in str(error)


def test_archives_truncated_and_damaged_files_give_what_stands_before(tmp_path: Path) -> None:
    raw = two_pages().raw
    found, [error] = read(written(tmp_path / "a.warc.gz", raw[:-40]))
    assert [r.url for r in found] == [ONE]
    assert "truncated" in str(error)
    plain = two_pages(gz=False).raw
    found, [error] = read(written(tmp_path / "b.warc", plain[:-400]))
    assert [r.url for r in found] == [ONE]
    assert "truncated" in str(error)
    found, [error] = read(written(tmp_path / "c.warc", plain[:20] + plain[20:].replace(b"WARC/1.0", b"WARX/1.0", 1)))
    assert not found
    assert "damaged" in str(error)


def test_archives_packed_as_one_gzip_stream_are_read(tmp_path: Path) -> None:
    found, wrong = read(written(tmp_path / "a.warc.gz", gzip.compress(two_pages(gz=False).raw)))
    assert [r.url for r in found] == [ONE, TWO]
    assert not wrong


HEAD = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://post.example/x\r\n"


@pytest.mark.parametrize(
    "raw, words",
    [
        (HEAD + b"Content-Length: 99999999999999\r\n\r\nabc", "truncated, or the record states a false length"),
        (HEAD + b"Content-Length: -5\r\n\r\n", "states no length"),
        (HEAD + b"\r\n", "states no length"),
        (HEAD + b"X: y\r\n" * 2_000, "header lines"),
        (HEAD + b"X: " + b"y" * 2_000_000, "header line of more than"),
        (HEAD, "truncated"),
        (b"WARC/1.0", "truncated"),
        (b"WARC/\xff\xfe\x00", "is no web archive"),
        (gzip.compress(b"x" * 200_000_000), "header line of more than"),
        (gzip.compress(gzip.compress(HEAD)), "archive within the archive"),
        (gzip.compress(HEAD)[:-9], "truncated"),
        (b"\x1f\x8b\x08\x00garbage", "gzip"),
        (b"Six died in Tarqa.", "is no web archive"),
        (b"", "is empty"),
    ],
    ids="long negative none lines line head start version bomb nested cut garbage text empty".split(),
)
def test_archives_hostile_warcs_are_refused_in_words(tmp_path: Path, raw: bytes, words: str) -> None:
    name = "a.warc.gz" if raw.startswith(b"\x1f\x8b") else "a.warc"
    found, [error] = read(written(tmp_path / name, raw))
    assert not found
    assert words in str(error)


def test_archives_a_gzip_bomb_within_a_record_is_refused(tmp_path: Path) -> None:
    length = 300_000_000
    body = HEAD + f"Content-Length: {length}\r\n\r\n".encode()
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", compresslevel=9) as out:
        out.write(body)
        for _ in range(length // 10_000_000):
            out.write(bytes(10_000_000))
    found, [error] = read(written(tmp_path / "a.warc.gz", packed.getvalue()))
    assert not found
    assert error.code == "bomb"


def test_archives_a_page_that_unpacks_without_end_is_refused_alone(tmp_path: Path) -> None:
    warc = Warc()
    warc.response(ONE, gzip.compress(b"<html>" + b"a" * 30_000_000), http=[*HTML, ("Content-Encoding", "gzip")])
    warc.response(TWO, KARSA)
    found, [error] = read(written(tmp_path / "a.warc.gz", warc.raw), Options(largest=20_000_000))
    assert [r.url for r in found] == [TWO]
    assert error.code == "too-large"


def manifest_changed(parts: dict[str, bytes], change) -> dict[str, bytes]:
    table = json.loads(parts["datapackage.json"])
    change(table)
    return sealed({**parts, "datapackage.json": json.dumps(table).encode()})


def good() -> dict[str, bytes]:
    return wacz_parts({"d.warc.gz": two_pages().raw}, pages(ONE, TWO))


def _forget_warc(table: dict) -> None:
    table["resources"] = [r for r in table["resources"] if not r["path"].startswith("archive/")]


def _twice(table: dict) -> None:
    table["resources"] += table["resources"][:1]


def _longer(table: dict) -> None:
    table["resources"][0]["bytes"] += 1


def _ghost(table: dict) -> None:
    table["resources"].append({"path": "archive/x.warc.gz", "hash": "sha256:" + "0" * 64})


def _unhashed(table: dict) -> None:
    del table["resources"][0]["hash"]


def _none(table: dict) -> None:
    table["resources"] = 5


@pytest.mark.parametrize(
    "parts, words, read_still",
    [
        ({**good(), "archive/d.warc.gz": two_pages().raw + b"\0"}, "differs from its digest", 0),
        ({**good(), "pages/pages.jsonl": pages("https://post.example/other")}, "differs from its digest", 2),
        ({**good(), "archive/new.warc.gz": two_pages().raw}, "was put in later", 2),
        ({**good(), "datapackage.json": good()["datapackage.json"] + b" "}, "contradicts datapackage-digest.json", 0),
        ({k: v for k, v in good().items() if k != "datapackage.json"}, "it is no WACZ", 0),
        ({**good(), "datapackage.json": b"{"}, "not valid JSON", 0),
        ({**good(), "datapackage.json": b"[]"}, "no JSON object", 0),
        (manifest_changed(good(), _forget_warc), "was put in later", 0),
        (manifest_changed(good(), _twice), "is listed twice", 0),
        (manifest_changed(good(), _longer), "bytes, not", 0),
        (manifest_changed(good(), _ghost), "is listed but not there", 2),
        (manifest_changed(good(), _unhashed), "no digest that can be checked", 0),
        (manifest_changed(good(), _none), "lists no files", 0),
    ],
    ids="warc pages added manifest missing cut list forgotten twice longer ghost unhashed none".split(),
)
def test_archives_forged_waczs_are_named(tmp_path: Path, parts: dict[str, bytes], words: str, read_still: int) -> None:
    found, wrong = read(pack(tmp_path / "a.wacz", parts))
    assert any(words in str(e) for e in wrong), wrong
    assert len(found) == read_still


@pytest.mark.parametrize(
    "name, words",
    [
        ("../../etc/cron.d/x", "leads outside the archive"),
        ("archive/../../x", "leads outside the archive"),
        ("/etc/passwd", "absolute name"),
        ("C:/x", "absolute name"),
        ("archive\\x.warc", "a name that no web archive uses"),
        ("archive/inner.wacz", "archive within the archive"),
        ("archive/inner.zip", "archive within the archive"),
        ("ARCHIVE/d.warc.gz", "is there twice"),
        ("archive/a\nb", "a name that no web archive uses"),
    ],
)
def test_archives_names_that_lead_elsewhere_are_refused(tmp_path: Path, name: str, words: str) -> None:
    path = tmp_path / "a.wacz"
    pack(path, good())
    with zipfile.ZipFile(path, "a") as out:
        entry = zipfile.ZipInfo("x")
        entry.filename = name
        out.writestr(entry, b"x")
    found, [error] = read(path)
    assert not found
    assert words in str(error)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_archives_doubles_links_and_locks_are_refused(tmp_path: Path) -> None:
    def with_entry(change) -> str:
        path = pack(tmp_path / "a.wacz", good())
        with zipfile.ZipFile(path, "a") as out:
            change(out)
        found, [error] = read(path)
        assert not found
        return str(error)

    link = zipfile.ZipInfo("archive/link.warc")
    link.external_attr = 0o120777 << 16
    assert "is a link" in with_entry(lambda out: out.writestr(link, "/etc/passwd"))
    assert "is there twice" in with_entry(lambda out: out.writestr("archive/d.warc.gz", b"other"))
    packed = zipfile.ZipInfo("archive/l.warc")
    packed.compress_type = zipfile.ZIP_LZMA
    assert "packed in a way" in with_entry(lambda out: out.writestr(packed, b"x" * 100))


def test_archives_zip_bombs_are_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.wacz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out, out.open("archive/a.warc", "w") as file:
        for _ in range(12):
            file.write(bytes(10_000_000))
    found, [error] = read(path)
    assert not found
    assert "zip bomb" in str(error)


def test_archives_entries_that_share_bytes_are_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.wacz", good())
    raw = bytearray(path.read_bytes())
    directory = struct.unpack("<I", raw[-6:-2])[0]
    second = raw.index(b"PK\x01\x02", directory + 4)
    raw[second + 42 : second + 46] = raw[directory + 42 : directory + 46]  # both begin at the same place
    path.write_bytes(raw)
    found, [error] = read(path)
    assert not found
    assert error.code == "bomb"


def test_archives_of_archives_are_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "a.wacz", wacz_parts({}, profile="multi-wacz-package"))
    assert "list of other web archives" in str(read(path)[1][0])


def test_archives_in_a_folder_are_found(tmp_path: Path) -> None:
    written(tmp_path / "a.warc.gz", two_pages().raw)
    pack(tmp_path / "b.wacz", good())
    found = list(reports([tmp_path]))
    assert [r.id for r in found if isinstance(r, Report)] == ["a-1", "a-2", "b-1", "b-2"]


def test_archives_tell_what_they_leave_open(tmp_path: Path) -> None:
    warc = Warc()
    warc.response(ONE, article("Six die", "Six people died in a strike, the mayor said. " * 3, day="2032-01-01"))
    warc.response(TWO, re.sub(rb"<meta property[^>]*>", b"", KARSA), WARC_Truncated="length")
    parts = wacz_parts({"d.warc.gz": warc.raw}, pages(ONE, TWO))
    del parts["datapackage-digest.json"]
    (first, second), _ = read(pack(tmp_path / "a.wacz", parts))
    assert "its date 2032-01-01 is after it was saved (2031-05-21)" in first.gaps
    assert any("no datapackage-digest.json" in gap for gap in first.gaps)
    assert "it was saved on 2031-05-21, so it was published by then" in second.gaps
    assert "the archive says that the page was cut short (length)" in second.gaps
    assert second.anchor is None


def test_archives_records_agree_with_warcio(tmp_path: Path) -> None:
    raw = two_pages().raw
    theirs = [
        (r.rec_type, r.rec_headers.get_header("WARC-Target-URI") or "", len(r.raw_stream.read()))
        for r in ArchiveIterator(io.BytesIO(raw))
    ]
    ours = [(r.type, r.uri, r.size) for r in warcs.records(Unpacked(io.BytesIO(raw), "x"), "x")]
    assert ours == theirs


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.integers(0, 10**9),
    what=st.binary(min_size=1, max_size=8),
    cut=st.booleans(),
    kind=st.sampled_from(["warc", "gz", "wacz"]),
)
def test_archives_any_change_is_an_error_or_a_report(
    tmp_path: Path, at: int, what: bytes, cut: bool, kind: str
) -> None:
    name = {"warc": "a.warc", "gz": "a.warc.gz", "wacz": "a.wacz"}[kind]
    path = tmp_path / name
    if kind == "wacz":
        pack(path, good())
    else:
        path.write_bytes(two_pages(gz=kind == "gz").raw)
    raw = path.read_bytes()
    at %= len(raw)
    path.unlink()
    path.write_bytes(raw[:at] if cut else raw[:at] + what + raw[at + len(what) :])
    for found in reports([path]):
        assert isinstance(found, Report | InputError)


def test_archives_date_is_one_of_the_common_forms() -> None:
    assert warcs.instant(AT) == warcs.instant("2031-05-21T08:30:00.000000000Z")
    assert warcs.instant("20310521") is not None
    assert warcs.instant("yesterday") is None


def test_archives_a_notice_of_the_site_is_no_report(tmp_path: Path) -> None:
    warc = Warc()
    warc.response(ONE, article("Just a moment...", "Checking your browser before you can read The Karsa Post. " * 3))
    found, [error] = read(written(tmp_path / "a.warc.gz", warc.raw))
    assert not found
    assert error.code == "error-page"
    assert "'Just a moment...'" in str(error)


def test_archives_a_page_made_by_scripts_is_read_as_it_was_rendered(tmp_path: Path) -> None:
    warc = Warc()
    warc.response(ONE, b"<html><body><div id=app></div><script src=app.js></script></body></html>")
    warc.response(TWO, KARSA)
    warc.record("resource", f"urn:dom:{ONE}", TARQA, "text/html")
    warc.record("resource", f"urn:dom:{TWO}", TARQA, "text/html")  # not asked: the answer itself has the text
    (first, second), wrong = read(pack(tmp_path / "a.wacz", wacz_parts({"d.warc.gz": warc.raw}, pages(ONE, TWO))))
    assert not wrong
    assert (first.url, first.title) == (ONE, "Six die in Tarqa")
    assert "its text is made by scripts: read from the page as it was rendered" in first.gaps
    assert first.origin
    assert first.origin.sha256 == hashlib.sha256(TARQA).hexdigest()
    assert second.title == "Two killed in Karsa market"


def test_archives_a_page_saved_at_no_known_time_and_again_is_read(tmp_path: Path) -> None:
    warc = Warc()
    for _ in range(3):
        warc.response(ONE, TARQA, WARC_Date="some time ago")
    [report], wrong = read(written(tmp_path / "a.warc.gz", warc.raw))
    assert not wrong
    assert "saved 3 times with the same content" in report.gaps
    assert "the archive does not say when the page was saved" in report.gaps
