"""Victim groups from the words of the victims. Names are invented."""

from __future__ import annotations

import pytest

from probata.resolve.groups import groups_of

ROWS = [
    (["people"], ()),
    (["residents of Orvel"], ()),
    (["family"], ()),
    (["victims"], ()),
    (["others"], ()),
    (["nine children and four women"], ("child", "woman")),
    (["children", "women"], ("child", "woman")),
    (["a boy"], ("child",)),
    (["12-year-old boy"], ("child",)),
    (["5 year old girl"], ("child",)),
    (["schoolchildren"], ("child",)),
    (["civilians"], ("civilian",)),
    (["dozens of civilians"], ("civilian",)),
    (["a total of 43 civilians"], ("civilian",)),
    (["at least 45 civilians"], ("civilian",)),
    (["some of the staff"], ()),
    (["one of his relatives"], ()),
    (["male civilians"], ("man", "civilian")),
    (["civilian casualties"], ("civilian",)),
    (["civilian areas"], ()),
    (["civilian homes"], ()),
    (["elderly woman"], ("elderly", "woman")),
    (["rebel fighters"], ("combatant",)),
    (["soldiers loyal to the president of Norland"], ("combatant",)),
    (["armed men"], ("combatant",)),
    (["rebel-held districts"], ()),
    (["rebel positions"], ()),
    (["militants' families"], ()),
    (["members of the River Front"], ("combatant",)),
    (["members of one family"], ()),
    (["member of the town council"], ()),
    (["police officers"], ()),
    (["policemen"], ()),
    (["medical staff"], ("medical",)),
    (["doctors", "nurses"], ("medical",)),
    (["staff"], ()),
    (["hospital"], ()),
    (["aid workers"], ("aid_worker",)),
    (["rescue workers"], ("rescuer",)),
    (["a cameraman"], ("journalist",)),
    (["hostages"], ("detainee",)),
    (["refugees"], ("displaced",)),
    (["forcibly displaced people"], ("displaced",)),
    (["people displaced from Orvel"], ("displaced",)),
    (["sons of the farmer"], ()),  # a son can be fifty
    ([], ()),
    (["", "  ", "…"], ()),
    (["مدنيين"], ()),
]


@pytest.mark.parametrize(("phrases", "groups"), ROWS, ids=[" + ".join(r[0])[:40] or "empty" for r in ROWS])
def test_groups_of_the_words(phrases: list[str], groups: tuple[str, ...]) -> None:
    assert set(groups_of(phrases, "killing")) == set(groups)


def test_an_armed_force_is_a_victim_only_where_people_are_harmed() -> None:
    assert groups_of(["government forces"], "killing") == ("combatant",)
    assert groups_of(["government forces"], "territory") == ()


def test_no_group_is_given_twice() -> None:
    assert groups_of(["children", "a child", "three boys"]) == ("child",)
