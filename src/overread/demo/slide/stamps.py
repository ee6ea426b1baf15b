"""What is drawn once and put down many times: follicles and vessels. Half a micrometre a pixel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .noise import Grains
from .nuclei import SIDE, Nucleus, put
from .stain import Array, amount

ROUND = 2 * np.pi


@dataclass(frozen=True, slots=True)
class Stamp:
    """A square picture: the radius of the circle around it, the two amounts, and which pixels belong to it."""

    radius: float
    haematoxylin: Array
    eosin: Array
    cover: Array

    def turned(self, way: int) -> Stamp:
        """The stamp in one of its eight positions."""
        fields = (np.rot90(f, way % 4) for f in (self.haematoxylin, self.eosin, self.cover))
        return Stamp(self.radius, *(f[:, ::-1] if way >= 4 else f for f in fields))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of follicle. Lengths in pixels: wall the height of its cells, apart the distance between nuclei.

    wobble: how far from a circle. colloid: eosin of what is inside, or none. scalloped: how much of its rim is eaten.
    """

    wall: float
    apart: float
    wobble: float
    colloid: float
    scalloped: float
    cytoplasm: float = 78


@dataclass(frozen=True, slots=True)
class _Plane:
    """A square around its middle in polar coordinates, and the outline that is drawn in it."""

    away: Array
    turn: Array
    outline: Array

    @classmethod
    def of(cls, rng: np.random.Generator, radius: float, wobble: float) -> _Plane:
        half = int(radius * (1 + 1.6 * wobble)) + SIDE // 2
        y, x = np.mgrid[-half : half + 1, -half : half + 1].astype(np.float32)
        turn = np.arctan2(y, x)
        waves = sum(rng.normal(0, wobble / k**0.7) * np.cos(k * turn + rng.uniform(0, ROUND)) for k in range(2, 7))
        return cls(np.hypot(x, y), turn, radius * (1 + np.clip(waves, -1.5 * wobble, 1.5 * wobble)))

    @property
    def inward(self) -> Array:
        """Pixels from the outline towards the middle."""
        return self.outline - self.away


def follicle(rng: np.random.Generator, grains: Grains, nuclei: Sequence[Nucleus], radius: float, kind: Kind) -> Stamp:
    """A ring of cells around colloid."""
    plane = _Plane.of(rng, radius, kind.wobble)
    inward = plane.inward
    grain = grains.cut(plane.away.shape, 5)
    wall = kind.wall * (1 + 0.12 * grains.cut(plane.away.shape, 60))
    haematoxylin = np.where(inward < wall, 26 + 5 * grain, 4)
    eosin = np.where(inward < wall, kind.cytoplasm + 9 * grain, _colloid(rng, grains, inward - wall, kind))
    eosin += np.where(np.abs(inward - wall) < 1.2, 22, 0)  # the cells' inner border
    eosin = np.where(inward < 2.2, 66, eosin)  # the membrane that they stand on
    _cells(rng, nuclei, plane, haematoxylin, eosin, kind)
    return Stamp(radius, amount(haematoxylin), amount(eosin), inward > 0)


def _colloid(rng: np.random.Generator, grains: Grains, inside: Array, kind: Kind) -> Array:
    """Smooth and pink; pale bites along its rim where it is being taken up, and some cracks of the knife."""
    if kind.colloid < 20:
        return np.full_like(inside, kind.colloid)
    field = kind.colloid + 5 * grains.cut(inside.shape, 40) + 2 * grains.cut(inside.shape, 3)
    bitten = grains.cut(inside.shape, 13) - inside / 9
    field = np.where((bitten > 1.9 - 2.2 * kind.scalloped) & (inside < 26), 6, field)
    if rng.random() < 0.3:
        cracks = np.abs(grains.cut(inside.shape, 130) + 0.02 * grains.cut(inside.shape, 5)) < 0.01
        field = np.where(cracks & (inside > 6), 0.45 * kind.colloid, field)
    return np.asarray(field)


def _cells(
    rng: np.random.Generator, nuclei: Sequence[Nucleus], plane: _Plane, haematoxylin: Array, eosin: Array, kind: Kind
) -> None:
    """A nucleus for each cell, and faint borders between the cells."""
    middle = plane.away.shape[0] // 2
    radius = float(plane.outline.mean())
    count = max(5, round(ROUND * (radius - kind.wall * 0.55) / kind.apart))
    phase = rng.uniform(0, ROUND)
    between = np.abs((plane.turn - phase) * count / ROUND % 1 - 0.5) * ROUND * np.maximum(plane.away, 4) / count
    eosin += np.where((between > kind.apart / 2 - 0.8) & (plane.inward < kind.wall), 13, 0)
    for cell in range(count):
        if rng.random() < 0.06:
            continue
        turn = phase + ROUND * (cell + 0.5 + rng.normal(0, 0.12)) / count
        column = round((turn + np.pi) % ROUND / ROUND * 720) % 720
        edge = _outline_at(plane, column)
        away = edge - kind.wall * rng.uniform(0.42, 0.6)
        x, y = middle + away * np.cos(turn), middle + away * np.sin(turn)
        put(haematoxylin, nuclei[int(rng.integers(len(nuclei)))], x, y)
    if radius < kind.wall * 1.5:  # cells fill the middle too
        put(haematoxylin, nuclei[int(rng.integers(len(nuclei)))], middle, middle)


def _outline_at(plane: _Plane, column: int) -> float:
    """The outline's radius in a direction, read off far enough out for the direction to be exact."""
    middle = plane.away.shape[0] // 2
    turn = column / 720 * ROUND - np.pi
    reach = middle - 1
    return float(plane.outline[round(middle + reach * np.sin(turn)), round(middle + reach * np.cos(turn))])


def vessel(
    rng: np.random.Generator, grains: Grains, spindles: Sequence[Nucleus], radius: float, wall: float, filled: float
) -> Stamp:
    """A vessel cut across: a wall of muscle in rings, a pale opening with red cells in it."""
    plane = _Plane.of(rng, radius, 0.16)
    inward = plane.inward
    rings = 14 * np.sin(inward * 0.9 + 2 * grains.cut(inward.shape, 24))
    eosin = np.where(inward < wall, 96 + rings, 5)
    haematoxylin = np.where(inward < wall, 16 + rings * 0.3, 1)
    middle = plane.away.shape[0] // 2
    for _ in range(int(radius * wall / 55)):
        turn, away = rng.uniform(0, ROUND), radius - wall * rng.uniform(0.1, 0.98)
        along = int((turn + np.pi / 2) % np.pi / np.pi * len(spindles)) % len(spindles)
        put(haematoxylin, spindles[along], middle + away * np.cos(turn), middle + away * np.sin(turn))
    _red_cells(rng, plane, inward - wall, eosin, filled)
    return Stamp(radius, amount(haematoxylin), amount(eosin), inward > 0)


def _red_cells(rng: np.random.Generator, plane: _Plane, inside: Array, eosin: Array, filled: float) -> None:
    middle, reach = plane.away.shape[0] // 2, float(inside.max())
    y, x = np.mgrid[-8:9, -8:9]
    for _ in range(int(filled * reach**2 / 50)):
        turn, away = rng.uniform(0, ROUND), reach * np.sqrt(rng.random()) * 0.94
        cx, cy = round(middle + away * np.cos(turn)), round(middle + away * np.sin(turn))
        disc = np.hypot(x, y * rng.uniform(1, 1.5)) < 6.2
        here = (slice(cy - 8, cy + 9), slice(cx - 8, cx + 9))
        if eosin[here].shape == disc.shape:
            eosin[here] = np.where(disc & (inside[here] > 1), 150 + rng.normal(0, 10), eosin[here])
