"""Looking at what the browser paints: the grey values of the reading area, awaited."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, sync_playwright

from overread.web.viewer import views

CHROMIUM = Path("/usr/bin/chromium")
# Software rendering: WebGL without a graphics card.
FLAGS = [
    "--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
]  # fmt: skip
SECONDS = 60

HERE = ("http://127.0.0.1:", "http://localhost:", "blob:", "data:")

NEEDS = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not here"),
    pytest.mark.skipif(not (views.BUILD / "entry.json").exists(), reason="the radiology viewer has not been built"),
]


def look(story: Callable[[Page, list[str]], None]) -> None:
    """Tell a story to a page in a fresh browser. The list holds what the page complains of: policy violations, errors,
    requests to anywhere else.

    The browser is driven from a thread of its own: Playwright keeps an event loop there, in which Django would refuse
    the database.
    """
    with ThreadPoolExecutor(1) as thread:
        thread.submit(_tell, story).result()


def _tell(story: Callable[[Page, list[str]], None]) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        page, said = browser.new_page(viewport={"width": 1280, "height": 1000}), list[str]()
        page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: said.append(str(e)))
        page.on("request", lambda r: None if r.url.startswith(HERE) else said.append(r.url))
        try:
            story(page, said)
        finally:
            browser.close()


def quarters(pane: Locator) -> tuple[int, int, int, int]:
    """The grey values in the middle of the four quarters of the first picture: upper left and right, lower left and right."""
    shot = pane.screenshot(timeout=SECONDS * 1000)
    grey = np.asarray(Image.open(io.BytesIO(shot)).convert("L"), dtype=int)
    height, width = grey.shape
    step = min(height, width) // 4
    return tuple(int(grey[height // 2 + y * step, width // 2 + x * step]) for y in (-1, 1) for x in (-1, 1))  # type: ignore[return-value]


def eventually(seen: Callable[[], object], wanted: Callable[[object], bool]) -> object:
    """What is seen once it is as wanted, or at last."""
    end = time.monotonic() + SECONDS
    while not wanted(found := seen()) and time.monotonic() < end:
        time.sleep(0.3)
    return found


def grey_of(hounsfield: int) -> int:
    return round((hounsfield + 160) / 400 * 255)


def is_square_of(hounsfield: int) -> Callable[[object], bool]:
    """Bright where the square is, black in the three other quarters, to within the rounding of a screen."""
    return lambda q: isinstance(q, tuple) and abs(q[0] - grey_of(hounsfield)) <= 3 and max(q[1:]) <= 3
