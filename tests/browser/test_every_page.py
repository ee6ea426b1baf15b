"""Every page in both themes and at both widths: no barrier that axe knows, nothing sticks out, nothing is blocked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from playwright.sync_api import Page as Window
from playwright.sync_api import Response

from overread.interop.documents import letters
from overread.workflow.accounts.models import Person
from overread.workflow.accounts.roles import Role
from overread.workflow.cases.transitions import Move
from tests.browser.conftest import DESKTOP, PHONE, Story, Windows, barriers
from tests.factories.cases import World
from tests.web.pages.test_case_pages import REQUEST

Page = tuple[Person | None, str]
OPEN = ("home", "about", "ask", "account_login", "account_signup", "account_reset_password")
OWN = (
    "cases",
    "notices",
    "start",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_change_password",
    "account_email",
)
LOOKS = [(DESKTOP, "light"), (PHONE, "dark")]


def pages(world: World) -> Iterator[Page]:
    """Each page once, at a step of a case where it has something to show."""

    def of(role: Role, *names: str, **where: Any) -> Iterator[Page]:
        for name in names:
            yield world[role], reverse(name, kwargs={"case": world.case.key, **where})

    yield from ((None, reverse(name)) for name in OPEN)
    yield None, "/nothing/"
    yield from ((world.patient, reverse(name)) for name in OWN)
    yield from ((world[Role.OPERATOR], reverse(name)) for name in ("cases", "installation", "accounts"))
    yield world[Role.OPERATOR], reverse("account", args=[world.patient.key])
    yield world[Role.OPERATOR], reverse("institution", args=[world.organisation.key])
    yield world.navigator, reverse("rates")
    world.opened()
    letter = world.add(letters.access_request(REQUEST), "letter.pdf")
    world.add(b"%PDF-1.4 broken", "broken.pdf")
    yield from of(Role.PATIENT, "case", "records", "thread")
    yield from of(Role.PATIENT, "document", file=letter.key)
    yield from of(Role.NAVIGATOR, "people", "calls")
    world.gathered().move(Move.RECORDS_READY)
    yield from of(Role.NAVIGATOR, "case", "records", "understand", "route", "trail")
    yield from of(Role.NAVIGATOR, "document", file=world.file.key)
    world.referred()
    yield world.reviewer, reverse("cases")
    yield from of(Role.REVIEWER, "packet", "review")
    world.reviewing()
    yield from of(Role.REVIEWER, "review")
    world.sealed()
    yield from of(Role.REVIEWER, "case", "review", "understand")
    world.drafted()
    yield from of(Role.NAVIGATOR, "compare", "look-again", "outside-opinion", "report")
    yield from of(Role.BOARD, "board")
    yield from of(Role.REVIEWER, "report-version", report=world.report.key)
    world.signed()
    yield from of(Role.PATIENT, "outcome", "report")
    yield world[Role.PAYER], reverse("payer")
    yield from of(Role.PAYER, "case", "understand")
    yield from of(Role.PAYER, "report-version", report=world.report.key)
    world.closed()
    yield from of(Role.PATIENT, "case", "outcome", "understand")


@pytest.mark.parametrize(("size", "theme"), LOOKS, ids=["desk-light", "phone-dark"])
def test_no_barriers_and_nothing_sticks_out(
    world: World, play: Callable[[Story], None], size: tuple[int, int], theme: Any
) -> None:
    found: dict[str, Any] = {}

    def story(visit: Windows) -> None:
        windows: dict[Person | None, Any] = {}
        for person, path in every:
            if person not in windows:
                windows[person] = visit(person, size, color_scheme=theme, bypass_csp=True, reduced_motion="reduce")
            page = windows[person].go(path)
            if wrong := barriers(page) + ["overflow"] * (windows[person].overflow() > 0):
                found[path] = wrong
            if path == "/nothing/":
                windows[person].said.clear()  # the browser itself reports that it was not found

    every = list(pages(world))
    play(story)
    assert found == {}


def test_nothing_on_any_page_is_blocked_by_its_policy(world: World, play: Callable[[Story], None]) -> None:
    every = [(person, path) for person, path in pages(world) if path != "/nothing/"]

    def story(visit: Windows) -> None:
        windows: dict[Person | None, Any] = {}
        for person, path in every:
            windows.setdefault(person, None)
            windows[person] = windows[person] or visit(person).audited()
            windows[person].go(path)

    play(story)


def test_the_keyboard_reaches_the_page_and_opens_what_is_folded(world: World, play: Callable[[Story], None]) -> None:
    world.gathered()

    def story(visit: Windows) -> None:
        window = visit(world.patient, PHONE)
        page = window.go(reverse("records", kwargs={"case": world.case.key}))
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"
        page.locator("summary", has_text="Pages of this case").focus()
        page.keyboard.press("Enter")
        assert page.get_by_role("link", name="Messages").is_visible()

    play(story)


def test_menus_and_dialogs_give_the_keyboard_back(world: World, play: Callable[[Story], None]) -> None:
    world.reviewing()

    def story(visit: Windows) -> None:
        page = visit(world.reviewer).go(reverse("review", kwargs={"case": world.case.key}))
        menu = page.locator("header details summary")
        menu.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.menu-panel') !== null")
        page.keyboard.press("Escape")
        assert page.locator("header details[open]").count() == 0
        assert page.evaluate("document.activeElement.matches('header summary')")
        menu.click()
        page.locator("h1").click()
        assert page.locator("header details[open]").count() == 0
        page.get_by_role("button", name="Keys").press("Enter")
        inside = "document.querySelector('dialog').contains(document.activeElement) || document.activeElement === document.body"
        for _ in range(6):
            page.keyboard.press("Tab")
            assert page.evaluate(inside)
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.textContent").startswith("Keys")
        page.keyboard.press("?")
        assert page.locator("dialog").is_visible()
        page.get_by_role("checkbox", name="Single keys").uncheck()
        page.get_by_role("button", name="Close").click()
        page.keyboard.press("?")
        assert not page.locator("dialog").is_visible()

    play(story)


def test_the_theme_is_kept_and_tables_are_filtered_and_sorted(world: World, play: Callable[[Story], None]) -> None:
    world.understood()

    def story(visit: Windows) -> None:
        page = visit(world.navigator).go(reverse("understand", kwargs={"case": world.case.key}))
        page.get_by_role("button", name="Switch between light and dark").click()
        page.reload()
        assert page.evaluate("document.documentElement.dataset.theme") == "overread-dark"
        rows = page.locator("table-sheet tbody tr")
        page.get_by_role("searchbox").fill("margins")
        assert [row.is_visible() for row in rows.all()].count(True) == 1
        page.get_by_role("searchbox").fill("")
        page.get_by_role("button", name="Value").click()
        values = [v.lower() for v in page.locator("table-sheet tbody td:nth-child(2)").all_inner_texts()]
        assert page.locator("th[aria-sort=ascending]").count() == 1
        assert values[0] == min(values, key=lambda v: (v[0].isalpha(), v))

    play(story)


def test_home_and_case_pages_are_light(world: World, play: Callable[[Story], None]) -> None:
    world.understood()
    facts = reverse("understand", kwargs={"case": world.case.key})
    weighed: dict[str, int] = {}

    def story(visit: Windows) -> None:
        for person, path in ((None, "/"), (world.navigator, facts)):
            page = visit(person).page
            answers = heard(page)
            page.goto(f"{visit.address}{path}", wait_until="networkidle")
            weighed[path] = sum(weight(answer) for answer in answers)

    play(story)
    assert len(weighed) == 2 and all(20_000 < bytes_sent < 110_000 for bytes_sent in weighed.values()), weighed


def heard(page: Window) -> list[Response]:
    """A list that every answer to the page joins."""
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    return answers


def weight(answer: Response) -> int:
    """What an installation sends: the packed copy where the build made one, which the test's own server does not."""
    path = urlsplit(answer.url).path
    packed = finders.find(path.removeprefix("/static/") + ".gz") if path.startswith("/static/") else None
    return Path(packed).stat().st_size if packed else answer.request.sizes()["responseBodySize"]
