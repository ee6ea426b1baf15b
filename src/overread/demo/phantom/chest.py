"""A chest as a CT sees it, from shapes alone: no picture of anybody went into it. Values in Hounsfield units."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

import numpy as np

from .bones import paint_bones
from .grid import Array, Grid, Point, capsule, cover, ellipse, ellipsoid, paint, rods
from .measures import AIR, APEX, BLOOD, FAT, LIVER, LUNG, MUSCLE, SPLEEN, WATER, axes, cavity
from .vessels import tree

WITHIN = 6  # points along each edge of a voxel


@dataclass(frozen=True, slots=True)
class Nodule:
    """A solid nodule: centre and half axes in mm."""

    centre: Point
    radii: Point
    hounsfield: float = 38.0

    @property
    def volume(self) -> float:
        """mm3."""
        return 4 / 3 * math.pi * math.prod(self.radii)


@dataclass(frozen=True, slots=True)
class Body:
    """A chest before it is scanned: its densities, and the share of lung in each voxel."""

    grid: Grid
    volume: Array
    air: Array


def body(grid: Grid, seed: int) -> Body:
    """The chest of one person. seed: of the vessels and the lung's texture."""
    volume = np.full((grid.slices, grid.pixels, grid.pixels), AIR, dtype=np.float32)
    under_skin = _wall(grid, volume)
    lungs = _lungs(grid)
    air = cover(lungs, grid.spacing)
    _mediastinum(grid, volume)
    _abdomen(grid, volume)
    paint_bones(grid, volume, under_skin)
    paint(volume, air, _parenchyma(grid, seed))
    _branches(grid, volume, lungs, air, seed)
    return Body(grid, volume, air)


def scan(of: Body, *, nodule: Nodule | None, noise: int) -> Array:
    """One CT of a chest, in Hounsfield units. noise: seed of this acquisition."""
    volume = of.volume.copy()
    if nodule:
        _nodule(of.grid, volume, nodule, of.air)
    return _acquired(volume, noise)


def nodule_cover(grid: Grid, nodule: Nodule) -> Array:
    """The share of each voxel that the nodule fills; its sum times the voxel's volume is the nodule's.

    Counted over points within each voxel, since a voxel's height is a good part of a small nodule's.
    """
    total = np.zeros((grid.slices, grid.pixels, grid.pixels), dtype=np.float32)
    box = grid.box(np.subtract(nodule.centre, nodule.radii) - 5, np.add(nodule.centre, nodule.radii) + 5)
    steps = (np.arange(WITHIN) + 0.5) / WITHIN - 0.5
    x, y, z = grid.at(box)
    for right, back, up in itertools.product(steps, repeat=3):
        at = (x + right * grid.spacing, y + back * grid.spacing, z + up * grid.thickness)
        total[box] += ellipsoid(at, nodule.centre, nodule.radii) < 0
    return total / WITHIN**3


def _wall(grid: Grid, volume: Array) -> Array:
    """Skin, fat, the muscles of the trunk, and the table below. Returns the share of each voxel well under the skin."""
    x, y = axes(grid)
    under = np.empty_like(volume)
    for image, inner, z in zip(volume, under, grid.z, strict=True):
        wide, deep = cavity(float(z))
        wide, deep = max(wide, 92), max(deep, 62)
        body = ellipse(x, y, (0, 2), (wide + 32, deep + 25), 2.35)
        paint(image, cover(body, grid.spacing), MUSCLE)  # the skin
        paint(image, cover(body + 2.2, grid.spacing), FAT)
        paint(image, cover(ellipse(x, y, (0, 4), (wide + 17, deep + 13), 2.3), grid.spacing), MUSCLE)
        paint(image, cover(ellipse(x, y, (0, 2), (wide + 5, deep + 4), 2.2), grid.spacing), FAT + 25)
        inner[:] = cover(body + 6, grid.spacing)
        for side in (-1, 1):
            paint(image, cover(ellipse(x, y, (side * 33, 88), (28, 17)), grid.spacing) * inner, MUSCLE)
            back = cover(ellipse(x, y, (side * (wide - 8), 48), (26, 36)), grid.spacing)
            paint(image, back * inner * 0.9, MUSCLE)
            if z > 90:
                chest_muscle = cover(ellipse(x, y, (side * 62, -deep - 4), (52, 13)), grid.spacing)
                paint(image, chest_muscle * inner, MUSCLE)
        table = np.abs(ellipse(x, y, (0, -330), (460, 460))) - 1.6
        paint(image, cover(table, grid.spacing) * (np.abs(x) < 165), -250)
    return under


def _lungs(grid: Grid) -> Array:
    """Signed distance to both lungs: the cavity without mediastinum, spine, heart and diaphragm."""
    at = grid.at(grid.whole)
    x, y, z = at
    wide, deep = (np.asarray(v, dtype=np.float32)[:, None, None] for v in zip(*map(cavity, grid.z), strict=True))
    px, py = np.abs(x) / wide, np.abs(y + 3) / deep
    within = ((px**2.2 + py**2.2) ** (1 / 2.2) - 1) * np.minimum(wide, deep) + 1.5
    middle = _joined(
        ellipse(x, y, (2, -18), (27, 74)) + 0 * z,
        ellipse(x, y, (0, 62), (33, 36)) + 0 * z,
        ellipsoid(at, (24, -28, 62), (62, 48, 58)),
        ellipsoid(at, (10, 0, 128), (42, 46, 42)),
        ellipsoid(at, (26, 42, 60), (19, 19, 130)),
        capsule(at, (-22, -8, 112), (-46, 6, 106), 11),
        capsule(at, (26, -2, 114), (50, 10, 106), 11),
    )
    domes = _joined(ellipsoid(at, (-66, 4, -38), (82, 92, 88)), ellipsoid(at, (72, 10, -48), (72, 88, 84)))
    apart = 9 - np.abs(x - 2) * np.ones_like(y)  # the two never touch
    inside: Array = np.maximum.reduce([within, -middle, -domes, apart + 0 * z]).astype(np.float32)
    return inside


def _joined(*distances: Array) -> Array:
    """The union of shapes, with rounded valleys between them."""
    total = distances[0]
    for other in distances[1:]:
        mix = np.clip(0.5 + (other - total) / 18, 0, 1)
        total = other * (1 - mix) + total * mix - 9 * mix * (1 - mix)
    return total


def _mediastinum(grid: Grid, volume: Array) -> None:
    """Heart, great vessels, gullet. Without contrast medium they differ from the fat around them, not from each other."""
    at = grid.at(grid.whole)
    heart = _joined(ellipsoid(at, (24, -26, 58), (56, 43, 50)), ellipsoid(at, (-14, -22, 68), (36, 36, 42)))
    paint(volume, cover(heart, grid.spacing), BLOOD)
    paint(volume, rods(grid, _great_vessels(), grid.spacing), BLOOD)
    gullet = [((8.0, 36.0, -10.0), (5.0, 33.0, APEX), 8.0)]
    paint(volume, rods(grid, gullet, grid.spacing), MUSCLE - 12)
    paint(volume, rods(grid, [((8.0, 36.0, 120.0), (5.0, 33.0, APEX), 2.0)], grid.spacing), -600)


def _great_vessels() -> list[tuple[Point, Point, float]]:
    arch = [(-14.0, -30.0, 90.0), (-16.0, -28.0, 142.0), (-4.0, -14.0, 158.0), (14.0, 14.0, 160.0), (26.0, 36.0, 148.0)]
    down = [(26.0, 36.0, 148.0), (24.0, 42.0, 60.0), (20.0, 42.0, -10.0)]
    trunk = [(16.0, -34.0, 92.0), (20.0, -24.0, 118.0), (44.0, 6.0, 118.0)]
    right = [(18.0, -24.0, 116.0), (-16.0, -6.0, 114.0), (-44.0, 4.0, 108.0)]
    heads = [((-14.0, -14.0), 7.0), (((6.0), (-8.0)), 5.0), ((20.0, 4.0), 5.5)]
    tubes = [(a, b, 15.5) for a, b in itertools.pairwise(arch)]
    tubes += [(a, b, 12.5) for a, b in itertools.pairwise(down)]
    tubes += [(a, b, 13.0) for a, b in itertools.pairwise(trunk)]
    tubes += [(a, b, 10.5) for a, b in itertools.pairwise(right)]
    tubes += [((px, py, 152.0), (px * 1.5, py - 4, APEX + 6), radius) for (px, py), radius in heads]
    return [
        *tubes,
        ((-33.0, -20.0, 84.0), (-30.0, -22.0, 176.0), 10.5),
        ((-30.0, -24.0, 172.0), (28.0, -34.0, 184.0), 6.5),
    ]


def _abdomen(grid: Grid, volume: Array) -> None:
    """Liver under the right dome; spleen and stomach under the left."""
    at = grid.at(grid.whole)
    shown = cover(ellipsoid(at, (72, 10, -50), (68, 82, 80)), grid.spacing)
    paint(volume, shown, FAT + 5)
    stomach = ellipsoid(at, (52, -22, -28), (36, 36, 52))
    paint(volume, cover(stomach, grid.spacing), MUSCLE - 10)
    gas = cover(np.maximum(stomach + 4, at[1] + 26), grid.spacing)
    paint(volume, cover(stomach + 4, grid.spacing), WATER + 12)
    paint(volume, gas, AIR + 30)
    paint(volume, cover(ellipsoid(at, (92, 40, -30), (32, 38, 52)), grid.spacing), SPLEEN)
    paint(volume, cover(ellipsoid(at, (-66, 4, -40), (79, 88, 86)), grid.spacing), LIVER)


def _parenchyma(grid: Grid, seed: int) -> Array:
    """Lung tissue: a little denser towards the back, unevenly so."""
    rng = np.random.default_rng(seed)
    coarse = rng.standard_normal((grid.slices // 4 + 2, 18, 18)).astype(np.float32)
    z = np.linspace(0, coarse.shape[0] - 1.001, grid.slices)
    plane = np.linspace(0, 16.999, grid.pixels)
    uneven = _between(_between(_between(coarse, z, 0), plane, 1), plane, 2)
    return np.asarray(LUNG + 0.28 * grid.plane[None, :, None] + 9 * uneven, dtype=np.float32)


def _between(values: Array, places: Array, axis: int) -> Array:
    """Values along one axis, drawn out evenly between those given."""
    below = places.astype(int)
    shape = [1, 1, 1]
    shape[axis] = len(places)
    part = (places - below).reshape(shape)
    return np.asarray(values.take(below, axis) * (1 - part) + values.take(below + 1, axis) * part, dtype=np.float32)


def _branches(grid: Grid, volume: Array, lungs: Array, air: Array, seed: int) -> None:
    """Vessels fill the lungs out to a few millimetres from the pleura; the airways run beside the large ones."""
    vessels = rods(grid, tree(seed, grid, lungs), grid.spacing)
    paint(volume, vessels * air, BLOOD - 5)
    windpipe: list[tuple[Point, Point]] = [((0.0, 4.0, APEX + 10), (0.0, 10.0, 131.0))]
    windpipe += [((0.0, 10.0, 132.0), (-44.0, 10.0, 106.0)), ((0.0, 10.0, 132.0), (50.0, 14.0, 104.0))]
    windpipe += [((-44.0, 10.0, 106.0), (-58.0, 22.0, 78.0)), ((50.0, 14.0, 104.0), (62.0, 26.0, 78.0))]
    windpipe += [((-34.0, 9.0, 112.0), (-58.0, 2.0, 132.0)), ((44.0, 12.0, 107.0), (62.0, -6.0, 124.0))]
    sizes = (9.0, 6.8, 6.2, 4.4, 4.2, 3.6, 3.6)
    paint(volume, rods(grid, [(a, b, r + 1.7) for (a, b), r in zip(windpipe, sizes, strict=True)], grid.spacing), 30)
    paint(volume, rods(grid, [(a, b, r) for (a, b), r in zip(windpipe, sizes, strict=True)], grid.spacing), AIR + 15)


def _nodule(grid: Grid, volume: Array, nodule: Nodule, air: Array) -> None:
    """The nodule, and fine strands from it into the lung, too thin to count in its volume."""
    reach = 2.1 * max(nodule.radii)
    turns = np.linspace(0, 2 * math.pi, 7, endpoint=False) + 0.3
    ends = [(math.cos(t) * reach, math.sin(t) * reach, math.sin(3 * t) * reach / 2) for t in turns]
    strands = [(nodule.centre, tuple(c + d for c, d in zip(nodule.centre, end, strict=True)), 0.35) for end in ends]
    paint(volume, rods(grid, strands, grid.spacing) * air, -50.0)  # type: ignore[arg-type]
    paint(volume, nodule_cover(grid, nodule), nodule.hounsfield)


def _acquired(volume: Array, seed: int) -> Array:
    """The scanner's blur and noise: finer than a pixel's neighbour, as a soft reconstruction gives."""
    rng = np.random.default_rng(seed)
    grain = rng.standard_normal(volume.shape, dtype=np.float32) * 34
    seen: Array = np.clip(np.rint(_blurred(volume, 0.12) + _blurred(grain, 0.25)), -1024, 3071).astype(np.float32)
    return seen


def _blurred(values: Array, share: float) -> Array:
    """Each pixel gives a share of itself to its neighbours in the plane."""
    for axis in (1, 2):
        values = (1 - 2 * share) * values + share * (np.roll(values, 1, axis) + np.roll(values, -1, axis))
    return values
