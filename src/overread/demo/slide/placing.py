"""Where follicles and vessels lie: none over another, the large ones first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from .noise import Grains
from .nuclei import Nucleus, long_ones, round_ones
from .section import Plan, Section
from .stain import Array
from .stamps import Kind, Stamp, follicle, vessel

STEP = 8  # pixels a square of the map of what is taken
LESION = Kind(wall=22, apart=17, wobble=0.11, colloid=92, scalloped=0.25)
EMPTY = Kind(wall=22, apart=17, wobble=0.07, colloid=9, scalloped=0)
TALL = Kind(wall=27, apart=16, wobble=0.13, colloid=76, scalloped=0.3, cytoplasm=88)
NORMAL = Kind(wall=14, apart=19, wobble=0.11, colloid=112, scalloped=0.5, cytoplasm=68)


@dataclass(frozen=True, slots=True)
class Placed:
    """A stamp with its middle."""

    stamp: Stamp
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Drawer:
    """Every stamp and nucleus there is, by where it is used."""

    lesion: Sequence[Stamp]
    normal: Sequence[Stamp]
    vessels: Sequence[Stamp]
    round: Sequence[Nucleus]
    spindles: Sequence[Nucleus]


def drawer(rng: np.random.Generator) -> Drawer:
    lesion = round_ones(rng, 90, 13.5, 142)
    normal = round_ones(rng, 40, 10.5, 178)
    spindles = long_ones(rng, 16)
    grains = Grains(rng)
    kinds = [LESION, TALL, LESION, LESION, LESION, LESION, TALL, LESION, EMPTY]
    small = [follicle(rng, grains, lesion, r, kinds[i % 9]) for i, r in enumerate(np.geomspace(125, 29, 56))]
    large = [follicle(rng, grains, normal, r, NORMAL) for r in np.geomspace(380, 36, 20)]
    vessels = [
        vessel(rng, grains, spindles, r, r * w, f)
        for r, w, f in ((130, 0.3, 0.5), (85, 0.45, 0.3), (60, 0.3, 0.9), (38, 0.3, 0.6))
    ]
    return Drawer(small, large, vessels, lesion, spindles)


class Ground:
    """What is taken already, on a map of the section."""

    def __init__(self, section: Section) -> None:
        self.size = (section.width, section.height)
        self.taken = np.zeros((section.height // STEP + 2, section.width // STEP + 2), dtype=bool)
        self._discs: dict[int, Array] = {}

    def take(self, x: float, y: float, radius: float) -> bool:
        """Take a circle unless part of it is taken or lies beyond the slide."""
        reach = int(radius / STEP) + 1
        column, row = int(x / STEP), int(y / STEP)
        if self.taken[row, column] or min(column, row) < reach:
            return False
        here = self.taken[row - reach : row + reach + 1, column - reach : column + reach + 1]
        disc = self._disc(reach, radius)
        if here.shape != disc.shape or (here & disc).any():
            return False
        here |= disc
        return True

    def _disc(self, reach: int, radius: float) -> Array:
        if reach not in self._discs:
            y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
            self._discs[reach] = np.hypot(x, y) * STEP <= radius
        return self._discs[reach]


def place(section: Section, plan: Plan, drawer: Drawer, rng: np.random.Generator) -> Iterator[Placed]:
    """Every follicle and vessel of the section."""
    ground = Ground(section)
    area = section.width * section.height
    in_capsule = lambda x, y, r: (plan.at("outside", x, y) < -r * 0.7) & (plan.at("inside", x, y) > r * 0.7)  # noqa: E731
    in_normal = lambda x, y, r: plan.at("outside", x, y) > r + 14  # noqa: E731
    in_nodule = lambda x, y, r: plan.at("inside", x, y) < -r * 0.92 - 4  # noqa: E731
    for stamp in drawer.vessels:
        yield from _some(ground, plan, stamp, int(area / 2.5e5), in_capsule, rng)
        yield from _some(ground, plan, stamp, int(area / 1.5e7), in_normal, rng)
    for stamp in drawer.normal:
        yield from _some(ground, plan, stamp, int(area * 1.2 / stamp.radius**2), in_normal, rng)
    for stamp in drawer.lesion:
        tries = int(area * min(0.3, 7 / stamp.radius) ** 2 / 300)  # few are large
        yield from _some(ground, plan, stamp, tries, in_nodule, rng, crowded=True)


def _some(ground: Ground, plan: Plan, stamp: Stamp, tries: int, allowed, rng, crowded=False) -> Iterator[Placed]:  # type: ignore[no-untyped-def]
    """So many tries to put the stamp down where it is allowed."""
    x, y = rng.uniform(0, 1, (2, tries)) * np.array(ground.size)[:, None]
    fits = allowed(x, y, stamp.radius) & (plan.at("tissue", x, y) > -stamp.radius * 0.3)
    if crowded:  # in loose tissue most places stay free
        fits &= (plan.at("loose", x, y) < 0) | (rng.random(tries) < 0.12)
    turns = [stamp.turned(way) for way in range(8)]
    for cx, cy in zip(x[fits], y[fits], strict=True):
        if ground.take(cx, cy, stamp.radius * 1.02):
            yield Placed(turns[rng.integers(8)], int(cx), int(cy))
