"""The vessels of the lungs: a tree grown from each hilum, every branch splitting in two until it is too thin to see."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .grid import Array, Grid, Point

Vector = npt.NDArray[np.float64]
Rod = tuple[Point, Point, float]

FINEST = 0.38  # mm; thinner vessels are below what such a scan shows
PLEURA = -3.0  # vessels stop this far inside the lung


def tree(seed: int, grid: Grid, lungs: Array) -> list[Rod]:
    """Rods of all vessels. lungs: signed distance to the lungs, so that nothing grows out of them."""
    found: list[Rod] = []
    for side, hilum in ((-1, (-44.0, 5.0, 107.0)), (1, (50.0, 9.0, 106.0))):
        for number, direction in enumerate(_first_directions(side)):
            _grow(seed * 1000 + 10 * number + side, grid, lungs, np.array(hilum), direction, 4.5, found)
    return found


def _first_directions(side: int) -> list[Vector]:
    """Up, forward, outward and down, as the lobes lie."""
    ways = (
        (0.5, -0.3, 1.0),
        (0.9, -0.6, 0.35),
        (1.0, 0.35, 0.25),
        (0.75, -0.55, -0.6),
        (0.5, 0.35, -1.0),
        (0.8, 0.5, -0.5),
        (0.3, -0.9, -0.2),
        (0.6, 0.8, 0.3),
    )
    vectors = [np.array((side * x, y, z)) for x, y, z in ways]
    return [v / np.linalg.norm(v) for v in vectors]


def _grow(seed: int, grid: Grid, lungs: Array, start: Vector, way: Vector, radius: float, found: list[Rod]) -> None:
    """One branch and all that come from it. Each branch has a seed of its own, so that cutting one changes no other."""
    waiting = [(seed, start, way, radius)]
    while waiting:
        own, begin, direction, size = waiting.pop()
        rng = np.random.default_rng(own)
        length = (5.0 + 3.1 * size) * rng.uniform(0.8, 1.25)
        ends = (begin + direction * length * part for part in (1.0, 0.6, 0.3))
        end = next((e for e in ends if _inside(grid, lungs, e, size < 3)), None)
        if end is None or size < FINEST:
            continue
        found.append((_point(begin), _point(end), size))
        across = np.cross(direction, rng.standard_normal(3))
        across /= np.linalg.norm(across)
        share = rng.uniform(0.2, 0.5)
        for lean, part in ((share, 0.92 - 0.26 * share), (share - 1.05, 0.58 + 0.36 * share)):
            turned = direction + across * lean * 1.15
            child = int(rng.integers(2**32))
            waiting.append((child, end, turned / np.linalg.norm(turned), size * part))


def _inside(grid: Grid, lungs: Array, place: Vector, strictly: bool) -> bool:
    """Within the lung, as far as the grid reaches. Large branches near the hilum still run outside of it."""
    x, y, z = place
    column, row = (round((v - o) / grid.spacing) for v, o in zip((x, y), grid.origin, strict=True))
    level = round((z - grid.bottom) / grid.thickness)
    if not (0 <= level < grid.slices and 0 <= row < grid.pixels and 0 <= column < grid.pixels):
        return False
    return bool(lungs[level, row, column] < PLEURA) or not strictly


def _point(vector: Vector) -> Point:
    return float(vector[0]), float(vector[1]), float(vector[2])
