"""Who may see a report or an incident, on its own page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template

from probata.review.models import Restriction, Team
from probata.review.roles import Need

register = template.Library()


@register.inclusion_tag("review/people/restrict.html", takes_context=True)
def restrict(context: Mapping[str, Any], kind: str, name: str) -> dict[str, Any]:
    """The form by which those who may assign keep a report or incident to teams; nothing for others."""
    sight = context["sight"]
    made = {"may": context["may"], "csrf_token": context["csrf_token"], "kind": kind, "name": name, "all_teams": []}
    if sight.person.may(Need.ASSIGN):
        made["all_teams"] = list(Team.objects.order_by("name").values_list("name", flat=True))
        rows = Restriction.objects.filter(kind=kind, name=name)
        made["kept_to"] = list(rows.values_list("team__name", flat=True))
    return made
