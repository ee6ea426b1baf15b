"""The drawn section: the same whenever it is made, read by OpenSlide, and coloured as such a section is."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from overread.demo.slide import Section, tiff
from overread.demo.slide import stain as stains
from overread.demo.slide.painting import TILE, Painter
from overread.interop import slides

SECTION = Section(width=2048, height=1536)


@pytest.fixture(scope="module")
def painter() -> Painter:
    return Painter(SECTION)


@pytest.fixture(scope="module")
def whole(painter: Painter) -> np.ndarray[Any, Any]:
    rows = [[painter.tile(x, y) for x in range(0, SECTION.width, TILE)] for y in range(0, SECTION.height, TILE)]
    return np.concatenate([np.concatenate(row, axis=1) for row in rows])


def test_it_is_a_pyramid_that_states_its_scale(tmp_path: Path) -> None:
    path = tmp_path / "slide.tif"
    path.write_bytes(data := tiff(SECTION))
    found = slides.examine((path,))
    assert found is not None
    assert found.levels == ((2048, 1536), (512, 384), (128, 96))
    assert found.microns_per_pixel == pytest.approx((0.5, 0.5))
    assert found.objective is None
    assert len(data) < 1.5 * 2048 * 1536 * 0.14 * 1.2  # of the full size, less than 15 MB
    shown = np.asarray(Image.open(io.BytesIO(slides.thumbnail((path,), 128))))
    assert shown.std() > 15
    slides.close()


def test_the_same_section_gives_the_same_bytes() -> None:
    small = Section(width=1024, height=512)
    assert tiff(small) == tiff(small)
    assert tiff(small) != tiff(Section(width=1024, height=512, seed=1))


def test_glass_lies_around_the_tissue(whole: np.ndarray[Any, Any]) -> None:
    for corner in (whole[0, 0], whole[0, -1], whole[-1, 0], whole[-1, -1]):
        assert tuple(corner) == stains.GLASS
    assert 0.6 < (whole != stains.GLASS).any(axis=2).mean() < 0.95


def test_the_nodule_is_bluer_than_the_thyroid_around_it_and_the_capsule_pink(
    painter: Painter, whole: np.ndarray[Any, Any]
) -> None:
    y, x = (grid.ravel() for grid in np.mgrid[8 : SECTION.height : 16, 8 : SECTION.width : 16])
    here = {name: painter.plan.at(name, x, y) for name in ("tissue", "inside", "outside")}
    blueness = whole[y, x, 2].astype(int) - whole[y, x, 0]
    tissue = here["tissue"] > 30
    nodule, capsule, around = (
        blueness[tissue & where].mean()
        for where in (here["inside"] < 0, (here["inside"] > 0) & (here["outside"] < 0), here["outside"] > 0)
    )
    assert nodule > capsule + 5
    assert nodule > around + 5


def test_tiles_meet_without_a_seam(painter: Painter) -> None:
    """The capsule's fibres follow the plan, so that a step in it would be seen as a line."""
    for name in ("turn", "outside", "thickness"):
        whole = painter.plan.part(name, 0, 0, 2 * TILE)
        for left in (0, TILE):
            for top in (0, TILE):
                part = painter.plan.part(name, left, top, TILE)
                np.testing.assert_allclose(part, whole[top : top + TILE, left : left + TILE], rtol=1e-4, atol=1e-3)


def test_nuclei_differ(painter: Painter) -> None:
    darkness = [n.amount[12:20, 12:20].mean() for n in painter.drawer.round]
    assert np.std(darkness) > 8
    sizes = [n.cover.sum() for n in painter.drawer.round]
    assert np.std(sizes) > 8


def test_nothing_lies_on_anything_else(painter: Painter) -> None:
    placed = list({id(one): one for tile in painter.lying.values() for one in tile}.values())
    assert len(placed) > 60
    at = np.array([[one.x, one.y] for one in placed], dtype=float)
    radius = np.array([one.stamp.radius for one in placed])
    apart = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) - 0.9 * (radius[:, None] + radius[None])
    np.fill_diagonal(apart, 1)
    assert apart.min() > -16  # two squares of the map


def test_more_stain_is_darker_and_none_is_glass() -> None:
    table = stains.colours().astype(int)
    steps = [0, 60, 120, 180, 255]
    for fixed in (0, 128):
        of_h = [table[stains.index(np.uint8([h]), np.uint8([fixed]))[0]].sum() for h in steps]
        of_e = [table[stains.index(np.uint8([fixed]), np.uint8([e]))[0]].sum() for e in steps]
        assert of_h == sorted(of_h, reverse=True)
        assert of_e == sorted(of_e, reverse=True)
    assert tuple(table[0]) == stains.GLASS
