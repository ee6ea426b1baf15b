"""The bones of the chest."""

from __future__ import annotations

import itertools
import math

import numpy as np

from .grid import Array, Grid, Point, cover, ellipse, paint, rods
from .measures import APEX, CARTILAGE, CORTEX, MARROW, axes, cavity

VERTEBRA, DISC = 25.0, 5.0


def paint_bones(grid: Grid, volume: Array, body: Array) -> None:
    """Spine, ribs, shoulder blades, collar bones and breastbone. body: the share of each voxel well under the skin."""
    _spine(grid, volume, body)
    ribs: list[tuple[Point, Point]] = []
    cartilage: list[tuple[Point, Point]] = []
    for start, end, share in _rib_paths():
        (cartilage if share > 0.78 else ribs).append((start, end))
    paint(volume, rods(grid, [(a, b, 4.6) for a, b in cartilage], grid.spacing), CARTILAGE)
    blades = _shoulder_blades()
    for radius, value in ((5.0, CORTEX), (3.4, MARROW)):
        paint(volume, rods(grid, [(a, b, radius) for a, b in ribs], grid.spacing), value)
    collar = [((s * 16.0, -72.0, 190.0), (s * 112.0, -34.0, 212.0)) for s in (-1, 1)]
    paint(volume, rods(grid, [*((a, b, 6.0) for a, b in collar), *blades], grid.spacing) * body, CORTEX)
    paint(volume, rods(grid, [(a, b, 4.0) for a, b in collar], grid.spacing) * body, MARROW)
    x, y = axes(grid)
    for image, z in zip(volume, grid.z, strict=True):
        if z > 34:
            front = -max(cavity(float(z))[1], 62) - 6
            paint(image, cover(ellipse(x, y, (0, front), (20 if z > 150 else 15, 7)), grid.spacing), CORTEX - 250)
            paint(image, cover(ellipse(x, y, (0, front), (17 if z > 150 else 12, 4.6)), grid.spacing), MARROW - 40)


def _spine(grid: Grid, volume: Array, under: Array) -> None:
    """Vertebrae and discs in turn, the canal behind them, arches and spines."""
    x, y = axes(grid)
    for image, inner, z in zip(volume, under, grid.z, strict=True):
        place = float(z) % VERTEBRA
        is_disc = place > VERTEBRA - DISC
        waist = 1 - 0.1 * math.sin(math.pi * min(1.0, place / (VERTEBRA - DISC)))
        rim = 2.0 if is_disc else 1.6 + 1.6 * (min(place, VERTEBRA - DISC - place) < 2.5)
        body = ellipse(x, y, (0, 56), (19 * waist, 15 * waist), 2.3)
        paint(image, cover(body, grid.spacing), 85 if is_disc else CORTEX - 150)
        if not is_disc:
            paint(image, cover(body + rim, grid.spacing), MARROW)
            arch = np.abs(ellipse(x, y, (0, 77), (13.5, 11.5))) - 2.2
            paint(image, cover(np.maximum(arch, 66 - y), grid.spacing), CORTEX - 100)
        if 4 < place < 19:
            paint(image, cover(ellipse(x, y, (0, 98), (3.2, 12)), grid.spacing) * inner, CORTEX - 180)
        if 6 < place < 15:
            for side in (-1, 1):
                paint(image, cover(ellipse(x, y, (side * 25, 76), (14, 4.2)), grid.spacing), CORTEX - 160)
        paint(image, cover(ellipse(x, y, (0, 76), (11, 9)), grid.spacing), 25)


def _rib_paths() -> list[tuple[Point, Point, float]]:
    """Short pieces of each rib, from the spine around to the front and down, with how far along they lie (0 to 1)."""
    pieces = []
    for number in range(13):
        top = APEX + 24 - VERTEBRA * number
        for side in (-1, 1):
            points = [_on_rib(side, top, share) for share in np.linspace(0, 1, 46)]
            pieces += [(a, b, i / 45) for i, (a, b) in enumerate(itertools.pairwise(points))]
    return pieces


def _on_rib(side: int, top: float, share: float) -> Point:
    turn = math.radians(16 + 146 * share)
    z = top - 64 * share**1.15
    wide, deep = cavity(min(max(z, 0.0), APEX - 8))
    return side * (wide + 6) * math.sin(turn), -1 + (deep + 5) * math.cos(turn), z


def _shoulder_blades() -> list[tuple[Point, Point, float]]:
    blades = []
    for side in (-1, 1):
        for z in np.arange(112.0, APEX + 8, 2.0):
            wide = max(cavity(float(z))[0], 88) + 12
            grown = min(1.0, (z - 105) / 40)
            inner = (side * (wide * 0.72 - 12 * grown), 82.0, float(z))
            outer = (side * (wide * 0.98 + 2 * grown), 62.0 - 30 * grown, float(z))
            blades.append((inner, outer, 2.1))
    return blades
