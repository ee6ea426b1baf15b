"""Both themes hold WCAG 2 AA: 4.5 to 1 for every text on every ground that the design pairs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLE = (Path(__file__).resolve().parents[3] / "frontend/css/app.css").read_text()
COLOURS = ("primary", "secondary", "accent", "neutral", "info", "success", "warning", "error")
GROUNDS = ("base-100", "base-200", "base-300")


def themes() -> dict[str, dict[str, str]]:
    blocks = re.findall(r'@plugin "daisyui/theme" \{(.*?)\n\}', STYLE, re.S)
    return {
        re.search(r'name: "([\w-]+)"', b).group(1): dict(re.findall(r"--color-([\w-]+): (#[0-9a-f]{6});", b))  # type: ignore[union-attr]
        for b in blocks
    }


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["overread", "overread-dark"])
def test_text_can_be_read_on_every_ground(theme: str) -> None:
    colours = themes()[theme]
    pairs = [(c, f"{c}-content") for c in COLOURS]
    pairs += [(ground, "base-content") for ground in GROUNDS]
    # Links, icons and messages stand in these colours on the page itself; "neutral" is a ground alone.
    pairs += [(ground, colour) for ground in GROUNDS for colour in COLOURS if colour != "neutral"]
    poor = {
        (a, b): round(contrast(colours[a], colours[b]), 2) for a, b in pairs if contrast(colours[a], colours[b]) < 4.5
    }
    assert poor == {}
