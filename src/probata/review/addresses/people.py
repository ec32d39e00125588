"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from probata.review.pages import people

urlpatterns = [
    path("people/", people.everybody, name="people"),
    path("people/invite/", people.invite, name="invite"),
    path("people/second-factor/", people.require, name="require_factor"),
    path("people/events/", people.events, name="events"),
    path("people/<int:number>/", people.change, name="person_change"),
    path("people/<int:number>/link/", people.again, name="person_link"),
    path("restrict/", people.restrict, name="restrict"),
    path("join/<str:secret>/", people.join, name="join"),
]
