"""Addresses of seeing: map, timeline, activity, search and what people keep of it."""

from __future__ import annotations

from django.urls import path

from probata.review.pages import activity, saved, search, seeing, timeline
from probata.review.pages import map as on_map

urlpatterns = [
    path("map/", on_map.shown, name="map"),
    path("incidents/<str:name>/pictures/", seeing.pictures, name="incident-pictures"),
    path("timeline/", timeline.shown, name="timeline"),
    path("activity/", activity.shown, name="activity"),
    path("search/", search.shown, name="search"),
    path("searches/", saved.keep, name="search-keep"),
    path("searches/<int:number>/forget/", saved.forget, name="search-forget"),
]
