"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from probata.review.pages import notices

urlpatterns = [
    path("notices/", notices.listed, name="notices"),
    path("notices/seen/", notices.all_seen, name="notices-seen"),
    path("notices/settings/", notices.settings, name="notices-settings"),
    path("notices/<int:number>/", notices.opened, name="notice"),
]
