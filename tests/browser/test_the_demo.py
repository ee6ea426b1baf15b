"""The demo's own cases as each of its people sees them: no barrier, nothing sticks out, nobody is lost.

Each page is looked at on a phone in the dark. The first of each layout that a role meets is looked at four times (as
wide as a desk's screen and as a phone's, in light and in dark), and the first that anybody meets at 200 %, and with
everything unfolded on a phone and at 400 %, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page

from overread import demo
from overread.demo.phantom import Grid
from overread.demo.slide import Section
from overread.workflow.accounts.models import Person
from overread.workflow.accounts.roles import Role
from tests.browser.conftest import DESKTOP, PHONE, Story, Visit, Windows, barriers
from tests.browser.crawling import pages_of, template_of

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")  # Ibis still calls it

TODAY = date(2026, 11, 20)
SMALL, PIECE = Grid(pixels=32, slices=3, thickness=70), Section(width=1024, height=1024)
# In colours and sizes alone do the other two looks differ from the first two.
LOOKS = (
    (PHONE, "dark", None),
    (DESKTOP, "light", None),
    (PHONE, "light", ("color-contrast", "target-size")),
    (DESKTOP, "dark", ("color-contrast",)),
)
ZOOMED, ZOOMED_TWICE = (640, 400), (320, 256)  # what is left of a 1280 px wide window at 200 % and at 400 %
GROUPS = (
    (Role.NAVIGATOR, Role.OPERATOR),
    (Role.PATIENT, Role.PROXY, Role.REFERRER, Role.REVIEWER, Role.BOARD, Role.PAYER),
)


@pytest.fixture
def cast(transactional_db: None, settings: Any, tmp_path: Any) -> Callable[[Sequence[Role]], list[Person]]:
    """``cast(roles)``: those of the loaded demo's people who hold one of the roles."""
    settings.FILES_ROOT, settings.DEMO = tmp_path, True
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "signing"
    list(demo.load(today=TODAY, grid=SMALL, section=PIECE))
    return lambda roles: list(Person.objects.filter(grants__role__in=roles).order_by("pk").distinct())


@pytest.mark.parametrize("roles", GROUPS, ids=["who runs it", "who takes part"])
def test_no_page_of_the_demo_has_a_barrier(
    cast: Callable[[Sequence[Role]], list[Person]], play: Callable[[Story], None], roles: Sequence[Role]
) -> None:
    reach = {person: pages_of(person) for person in cast(roles)}
    found: dict[tuple[str, str], Any] = {}

    def story(visit: Windows) -> None:
        zoomed: set[str] = set()
        met_as: dict[str, set[str]] = {}
        for person, paths in reach.items():
            window = visit(person, DESKTOP, bypass_csp=True, reduced_motion="reduce")
            titles: set[str] = set()
            met = met_as.setdefault(person.grants.get().role, set())
            for path in paths:
                layout = template_of(path)
                wrong = list(_looked_at(window, path, LOOKS if layout not in met else LOOKS[:1]))
                wrong += list(_zoomed(window)) if layout not in zoomed else []
                wrong += [f"two pages are called {window.page.title()}"] * (window.page.title() in titles)
                if wrong:
                    found[person.name, path] = wrong
                titles.add(window.page.title())
                met.add(layout)
                zoomed.add(layout)
            window.page.close()

    play(story)
    assert sum(map(len, reach.values())) > 30
    assert not found, "\n".join(f"{who} {path}: {wrong[:3]}" for (who, path), wrong in found.items())


def _looked_at(window: Visit, path: str, looks: Sequence[Any]) -> Iterator[str]:
    window.go(path)
    yield from _lost(window.page)
    for size, theme, rules in looks:
        _show(window.page, size, theme)
        yield from (f"{size[0]} {theme}: {wrong}" for wrong in barriers(window.page, rules))
        yield from _sticks_out(window)


def _zoomed(window: Visit) -> Iterator[str]:
    _show(window.page, ZOOMED, "light")
    yield from (f"zoomed: {wrong}" for wrong in [*barriers(window.page, ("target-size",)), *_covered(window.page)])
    yield from _sticks_out(window)
    window.page.evaluate("() => document.querySelectorAll('main details').forEach((one) => (one.open = true))")
    _show(window.page, PHONE, "dark")
    yield from (f"unfolded: {wrong}" for wrong in barriers(window.page))
    _show(window.page, ZOOMED_TWICE, "light")
    yield from _sticks_out(window)


def _sticks_out(window: Visit) -> Iterator[str]:
    if (pixels := window.overflow()) > 0:
        yield f"{pixels} pixels stick out of {window.page.viewport_size}"


def _show(page: Page, size: tuple[int, int], theme: Any) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=theme)
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def _lost(page: Page) -> Iterator[str]:
    """Where they are: one heading. Whose turn it is, on a page of a case: said before the heading."""
    if (headings := page.locator("h1").count()) != 1:
        yield f"{headings} headings of the first order"
    if page.locator(".banner").count() and not page.get_by_role("region", name="Where the case stands").is_visible():
        yield "does not say whose turn it is"


def _covered(page: Page) -> Iterator[str]:
    """What stays in view takes at most a quarter of a low window."""
    stays = page.evaluate(
        """() => [...document.querySelectorAll('body *')]
            .filter((e) => ['sticky', 'fixed'].includes(getComputedStyle(e).position) && e.checkVisibility())
            .map((e) => e.getBoundingClientRect()).filter((r) => r.width > innerWidth / 2)
            .reduce((sum, r) => sum + r.height, 0) / innerHeight"""
    )
    if stays > 0.25:
        yield f"{stays:.0%} of the window stay covered"


REACHABLE = """() => [...document.querySelectorAll(
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
  .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.disabled && e.tabIndex >= 0)
  .filter((e) => !(e.type === 'radio' && document.querySelector(`input[name="${e.name}"]:checked`) !== e))
  .map((e, n) => { e.dataset.walk = n; return n; }).length"""
FOCUSED = """() => { const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect();
  return {walk: e.dataset.walk ?? null, what: e.outerHTML.slice(0, 90),
    marked: (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none',
    seen: r.bottom > 0 && r.top < innerHeight}; }"""
WALKED = ("/cases/", "…/", "…/records/", "…/facts/", "…/review/", "…/report/", "…/messages/", "/start/")


def test_the_keyboard_reaches_everything_and_is_never_caught(
    cast: Callable[[Sequence[Role]], list[Person]], play: Callable[[Story], None]
) -> None:
    reach = {
        person: {template_of(p): p for p in pages_of(person) if template_of(p).endswith(WALKED)}
        for person in [cast([Role.PATIENT])[0], *cast([Role.NAVIGATOR, Role.BOARD])]
    }
    found: dict[str, Any] = {}

    def story(visit: Windows) -> None:
        for person, paths in reach.items():
            window = visit(person, DESKTOP, reduced_motion="reduce")
            for template, path in paths.items():
                window.go(path)
                if wrong := list(_walk(window.page)):
                    found[template] = wrong
            window.page.close()

    play(story)
    assert sum(map(len, reach.values())) >= 10
    assert found == {}


def _walk(page: Page) -> Iterator[str]:
    """From the first to the last with the Tab key: each is reached, each can be seen to be reached, and then it ends."""
    to_reach = page.evaluate(REACHABLE)
    reached: set[str] = set()
    for _ in range(2 * to_reach + 40):  # a date is several steps, and a browser adds what scrolls
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        if at["what"].startswith("<body"):
            break
        reached.add(at["walk"])
        if not at["marked"] and at["walk"] is not None:
            yield f"not marked: {at['what']}"
        if not at["seen"]:
            yield f"out of sight: {at['what']}"
    else:
        yield "the keyboard does not get out"
    for missed in sorted({str(n) for n in range(to_reach)} - reached, key=int)[:5]:
        yield "never reached: " + page.evaluate(
            f"document.querySelector('[data-walk=\"{missed}\"]').outerHTML.slice(0,90)"
        )
