"""Searching a casebook: the same reports in the same order on both databases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.db import connections

from probata.audit.shield import Shield
from probata.model.found import Found, Hit
from probata.store import models, shielding
from probata.store.opening import Casebook
from probata.store.shadow import Called, of_claims, standing
from probata.store.snippets import snippet
from probata.vocab import query
from probata.vocab.query import Term

_Part = tuple[Hit, Mapping[str, set[int]]]  # a report found, and which terms stand in which of its fields
# the words of a part, as PostgreSQL's index of migration 0003 has them
_WORDS = "array_to_tsvector(string_to_array(s.text, ' ') || string_to_array(s.also, ' '))"


def search(book: Casebook, words: str, limit: int = 20, skip: int = 0) -> Found:
    """The reports that have all words and "phrases" of a query, the latest first, undated ones last.

    `word*` is the beginning of a word. Raises InputError when there is nothing to search for.
    """
    wanted = query.terms(words)
    total, ids = numbers(book, wanted, limit, skip)
    reports = models.Report.objects.using(book.alias).in_bulk(ids)
    return Found(total, tuple(hits(book, [reports[id_] for id_ in ids], wanted)))


def numbers(book: Casebook, wanted: Sequence[Term], limit: int, skip: int = 0) -> tuple[int, list[int]]:
    """How many reports have all the terms, and the row numbers of some of them, the latest first."""
    inside, given = _candidates(wanted, book.is_sqlite)
    with connections[book.alias].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({inside}) found", given)
        total = int(cursor.fetchone()[0])
        order = "r.published IS NULL, r.published DESC, r.id DESC"
        rows = f"SELECT r.id FROM store_report r WHERE r.id IN ({inside}) ORDER BY {order} LIMIT %s OFFSET %s"
        cursor.execute(rows, [*given, limit, skip])
        return total, [int(row[0]) for row in cursor.fetchall()]


def hits(book: Casebook, reports: Sequence[models.Report], wanted: Sequence[Term]) -> list[Hit]:
    """Reports as they are shown, without protected words: offsets count in the text as it is shown."""
    shield = shielding.of(book)
    found = [_hit(report, wanted, shield) for report in reports]
    left = {r.pk: n for n, r in enumerate(reports) if _found(found[n]) < len(wanted)}
    named: dict[int, list[Called]] = {pk: [] for pk in left}  # what is left stands in names that claims give
    rows = list(of_claims(book, report__in=list(left))) if left else []
    for row, names in zip(rows, standing(rows), strict=True):
        named[row.report_id].append(names)
    for pk, n in left.items():
        found[n] = _named(found[n], named[pk], wanted, shield)
    return [hit for hit, _ in found]


def _hit(report: models.Report, wanted: Sequence[Term], shield: Shield) -> _Part:
    """A report by its own words, and which terms stand where in it."""
    title, outlet = shield.shown((report.title, report.outlet))
    shown = snippet(shield.text(report.text), wanted)
    where = {
        "text": {mark.term for mark in shown.marks} if shown else set(),
        "title": _terms(title, wanted),
        "outlet": _terms(outlet, wanted),
    }
    fields = tuple(name for name, found in where.items() if found)
    return Hit(shield.text(report.name), title, outlet, report.published, fields, shown), where


def _named(part: _Part, called: Sequence[Called], wanted: Sequence[Term], shield: Shield) -> _Part:
    """The same with the fields of claims that have terms."""
    hit, where = part
    for n, field in enumerate(("speaker", "place")):
        where = {**where, field: _terms("\n".join({shield.text(names[n] or "") for names in called}), wanted)}
    return replace(hit, fields=tuple(name for name, found in where.items() if found)), where


def _found(part: _Part) -> int:
    """How many of the terms stand in it."""
    return len(set().union(*part[1].values()))


def _terms(text: str | None, wanted: Sequence[Term]) -> set[int]:
    return {mark.term for mark in query.marks(text or "", wanted)}


def _candidates(wanted: Sequence[Term], sqlite: bool) -> tuple[str, list[str]]:
    """The statement that gives the reports with all terms, and its values.

    The terms stand in one part of a report, as nearly always, or, where a report has several, in any of them.
    """
    inside, values = _parts(wanted, sqlite)
    if len(wanted) > 1:
        each = [_parts([term], sqlite) for term in wanted]
        everywhere = " AND ".join(f"m.report_id IN ({one})" for one, _ in each)
        inside += f" UNION SELECT m.report_id FROM store_shadow m WHERE m.part = 1 AND {everywhere}"
        values += [value for _, given in each for value in given]
    return inside, values


def _parts(wanted: Sequence[Term], sqlite: bool) -> tuple[str, list[str]]:
    """The statement for terms within one part: the index gives those with all tokens, the text those with the runs."""
    said = (" AND " if sqlite else " & ").join(_expression(term, sqlite) for term in wanted)
    if sqlite:
        found = "store_words w JOIN store_shadow s ON s.id = w.rowid WHERE w.store_words MATCH %s"
    else:
        found = f"store_shadow s WHERE {_WORDS} @@ %s::tsquery"
    runs = [_runs(term, "instr" if sqlite else "strpos") for term in wanted]
    conditions = "".join(f" AND ({' OR '.join(tests)})" for tests, _ in runs if tests)
    return f"SELECT s.report_id FROM {found}{conditions}", [said, *(needle for _, given in runs for needle in given)]


def _expression(term: Term, sqlite: bool) -> str:
    """A term in the language of the index; tokens hold only letters, digits and marks, so that none needs care."""
    both, either = (" AND ", " OR ") if sqlite else (" & ", " | ")
    quote, begins = ('"', "*") if sqlite else ("'", ":*")

    def run(tokens: Sequence[str]) -> str:
        said = [f"{quote}{token}{quote}" for token in tokens]
        return "(" + both.join([*said[:-1], said[-1] + (begins if term.prefix else "")]) + ")"

    return "(" + either.join(run(tokens) for tokens in term.runs) + ")"


def _runs(term: Term, within: str) -> tuple[list[str], list[str]]:
    """The tests of a part's text for runs of several tokens, or for words that must stand exactly so; often none."""
    if not term.exact and all(len(run) == 1 for run in term.runs):
        return [], []
    tests, needles = [], []
    for run in term.runs:
        columns = ["text"] if term.exact or len(run) > 1 else ["text", "also"]
        tests += [f"{within}(' ' || s.{column} || ' ', %s) > 0" for column in columns]
        needles += [" " + " ".join(run) + ("" if term.prefix else " ")] * len(columns)
    return tests, needles
