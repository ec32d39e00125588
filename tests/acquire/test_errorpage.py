"""Notices of a site in place of an article are told from articles."""

from __future__ import annotations

import pytest

from probata.acquire.errorpage import LONGEST, is_error

NOTICE = "We could not find what you were looking for. Go back to the front page."


@pytest.mark.parametrize(
    "title",
    ["404", "Page not found", "Page Not Found | The Karsa Post", "The Karsa Post - 404 Not Found", "Just a moment...",
     "Attention Required! | Cloudflare", "Access Denied", "الصفحة غير موجودة", "صحيفة كرسا | الصفحة غير موجودة",
     "Страница не найдена — Вести Карсы", "Error 404: Page not found"],
)  # fmt: skip
def test_errorpage_notices_are_none(title: str) -> None:
    assert is_error(title, NOTICE)


@pytest.mark.parametrize(
    "title",
    [None, "", "Access denied to hospital in Tarqa, medics say", "Six die in Tarqa | The Karsa Post",
     "Forbidden City shelled", "Maintenance worker killed in Karsa", "مقتل ستة في ترقا", "منع الوصول إلى مشفى ترقا",
     "Blocked roads keep aid from Tarqa",
     "Blocked - aid convoys to Tarqa", "Error | how a strike hit Karsa"],
)  # fmt: skip
def test_errorpage_articles_are_articles(title: str | None) -> None:
    assert not is_error(title, NOTICE)


def test_errorpage_a_long_text_is_no_notice() -> None:
    assert not is_error("Access denied", "The mayor said. " * (LONGEST // 10))
