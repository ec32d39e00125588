"""Addresses of findings; they are proposed on the page of their incident."""

from __future__ import annotations

from django.urls import path

from probata.review.pages import findings

urlpatterns = [
    path("findings/", findings.waiting, name="findings"),
    path("findings/<int:number>/answer/", findings.answer, name="finding-answer"),
    path("findings/<int:number>/withdraw/", findings.withdraw, name="finding-withdraw"),
]
