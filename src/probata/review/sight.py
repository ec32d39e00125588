"""What a person may see of the casebook. Every page and every operation of the API looks through one of these."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from probata.audit.shield import Shield
from probata.model.found import Found
from probata.model.report import Report
from probata.review import ended
from probata.review.masking import Masking
from probata.review.models import Person, Restriction
from probata.review.roles import Need
from probata.store import models, shielding
from probata.store.bulk import chunks
from probata.store.opening import Casebook

Record = dict[str, Any]


@dataclass(frozen=True)
class Sight:
    """A casebook as one person may see it. Not for anybody who has not signed in."""

    book: Casebook
    person: Person

    @cached_property
    def shield(self) -> Shield:
        """What replaces protected words in all that is shown."""
        return shielding.of(self.book)

    @cached_property
    def names(self) -> bool:
        """Whether names of victims and of speakers who are not public are shown."""
        return self.person.may(Need.NAMES)

    @property
    def who(self) -> str:
        """The name under which what the person does is kept."""
        return self.person.alias

    def reports(self) -> QuerySet[models.Report]:
        """The reports that the person may see."""
        return models.Report.objects.using(self.book.alias).exclude(name__in=self._kept_from("report"))

    def claims(self) -> QuerySet[models.Claim]:
        """The claims of those reports."""
        return models.Claim.objects.using(self.book.alias).exclude(report__name__in=self._kept_from("report"))

    def incidents(self) -> QuerySet[models.Incident]:
        """The incidents that the person may see: none that rests on a report kept from them, or did until it ended."""
        found = models.Incident.objects.using(self.book.alias).exclude(name__in=self._kept_from("incident"))
        hidden = self._kept_from("report")
        if not hidden:
            return found
        scenes = models.Scene.objects.using(self.book.alias).exclude(incident=None)
        rests = scenes.filter(report__name__in=hidden).order_by().values("incident")  # one set, not asked row by row
        return found.exclude(id__in=rests).exclude(id__in=self._ended)

    def open(self, record: Mapping[str, Any]) -> bool:
        """Whether a version of an incident (its record) rests on no report that is kept from the person."""
        hidden = self._kept_from("report")
        return not hidden or not any(name in hidden for family in record["families"] for name in family)

    def told(self, said: Any) -> bool:
        """Whether words about an incident's change name no report that is kept from the person."""
        hidden = self._kept_from("report")
        return not hidden or not any(name in json.dumps(said, ensure_ascii=False) for name in hidden)

    def shown(self, record: Any, reports: Sequence[str] = ()) -> Any:
        """A record, text or list as the person may see it.

        Of a claim record the spans are those of `text(report)`; of an incident's record the names that its claims hide
        are hidden. `reports` says which reports anything else was made from, whose names are to be hidden in it.
        """
        return self.all_shown([record], reports)[0]

    def all_shown(
        self, records: Iterable[Any], reports: Sequence[str] = (), slim: Callable[[Any], Any] | None = None
    ) -> list[Any]:
        """As `shown`, for a whole list with few queries.

        `slim` takes out of an incident's record what is to be shown: no more is masked then, with the same words.
        """
        told = list(records)
        self.masking.ready(r["report"] for r in told if _is_claim(r))
        held: dict[int, list[str]] = {}
        if not self.names:
            held = self._reports_of([r for r in told if _is_incident(r)])
            self.masking.ready_words(name for names in held.values() for name in names)
        made = [slim(record) if slim and _is_incident(record) else record for record in told]
        return [
            self._one(shown, [*reports, *held.get(id(record), ())]) for record, shown in zip(told, made, strict=True)
        ]

    def text(self, report: models.Report) -> str:
        """The text of a report as the person may see it."""
        return self.masking.text(report)

    def report(self, row: models.Report) -> Report:
        """A report as the person may see it."""
        return self.masking.report(row)

    def search(self, words: str, limit: int = 20, skip: int = 0) -> Found:
        """The reports in which the person may see all words of a query; use this and never `store.search` itself."""
        from probata.review.finding import search

        return search(self, words, limit, skip)

    @property
    def restricted(self) -> bool:
        """Whether anything is kept from the person by teams."""
        return bool(self._hidden["report"] or self._hidden["incident"])

    @cached_property
    def masking(self) -> Masking:
        """The masks of what this person sees; made for one request."""
        return Masking(self.book, self.shield, self.names)

    def _one(self, record: Any, reports: Sequence[str]) -> Any:
        if _is_claim(record):
            return self.masking.claim(record)
        shown = self.shield.shown(record)
        return self.masking.words(reports).shown(shown) if not self.names else shown

    def _reports_of(self, incidents: Sequence[Mapping[str, Any]]) -> dict[int, list[str]]:
        """The reports that each of these incidents rests on, by the identity of its record."""
        names = {claim for record in incidents for claim in record["claims"]}
        rows = models.Claim.objects.using(self.book.alias)
        of: dict[str, str] = {}
        for some in chunks(sorted(names)):
            of |= dict(rows.filter(name__in=some).values_list("name", "report__name"))
        return {id(r): sorted({of[c] for c in r["claims"] if c in of}) for r in incidents}

    def _kept_from(self, kind: str) -> list[str]:
        """The names of what teams keep to themselves, none of them the person's."""
        return self._hidden[kind]

    @cached_property
    def _ended(self) -> list[int]:
        """The incidents that ended and rested on a report kept from the person."""
        return ended.resting_on(self.book, self._kept_from("report"))

    @cached_property
    def _hidden(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {"report": [], "incident": []}
        if self.person.may(Need.ADMINISTER):
            return out
        own = set(self.person.teams.values_list("id", flat=True))
        teams: dict[tuple[str, str], set[int]] = {}
        for kind, name, team in Restriction.objects.values_list("kind", "name", "team"):
            teams.setdefault((kind, name), set()).add(team)
        for (kind, name), kept in teams.items():
            if not kept & own:
                out[kind].append(name)
        return out


def _is_claim(record: Any) -> bool:
    return isinstance(record, Mapping) and isinstance(record.get("report"), str) and "evidence" in record


def _is_incident(record: Any) -> bool:
    return isinstance(record, Mapping) and isinstance(record.get("claims"), list) and "originators" in record
