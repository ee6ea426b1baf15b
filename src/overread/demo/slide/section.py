"""The plan of the section: where there is tissue, where the nodule, its capsule and the thyroid around it.

It is drawn in a sixteenth of the resolution; edges are smooth there and stay smooth when they are enlarged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from .noise import smooth
from .stain import Array

COARSE = 16  # pixels a step of the plan
MICRONS = 0.5  # a pixel


@dataclass(frozen=True, slots=True)
class Section:
    """How large the slide is, in pixels of half a micrometre, and the seed of its chance."""

    width: int = 10_752
    height: int = 7_680
    seed: int = 559_240


@dataclass(frozen=True, slots=True)
class Plan:
    """The nodule's radius, and fields over the plan. Distances in pixels at full resolution.

    tissue: above 0 inside the tissue. outside: from the outer border of the capsule outwards, below 0 in it and in the
    nodule. inside: from the inner border of the capsule outwards, below 0 in the nodule. turn: the direction from the
    nodule's middle. thickness: how much of both stains the tissue takes, 1 on average; much more in a fold.
    loose: above 0 where the nodule's follicles lie in loose tissue.
    """

    radius: float
    tissue: Array
    outside: Array
    inside: Array
    turn: Array
    thickness: Array
    loose: Array

    def part(self, name: str, left: int, top: int, side: int) -> Array:
        """A square of a field at full resolution, cut with a step around it so that neighbours meet without a seam."""
        row, column, steps = top // COARSE, left // COARSE, side // COARSE
        above, before = min(row, 1), min(column, 1)
        field = getattr(self, name)[row - above : row + steps + 2, column - before : column + steps + 2]
        box = (before, above, before + steps, above + steps)
        return np.asarray(Image.fromarray(field).resize((side, side), Image.Resampling.BILINEAR, box=box))

    def at(self, name: str, x: Array, y: Array) -> Array:
        """A field's values at places of the full resolution."""
        found: Array = getattr(self, name)[(y / COARSE).astype(int), (x / COARSE).astype(int)]
        return found


def plan(section: Section, rng: np.random.Generator) -> Plan:
    """The plan of a section. It is two steps larger than the slide, so that enlarging never leaves it."""
    rows, columns = (size // COARSE + 2 for size in (section.height, section.width))
    y, x = (np.mgrid[:rows, :columns] * COARSE).astype(np.float32)
    shape = (rows, columns)
    size = min(section.width, section.height)
    tissue = _outline(rng, x / section.width, y / section.height, shape) * size
    middle = (0.30 * section.width, 0.72 * section.height)
    radius = 0.68 * size
    turn = np.arctan2(y - middle[1], x - middle[0])
    bumps = 0.016 * size * smooth(rng, shape, size / COARSE / 4)
    outside = np.hypot(x - middle[0], y - middle[1]) - radius + bumps
    wide = 0.028 * size * (1 + 0.22 * smooth(rng, shape, size / COARSE / 4)) * (1 + 0.9 * _swelling(turn, -0.72, 0.16))
    tongues = 0.78 * _swelling(turn, -0.74, 0.045) + 0.45 * _swelling(turn, -0.28, 0.03)
    inside = outside + wide * (1 - tongues) + 8 * smooth(rng, shape, 12) + 12 * smooth(rng, shape, 40)
    folds = _fold(x / section.width, y / section.height, rng, shape)
    thickness = (1 + 0.075 * smooth(rng, shape, 120) + 0.03 * smooth(rng, shape, 30)) * folds
    loose = smooth(rng, shape, 110) + 0.22 * smooth(rng, shape, 14) - 1.05
    fields = (f.astype(np.float32) for f in (tissue, outside, inside, turn, thickness, loose))
    return Plan(radius, *fields)


def _outline(rng: np.random.Generator, u: Array, v: Array, shape: tuple[int, int]) -> Array:
    """A block of tissue with rounded corners, trimmed by hand."""
    away = np.abs((u - 0.5) / 0.465) ** 4 + np.abs((v - 0.51) / 0.455) ** 4
    return np.asarray((1 - away**0.25) * 0.5 + 0.007 * smooth(rng, shape, 80) + 0.0022 * smooth(rng, shape, 16))


def _swelling(turn: Array, at: float, wide: float) -> Array:
    """Where the capsule is thick, and where follicles push into it: 1 in one direction, 0 elsewhere."""
    return np.exp(-(((turn - at) / wide) ** 2))


def _fold(u: Array, v: Array, rng: np.random.Generator, shape: tuple[int, int]) -> Array:
    """A narrow band in which the section lies double."""
    away = np.abs(u + 0.55 * v - 1.20 + 0.006 * smooth(rng, shape, 40)) * 9
    reach = np.clip((u - 0.70) * 9, 0, 1)
    return np.asarray(1 + 0.75 * reach / (1 + np.exp(np.minimum((away - 0.055) * 130, 40))))
