"""Looking at what the browser paints: the grey values of the reading area, awaited."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator

from overread.web.viewer import views

CHROMIUM = Path("/usr/bin/chromium")
# Software rendering: WebGL without a graphics card.
FLAGS = [
    "--headless", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
]  # fmt: skip
SECONDS = 60

NEEDS = [
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not here"),
    pytest.mark.skipif(not (views.BUILD / "entry.json").exists(), reason="the radiology viewer has not been built"),
]


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
