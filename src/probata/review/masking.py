"""What replaces words in what a person sees: protected ones for everybody, names of victims for roles that need none.

What is closed in a release (vocab/publishing.yml) is closed to such roles too: names of victims (full names also where
only another report's claims give them), what describes speakers who are not named, and claims of sexual violence and of
children. Offsets fit the text as it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from probata.audit.shield import Edited, Shield
from probata.audit.spellings import joined
from probata.model.report import Anchor, Report
from probata.model.span import Span
from probata.review import kept
from probata.store import known, models
from probata.store.bulk import chunks
from probata.store.opening import Casebook
from probata.store.publishing import CLOSED, Rules, closed_fields, closed_words
from probata.store.rows import report_of

Record = dict[str, Any]
_BLANK = Shield(())
_PLAIN, _CLAIM = 500, 1500  # about what a mask and a claim take beside the text, in characters


@dataclass(frozen=True, slots=True)
class Mask:
    """What is done to one report and its claims: protected words first, then what is closed."""

    protected: Edited
    closed: Shield
    edited: Edited

    @property
    def text(self) -> str:
        """The text as it is shown."""
        return self.edited.text

    def record(self, record: Record, shield: Shield) -> Record:
        """A claim of the report, its spans in the text as it is shown."""
        fields = closed_fields(record, Rules.known()) if self.edited is not self.protected else ()
        shown: Record = shield.shown(self.protected.record(record))
        if self.edited is self.protected:
            return shown
        for name in fields:
            if name != "evidence" and shown.get(name):
                shown[name] = [] if isinstance(shown[name], list) else None
        found: Record = self.closed.shown(self.edited.record(shown))
        return found

    def span(self, span: Span | None) -> Span | None:
        """A span of the report's own text, in the text as it is shown."""
        if span is None:
            return None
        start, end = self.edited.span(*self.protected.span(span.start, span.end))
        return Span(start, end, self.text[start:end])


class Masking:
    """Masks of reports as they are asked for; those of a list are made together, with few queries."""

    def __init__(self, book: Casebook, shield: Shield, names: bool) -> None:
        self._book, self._shield, self._names = book, shield, names
        self._masks: dict[str, Mask | None] = {}
        self._holders: frozenset[str] | None = None
        self._words: dict[frozenset[str], Shield] = {}
        self._read: dict[str, list[Record]] = {}
        self._known: known.Names | None = None
        self._wanted: dict[str, None] = {}  # reports whose claims are read together, when those of one are asked for
        self._at: kept.State | None = None

    def ready(self, reports: Iterable[str]) -> None:
        """Make the masks of these reports; None for those of which nothing is masked."""
        asked = [name for name in dict.fromkeys(reports) if name not in self._masks]
        if self._names:
            asked = [name for name in asked if name in self._held()]
        else:
            found = {name: kept.masks.get(self._state(), name) for name in asked}
            self._masks |= {name: mask for name, mask in found.items() if mask is not None}
            asked = [name for name in asked if found[name] is None]
        texts = self._texts(asked)
        records: dict[str, list[Record]] = {name: [] for name in asked} if self._names else self._records(asked)
        for name in asked:
            mask = self._masks[name] = self._made(texts[name], records[name]) if name in texts else None
            if mask is not None and not self._names:
                kept.masks.put(self._state(), name, mask, _PLAIN + len(mask.text) + _CLAIM * len(records[name]))

    def ready_words(self, reports: Iterable[str]) -> None:
        """Read at once what `words` of these reports needs, when it is asked for of one of them."""
        if not self._names:
            self._wanted |= dict.fromkeys(reports)

    def claim(self, record: Record) -> Record:
        """A claim record as it is shown."""
        self.ready([record["report"]])
        mask = self._masks.get(record["report"])
        if mask is None:
            return self._shield.shown(record)
        return mask.record(record, self._shield)

    def text(self, row: models.Report) -> str:
        """A report's text as it is shown."""
        self.ready([row.name])
        mask = self._masks.get(row.name)
        return mask.text if mask else self._shield.text(row.text)

    def report(self, row: models.Report) -> Report:
        """A report as it is shown."""
        made = report_of(row)
        self.ready([row.name])
        mask = self._masks.get(row.name)
        if mask is None:
            return self._shield.shown(made)
        anchors = tuple(Anchor(a.day, a.basis, mask.span(a.span)) for a in made.anchors)
        told: Report = mask.closed.shown(self._shield.shown(replace(made, text="", anchors=())))
        return replace(told, text=mask.text, anchors=anchors)

    def words(self, reports: Iterable[str]) -> Shield:
        """What is closed in anything that was made from these reports."""
        if self._names:
            return _BLANK
        asked = frozenset(reports)
        if asked not in self._words:
            found = kept.words.get(self._state(), asked)
            self._words[asked] = self._hidden(asked) if found is None else found
        return self._words[asked]

    def _hidden(self, reports: frozenset[str]) -> Shield:
        if self._wanted:
            self._records(self._wanted)
        said = [record for found in self._records(reports).values() for record in found]
        made = self._hiding(said)
        kept.words.put(self._state(), reports, made, _PLAIN + _CLAIM * len(said))
        return made

    def _state(self) -> kept.State:
        if self._at is None:
            self._at = kept.state_of(self._book)
        return self._at

    def _hiding(self, records: Sequence[Record]) -> Shield:
        """What is closed by these claims, and the full names of victims that claims of any report give."""
        if self._known is None:
            self._known = known.names(self._book)
        return known.Hiding(dict.fromkeys(closed_words(records, Rules.known())), CLOSED, self._known, records)

    def _held(self) -> frozenset[str]:
        """The reports whose text has protected words."""
        if self._holders is None:
            rows = models.Holder.objects.using(self._book.alias) if self._shield else models.Holder.objects.none()
            self._holders = frozenset(rows.values_list("report__name", flat=True))
        return self._holders

    def _texts(self, names: Sequence[str]) -> dict[str, str]:
        rows = models.Report.objects.using(self._book.alias)
        return {n: t for some in chunks(names) for n, t in rows.filter(name__in=some).values_list("name", "text")}

    def _records(self, names: Iterable[str]) -> dict[str, list[Record]]:
        """All that software and people read in these reports, whether it stands or not."""
        asked = list(dict.fromkeys(names))
        out: dict[str, list[Record]] = {name: [] for name in asked if name not in self._read}
        for some in chunks(sorted(out)):
            claims = models.Claim.objects.using(self._book.alias).filter(report__name__in=some)
            read = models.Reading.objects.using(self._book.alias).filter(claim__report__name__in=some)
            for name, record in claims.order_by("id").values_list("report__name", "record"):
                out[name].append(record)
            for name, record in read.order_by("id").values_list("claim__report__name", "record"):
                out[name].append(record)
        self._read |= out
        return {name: self._read[name] for name in asked}

    def _made(self, text: str, records: Sequence[Record]) -> Mask:
        protected = Edited(text, self._shield.edits(text) if self._shield else (), self._shield.mark)
        if self._names:
            return Mask(protected, _BLANK, protected)
        rules = Rules.known()
        closed = self._hiding(records)
        kept = [r["evidence"] for r in records if "evidence" in closed_fields(r, rules)]
        stretches = [protected.span(e["start"], e["end"]) for e in kept if _stands(e, text)]
        stretches += closed.edits(protected.text)
        edited = Edited(protected.text, joined(stretches), CLOSED) if stretches else protected
        return Mask(protected, closed, edited)


def _stands(span: Mapping[str, Any], text: str) -> bool:
    start, end = span["start"], span["end"]
    return isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)
