"""A claim of a casebook is named by its id or by how that begins, as long as it is one."""

from __future__ import annotations

import json

import pytest

from probata.cli.main import main
from probata.model.errors import InputError
from probata.store import models
from probata.store.claimnames import named
from probata.store.opening import Casebook
from store.handmade import killing, report


@pytest.fixture
def ids(book: Casebook) -> list[str]:
    report(book, "post", killing("post", 190, "a doctor"))
    report(book, "herald", killing("herald", 82, "the Relief Office"))
    return list(models.Claim.objects.using(book.alias).order_by("id").values_list("name", flat=True))


def test_a_claim_is_named_by_its_id_or_how_it_begins(book: Casebook, ids: list[str]) -> None:
    for name in ids:
        digits = name.removeprefix("sha256:")
        assert {named(book, said) for said in (name, name[:20], digits, digits[:6])} == {name}


@pytest.mark.parametrize(
    ("said", "problem"),
    [("sha256:", "is no claim"), ("", "is no claim"), ("%%%%%%%%", "is no claim"), ("none-such", "is no claim")],
)
def test_a_claim_that_is_not_there_is_told(book: Casebook, ids: list[str], said: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        named(book, said)


def test_a_beginning_of_several_names_them(book: Casebook, ids: list[str]) -> None:
    row = models.Claim.objects.using(book.alias).get(name=ids[0])
    row.pk, row.name, row.number = None, ids[0][:-1] + ("0" if ids[0][-1] != "0" else "1"), 9
    row.save(using=book.alias)
    with pytest.raises(InputError, match="is the beginning of several ids"):
        named(book, ids[0][:20])
    assert named(book, ids[0]) == ids[0]


def test_why_takes_beginnings(book: Casebook, ids: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for two in (ids, [i.removeprefix("sha256:")[:8] for i in ids]):
        assert main(["why", *two, "--format", "json"]) == 0
        said.append(json.loads(capsys.readouterr().out))
    assert said[0] == said[1]
    assert main(["why", ids[0][:12], "abcdef"]) == 2
    assert "6 characters or more" in capsys.readouterr().err
