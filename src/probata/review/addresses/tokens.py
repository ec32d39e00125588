"""Addresses of tokens, and the API."""

from __future__ import annotations

from django.urls import path

from probata.review.api import docs
from probata.review.api.root import api
from probata.review.pages import tokens

urlpatterns = [
    path("account/tokens/", tokens.listed, name="tokens"),
    path("account/tokens/make/", tokens.make, name="token_make"),
    path("account/tokens/<int:number>/revoke/", tokens.revoke, name="token_revoke"),
    path("api/v1/docs", docs.described, name="api-docs"),
    path("api/v1/", api.urls),
]
