"""The section, tile by tile: the ground, what lies on it, the light through it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from . import grounds, stain
from .nuclei import SIDE as NUCLEUS
from .nuclei import put
from .placing import Drawer, Placed, drawer, place
from .section import Plan, Section, plan
from .stain import Array, Pair

TILE = 512


class Painter:
    """Everything of a section that its tiles are painted from."""

    def __init__(self, section: Section) -> None:
        rng = np.random.default_rng(section.seed)
        self.section = section
        self.plan: Plan = plan(section, rng)
        self.drawer: Drawer = drawer(rng)
        self.sheet: Pair = grounds.sheet(rng, self.drawer.round, self.drawer.spindles)
        self.loose: Pair = grounds.loose(rng, self.drawer.spindles)
        self.collagen: Pair = grounds.collagen(rng)
        self.colours = stain.colours()
        self.lying = _by_tile(place(section, self.plan, self.drawer, rng))

    def tile(self, left: int, top: int) -> Array:
        """Red, green and blue of one tile; all glass where the tissue ends."""
        tissue = self.plan.part("tissue", left, top, TILE)
        if tissue.max() < 0:
            return np.broadcast_to(np.array(stain.GLASS, np.uint8), (TILE, TILE, 3))
        haematoxylin, eosin = self._ground(left, top)
        for placed in self.lying[left // TILE, top // TILE]:
            _put_down(placed, left, top, haematoxylin, eosin)
        thickness = self.plan.part("thickness", left, top, TILE) * np.clip(tissue / 3, 0, 1)
        scale = (thickness * 256).astype(np.uint32)
        amounts = (np.minimum(field * scale >> 8, 255).astype(np.uint8) for field in (haematoxylin, eosin))
        return self.colours.take(stain.index(*amounts), axis=0)

    def _ground(self, left: int, top: int) -> Pair:
        inside = self.plan.part("inside", left, top, TILE)
        outside = self.plan.part("outside", left, top, TILE)
        found = _cut(self.loose, left, top)
        if inside.min() < 0:
            packed = self.plan.part("loose", left, top, TILE) < 0
            found = _where((inside < 0) & packed, _cut(self.sheet, left, top), found)
        band = (inside >= 0) & (outside <= 0)
        if band.any():
            found = _where(band, self._capsule(left, top, outside, band), found)
        return found

    def _capsule(self, left: int, top: int, outside: Array, band: Array) -> Pair:
        """Collagen bent along the capsule, with the nuclei of the cells that made it."""
        turn = self.plan.part("turn", left, top, TILE)
        along = (turn * self.plan.radius).astype(int) % grounds.SIDE
        across = outside.astype(int) % grounds.SIDE
        haematoxylin, eosin = (np.array(field[across, along]) for field in self.collagen)
        self._fibroblasts(left, top, turn, band, haematoxylin)
        return haematoxylin, eosin

    def _fibroblasts(self, left: int, top: int, turn: Array, band: Array, haematoxylin: Array) -> None:
        rng = np.random.default_rng([self.section.seed, left, top])
        drawn = haematoxylin.astype(np.float32)
        spindles = self.drawer.spindles
        for x, y in rng.integers(NUCLEUS // 2, TILE - NUCLEUS // 2, (int(band.sum() / 2300), 2)):
            if band[y, x]:
                way = (turn[y, x] + np.pi / 2 + rng.normal(0, 0.12)) % np.pi
                put(drawn, spindles[int(way / np.pi * len(spindles)) % len(spindles)], x, y)
        haematoxylin[:] = stain.amount(drawn)


def _by_tile(placed: Iterable[Placed]) -> dict[tuple[int, int], list[Placed]]:
    found: dict[tuple[int, int], list[Placed]] = defaultdict(list)
    for one in placed:
        half = one.stamp.cover.shape[0] // 2
        for column in range((one.x - half) // TILE, (one.x + half) // TILE + 1):
            for row in range((one.y - half) // TILE, (one.y + half) // TILE + 1):
                found[column, row].append(one)
    return found


def _cut(ground: Pair, left: int, top: int) -> Pair:
    """A tile of a ground that repeats."""
    y, x = top % grounds.SIDE, left % grounds.SIDE
    haematoxylin, eosin = (np.array(field[y : y + TILE, x : x + TILE]) for field in ground)
    return haematoxylin, eosin


def _where(mask: Array, chosen: Pair, otherwise: Pair) -> Pair:
    return np.where(mask, chosen[0], otherwise[0]), np.where(mask, chosen[1], otherwise[1])


def _put_down(placed: Placed, left: int, top: int, haematoxylin: Array, eosin: Array) -> None:
    """The part of a stamp that lies on the tile."""
    stamp = placed.stamp
    half = stamp.cover.shape[0] // 2
    x, y = placed.x - half - left, placed.y - half - top
    side = stamp.cover.shape[0]
    rows, columns = slice(max(0, y), min(TILE, y + side)), slice(max(0, x), min(TILE, x + side))
    part = slice(rows.start - y, rows.stop - y), slice(columns.start - x, columns.stop - x)
    np.copyto(haematoxylin[rows, columns], stamp.haematoxylin[part], where=stamp.cover[part])
    np.copyto(eosin[rows, columns], stamp.eosin[part], where=stamp.cover[part])
