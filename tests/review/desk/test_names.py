"""Names of reports in addresses: whatever a name holds, its address leads to it and nowhere else."""

from __future__ import annotations

import pytest
from django.urls import resolve, reverse

ODD = ["plain-1", "نداء كيسار", "a/b", "../../account/login", "a//b", "..", "x/./y", "~tilde", " spaced ", "a?b#c&d"]
ODD += ["100%", "a%2e%2e/b", '<img src=x onerror="alert(1)">', "\\\\host\\x", "line\u2028break", "x/"]


@pytest.mark.parametrize("name", ODD)
def test_address_of_a_report_leads_to_it(name: str, site: object) -> None:
    from urllib.parse import unquote, urljoin, urlsplit

    address = reverse("report", args=[name])
    asked = urlsplit(urljoin("http://testserver/reports/", address))
    assert not asked.query
    assert not asked.fragment
    found = resolve(unquote(asked.path))
    assert (found.url_name, found.kwargs) == ("report", {"name": name})
