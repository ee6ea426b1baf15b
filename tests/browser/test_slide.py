"""A blinded pathologist looks at a slide: tissue is painted beside the opinion, keys and buttons move it, a phone shows it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from overread.demo.slide import Section, tiff
from overread.interop import slides
from overread.workflow.cases.visibility import Discipline
from tests.browser.conftest import AXE, DESKTOP, PHONE, RULES, Story, Windows
from tests.factories.cases import World

SECONDS = 40
SECTION = Section(width=2048, height=1536)
# The colours of every twentieth pixel of what OpenSeadragon painted.
PAINTED = """() => {
  const canvas = document.querySelector("[data-canvas] .openseadragon-canvas canvas");
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  const found = [];
  for (let at = 0; at < data.length; at += 80) found.push([data[at], data[at + 1], data[at + 2]]);
  return found;
}"""
VIEW = "document.querySelector('[data-slide-viewer]').slideViewer.viewer.viewport"
PICTURES = os.environ.get("OVERREAD_PICTURES")  # a folder: the windows are photographed into it


@pytest.fixture(autouse=True)
def no_processes_left() -> Iterator[None]:
    yield
    slides.close()
    slides.known.cache_clear()


@pytest.fixture
def reading(world: World) -> World:
    """A pathologist reads blinded; the case holds one slide, under a name that says too much."""
    world.reviewing(Discipline.PATHOLOGY)
    section = Section() if PICTURES else SECTION
    world.add(tiff(section), "follicular carcinoma A3.tif")
    return world


def shown(page: Page) -> list[list[int]]:
    """What is painted once every tile has come."""
    page.locator("[data-said]", has_text="is shown").wait_for(timeout=SECONDS * 1000)
    return list(page.evaluate(PAINTED))


def share(pixels: list[list[int]], wanted: Callable[[int, int, int], bool]) -> float:
    return sum(wanted(*pixel) for pixel in pixels) / len(pixels)


def pink(red: int, green: int, blue: int) -> bool:
    return red > 190 and green < red - 40 and blue > green


def purple(red: int, green: int, blue: int) -> bool:
    return blue >= red - 5 and green < blue - 25


def eventually(seen: Callable[[], Any], wanted: Callable[[Any], bool]) -> Any:
    end = time.monotonic() + SECONDS
    while not wanted(found := seen()) and time.monotonic() < end:
        time.sleep(0.2)
    return found


def barriers_of_main(page: Page) -> list[str]:
    """What axe finds in the page's own part; the frame around it is tried with every page."""
    page.evaluate(AXE.read_text())
    answer = page.evaluate("rules => axe.run('#main', {runOnly: rules})", RULES)
    return [f"{v['id']}: {n['target']}" for v in answer["violations"] for n in v["nodes"]]


def photograph(page: Page, name: str) -> None:
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}.png"))


def zoom(page: Page) -> float:
    return float(page.evaluate(f"{VIEW}.getZoom(false)"))


@pytest.mark.parametrize(("size", "theme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desk-light", "phone-dark"])
def test_tissue_is_painted_beside_the_opinion(
    reading: World, play: Callable[[Story], None], size: tuple[int, int], theme: Any
) -> None:
    address = reverse("review", kwargs={"case": reading.case.key})

    def story(visit: Windows) -> None:
        window = visit(reading.reviewer, size, color_scheme=theme, bypass_csp=True, reduced_motion="reduce")
        page = window.go(address)
        pixels = shown(page)
        photograph(page, f"review-{size[0]}-{theme}")
        assert len({tuple(p) for p in pixels}) > 200
        assert share(pixels, pink) > 0.2
        assert share(pixels, purple) > 0.02
        assert page.get_by_role("heading", name="Your opinion").is_visible()
        assert "carcinoma" not in page.locator("[data-slide-viewer]").inner_text()
        assert window.overflow() == 0
        assert barriers_of_main(page) == []

    play(story)


def test_the_slide_has_a_page_of_its_own_without_barriers(reading: World, play: Callable[[Story], None]) -> None:
    address = reverse("slides", kwargs={"case": reading.case.key})

    def story(visit: Windows) -> None:
        for size, theme in ((DESKTOP, "dark"), (PHONE, "light")):
            window = visit(reading.patient, size, color_scheme=theme, bypass_csp=True, reduced_motion="reduce")
            page = window.go(address)
            assert share(shown(page), pink) > 0.2
            photograph(page, f"slide-{size[0]}-{theme}")
            assert barriers_of_main(page) == []
            assert window.overflow() == 0

    play(story)


def test_keys_buttons_and_scale(reading: World, play: Callable[[Story], None]) -> None:
    address = reverse("slides", kwargs={"case": reading.case.key})

    def story(visit: Windows) -> None:
        page = visit(reading.reviewer).go(address)  # under the real policy
        shown(page)
        whole, scale = zoom(page), page.locator("[data-length]").inner_text()
        page.locator(".openseadragon-canvas").first.focus()
        for _ in range(6):
            page.keyboard.press("+")
        assert eventually(lambda: zoom(page), lambda z: z > whole * 1.5) > whole * 1.5
        eventually(lambda: page.locator("[data-length]").inner_text(), lambda text: text != scale)
        assert page.locator("[data-length]").inner_text() != scale
        assert page.locator("[data-length]").inner_text().endswith(("µm", "mm"))
        before = page.evaluate(f"{VIEW}.getCenter(false).x")
        page.keyboard.press("ArrowRight")
        assert eventually(lambda: page.evaluate(f"{VIEW}.getCenter(false).x"), lambda x: x != before) != before
        page.get_by_role("button", name="Turn to the right").click()
        assert eventually(lambda: page.evaluate(f"{VIEW}.getRotation(false)"), lambda r: r == 90) == 90
        page.keyboard.press("f")
        assert page.evaluate(f"{VIEW}.getFlip()") is False
        photograph(page, "closer")
        page.get_by_role("button", name="Whole slide").click()
        assert eventually(lambda: zoom(page), lambda z: abs(z - whole) < 0.01) == pytest.approx(whole, abs=0.01)
        for _ in range(5):
            page.get_by_role("button", name="Zoom in").click()
        assert zoom(page) > whole * 3
        shown(page)
        page.wait_for_timeout(1500)
        photograph(page, "closest")

    play(story)


def test_a_slide_that_went_missing_is_said_to_be(reading: World, play: Callable[[Story], None]) -> None:
    address = reverse("slides", kwargs={"case": reading.case.key})

    def story(visit: Windows) -> None:
        window = visit(reading.reviewer)
        window.page.route("**/*.dzi", lambda route: route.abort())
        page = window.go(address)
        page.locator("[data-said]", has_text="could not be opened").wait_for(timeout=SECONDS * 1000)
        assert not page.locator("[data-busy]").is_visible()
        window.said.clear()  # the browser itself reports what was broken off

    play(story)
