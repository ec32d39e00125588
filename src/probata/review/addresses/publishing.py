"""Addresses of publishing."""

from __future__ import annotations

from django.urls import path

from probata.review.pages import publishing

urlpatterns = [
    path("publish/", publishing.publish, name="publish"),
    path("publish/site.zip", publishing.site, name="site"),
    path("publish/<int:number>/", publishing.publication, name="publication"),
    path("publish/<int:number>/approve/", publishing.approve, name="approve"),
    path("publish/<int:number>/drop/", publishing.drop, name="drop"),
    path("publish/<int:number>/release.zip", publishing.download, name="release"),
]
