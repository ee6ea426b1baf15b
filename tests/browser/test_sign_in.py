"""Signing in with a password, with a code of an authenticator app, and with a passkey, as people do it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page

from overread.workflow.accounts.roles import Role
from tests.browser.conftest import Story, Visit, Windows
from tests.factories.cases import PASSWORD, World

PATIENCE = 60_000  # milliseconds, for a machine that has much else to do
SIGN_IN = re.compile("^sign in$", re.IGNORECASE)


@pytest.fixture(autouse=True)
def no_limits(settings: Any) -> None:
    """The framework's own limits on sign-ins are not what is tried here."""
    settings.ACCOUNT_RATE_LIMITS = False


def submit(page: Page, name: str | re.Pattern[str]) -> None:
    """Press a button of the page's own part and wait for what it leads to."""
    with page.expect_navigation():
        page.locator("#main").get_by_role("button", name=name).first.click()


def sign_in(visit: Visit, email: str) -> Page:
    visit.page.set_default_timeout(PATIENCE)
    page = visit.go("/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    submit(page, SIGN_IN)
    return page


def go_confirmed(visit: Visit, path: str) -> Page:
    """Go to a page that changes how one signs in; it may ask for the password once more."""
    page = visit.go(path)
    if "/reauthenticate/" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("#main form button").first.click()
    return page


def leave(page: Page) -> None:
    """Another day at the same device: no session any more."""
    page.context.clear_cookies()


def code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def test_a_password_leads_to_ones_own_cases(world: World, play: Callable[[Story], None]) -> None:
    world.opened()

    def story(windows: Windows) -> None:
        visit = windows()
        page = sign_in(visit, world.patient.email)
        page.wait_for_url("**/cases/")
        assert "My colon cancer" in visit.text()

    play(story)


def test_an_authenticator_app_is_set_up_and_then_asked_for(world: World, play: Callable[[Story], None]) -> None:
    def story(windows: Windows) -> None:
        visit = windows()
        page = sign_in(visit, world.navigator.email)
        go_confirmed(visit, "/accounts/2fa/totp/activate/")
        secret = page.locator("#authenticator_secret").inner_text().replace(" ", "")
        page.locator("input[name=code]").fill(code(secret))
        submit(page, "Activate")

        leave(page)
        sign_in(visit, world.navigator.email)
        assert "/2fa/authenticate/" in page.url, "the password alone is not enough any more"
        page.locator("input[name=code]").fill("000000")
        submit(page, SIGN_IN)
        assert "/2fa/authenticate/" in page.url
        page.locator("input[name=code]").fill(code(secret))
        submit(page, SIGN_IN)
        page.wait_for_url("**/cases/")

    play(story)


def with_passkeys(page: Page) -> None:
    """A holder of passkeys such as a telephone has, whose owner always says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_made_and_signs_in_without_a_password(world: World, play: Callable[[Story], None]) -> None:
    def story(windows: Windows) -> None:
        visit = windows()
        with_passkeys(visit.page)
        page = sign_in(visit, world[Role.REVIEWER].email)
        go_confirmed(visit, "/accounts/2fa/webauthn/add/")
        page.locator("input[name=name]").fill("My telephone")
        page.locator("input[name=passwordless]").check()
        submit(page, re.compile("^add$", re.IGNORECASE))
        visit.go("/accounts/2fa/webauthn/")
        assert "My telephone" in visit.text()

        leave(page)
        visit.go("/accounts/login/")
        submit(page, re.compile("passkey", re.IGNORECASE))
        page.wait_for_url("**/cases/")

    play(story)
    assert Authenticator.objects.filter(user=world[Role.REVIEWER], type=Authenticator.Type.WEBAUTHN).count() == 1
