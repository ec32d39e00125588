"""Every address of the application. Each area has its own list; a test asks each page for the rule it keeps."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from probata.review.pages import errors, home, setup

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("setup/<str:token>/", setup.first, name="setup"),
    path("language/", home.language, name="language"),
    path("", include("probata.review.addresses.adding")),
    path("", include("probata.review.addresses.claims")),
    path("", include("probata.review.addresses.decisions")),
    path("", include("probata.review.addresses.findings")),
    path("", include("probata.review.addresses.incidents")),
    path("", include("probata.review.addresses.notices")),
    path("", include("probata.review.addresses.protection")),
    path("", include("probata.review.addresses.reports")),
    path("", include("probata.review.addresses.seeing")),
    path("", include("probata.review.addresses.talk")),
    path("", include("probata.review.addresses.tasks")),
    path("", include("probata.review.addresses.integrity")),
    path("", include("probata.review.addresses.people")),
    path("", include("probata.review.addresses.tokens")),
    path("", include("probata.review.addresses.shut")),  # before those that it shuts
    path("account/", include("allauth.urls")),
    path("", include("probata.review.addresses.publishing")),
]
handler403 = errors.forbidden
handler404 = errors.missing
handler500 = errors.broken
