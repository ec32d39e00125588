"""Addresses of claims and of what people read otherwise."""

from __future__ import annotations

from django.urls import path

from probata.review.pages import claims

urlpatterns = [
    path("claims/<str:name>/", claims.claim, name="claim"),
]
