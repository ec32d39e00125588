"""What a person may see of the casebook. Every page and every operation of the API looks through one of these."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Exists, OuterRef, QuerySet

from probata.audit.shield import Shield
from probata.review.models import Person, Restriction
from probata.review.roles import Need
from probata.store import models, shielding
from probata.store.opening import Casebook


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
        """The incidents that the person may see: none that rests on a report kept from them."""
        found = models.Incident.objects.using(self.book.alias).exclude(name__in=self._kept_from("incident"))
        hidden = self._kept_from("report")
        if not hidden:
            return found
        rests = models.Scene.objects.using(self.book.alias).filter(incident=OuterRef("pk"), report__name__in=hidden)
        return found.exclude(Exists(rests))

    def _kept_from(self, kind: str) -> list[str]:
        """The names of what teams keep to themselves, none of them the person's."""
        return self._hidden[kind]

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
