"""The voxels of the phantom and how shapes are painted into them, edges softened as a scanner softens them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]  # 32-bit floats throughout; numpy forgets it on the way
Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Grid:
    """Voxels in patient coordinates: x to the left, y to the back, z to the head, in mm. Arrays are [slice, row, column]."""

    pixels: int = 256
    slices: int = 84
    field: float = 358.4
    thickness: float = 2.5
    bottom: float = 0.0

    @property
    def spacing(self) -> float:
        """Edge of a pixel, mm."""
        return self.field / self.pixels

    @property
    def voxel(self) -> float:
        """Volume of a voxel, mm3."""
        return self.spacing**2 * self.thickness

    @property
    def origin(self) -> tuple[float, float]:
        """Centre of the first pixel."""
        edge = -(self.field - self.spacing) / 2
        return edge, edge

    @property
    def z(self) -> Array:
        return np.asarray(self.bottom + self.thickness * np.arange(self.slices), dtype=np.float32)

    @property
    def plane(self) -> Array:
        """Centres of the columns (and of the rows: the plane is square)."""
        return np.asarray(self.origin[0] + self.spacing * np.arange(self.pixels), dtype=np.float32)

    def box(self, low: npt.ArrayLike, high: npt.ArrayLike) -> tuple[slice, slice, slice]:
        """The voxels between two corners (x, y, z), as an index; empty where they lie outside."""
        starts = (self.bottom, self.origin[1], self.origin[0])
        steps = (self.thickness, self.spacing, self.spacing)
        sizes = (self.slices, self.pixels, self.pixels)
        axes = zip(starts, steps, sizes, np.asarray(low)[::-1], np.asarray(high)[::-1], strict=True)
        z, y, x = (_within(start, step, size, a, b) for start, step, size, a, b in axes)
        return z, y, x

    def at(self, box: tuple[slice, slice, slice]) -> tuple[Array, Array, Array]:
        """x, y and z of a box's voxels, ready to be combined."""
        return self.plane[None, None, box[2]], self.plane[None, box[1], None], self.z[box[0], None, None]

    @property
    def whole(self) -> tuple[slice, slice, slice]:
        return slice(0, self.slices), slice(0, self.pixels), slice(0, self.pixels)


def _within(start: float, step: float, size: int, low: float, high: float) -> slice:
    first, last = int(np.floor((low - start) / step)), int(np.ceil((high - start) / step))
    return slice(max(0, min(size, first)), max(0, min(size, last + 1)))


def cover(distance: Array, edge: float) -> Array:
    """How much of each voxel lies inside a surface at this signed distance (negative inside), 0 to 1."""
    share: Array = np.clip(0.5 - distance / edge, 0, 1).astype(np.float32)
    return share


def paint(target: Array, share: Array, hounsfield: float | Array) -> None:
    """Replace the share of each voxel, in place."""
    target += share * (hounsfield - target)


def ellipsoid(at: tuple[Array, Array, Array], centre: Point, radii: Point) -> Array:
    """Signed distance to an ellipsoid, exact at its surface."""
    parts = [(p - c) / r for p, c, r in zip(at, centre, radii, strict=True)]
    near = np.sqrt(sum(p * p for p in parts))
    slope = np.sqrt(sum((p / r) ** 2 for p, r in zip(parts, radii, strict=True)))
    return np.asarray(near * (near - 1) / np.maximum(slope, 1e-6), dtype=np.float32)


def ellipse(x: Array, y: Array, centre: tuple[float, float], radii: tuple[float, float], power: float = 2.0) -> Array:
    """Signed distance, roughly, to an ellipse in the plane; a higher power makes it squarer."""
    px, py = np.abs(x - centre[0]) / radii[0], np.abs(y - centre[1]) / radii[1]
    return np.asarray(((px**power + py**power) ** (1 / power) - 1) * min(radii), dtype=np.float32)


def capsule(at: tuple[Array, Array, Array], start: Point, end: Point, radius: float) -> Array:
    """Signed distance to a rod with round ends."""
    axis = np.subtract(end, start)
    parts = [p - s for p, s in zip(at, start, strict=True)]
    along = sum(p * a for p, a in zip(parts, axis, strict=True)) / max(float(axis @ axis), 1e-6)
    along = np.clip(along, 0, 1)
    square = sum((p - along * a) ** 2 for p, a in zip(parts, axis, strict=True))
    return np.asarray(np.sqrt(square) - radius, dtype=np.float32)


def rods(grid: Grid, rods_: Iterable[tuple[Point, Point, float]], edge: float) -> Array:
    """The cover of many rods together. A rod thinner than a voxel fills the share of it that its section has."""
    total = np.zeros((grid.slices, grid.pixels, grid.pixels), dtype=np.float32)
    for start, end, radius in rods_:
        reach = radius + edge
        box = grid.box(np.minimum(start, end) - reach, np.maximum(start, end) + reach)
        part = total[box]
        if part.size:
            drawn = max(radius, edge / 2)
            share = cover(capsule(grid.at(box), start, end, drawn), edge) * min(1.0, (radius / drawn) ** 2)
            np.maximum(part, share, out=part)
    return total
