"""Addresses of same and different."""

from __future__ import annotations

from django.urls import path

from probata.review.pages import decisions

urlpatterns = [
    path("decisions/", decisions.listed, name="decisions"),
    path("decisions/new/", decisions.decide, name="decide"),
    path("compare/", decisions.compare, name="compare"),
    path("suggestions/new/", decisions.suggest, name="suggest"),
    path("suggestions/<int:number>/drop/", decisions.drop, name="suggestion-drop"),
]
