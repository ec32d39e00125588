"""Addresses of claims and of what people read otherwise."""

from __future__ import annotations

from django.urls import path

from probata.review.pages import claims

urlpatterns = [
    path("claims/new/", claims.new, name="claim-new"),
    path("claims/meaning/", claims.meaning, name="claim-meaning"),
    path("claims/<str:name>/", claims.claim, name="claim"),
    path("claims/<str:name>/correct/", claims.correct, name="claim-correct"),
    path("claims/<str:name>/reject/", claims.reject, name="claim-reject"),
    path("claims/<str:name>/undo/", claims.undo, name="claim-undo"),
]
