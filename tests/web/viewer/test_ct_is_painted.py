"""A real browser shows a CT in OHIF under the strict content security policy, and the pixels are the file's."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from pydicom.uid import JPEG2000Lossless, JPEGLSLossless, RLELossless

from overread.web.viewer import views
from tests.interop.dicom import synthetic
from tests.web.viewer import stand_alone

CHROMIUM = Path("/usr/bin/chromium")
# Software rendering: WebGL without a graphics card.
FLAGS = [
    "--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
]  # fmt: skip
SECONDS = 60

# How each slice is stored, and the Hounsfield units of its square. The window is 40/400, so that -160 HU is black.
SLICES = ((None, 240), (JPEGLSLossless, 140), (JPEG2000Lossless, 40), (RLELossless, -60))

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not here"),
    pytest.mark.skipif(not (views.BUILD / "entry.json").exists(), reason="the radiology viewer has not been built"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def heard(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it complained of: policy violations, errors, requests to anywhere else."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page, said = context.new_page(), []
    page.on("console", lambda m: said.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda e: said.append(str(e)))
    page.on(
        "request",
        lambda r: None if "//127.0.0.1:" in r.url or r.url.startswith(("blob:", "data:")) else said.append(r.url),
    )
    yield page, said
    context.close()


def quarters(page: Page) -> tuple[int, int, int, int]:
    """The grey values in the middle of the four quarters of the first picture: upper left and right, lower left and right."""
    shot = page.locator("[data-cy=viewport-pane]").first.screenshot()
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


def test_slices_of_every_compression_are_painted(
    heard: tuple[Page, list[str]], address: str, given: stand_alone.Given, tmp_path: Path
) -> None:
    page, said = heard
    for number, (syntax, hounsfield) in enumerate(reversed(SLICES), start=1):
        ds = synthetic.ct_slice(number, size=128, square=hounsfield)
        file = tmp_path / f"{number}.dcm"
        file.write_bytes(synthetic.as_bytes(synthetic.compressed(ds, syntax) if syntax else ds))
        given.files += (file,)
    page.goto(f"{address}/viewer/{stand_alone.CASE.key}/")
    page.wait_for_selector("[data-cy=viewport-pane] canvas", timeout=SECONDS * 1000)
    for _, hounsfield in SLICES:
        wanted = is_square_of(hounsfield)
        found = eventually(lambda: quarters(page), wanted)
        assert wanted(found), (hounsfield, grey_of(hounsfield), found, said)
        page.locator("[data-cy=viewport-pane]").first.hover()
        page.mouse.wheel(0, 100)
    assert said == []


def test_blinded_eyes_see_the_picture_and_no_words(
    heard: tuple[Page, list[str]], address: str, given: stand_alone.Given, tmp_path: Path
) -> None:
    page, _ = heard
    file = tmp_path / "1.dcm"
    file.write_bytes(synthetic.as_bytes(synthetic.ct_slice(1, size=128, square=240)))
    given.files, given.words_hidden = (file,), True
    page.goto(f"{address}/viewer/{stand_alone.CASE.key}/")
    page.wait_for_selector("[data-cy=viewport-pane] canvas", timeout=SECONDS * 1000)
    wanted = is_square_of(240)
    assert wanted(eventually(lambda: quarters(page), wanted))
    assert "02-Jan-2026" in page.inner_text("body")
    assert not [w for w in ("carcinoma", "5mm", "Doe", "S-1") if w in page.inner_text("body")]
