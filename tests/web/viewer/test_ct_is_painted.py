"""A real browser shows a CT in OHIF under the strict content security policy, and the pixels are the file's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from pydicom.uid import JPEG2000Lossless, JPEGLSLossless, RLELossless

from tests.interop.dicom import synthetic
from tests.web.viewer import screen, stand_alone

# How each slice is stored, and the Hounsfield units of its square. The window is 40/400, so that -160 HU is black.
SLICES = ((None, 240), (JPEGLSLossless, 140), (JPEG2000Lossless, 40), (RLELossless, -60))

pytestmark = [pytest.mark.browser, *screen.NEEDS]


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
    page.wait_for_selector("[data-cy=viewport-pane] canvas", timeout=screen.SECONDS * 1000)
    pane = page.locator("[data-cy=viewport-pane]").first
    for _, hounsfield in SLICES:
        wanted = screen.is_square_of(hounsfield)
        found = screen.eventually(lambda: screen.quarters(pane), wanted)
        assert wanted(found), (hounsfield, screen.grey_of(hounsfield), found, said)
        pane.hover()
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
    page.wait_for_selector("[data-cy=viewport-pane] canvas", timeout=screen.SECONDS * 1000)
    pane, wanted = page.locator("[data-cy=viewport-pane]").first, screen.is_square_of(240)
    assert wanted(screen.eventually(lambda: screen.quarters(pane), wanted))
    assert "02-Jan-2026" in page.inner_text("body")
    assert not [w for w in ("carcinoma", "5mm", "Doe", "S-1") if w in page.inner_text("body")]
