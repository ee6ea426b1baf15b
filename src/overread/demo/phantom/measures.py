"""What the parts of the chest share: densities in Hounsfield units, heights and widths in mm."""

from __future__ import annotations

import math

from .grid import Array, Grid

AIR, FAT, MUSCLE, BLOOD, LIVER, SPLEEN, WATER = -1000, -100, 55, 42, 60, 50, 5
CORTEX, MARROW, CARTILAGE, LUNG = 620, 170, 110, -868
APEX = 214.0  # where the lungs end, mm above the lowest slice


def cavity(z: float) -> tuple[float, float]:
    """Half width and half depth of the inner chest at a height."""
    rise = max(0.0, (z - 70) / (APEX + 10 - 70))
    shrink = math.sqrt(max(0.02, 1 - rise**2.6))
    return 132 * shrink, 86 * (0.35 + 0.65 * shrink)


def axes(grid: Grid) -> tuple[Array, Array]:
    return grid.plane[None, :], grid.plane[:, None]
