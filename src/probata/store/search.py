"""Searching a casebook: the same reports in the same order on both databases."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connections

from probata.audit.shield import Shield
from probata.model.found import Found, Hit
from probata.store import models, shielding
from probata.store.opening import Casebook
from probata.store.snippets import snippet
from probata.vocab import query
from probata.vocab.query import Term

# the words of a part, as PostgreSQL's index of migration 0003 has them
_WORDS = "array_to_tsvector(string_to_array(s.text, ' ') || string_to_array(s.also, ' '))"


def search(book: Casebook, words: str, limit: int = 20, skip: int = 0) -> Found:
    """The reports that have all words and "phrases" of a query, the latest first, undated ones last.

    `word*` is the beginning of a word. Raises InputError when there is nothing to search for.
    """
    wanted = query.terms(words)
    inside, given = _candidates(wanted, book.is_sqlite)
    with connections[book.alias].cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ({inside}) found", given)
        total = int(cursor.fetchone()[0])
        order = "r.published IS NULL, r.published DESC, r.id DESC"
        rows = f"SELECT r.id FROM store_report r WHERE r.id IN ({inside}) ORDER BY {order} LIMIT %s OFFSET %s"
        cursor.execute(rows, [*given, limit, skip])
        ids = [int(row[0]) for row in cursor.fetchall()]
    reports = models.Report.objects.using(book.alias).in_bulk(ids)
    shield = shielding.of(book)
    return Found(total, tuple(_hit(book, reports[id_], wanted, shield) for id_ in ids))


def _hit(book: Casebook, report: models.Report, wanted: Sequence[Term], shield: Shield) -> Hit:
    """A report as it is shown, without protected words: offsets count in its text as it is shown."""
    title, outlet = shield.shown((report.title, report.outlet))
    shown = snippet(shield.text(report.text), wanted)
    where = {
        "text": {mark.term for mark in shown.marks} if shown else set(),
        "title": _terms(title, wanted),
        "outlet": _terms(outlet, wanted),
    }
    if len(set().union(*where.values())) < len(wanted):  # the others stand in names that claims give
        names = models.Claim.objects.using(book.alias).filter(report=report).values_list("speaker", "place")
        for n, field in enumerate(("speaker", "place")):
            where[field] = _terms("\n".join({shield.text(row[n] or "") for row in names}), wanted)
    fields = tuple(name for name, found in where.items() if found)
    return Hit(shield.text(report.name), title, outlet, report.published, fields, shown)


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
