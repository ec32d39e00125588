"""Accounts in a browser: invited, with an authenticator, recovery codes and a passkey; teams, tokens, throttling."""

from __future__ import annotations

import base64
import hmac
import struct
import time
from typing import Any

import pytest

from review.harness import PASSWORD, Live
from review.touring import ENDS, Tour, walked

pytestmark = pytest.mark.browser
FACTORS = "/account/2fa/"
GO = "main form.form button:not([type=button]):not([form])"  # what sends a form of the account pages


@pytest.fixture
def live(common: Live) -> Live:
    return common


def code(secret: str) -> str:
    """The six digits that an authenticator shows now (RFC 6238 with SHA-1 and 30 seconds)."""
    if (left := 30 - time.time() % 30) < 3:
        time.sleep(left)  # a code about to change would be late
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.digest(key, struct.pack(">Q", int(time.time()) // 30), "sha1")
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def password(page: Any, alias: str, word: str = PASSWORD) -> None:
    """Sign in with a password, as far as that goes."""
    page.goto("/account/login/")
    page.fill("input[name=login]", alias)
    page.fill("input[name=password]", word)
    page.locator("main form button").first.click()
    page.wait_for_load_state()


def again(page: Any) -> None:
    """Show again who one is, if the page asks."""
    if "/reauthenticate" in page.url:
        page.fill("input[name=password]", PASSWORD)
        page.click(GO)
        page.wait_for_load_state()


def out(page: Any) -> None:
    page.locator(".menu summary").click()
    page.locator("form[action='/account/logout/'] button").first.click()
    page.wait_for_load_state()


def with_authenticator(page: Any) -> str:
    """Set up an authenticator; gives its secret."""
    page.goto(FACTORS + "totp/activate/")
    again(page)
    secret: str = page.input_value("#authenticator_secret")
    page.fill("input[name=code]", code(secret))
    page.click(GO)
    page.wait_for_url(f"**{FACTORS}recovery-codes/")
    return secret


@walked(ENDS)
def test_people_join_and_sign_in_with_every_factor(tour: Tour) -> None:
    alias = tour.called("Basim")
    amal = tour.person(tour.called("Amal"), "administrator")
    amal.goto("/people/")
    again(amal)
    amal.fill("input[name=alias]", alias)
    amal.select_option("form.filters select[name=role]", "analyst")
    amal.click("form.filters button")
    tour.look(amal, "link")
    basim = tour.person()
    basim.goto(amal.inner_text("main code"))
    tour.look(basim, "join")
    basim.fill("input[name=password]", PASSWORD)
    basim.click("main form button")
    password(basim, alias)
    basim.goto(FACTORS)
    tour.look(basim, "factors")
    basim.goto(FACTORS + "totp/activate/")
    again(basim)
    tour.look(basim, "authenticator")
    secret = with_authenticator(basim)
    tour.look(basim, "recovery-codes")
    codes = basim.input_value("#recovery_codes").split()
    assert len(codes) == len(set(codes)) == 10

    out(basim)
    password(basim, alias)
    tour.look(basim, "second-factor")
    assert basim.request.get("/reports/", max_redirects=0).status == 302
    signed_in(basim, codes[0])
    out(basim)
    password(basim, alias)
    refused(basim, codes[0])  # a recovery code is good once
    signed_in(basim, code(secret))

    key = basim.context.new_cdp_session(basim)
    key.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    automatic = {"isUserVerified": True, "automaticPresenceSimulation": True}
    key.send("WebAuthn.addVirtualAuthenticator", {"options": options | automatic})
    basim.goto(FACTORS + "webauthn/add/")
    again(basim)
    tour.look(basim, "passkey")
    basim.fill("input[name=name]", "Laptop")
    basim.check("input[name=passwordless]")
    basim.click("#mfa_webauthn_add")
    basim.wait_for_url(lambda url: "/webauthn/add/" not in url)
    basim.goto(FACTORS + "webauthn/")
    tour.look(basim, "passkeys")
    out(basim)
    basim.goto("/account/login/")
    basim.click("#passkey_login")
    basim.wait_for_url(tour.live.url)
    assert alias in basim.inner_text(".menu summary")

    other = tour.person()
    password(other, alias)
    signed_in(other, codes[1])
    basim.goto("/account/sessions/")
    tour.look(basim, "sessions")
    assert basim.locator("main tbody tr").count() >= 2
    basim.click(GO)
    basim.wait_for_load_state()
    other.goto("/reports/")
    assert "/account/login/" in other.url, "a session that was ended is ended"
    basim.goto("/reports/")
    assert "/account/login/" not in basim.url


def signed_in(page: Any, given: str) -> None:
    page.fill("input[name=code]", given)
    page.locator(GO).first.click()
    page.wait_for_url(lambda url: FACTORS not in url)


def refused(page: Any, given: str) -> None:
    page.fill("input[name=code]", given)
    page.locator(GO).first.click()
    page.wait_for_selector("main .errorlist")
    assert FACTORS in page.url


@walked(ENDS)
def test_people_in_a_team_see_what_is_kept_to_it(tour: Tour) -> None:
    alias, team = tour.called("Dalia"), tour.called("North")
    inside, outside = tour.person(alias), tour.person(tour.called("Emad"), "reader")
    amal = tour.person(tour.called("Amal"), "administrator")
    amal.goto("/people/")
    again(amal)
    row = amal.locator("main tbody tr", has_text=alias)
    row.locator("input[name=teams]").fill(team)
    row.locator("button").first.click()
    amal.wait_for_selector("ul.messages .success")
    tour.look(amal, "teams")
    amal.goto("/people/events/")
    tour.look(amal, "events")
    report = "/reports/harbour-post-0517/"
    amal.goto(report)
    amal.locator("details:has(form[action='/restrict/']) > summary").click()
    amal.check(f"input[name=teams][value='{team}']")
    tour.look(amal, "who-may-see")
    amal.click("form[action='/restrict/'] button")
    amal.wait_for_selector("ul.messages .success")
    assert inside.goto(report).status == 200
    assert outside.goto(report).status == 404
    tour.look(outside, "missing")
    amal.goto(report)
    amal.locator("details:has(form[action='/restrict/']) > summary").click()
    amal.uncheck(f"input[name=teams][value='{team}']")
    amal.click("form[action='/restrict/'] button")
    amal.wait_for_selector("ul.messages .success")
    assert outside.goto(report).status == 200


@walked(ENDS)
def test_people_hand_a_program_a_token_and_take_it_back(tour: Tour) -> None:
    page = tour.person()
    alias = tour.called("Farid")
    tour.person(alias)  # makes the account
    password(page, alias)
    page.goto("/account/tokens/")
    page.fill("main form.filters input[name=name]", "nightly")
    page.click("main form.filters button")
    again(page)
    tour.look(page, "token")
    secret = page.inner_text("main code")
    asked = tour.person().request
    head = {"Authorization": f"Bearer {secret}"}
    assert asked.get("/api/v1/me", headers=head).json()["alias"] == alias
    page.goto("/account/tokens/")
    tour.look(page, "tokens")
    page.click("form[action$='/revoke/'] button")
    page.wait_for_load_state()
    assert asked.get("/api/v1/me", headers=head).status == 401
    page.goto("/api/v1/docs")
    tour.look(page, "for-programs")
    page.goto("/account/password/change/")
    again(page)
    tour.look(page, "password")


@walked(ENDS)
def test_everybody_may_have_to_set_up_a_second_factor(tour: Tour) -> None:
    amal = tour.person()
    alias = tour.called("Ghada")
    tour.person(alias, "administrator")
    password(amal, alias)
    amal.goto("/people/")
    again(amal)
    amal.click("button[name=required][value=yes]")
    amal.wait_for_url(f"**{FACTORS}")
    tour.look(amal, "needed")
    with_authenticator(amal)
    amal.goto("/people/")
    again(amal)
    amal.click("button[name=required][value=no]")
    amal.wait_for_selector("button[name=required][value=yes]")


@walked(ENDS)
def test_who_guesses_passwords_is_slowed_down(tour: Tour) -> None:
    alias = tour.called("Huda")
    tour.person(alias)
    page = tour.person()
    for _ in range(7):
        password(page, alias, "not the password")
        if page.locator("main .errorlist").count() == 0:
            break
    told = page.inner_text("main .errorlist")
    assert tour.say("Too many failed login attempts. Try again later.") in told
    tour.look(page, "slowed")
    password(page, alias)
    assert "/account/login/" in page.url, "the right password is no way round it"
