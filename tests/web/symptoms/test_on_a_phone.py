"""The symptoms page as a phone, a desk and a screen reader meet it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.web.viewer.screen import CHROMIUM, look

AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = os.environ.get("OVERREAD_PICTURES")  # a folder to look at what was tested
SIZES = [(360, 780), (1280, 900)]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not here"),
]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_no_barriers_before_and_after_the_answer(width: int, height: int, live_server: object) -> None:
    found: list[object] = []

    def story(page: Page, said: list[str]) -> None:
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{live_server}{reverse('symptoms')}")
        found.append(barriers(page, f"symptoms_{width}_asked"))
        for label in ("Bleeding from the back passage", "Weight loss", "Cough", "Anaemia"):
            page.get_by_label(label, exact=True).check()
        page.get_by_label("An enlarged spleen", exact=True).check()
        page.get_by_label("Your age in years").fill("82")
        page.get_by_label("Your sex in medical records").select_option("male")
        page.get_by_role("button", name="See what studies found").click()
        page.get_by_role("heading", name="What studies found").wait_for()
        found.append(barriers(page, f"symptoms_{width}_answered"))
        found.append(list(said))

    look(story)
    assert found == [([], False), ([], False), []]


def test_the_search_hides_what_does_not_fit_and_keeps_what_is_ticked(live_server: object) -> None:
    found: list[object] = []

    def story(page: Page, said: list[str]) -> None:
        page.goto(f"{live_server}{reverse('symptoms')}")
        search = page.get_by_label("Look for something you noticed")
        page.get_by_label("Cough", exact=True).check()
        search.fill("moles")
        found.append(page.locator("[data-sieved] label:visible").all_inner_texts())
        found.append(page.get_by_text("1 found. 1 chosen.").is_visible())
        search.press("Enter")  # does not send the form
        search.fill("zzz")
        found.append(page.get_by_text("Nothing here is called that").is_visible())
        search.fill("")
        found.append(page.locator("[data-sieved] label:visible").count() > 40)
        found.append(page.get_by_label("Many or unusual moles").is_visible())  # the fold is closed again
        found.append(list(said))

    look(story)
    assert found == [["Cough", "Many or unusual moles"], True, True, True, False, []]


def barriers(page: Page, name: str) -> tuple[object, bool]:
    """What axe finds, with every fold open, and whether the page scrolls sideways."""
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}.png", full_page=True)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate("async () => (await axe.run()).violations.map((v) => [v.id, v.nodes[0].html])")
    return violations, page.evaluate("document.documentElement.scrollWidth > innerWidth")
