"""Addresses of incidents."""

from __future__ import annotations

from django.urls import path

from probata.review.pages import decisions, findings, incidents

urlpatterns = [
    path("incidents/", incidents.listed, name="incidents"),
    path("incidents/<str:name>/", incidents.one, name="incident"),
    path("incidents/<str:name>/versions/<int:number>/", incidents.one, name="incident-version"),
    path("incidents/<str:name>/claims/", incidents.claims, name="incident-claims"),
    path("incidents/<str:name>/sources/", incidents.sources, name="incident-sources"),
    path("incidents/<str:name>/ends/", incidents.ends, name="incident-ends"),
    path("incidents/<str:name>/near/", decisions.near, name="incident-near"),
    path("incidents/<str:name>/findings/", findings.propose, name="finding-propose"),
]
