"""Addresses of allauth that are shut: an account has no address of mail but for notices, and no password by mail."""

from __future__ import annotations

from django.urls import path

from probata.review.pages.shut import shut

urlpatterns = [
    path("account/signup/", shut),
    path("account/email/", shut),
    path("account/confirm-email/", shut),
    path("account/confirm-email/<path:key>/", shut),
    path("account/password/reset/", shut),
    path("account/password/reset/<path:key>/", shut),
    path("account/password/set/", shut),
    path("account/login/code/confirm/", shut),
]
