"""A real browser at a running installation: its people, what it complains of, and axe."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from overread.workflow.accounts.models import Person
from tests.factories.cases import World

CHROMIUM = Path("/usr/bin/chromium")
ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
BUILT = ROOT / "src/overread/web/static/build/app.css"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
HINTS = ("GenericIssue", "PerformanceIssue", "LazyLoadImageIssue")  # what could be quicker, and is no fault
DESKTOP, PHONE = (1280, 800), (390, 844)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = next((what for what in (CHROMIUM, AXE, BUILT) if not what.exists()), None)
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if missing:
                item.add_marker(pytest.mark.skip(reason=f"{missing.name} is not here"))


@dataclass
class Visit:
    """One person's window. ``said`` holds every complaint: policy violations, script errors, failed requests."""

    page: Page
    address: str
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", lambda m: self.said.append(m.text) if m.type == "error" else None)
        self.page.on("pageerror", lambda e: self.said.append(str(e)))
        self.page.on("response", lambda r: self.said.append(f"{r.status} {r.url}") if r.status >= 500 else None)

    def audited(self) -> Visit:
        """From now on what the browser's own audit finds is said too: deprecations, cookies, what is blocked."""

        def say(found: Any) -> None:
            if (issue := found["issue"])["code"] not in HINTS:
                self.said.append(f"{self.page.url}: {issue}")

        devtools = self.page.context.new_cdp_session(self.page)
        devtools.on("Audits.issueAdded", say)
        devtools.send("Audits.enable")
        return self

    def go(self, path: str) -> Page:
        self.page.goto(self.address + path)
        return self.page

    def press(self, name: str) -> Page:
        """Presses the one button or link of the page's own part with this name, and waits for what it opens."""
        found = (
            self.page.locator("#main")
            .get_by_role("button", name=name)
            .or_(self.page.locator("#main").get_by_role("link", name=name))
        )
        found.first.click()
        self.page.wait_for_load_state()
        return self.page

    def text(self) -> str:
        return self.page.inner_text("#main")

    def overflow(self) -> int:
        """How many pixels stick out at the right."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


class Windows:
    """The windows that one test opens, each with its own sign-in."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.opened: list[Visit] = []

    def __call__(self, person: Person | None = None, size: tuple[int, int] = DESKTOP, **options: Any) -> Visit:
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, **options)
        if person:
            context.add_cookies([_session(person, self.address)])
        self.opened.append(Visit(context.new_page(), self.address))
        return self.opened[-1]


Story = Callable[[Windows], None]


@pytest.fixture
def play(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[Story], None]:
    """``play(story)`` lets a story open windows at the live installation; at the end nothing may have complained.

    The story has a thread to itself: Playwright keeps an event loop running beside which Django refuses to work in
    the thread of the test, whose connection the teardown needs.
    """
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

    def played(story: Story) -> None:
        with ThreadPoolExecutor(1) as thread:
            said = thread.submit(_played, story, live_server.url).result()
        assert said == []

    return played


def _played(story: Story, address: str) -> list[str]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        windows = Windows(browser, address)
        try:
            story(windows)
        finally:
            browser.close()
            connections.close_all()
    return [line for window in windows.opened for line in window.said]


def _session(person: Person, url: str) -> Any:
    client = Client()
    client.force_login(person, backend=BACKEND)
    name = django_settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": url}


def barriers(page: Page, rules: Sequence[str] | None = None) -> list[str]:
    """What axe finds on the page, in the theme it shows. The window must have been opened with ``bypass_csp``.

    rules: names of the only rules to ask for; without them all of RULES.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text())
    options = {"runOnly": list(rules) if rules else RULES, "iframes": False}
    answer = page.evaluate("options => axe.run(document, options)", options)
    return [f"{v['id']}: {n['target']} {n['failureSummary']}" for v in answer["violations"] for n in v["nodes"]]


@pytest.fixture
def world(transactional_db: None, settings: Any, tmp_path: Path) -> World:
    settings.FILES_ROOT = tmp_path
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "signing"
    return World()
