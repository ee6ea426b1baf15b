"""A real browser shows a CT in OHIF under the strict content security policy, and the pixels are the file's."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page
from pydicom.uid import JPEG2000Lossless, JPEGLSLossless, RLELossless

from tests.interop.dicom import synthetic
from tests.web.viewer import screen, stand_alone

# How each slice is stored, and the Hounsfield units of its square. The window is 40/400, so that -160 HU is black.
SLICES = ((None, 240), (JPEGLSLossless, 140), (JPEG2000Lossless, 40), (RLELossless, -60))
VIEWER = f"/viewer/{stand_alone.CASE.key}/"
PANE = "[data-cy=viewport-pane]"

pytestmark = [pytest.mark.browser, *screen.NEEDS]


def test_slices_of_every_compression_are_painted(address: str, given: stand_alone.Given, tmp_path: Path) -> None:
    for number, (syntax, hounsfield) in enumerate(reversed(SLICES), start=1):
        ds = synthetic.ct_slice(number, size=128, square=hounsfield)
        file = tmp_path / f"{number}.dcm"
        file.write_bytes(synthetic.as_bytes(synthetic.compressed(ds, syntax) if syntax else ds))
        given.files += (file,)

    def story(page: Page, said: list[str]) -> None:
        page.goto(address + VIEWER)
        pane = page.locator(PANE).first
        for _, hounsfield in SLICES:
            wanted = screen.is_square_of(hounsfield)
            found = screen.eventually(lambda: screen.quarters(pane), wanted)
            assert wanted(found), (hounsfield, screen.grey_of(hounsfield), found, said)
            pane.hover()
            page.mouse.wheel(0, 100)
        assert said == []

    screen.look(story)


def test_blinded_eyes_see_the_picture_and_no_words(address: str, given: stand_alone.Given, tmp_path: Path) -> None:
    file = tmp_path / "1.dcm"
    file.write_bytes(synthetic.as_bytes(synthetic.ct_slice(1, size=128, square=240)))
    given.files, given.words_hidden = (file,), True

    def story(page: Page, said: list[str]) -> None:
        page.goto(address + VIEWER)
        pane, wanted = page.locator(PANE).first, screen.is_square_of(240)
        assert wanted(screen.eventually(lambda: screen.quarters(pane), wanted)), said
        words = page.inner_text("body")
        assert "02-Jan-2026" in words
        assert not [w for w in ("carcinoma", "5mm", "Doe", "S-1") if w in words]

    screen.look(story)


def test_prior_and_current_are_painted_side_by_side(address: str, given: stand_alone.Given, tmp_path: Path) -> None:
    given.files = (
        stand_alone.stored(tmp_path, 1, "20260101", size=128, square=140),
        stand_alone.stored(tmp_path, 2, "20260701", size=128, square=240),
    )

    def story(page: Page, said: list[str]) -> None:
        page.goto(address + VIEWER)
        panes = page.locator(PANE)
        for pane, hounsfield, day in ((panes.nth(0), 240, "01-Jul-2026"), (panes.nth(1), 140, "01-Jan-2026")):
            wanted = screen.is_square_of(hounsfield)
            found = screen.eventually(lambda p=pane: screen.quarters(p), wanted)  # type: ignore[misc]
            assert wanted(found), (hounsfield, found, said)
            assert day in pane.inner_text()
        assert panes.count() == 2 and said == []

    screen.look(story)
