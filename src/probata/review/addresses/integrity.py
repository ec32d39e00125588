"""Addresses of integrity."""

from __future__ import annotations

from django.urls import path

from probata.review.pages import integrity

urlpatterns = [
    path("integrity/", integrity.whole, name="integrity"),
    path("integrity/check/", integrity.check, name="integrity_check"),
    path("integrity/reports/<path:name>/", integrity.original, name="integrity_original"),
]
