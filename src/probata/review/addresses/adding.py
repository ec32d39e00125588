"""Addresses of handing over reports, and of the jobs that read them."""

from __future__ import annotations

from django.urls import path

from probata.review.pages import adding, jobs

urlpatterns = [
    path("add/", adding.adding, name="adding"),
    path("add/files/", adding.upload, name="upload"),
    path("add/text/", adding.paste, name="paste"),
    path("add/page/", adding.capture, name="capture"),
    path("jobs/", jobs.listed, name="jobs"),
    path("jobs/<int:number>/again/", jobs.again, name="job-again"),
    path("jobs/<int:number>/forget/", jobs.forget, name="job-forget"),
]
