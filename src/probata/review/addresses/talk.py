"""Addresses of comments."""

from __future__ import annotations

from django.urls import path

from probata.review.pages import talk

urlpatterns = [
    path("comments/", talk.comments, name="comments"),
    path("comments/new/", talk.say, name="comment"),
    path("comments/<int:number>/withdraw/", talk.withdraw, name="comment-withdraw"),
]
