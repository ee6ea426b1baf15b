"""What lies between the follicles: tileable pictures of sheets of cells, loose tissue and collagen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .noise import smooth, wavy
from .nuclei import Nucleus, put
from .stain import Array, Pair, amount

SIDE = 1024


def sheet(rng: np.random.Generator, nuclei: Sequence[Nucleus], spindles: Sequence[Nucleus]) -> Pair:
    """Cells without follicles between them, and the slits of small vessels."""
    shape = (SIDE, SIDE)
    eosin = 74 + 9 * smooth(rng, shape, 22) + 6 * smooth(rng, shape, 4)
    haematoxylin = 24 + 5 * smooth(rng, shape, 10)
    slits = np.abs(smooth(rng, shape, 70) + 0.05 * smooth(rng, shape, 8)) < 0.05
    eosin, haematoxylin = np.where(slits, 22, eosin), np.where(slits, 4, haematoxylin)
    _scatter(rng, haematoxylin, nuclei, 20.5, 0.24)
    _scatter(rng, haematoxylin, spindles, 90, 0.5)
    return amount(haematoxylin), amount(eosin)


def loose(rng: np.random.Generator, spindles: Sequence[Nucleus]) -> Pair:
    """Loose tissue: wavy fibres with pale gaps, few nuclei."""
    shape = (SIDE, SIDE)
    fibres = wavy(smooth(rng, shape, 5, 90), rng, 26, 160)
    eosin = 44 + 17 * fibres + 8 * smooth(rng, shape, 60)
    eosin = np.where(smooth(rng, shape, 26) + 0.5 * fibres < -1.35, 6, eosin)
    haematoxylin = 6 + 3 * fibres
    _scatter(rng, haematoxylin, spindles, 58, 0.5)
    return amount(haematoxylin), amount(eosin)


def collagen(rng: np.random.Generator) -> Pair:
    """Dense bundles that run sideways; the capsule bends them along itself."""
    shape = (SIDE, SIDE)
    bundles = wavy(smooth(rng, shape, 16, 420), rng, 9, 130)
    threads = wavy(smooth(rng, shape, 3.5, 150), rng, 5, 60)
    eosin = 88 + 15 * bundles + 10 * threads
    eosin = np.where(bundles < -1.85, 30, eosin)
    return amount(9 + 4 * threads), amount(eosin)


def _scatter(rng: np.random.Generator, field: Array, nuclei: Sequence[Nucleus], apart: float, jitter: float) -> None:
    """Nuclei on a grid that was shaken."""
    count = round(SIDE / apart)
    for row in range(count):
        for column in range(count):
            if rng.random() < 0.1:
                continue
            x, y = (np.array([column + 0.5 * (row % 2), row]) + rng.normal(0, jitter, 2)) * SIDE / count
            put(field, nuclei[int(rng.integers(len(nuclei)))], x, y, wrap=True)
