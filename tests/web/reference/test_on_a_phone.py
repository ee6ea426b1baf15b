"""The reference as a phone and a screen reader meet it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from tests.web.viewer.screen import CHROMIUM, look

AXE = Path(__file__).resolve().parents[3] / "node_modules" / "axe-core" / "axe.min.js"
FILES = [("growth", "bts"), ("indication", "yield"), ("staging", "lung_8"), ("workup", "core")]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not here"),
]


def addresses() -> list[str]:
    return [reverse("reference"), *(reverse("reference-file", args=pair) for pair in FILES)]


def test_no_page_has_barriers_or_scrolls_sideways(live_server: object) -> None:
    found: dict[str, object] = {}

    def story(page: Page, said: list[str]) -> None:
        page.set_viewport_size({"width": 390, "height": 844})
        for address in addresses():
            page.goto(f"{live_server}{address}")
            page.evaluate(AXE.read_text(encoding="utf-8"))
            barriers = page.evaluate("async () => (await axe.run()).violations.map((v) => [v.id, v.nodes[0].html])")
            wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
            found[address] = (barriers, wide, list(said))

    look(story)
    assert found == {address: ([], False, []) for address in addresses()}
