"""Carried ids: unions keep the oldest, splits the largest part, and no id is used twice."""

from __future__ import annotations

import random
from collections import defaultdict

import pytest

from probata.link.carry import carry, new_id
from probata.model.incident import Beside, Incident, Member, Relation


def incident(*claims: str) -> Incident:
    members = tuple(Member(c, Relation.EVENT, "") for c in claims)
    return Incident(new_id(min(claims)), "killing", members, None, None, None, ())


NEW = "new"


@pytest.mark.parametrize(
    "old, groups, kept, ended, split",
    [
        pytest.param({}, ["ab"], [NEW], {}, {}, id="first"),
        pytest.param({"x": "ab"}, ["abc"], ["x"], {}, {}, id="grown"),
        pytest.param({"x": "c", "y": "ab"}, ["abc"], ["x"], {"y": ["x"]}, {}, id="a union keeps the oldest"),
        pytest.param({"x": "abc"}, ["a", "bc"], [NEW, "x"], {}, {"x": [NEW]}, id="a split keeps the largest"),
        pytest.param({"x": "abcd"}, ["bc", "ad"], [NEW, "x"], {}, {"x": [NEW]}, id="as large: the least claim"),
        pytest.param({"x": "ab", "y": "cd"}, ["cd", "ab"], ["y", "x"], {}, {}, id="as it was"),
        pytest.param({"x": "ab"}, ["c"], [NEW], {"x": []}, {}, id="claims taken out"),
        pytest.param(
            {"x": "ab", "y": "cde"}, ["abcd", "e"], ["x", NEW], {"y": [NEW, "x"]}, {}, id="merged with most of it"
        ),
        pytest.param({"x": "abc", "y": "de"}, ["ab", "cde"], ["x", "y"], {}, {"x": ["y"]}, id="a part goes to another"),
    ],
)
def test_carry_keeps_ids(
    old: dict[str, str], groups: list[str], kept: list[str], ended: dict[str, list[str]], split: dict[str, list[str]]
) -> None:
    carried = carry({name: list(of) for name, of in old.items()}, [incident(*g) for g in groups])
    name = {i.id: i.id if i.id in old else NEW for i in carried.incidents}
    assert [name[i.id] for i in carried.incidents] == kept
    assert ["".join(i.claims) for i in carried.incidents] == groups
    assert {was: sorted(name[to] for to in into) for was, into in carried.ended.items()} == ended
    assert {was: [name[to] for to in into] for was, into in carried.split.items()} == split


def test_carry_never_gives_an_id_again() -> None:
    used = [new_id("a"), new_id("a", 1)]
    (again,) = carry({}, [incident("a", "b")], used).incidents
    assert again.id not in used


def test_carry_new_id_is_not_one_that_goes_on_elsewhere() -> None:
    # the incident that began with claim a holds claims b and c now, and a is alone
    old = {new_id("a"): ["a", "b", "c"]}
    found = carry(old, [incident("a"), incident("b", "c")]).incidents
    assert found[1].id == new_id("a")
    assert found[0].id != new_id("a")


def test_carry_what_stands_beside_follows() -> None:
    event, stock = incident("a", "b"), incident("c")
    stock = Incident(
        stock.id, "bodies_found", stock.members, None, None, None, (), beside=(Beside(event.id, Relation.STOCK, ""),)
    )
    found = carry({"x": ["b"]}, [event, stock]).incidents
    assert found[1].beside[0].incident == found[0].id == "x"


@pytest.mark.parametrize("seed", range(20))
def test_carry_any_regrouping_is_accounted_for(seed: int) -> None:
    chance = random.Random(seed)
    claims = [f"c{n:02}" for n in range(30)]

    def groups(of: list[str]) -> list[list[str]]:
        made: defaultdict[int, list[str]] = defaultdict(list)
        for c in of:
            made[chance.randrange(12)].append(c)
        return list(made.values())

    old = {f"i{n}": g for n, g in enumerate(groups(claims[:24]))}
    new = [incident(*g) for g in groups(claims[4:])]
    carried = carry(old, new, {"gone"})
    names = [i.id for i in carried.incidents]
    assert len(set(names)) == len(new)
    assert set(old) == carried.ended.keys() | (set(names) & set(old))
    assert not carried.ended.keys() & set(names)
    at = {c: i.id for i in carried.incidents for c in i.claims}
    for was, of in old.items():
        went = {at[c] for c in of if c in at}
        assert went == set(carried.ended.get(was, carried.split.get(was, ()))) | ({was} & set(names) & went)
    shuffled = chance.sample(new, len(new))
    again = {frozenset(i.claims): i.id for i in carry(old, shuffled, {"gone"}).incidents}
    assert again == {frozenset(i.claims): i.id for i in carried.incidents}
