"""Whatever is altered is found and named; what is not never alarms; the databases refuse to alter it at all."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction
from django.db.models import Model

from probata.audit.chain import Step
from probata.audit.merkle import TreeHead
from probata.cli.main import main
from probata.model.incident import Decision
from probata.store import findings, grouping, log, models, originals, readings, triggers
from probata.store.opening import Casebook
from probata.store.verifying import verify
from store.conftest import Read, put
from store.handmade import BRENTA, killing, report

CHANGES = 250  # on each database
TABLES: tuple[type[Model], ...] = (
    models.Report, models.Claim, models.Version, models.Decision, models.Entry, models.Incident, models.Scene,
    models.Member, models.Block, models.Tally, models.Shadow, models.Family, models.Reading, models.Standing,
    models.Proposal, models.Answer,
)  # fmt: skip


@pytest.fixture
def kept(book: Casebook) -> Casebook:
    """A small casebook with something of everything."""
    one, two = killing("post", 190, "a doctor"), killing("radio", 4, "a baker", **BRENTA)
    report(book, "post", one, killing("post", 12, "a nurse", date="2031-03-09"), by="aliyah")
    report(book, "radio", two, by="omar")
    said = "the Relief Office told the Herald that 82 died when shells fell on the market and on the school beside it"
    for name in ("herald", "gazette"):
        report(book, name, killing(name, 82, "the Relief Office", evidence=said))
    assert models.Family.objects.using(book.alias).count() == 2
    grouping.decide(book, Decision(one.id, two.id, True, "aliyah", "the mayor corrected the day"))
    readings.correct(book, two.id, {"stance": "denied"}, "omar", "the baker says that it was not so", 0)
    readings.add(book, "radio", {"evidence": {"start": 0, "end": 9}, "type": "appeal"}, "omar", "missed")
    readings.reject(book, one.id, "aliyah", "of another war", 0)
    grouping.update(book)
    row = models.Incident.objects.using(book.alias).filter(ended=None).order_by("id")[0]
    found = findings.propose(book, row.name, "occurred", "reasonable suspicion", None, "omar", "seen", row.number)
    findings.agree(book, found.number, "aliyah")
    findings.propose(book, row.name, "perpetrator", "reasonable suspicion", "the army", "omar", "seen", row.number)
    assert verify(book).wrong is None
    return book


def test_an_untouched_casebook_never_alarms(book: Casebook, root: Any, read: Read) -> None:
    assert verify(book).wrong is None
    put(book, [root / "demo" / "reports"], read)
    assert verify(book).wrong is None  # added, not grouped yet
    grouping.update(book)
    done = verify(book)
    assert (done.wrong, done.remarks) == (None, [])
    assert done.originals == len({r.original for r in models.Report.objects.using(book.alias)})
    grouping.anew(book)
    assert verify(book).wrong is None
    assert verify(book, quick=True).wrong is None


@pytest.mark.parametrize("model", [*models.KEPT], ids=lambda m: m.__name__)
def test_the_database_refuses_to_alter_what_is_evidence(kept: Casebook, model: type[Model]) -> None:
    rows = model._default_manager.using(kept.alias)
    name = model._meta.concrete_fields[1].attname
    before = list(rows.values_list())
    value = rows.values_list(name, flat=True)[0]
    for refused in (lambda: rows.update(**{name: value}), lambda: rows.all()._raw_delete(kept.alias)):
        with pytest.raises(DatabaseError, match="kept as they are"), transaction.atomic(using=kept.alias):
            refused()
    if kept.is_sqlite:
        columns = ", ".join(f'"{f.column}"' for f in model._meta.concrete_fields)
        statement = f"REPLACE INTO {model._meta.db_table} ({columns}) SELECT {columns} FROM {model._meta.db_table}"
        with pytest.raises(DatabaseError, match="kept as they are"), connections[kept.alias].cursor() as cursor:
            cursor.execute(statement)
    else:
        with pytest.raises(DatabaseError, match="kept as they are"), connections[kept.alias].cursor() as cursor:
            cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")
    assert list(rows.values_list()) == before


def changed(value: Any, chance: random.Random) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + chance.choice((1, 2, 1000))
    if value is None:
        return "changed"
    text = str(value)
    if not text:
        return "x"
    at = chance.randrange(len(text))
    return text[:at] + chance.choice("abz09").replace(text[at], "!") + text[at + 1 :]


def tamper(book: Casebook, chance: random.Random) -> str:
    """One change behind the back of the triggers; what it was, in words."""
    model = chance.choice(TABLES)
    rows = model._default_manager.using(book.alias)
    row = chance.choice(list(rows.order_by("pk")))
    table, key = model._meta.db_table, model._meta.pk
    assert key
    kind = chance.choice(("change", "change", "change", "delete", "insert"))
    with connections[book.alias].cursor() as cursor:
        if kind == "delete":
            fields = [r for r in model._meta.related_objects if r.get_accessor_name()]
            if any(r.related_model._default_manager.using(book.alias).filter(**{r.field.name: row}) for r in fields):
                return ""  # another row needs it: the database itself refuses
            cursor.execute(f"DELETE FROM {table} WHERE {key.column} = %s", [row.pk])
            return f"{kind} {table} {row.pk}"
        plain = [f for f in model._meta.concrete_fields if not f.primary_key]
        if kind == "insert":
            return insert(cursor, model, row, chance)
        field = chance.choice(plain)
        cursor.execute(f"SELECT {field.column} FROM {table} WHERE {key.column} = %s", [row.pk])
        (value,) = cursor.fetchone()
        if field.is_relation:
            assert field.related_model
            others = field.related_model._default_manager.using(book.alias).exclude(pk=value)
            new: Any = chance.choice(list(others.values_list("pk", flat=True)))
        elif field.get_internal_type() in ("DateField", "DateTimeField"):
            new = "2031-01-01" if field.get_internal_type() == "DateField" else "2031-01-01 00:00:00+00"
        elif value is None and "Integer" in field.get_internal_type():
            new = 7
        elif field.get_internal_type() == "BooleanField":
            new = not value
        else:
            new = changed(value, chance)
        cursor.execute(f"UPDATE {table} SET {field.column} = %s WHERE {key.column} = %s", [new, row.pk])
        return f"{kind} {table} {row.pk} {field.column} {value!r} -> {new!r}"


def insert(cursor: Any, model: type[Model], row: Model, chance: random.Random) -> str:
    """A row that nobody logged, made from another."""
    fields = [f for f in model._meta.concrete_fields if f.attname != "id"]
    values = []
    for f in fields:
        value = f.get_db_prep_save(getattr(row, f.attname), connections[row._state.db or ""])
        if f.unique or f.name in ("number", "what"):
            value = value + 100 if isinstance(value, int) else f"{value[:-1]}{chance.choice('xyz')}"
            if f.is_relation:
                return ""  # a claim is in one scene: the database itself refuses a second
        values.append(value)
    columns, marks = ", ".join(str(f.column) for f in fields), ", ".join(["%s"] * len(fields))
    cursor.execute(f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({marks})", values)
    return f"insert {model._meta.db_table} like {row.pk}"


def test_every_change_of_a_row_is_found_and_named(kept: Casebook) -> None:
    """Each change is made within a transaction that is taken back afterwards."""
    chance = random.Random(4)
    with connections[kept.alias].schema_editor() as schema:
        triggers.drop(schema, (*triggers.TABLES, *triggers.JUDGED))
    done = 0
    while done < CHANGES:
        with transaction.atomic(using=kept.alias):
            try:
                with transaction.atomic(using=kept.alias):
                    told = tamper(kept, chance)
            except DatabaseError:  # refused for a reason of its own, such as a name that is taken
                told = ""
            if told:
                found = verify(kept)
                assert found.wrong, told
                done += 1
            transaction.set_rollback(True, using=kept.alias)
    assert verify(kept).wrong is None


def test_every_change_of_an_original_is_found_and_named(kept: Casebook) -> None:
    chance = random.Random(5)
    paths = sorted(p for p in kept.originals.rglob("*") if p.is_file())
    assert len(paths) == 4
    for _ in range(60):
        path = chance.choice(paths)
        raw = path.read_bytes()
        at = chance.randrange(len(raw))
        path.chmod(0o600)
        path.write_bytes(raw[:at] + bytes([raw[at] ^ 1 << chance.randrange(8)]) + raw[at + 1 :])
        assert verify(kept).wrong == f"original {path.name}: its bytes were changed"
        path.write_bytes(raw)
    paths[0].unlink()
    assert verify(kept).wrong == f"original {paths[0].name}: is missing"


def test_an_original_that_was_put_in_is_named(kept: Casebook) -> None:
    forged = kept.originals / "ab" / ("ab" * 32)
    forged.parent.mkdir(exist_ok=True)
    forged.write_bytes(b"forged")
    assert verify(kept).wrong == f"original {forged.name}: is no original of this casebook"


def test_an_original_of_a_run_that_was_killed_is_a_remark(kept: Casebook) -> None:
    import hashlib

    raw = b"The words of a report that was never read."
    originals.keep(kept.originals, hashlib.sha256(raw).hexdigest(), raw)
    found = verify(kept)
    assert found.wrong is None
    assert "did not end" in found.remarks[0]


def test_a_log_that_was_written_anew_or_cut_off_is_found_by_a_head_kept_elsewhere(kept: Casebook) -> None:
    before = verify(kept)
    head = TreeHead("2031-05-20T10:00:00Z", before.entries, before.root)
    report(kept, "later", killing("later", 3, "a guard", **BRENTA))
    assert verify(kept, [head]).wrong is None
    assert "written anew" in str(verify(kept, [TreeHead(head.at, head.size - 1, head.root)]).wrong)
    assert "is missing" in str(verify(kept, [TreeHead(head.at, head.size + 1000, head.root)]).wrong)


def test_the_log_holds_no_words_of_reports(kept: Casebook) -> None:
    lines = b"".join(e.line for e in log.entries(kept))
    for words in (b"doctor", b"baker", b"Tarqa", b"Brenta", b"post", b"radio", b"mayor", b"shelling"):
        assert words not in lines
    assert {json.loads(e.line)["who"] for e in log.entries(kept)} == {"probata", "aliyah", "omar"}


def test_probata_verify_names_what_is_wrong(kept: Casebook, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify"]) == 0
    said = capsys.readouterr().out
    head = said.strip().splitlines()[-1].removeprefix("head: ")
    assert main(["verify", "--quick", "--head", head]) == 0
    size, root = head.split(":")
    assert main(["verify", "--head", f"{size}:{root[::-1]}"]) == 1
    assert "written anew" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["verify", "--head", "nonsense"])


def test_an_entry_that_does_not_say_what_its_kind_says_is_named(book: Casebook) -> None:
    with transaction.atomic(using=book.alias):
        log.write(book, [log.act(Step.INGEST, "original", "0" * 64)])
    number = models.Entry.objects.using(book.alias).count()
    assert verify(book).wrong == f"entry {number}: does not say what entries of its kind say"
