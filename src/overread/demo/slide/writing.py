"""The section as a tiled, pyramidal TIFF with its micrometres a pixel."""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from PIL import Image

from .painting import TILE, Painter
from .section import MICRONS, Section
from .stain import GLASS, Array
from .tiff import Writer

QUALITY = 72
STEP = 4  # from one level to the next
LEVELS = 3
THREADS = 2
SAID = "Overread demo: drawn by a program, no tissue of anybody"


def tiff(section: Section) -> bytes:
    """The whole file. The same section gives the same bytes."""
    painter = Painter(section)
    across, down = section.width // TILE, section.height // TILE
    smaller = np.empty((down * TILE // STEP, across * TILE // STEP, 3), np.uint8)

    def painted(place: tuple[int, int]) -> bytes:
        row, column = place
        image = Image.fromarray(np.ascontiguousarray(painter.tile(column * TILE, row * TILE)))
        side = TILE // STEP
        smaller[row * side : (row + 1) * side, column * side : (column + 1) * side] = np.asarray(image.reduce(STEP))
        return _jpeg(image)

    out = io.BytesIO()
    file = Writer(out, TILE)
    with ThreadPoolExecutor(THREADS) as threads:
        places = [(row, column) for row in range(down) for column in range(across)]
        file.level(across * TILE, down * TILE, threads.map(painted, places), 1e4 / MICRONS, SAID)
    for level in range(1, LEVELS):
        height, width = smaller.shape[:2]
        file.level(width, height, _tiles(smaller), 1e4 / MICRONS / STEP**level, SAID)
        smaller = np.asarray(Image.fromarray(smaller).reduce(STEP))
    file.finish()
    return out.getvalue()


def _tiles(picture: Array) -> Iterator[bytes]:
    """The tiles of a small level; the last ones are filled up with glass."""
    for top in range(0, picture.shape[0], TILE):
        for left in range(0, picture.shape[1], TILE):
            part = picture[top : top + TILE, left : left + TILE]
            whole = np.full((TILE, TILE, 3), GLASS, np.uint8)
            whole[: part.shape[0], : part.shape[1]] = part
            yield _jpeg(Image.fromarray(whole))


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, subsampling="4:2:0")
    return out.getvalue()
