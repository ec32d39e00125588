"""Addresses of reports. A report's name may hold anything: one that no address can hold is written in other letters."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode

from django.urls import path, register_converter

from probata.review.pages import reports

_ODD = "~"  # how the written form of such a name begins


class Name:
    """Any name in an address: as it is where browsers leave it alone, else in Base64 behind a tilde."""

    regex = ".+"

    def to_python(self, value: str) -> str:
        """The name. Raises ValueError (not found) for what is none."""
        if not value.startswith(_ODD):
            return value
        given = value[len(_ODD) :]
        return urlsafe_b64decode(given + "=" * (-len(given) % 4)).decode("utf-8", "surrogatepass")

    def to_url(self, value: str) -> str:
        """The name as an address holds it."""
        parts = value.split("/")
        plain = all(part.strip(".") and part == part.strip() for part in parts) and not value.startswith(_ODD)
        if plain and value.isprintable():
            return value
        return _ODD + urlsafe_b64encode(value.encode("utf-8", "surrogatepass")).decode().rstrip("=")


register_converter(Name, "name")
urlpatterns = [
    path("reports/", reports.inbox, name="reports"),
    path("reports/<name:name>/", reports.report, name="report"),
    path("looked/<name:name>/", reports.looked, name="looked"),
    path("original/<name:name>/", reports.original, name="original"),
]
