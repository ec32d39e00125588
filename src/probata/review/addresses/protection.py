"""Addresses of protecting and erasing: numbers alone, as an address is kept in many places."""

from __future__ import annotations

from django.urls import path

from probata.review.pages import protection

urlpatterns = [
    path("protection/", protection.listed, name="protection"),
    path("protection/new/", protection.protect, name="protect"),
    path("protection/<int:number>/", protection.one, name="protection-one"),
    path("protection/<int:number>/back/", protection.back, name="protection-back"),
    path("protection/<int:number>/look/", protection.look, name="protection-look"),
    path("protection/<int:number>/erase/", protection.erase, name="protection-erase"),
]
