"""Verbs whose object shows that they do not state the act: invented sentences."""

from __future__ import annotations

import pytest

import probata

ROWS = [  # text, type, whether it is claimed
    ("The army of Tarqa shot down a drone over Orvel on Monday.", "killing", False),
    ("The army of Tarqa shot dead two farmers in Orvel on Monday.", "killing", True),
    ("The jets executed three airstrikes on Orvel on Monday.", "killing", False),
    ("The militia executed three prisoners in Orvel on Monday.", "killing", True),
    ("The Karsa Brigade claimed responsibility for the attack in Orvel.", "killing", False),
    ("The blast in Orvel claimed 12 lives on Monday.", "killing", True),
    ("The shelling left 12 people dead in Orvel.", "injury", False),
    ("The shelling left 12 people wounded in Orvel.", "injury", True),
]


@pytest.mark.parametrize(("text", "kind", "claimed"), ROWS)
def test_object_decides_whether_a_verb_states_the_act(text: str, kind: str, claimed: bool) -> None:
    assert any(c.type.value == kind for c in probata.read(text)) is claimed
